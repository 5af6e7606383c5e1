// Drafts a FAQ from documents: what they ask themselves and what they say most about become topics, each statement a quote.

import { stringify } from "yaml";
import { type AtLeastOne, type Document, isAtLeastOne, locate } from "../document.ts";
import { isQuotable } from "../ingest/quotable.ts";
import type { Section } from "../ingest/sections.ts";
import { STATEMENT_LENGTH_MAX } from "../reply.ts";
import { byCodePoint } from "../structures/order.ts";
import { analyze, contentTokens, type Lexicon, queryTerms, tokenize } from "../text/analyzer.ts";
import {
  AUXILIARIES,
  DEMONSTRATIVES,
  oneOf,
  QUESTION_WORDS,
  THING_PRONOUN_FORMS,
  THIRD_PERSON,
} from "../text/words.ts";

/** A topic as faq.yaml has it. */
export interface FaqTopic {
  readonly id: string;
  readonly title: string;
  /** The question that stands in the FAQ. */
  readonly question: string;
  /** The questions that stand there instead, where there are several. */
  readonly examples?: AtLeastOne<string>;
  readonly document: string;
  /** Verdict first; each is a sentence of the document. */
  readonly statements: AtLeastOne<string>;
}

/** A topic, and what asks for it. */
export interface DraftTopic extends FaqTopic {
  /** The same as somebody would type it, for the cases. */
  readonly otherwise: string;
  /** What of the verdict must be in the reply: figures and rare words that the question does not have. */
  readonly facts: AtLeastOne<string>;
}

/** Topics of one document among the strongest, at most: of questions that the document asks itself, and of its sections. */
const ASKED_OF_A_DOCUMENT = 6;
const SECTIONS_OF_A_DOCUMENT = 3;
/** An answer of fewer words that say something ("Everyone.") answers nothing on its own. */
const TELLING_WORDS_MIN = 3;
const STATEMENTS_MAX = 3;
const FACTS_MAX = 2;

/** What might become a topic. */
interface Candidate {
  readonly name: string;
  readonly document: Document;
  /** Whether the document itself asks it: a heading that is a question, "Q: …", a term that asks. */
  readonly isAsked: boolean;
  readonly sentences: readonly string[];
}

/**
 * Questions that the documents ask themselves, then the sections that they say most about: those whose words most other
 * sentences repeat, the longer one where two are as strong. Only what can be quoted from exactly one place is taken.
 */
export function draftTopics(
  documents: readonly Document[],
  sections: readonly Section[],
  lexicon: Lexicon,
  count: number,
): DraftTopic[] {
  const terms = documents.flatMap(({ blocks }) =>
    blocks.flatMap((block) => block.sentences.map(({ text }) => new Set(queryTerms(text, lexicon)))),
  );
  const counts = new Map<string, number>();
  for (const term of terms.flatMap((sentence) => [...sentence])) counts.set(term, (counts.get(term) ?? 0) + 1);
  const strengthOf = ({ name, sentences }: Candidate): number => {
    const named = queryTerms(name, lexicon);
    return terms.filter((sentence) => named.every((term) => sentence.has(term))).length + sentences.length / 10;
  };
  const ranked = [...documents.flatMap(askedIn), ...sections.map(headedBy)]
    .map((candidate) => ({ candidate, strength: strengthOf(candidate) }))
    .sort(
      (a, b) =>
        Number(b.candidate.isAsked) - Number(a.candidate.isAsked) ||
        b.strength - a.strength ||
        byCodePoint(a.candidate.document.id, b.candidate.document.id) ||
        byCodePoint(a.candidate.name, b.candidate.name),
    );
  const topics: (DraftTopic & Pick<Candidate, "isAsked">)[] = [];
  for (const { candidate } of ranked) {
    const { isAsked, document } = candidate;
    const ofDocument = topics.filter((one) => one.document === document.id && one.isAsked === isAsked).length;
    if (topics.length === count) break;
    if (ofDocument === (isAsked ? ASKED_OF_A_DOCUMENT : SECTIONS_OF_A_DOCUMENT)) continue;
    const topic = draftTopic(candidate, lexicon, counts);
    if (topic !== null && !topics.some(({ id }) => id === topic.id)) topics.push({ ...topic, isAsked });
  }
  return topics;
}

/** The questions of a document with what answers each. */
function askedIn(document: Document): Candidate[] {
  const answers = new Map<string, string[]>();
  for (const block of document.blocks) {
    const isDefined = block.term !== undefined && ASKS.test(block.term);
    const name = isDefined ? block.term : block.question;
    if (name === undefined || !ASKS.test(name) || block.kind === "heading") continue;
    const own = answers.get(name) ?? [];
    answers.set(name, own);
    // What a term means stands behind the term.
    const said = block.sentences.filter((one) => isQuotable(block, one)).map(({ text }) => text);
    own.push(...(isDefined ? said.map((text) => text.replace(`${name} | `, "")) : said));
  }
  return [...answers].map(([name, sentences]) => ({ name, document, isAsked: true, sentences }));
}

const headedBy = ({ name, document, opening }: Section): Candidate => ({
  ...{ name, document, isAsked: false },
  sentences: opening.map(({ text }) => text),
});

