// A set of labelled questions to FAQs as a team might write them: some of its topics, a few examples each, and what is then asked.

import { type Document, isAtLeastOne, quoteSentence } from "../../../src/document.ts";
import type { Faq, OutsideGroup, Topic } from "../../../src/ingest/faq.ts";
import { EMPTY_FAQ } from "../../../src/ingest/faq.ts";
import { type Corpus, OF_NO_FILES } from "../../../src/ingest/library.ts";
import { STATEMENT_LENGTH_MAX } from "../../../src/reply.ts";
import { type LabelledQuestion, OUT_OF_SCOPE } from "../peers/data.ts";
import { grouped } from "../peers/grouped.ts";
import { type Random, shuffled } from "../peers/random.ts";

/** How a FAQ is made. */
export interface Shape {
  readonly topics: number;
  /** At least and at most, drawn for each topic. */
  readonly examples: readonly [from: number, to: number];
  /** A thin statement is its topic's title; a full one shares words with questions, as an answer does. */
  readonly statements: "thin" | "full";
  /** How many of the other topics are named as outside, with so many examples each. */
  readonly outside: { readonly groups: number; readonly examples: number };
}

export interface Simulated {
  readonly corpus: Corpus;
  readonly asked: readonly AskedQuestion[];
}

export interface AskedQuestion {
  readonly text: string;
  /** Id of the topic it belongs to; null where the FAQ has none for it. */
  readonly topic: string | null;
  /** Of this set: `own`, what the FAQ names as outside, topics that were not drawn; `foreign` is from elsewhere. */
  readonly kind: "own" | "named" | "sibling" | "foreign";
}

/** An intent that marks what belongs to none, whatever the set calls it. */
export const isNoTopic = (intent: string): boolean => intent === OUT_OF_SCOPE || intent === "None";

/** What a full statement is made of; never asked. */
const TOLD_EACH = 3;

/** How many questions of each kind are asked. */
export interface Asking {
  readonly own: number;
  readonly siblings: number;
}

/** Draws a FAQ from a set's questions, and what to ask it: nothing that is asked was shown to it. */
export function simulate(
  questions: readonly LabelledQuestion[],
  shape: Shape,
  asking: Asking,
  random: Random,
): Simulated {
  const byIntent = grouped(
    questions.filter(({ intent }) => !isNoTopic(intent)),
    ({ intent }) => intent,
  );
  const [from, to] = shape.examples;
  const intents = shuffled([...byIntent.keys()], random);
  const told = shape.statements === "full" ? TOLD_EACH : 0;
  const drawn = intents.slice(0, shape.topics).flatMap((intent) => {
    const texts = shuffled(byIntent.get(intent) ?? [], random).map(({ text }) => text);
    // At least one question is left to be asked, and one is taught.
    const count = Math.min(from + Math.floor(random() * (to - from + 1)), texts.length - told - 1);
    return count < 1
      ? []
      : [
          {
            intent,
            examples: texts.slice(told, told + count),
            told: texts.slice(0, told),
            rest: texts.slice(told + count),
          },
        ];
  });
  const others = intents.slice(shape.topics);
  const outside = others.slice(0, shape.outside.groups).map((intent): OutsideGroup => {
    const texts = shuffled(byIntent.get(intent) ?? [], random).map(({ text }) => text);
    return { title: titleOf(intent), examples: texts.slice(0, shape.outside.examples) };
  });
  const named = new Set(outside.flatMap(({ examples }) => examples));
  const own = drawn.flatMap(({ intent, rest }) =>
    rest.map((text) => ({ text, topic: idOf(intent), kind: "own" as const })),
  );
  const outsideOf = (list: readonly string[], kind: "named" | "sibling"): AskedQuestion[] =>
    list
      .flatMap((intent) => byIntent.get(intent) ?? [])
      .filter(({ text }) => !named.has(text))
      .map(({ text }) => ({ text, topic: null, kind }));
  const siblings = outsideOf(others.slice(shape.outside.groups), "sibling");
  return {
    corpus: corpusOf(drawn, outside),
    asked: [
      ...shuffled(own, random).slice(0, asking.own),
      ...shuffled(outsideOf(others.slice(0, shape.outside.groups), "named"), random).slice(0, asking.siblings),
      ...shuffled(siblings, random).slice(0, asking.siblings),
    ],
  };
}

/** What a topic of a simulated FAQ is made of. */
export interface Drawn {
  readonly intent: string;
  readonly examples: readonly string[];
  /** Questions whose words its statement holds. */
  readonly told: readonly string[];
}

/** All topics of a list of questions, thinly told. */
export const drawnFrom = (questions: readonly LabelledQuestion[]): Drawn[] =>
  [...grouped(questions, ({ intent }) => intent)].map(([intent, list]) => ({
    intent,
    examples: list.map(({ text }) => text),
    told: [],
  }));

/** A corpus of one page a topic, which says what the topic's statement says; what no topic answers gets silence. */
export function corpusOf(drawn: readonly Drawn[], outside: readonly OutsideGroup[]): Corpus {
  const pages = drawn.map(pageOf);
  const faq: Faq = {
    ...EMPTY_FAQ,
    topics: pages.map(({ topic }) => topic),
    outside,
    elsewhere: "silent",
  };
  const documents = pages.map(({ document }) => document).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { hash: "000000000000", documents, faq, calibration: null, ...OF_NO_FILES };
}

function pageOf({ intent, examples, told }: Drawn): { document: Document; topic: Topic } {
  const id = idOf(intent);
  const title = titleOf(intent);
  const text = [title, ...told].join("; ").slice(0, STATEMENT_LENGTH_MAX);
  const sentence = { text, lines: { start: 1, end: 1 } };
  const block = { kind: "paragraph" as const, section: "", sentences: [sentence], header: "", restates: null };
  const document = { ...UNDATED, id, title, file: `documents/${id}.md`, origin: id, blocks: [block] };
  const quotes = [quoteSentence(document, block, sentence)];
  if (!isAtLeastOne(quotes)) throw new Error("a page has a sentence");
  const verdict = {
    id: `${id}#0`,
    kind: "verdict" as const,
    text,
    quotes,
    about: [],
    examples: examples.map((question) => ({ question, says: null })),
    disputed: null,
    declared: {},
    line: 1,
  };
  return {
    document,
    topic: { id, title, names: [], statements: [verdict], rows: [], disagreements: [], next: [], line: 1 },
  };
}

const UNDATED = { url: null, retrieved: null, updated: null, hasLines: true } as const;

export const titleOf = (intent: string): string => intent.replace(/[_-]+/g, " ").trim();
export const idOf = (intent: string): string =>
  titleOf(intent)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
