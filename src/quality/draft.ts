// Drafts a FAQ from documents: the sections they say most about become topics, each statement a quote.

import { stringify } from "yaml";
import { type AtLeastOne, type Document, isAtLeastOne, locate } from "../document.ts";
import type { Section } from "../ingest/sections.ts";
import { byCodePoint } from "../structures/order.ts";
import { type Lexicon, queryTerms, tokenize } from "../text/analyzer.ts";
import { AUXILIARIES, oneOf, QUESTION_WORDS } from "../text/words.ts";

/** A topic as faq.yaml has it, and what asks for it. */
export interface DraftTopic {
  readonly id: string;
  readonly title: string;
  /** The question that stands in the FAQ. */
  readonly question: string;
  /** The questions that stand there instead, where there are several. */
  readonly examples?: AtLeastOne<string>;
  /** The same asked in other words, for the cases. */
  readonly otherwise: string;
  readonly document: string;
  /** Verdict first; each is a sentence of the document. */
  readonly statements: AtLeastOne<string>;
}

/** Topics of one document among the strongest, at most. */
const TOPICS_OF_A_DOCUMENT = 3;

/**
 * The sections that the documents say most about, strongest first: those whose heading's words most other sentences
 * repeat, the longer section where two are as strong. Only what can be quoted from exactly one place is taken.
 */
export function draftTopics(
  documents: readonly Document[],
  sections: readonly Section[],
  lexicon: Lexicon,
  count: number,
): DraftTopic[] {
  const sentences = documents.flatMap(({ blocks }) =>
    blocks.flatMap((block) => block.sentences.map(({ text }) => new Set(queryTerms(text, lexicon)))),
  );
  const strengthOf = ({ name, opening }: Section): number => {
    const named = queryTerms(name, lexicon);
    return sentences.filter((sentence) => named.every((term) => sentence.has(term))).length + opening.length / 10;
  };
  const ranked = sections
    .map((section) => ({ section, strength: strengthOf(section) }))
    .sort((a, b) => b.strength - a.strength || byCodePoint(a.section.id, b.section.id));
  const topics: DraftTopic[] = [];
  for (const { section } of ranked) {
    const ofDocument = topics.filter(({ document }) => document === section.document.id).length;
    const topic = draftTopic(section);
    const isKnown = topic === null || topics.some(({ id }) => id === topic.id);
    if (topics.length < count && !isKnown && ofDocument < TOPICS_OF_A_DOCUMENT) topics.push(topic);
  }
  return topics;
}

const QUESTION = new RegExp(String.raw`\?["”’)]*$|^${oneOf([...QUESTION_WORDS, ...AUXILIARIES])}\s`, "iu");

function draftTopic({ name, document, opening }: Section): DraftTopic | null {
  const statements = opening.map(({ text }) => text).filter((text) => locate(document, text).ok);
  const id = tokenize(name)
    .join("-")
    .replace(/[^a-z0-9-]/g, "");
  if (!isAtLeastOne(statements) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return null;
  const isQuestion = QUESTION.test(name);
  const about = isQuestion ? name : lowerFirst(name);
  return {
    id,
    title: name,
    question: isQuestion ? name : `What do the documents say about ${about}?`,
    otherwise: isQuestion ? `Tell me please: ${name}` : `Can you tell me about ${about}?`,
    document: document.id,
    statements,
  };
}

/** A name keeps its capitals. */
const lowerFirst = (name: string): string =>
  /^\p{Lu}\p{Ll}+(?:\s+\p{Ll}|$)/u.test(name) ? name[0]?.toLowerCase() + name.slice(1) : name;

/** The draft as faq.yaml, with comments that say what to do with it. */
export const draftFaq = (topics: readonly DraftTopic[]): string =>
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
export const topicEntry = ({
  id,
  title,
  question,
  examples = [question],
  document,
  statements,
}: DraftTopic): object => {
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
    .map(({ id, otherwise, document, statements: [verdict] }) =>
      JSON.stringify({
        id,
        question: otherwise,
        kind: "answer",
        topic: id,
        facts: [tellingWord(verdict)],
        never: [],
        sources: [document],
      }),
    )
    .map((line) => `${line}\n`)
    .join("");

/** The longest word: it has to be in the reply. */
const tellingWord = (text: string): string =>
  [...(text.match(/\p{L}+/gu) ?? [])].sort((a, b) => b.length - a.length)[0]?.toLowerCase() ?? "";