const ASKS = /\?["”’)]*$/u;
const QUESTION = new RegExp(String.raw`${ASKS.source}|^${oneOf([...QUESTION_WORDS, ...AUXILIARIES])}\s`, "iu");
/** What a list of questions puts before each. */
const LABEL = /^(?:(?:q|question)\s*\d*\s*[:.)]|\d+[.)])\s+/i;
const ENDS = /[.!]["”’)]*$/u;
/** "Who does this work?" asks of what only its page names. */
const POINTS = new Set([...THING_PRONOUN_FORMS, ...DEMONSTRATIVES]);
const OPENS_BACK = new Set([...THIRD_PERSON, ...DEMONSTRATIVES]);

function draftTopic(
  { name: labelled, document, sentences }: Candidate,
  lexicon: Lexicon,
  counts: ReadonlyMap<string, number>,
): DraftTopic | null {
  const name = labelled.replace(LABEL, "");
  const words = tokenize(name);
  const isQuestion = QUESTION.test(name);
  if (isQuestion && words.some((word) => POINTS.has(word))) return null;
  if (contentTokens(analyze(name, lexicon)).length === 0) return null;
  const statements = sentences.filter((text) => canBeStated(text, document, lexicon)).slice(0, STATEMENTS_MAX);
  const id = words.join("-").replace(/[^a-z0-9-]/g, "");
  if (!isAtLeastOne(statements) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return null;
  const facts = factsOf(statements[0], name, lexicon, counts);
  if (!isAtLeastOne(facts)) return null;
  const about = isQuestion ? name : lowerFirst(name);
  return {
    id,
    title: name,
    question: isQuestion ? name : `What do the documents say about ${about}?`,
    otherwise: isQuestion ? lowerFirst(name).replace(/[\s?]+$/, "") : `Can you tell me about ${about}?`,
    document: document.id,
    statements,
    facts,
  };
}

/** Whether a sentence is whole, stands at one place, says something by itself, and points back at nothing. */
const canBeStated = (text: string, document: Document, lexicon: Lexicon): boolean =>
  text.length <= STATEMENT_LENGTH_MAX &&
  ENDS.test(text) &&
  !text.includes(" | ") &&
  !OPENS_BACK.has(tokenize(text)[0] ?? "") &&
  new Set(queryTerms(text, lexicon)).size >= TELLING_WORDS_MIN &&
  locate(document, text).ok;

/** Patterns of what tells an answer from others: its first figures, else the rarest words; none of them is asked with. */
function factsOf(text: string, question: string, lexicon: Lexicon, counts: ReadonlyMap<string, number>): string[] {
  const asked = new Set(queryTerms(question, lexicon));
  const figures = (text.match(/\d+(?:[.,:]\d+)*/g) ?? []).filter((figure) => !question.includes(figure));
  const telling = [...new Set(text.match(/\p{L}{3,}/gu) ?? [])].flatMap((word) => {
    const [token] = contentTokens(analyze(word, lexicon));
    return token === undefined || asked.has(token.term) ? [] : [{ word, count: counts.get(token.term) ?? 0 }];
  });
  telling.sort((a, b) => a.count - b.count || b.word.length - a.word.length || byCodePoint(a.word, b.word));
  return [...new Set(figures), ...telling.map(({ word }) => word)]
    .slice(0, FACTS_MAX)
    .map((fact) => fact.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}

/** A name keeps its capitals. */
const lowerFirst = (name: string): string =>
  /^\p{Lu}\p{Ll}+(?:\s+\p{Ll}|$)/u.test(name) ? name[0]?.toLowerCase() + name.slice(1) : name;

/** The draft as faq.yaml, with comments that say what to do with it. */
export const draftFaq = (topics: readonly FaqTopic[]): string =>
  [
    "# A first draft, made from the headings of the documents: make it yours.",
    "#   title     what the topic is called; `names` are further names for it",
    "#   examples  questions it answers: replace them by what people really ask, ten or more for each topic",
    "#   verdict   the answer; put it into your own words and keep the quotes that prove it",
    "#   points    further answers, each with the questions `asked` of it",
    "# A quote is `- <document>: <sentence>`, copied exactly from one place of that document.",
    "# After each change: footnote check, and footnote eval with the cases beside this file.",
    "",
    "# What a question gets that no topic answers: `quote` the documents' own best sentences, or stay `silent`.",
    "elsewhere: quote",
    "",
    "# Words that people use for one another, the documents' word first, e.g. [invoice, bill].",
    "synonyms: []",
    "",
    "topics:",
    ...topics.map((topic) => indent(stringify([topicEntry(topic)], { lineWidth: 0 }))),
  ].join("\n");

/** A topic as it stands in faq.yaml. */
export const topicEntry = ({ id, title, question, examples = [question], document, statements }: FaqTopic): object => {
  const [verdict, ...rest] = statements;
  return {
    id,
    title,
    examples,
    verdict: { text: verdict, quotes: [{ [document]: verdict }] },
    ...(rest.length > 0 && { points: rest.map((text) => ({ text, quotes: [{ [document]: text }] })) }),
  };
};

const indent = (yaml: string): string => yaml.replace(/^(?=.)/gm, "  ");

/** A case for each topic, as `footnote eval` reads them. */
export const draftCases = (topics: readonly DraftTopic[]): string =>
  topics
    .map(({ id, otherwise, document, facts }) =>
      JSON.stringify({
        id,
        question: otherwise,
        kind: "answer",
        topic: id,
        facts,
        never: [],
        sources: [document],
      }),
    )
    .map((line) => `${line}\n`)
    .join("");
