// Footnote as it ships, as what the comparison measures: the one file that knows how its parts are put together.

import { readFileSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import type { Block, Document } from "../../../src/document.ts";
import { createEngine } from "../../../src/engine.ts";
import { EMPTY_FAQ } from "../../../src/ingest/faq.ts";
import { OF_NO_FILES } from "../../../src/ingest/library.ts";
import { inMemory, type Passage, splitPassages } from "../../../src/ingest/passages.ts";
import { countVocabulary, createVocabulary } from "../../../src/ingest/vocabulary.ts";
import { indexAs, openIndex, type SavedIndex } from "../../../src/retrieval/choose-index.ts";
import { countStatistics, createStatistics } from "../../../src/retrieval/collection-statistics.ts";
import { withProximity } from "../../../src/retrieval/proximity.ts";
import type { Retriever } from "../../../src/retrieval/retriever.ts";
import { analyze, EMPTY_LEXICON, queryTerms } from "../../../src/text/analyzer.ts";
import { sentencesWithLines } from "../../../src/text/sentences.ts";
import { createClassifier, type LabelledText, trainClassifier } from "../../../src/topics/classifier.ts";
import { train } from "../../../src/train.ts";
import type { Index, SearchEngine, Text } from "./engine.ts";

/** What Footnote would say to a question. */
export interface Spoken {
  /** Place of the passage that the best sentence stands in, and its characters there. */
  readonly place: number;
  readonly start: number;
  readonly end: number;
  /** Log-odds that the documents answer the question. */
  readonly odds: number;
  /** Whether it is said: the gate as it ships. */
  readonly isAnswered: boolean;
}

/** The sentences of a text, split as ours are, with their characters in it. */
export const sentencesIn = (text: string): { text: string; start: number; end: number }[] =>
  sentencesWithLines(text, (offset) => offset + 1).map(({ text: sentence, lines }) => ({
    text: sentence,
    start: lines.start - 1,
    end: lines.end,
  }));

interface Placed {
  readonly documents: readonly Document[];
  /** The text that a line of a document belongs to, and the line that it starts with. */
  textAt(document: string, line: number): { readonly place: number; readonly firstLine: number } | null;
}

/**
 * Texts to documents: those that follow each other with the same title are one. A document's "lines" are its characters,
 * so that a quote tells where in its text it stands.
 */
export function documentsOf(texts: Iterable<Text>): Placed {
  const documents: (Document & { readonly blocks: Block[] })[] = [];
  const texted = new Map<string, { place: number; firstLine: number }[]>();
  let line = 1;
  let place = 0;
  for (const { title, text } of texts) {
    let document = documents.at(-1);
    if (document === undefined || document.title !== title) {
      const id = String(documents.length).padStart(8, "0");
      document = { id, title, file: `${id}.md`, origin: id, ...UNDATED, blocks: [] };
      documents.push(document);
      texted.set(id, []);
      line = 1;
    }
    const firstLine = line;
    const sentences = sentencesWithLines(text, (offset) => firstLine + offset);
    document.blocks.push({ kind: "paragraph", section: "", sentences, header: "", restates: null });
    texted.get(document.id)?.push({ place, firstLine });
    line += text.length + 1;
    place++;
  }
  return { documents, textAt: (id, at) => texted.get(id)?.findLast(({ firstLine }) => firstLine <= at) ?? null };
}

/** The engine over a corpus of these texts and no FAQ. */
export async function speaker(texts: Iterable<Text>): Promise<(question: string) => Promise<Spoken | null>> {
  const { documents, textAt } = documentsOf(texts);
  const corpus = { hash: "000000000000", documents, faq: EMPTY_FAQ, calibration: null, ...OF_NO_FILES };
  const engine = await createEngine(corpus, await train(corpus));
  return async (question) => {
    const [resolution] = (await engine.explain(question)).resolutions;
    const [best] = (await resolution?.evidence()) ?? [];
    if (resolution === undefined || best === undefined) return null;
    const [{ document, lines }] = best.quotes;
    const text = textAt(document, lines.start);
    if (text === null) return null;
    return {
      place: text.place,
      start: lines.start - text.firstLine,
      end: lines.end - text.firstLine + 1,
      odds: best.odds,
      isAnswered: resolution.outcome.kind === "passage",
    };
  };
}

/** Texts as they are indexed: what looks for pages that say the same is no part of the comparison. */
function* passagesOf(texts: Iterable<Text>): Generator<Passage> {
  let number = 0;
  for (const { title, text } of texts) yield { ...NOWHERE, number: number++, heading: `${title} › `, text };
}

/** What a text without a page has of one. */
const UNDATED = { url: null, retrieved: null, updated: null, hasLines: true } as const;

const NOWHERE: Pick<Passage, "document" | "block"> = {
  document: { id: "", title: "", file: "", origin: "", ...UNDATED, blocks: [] },
  block: { kind: "paragraph", section: "", sentences: [], header: "", restates: null },
};

/** Corrects a question's spelling, as is done before anything is searched. */
async function corrector(documents: readonly Document[]): Promise<(question: string) => string> {
  const vocabulary = createVocabulary(await countVocabulary(documents, EMPTY_FAQ, EMPTY_LEXICON));
  return (question) => vocabulary.correct(question).text;
}

const asIndex = (
  retriever: Retriever,
  save: Index["save"],
  correct: (question: string) => string = (question) => question,
): Index => ({
  async search(question, limit) {
    const hits = await retriever.search([...new Set(queryTerms(correct(question), EMPTY_LEXICON))], limit);
    return hits.map(({ passage, score }) => ({ place: passage, score }));
  },
  save,
});

/** An index as it is asked: the spelling corrected first. */
const asked = (name: string, kind: SavedIndex["kind"], isPaired: boolean): SearchEngine => ({
  name,
  async build(texts) {
    const all = [...texts];
    const passages = [...passagesOf(all)];
    const { retriever, order } = openIndex(indexAs(kind, passages, EMPTY_LEXICON), inMemory(passages), EMPTY_LEXICON);
    const { documents } = documentsOf(all);
    const { idf } = createStatistics(countStatistics(splitPassages(documents), EMPTY_LEXICON));
    return asIndex(isPaired ? withProximity(retriever, order, idf) : retriever, () => {}, await corrector(documents));
  },
  load: () => {
    throw new Error("only built: the bare index is measured for speed and size");
  },
});

/** An index by itself, for speed and size: the passages' text and the spelling are no part of it. */
const bare = (name: string, kind: SavedIndex["kind"]): SearchEngine => {
  const open = (index: SavedIndex): Index =>
    asIndex(openIndex(index, inMemory([]), EMPTY_LEXICON).retriever, (file) => writeFileSync(file, serialize(index)));
  return {
    name,
    build: (texts) => open(indexAs(kind, passagesOf(texts), EMPTY_LEXICON)),
    load: (file) => open(deserialize(readFileSync(file)) as SavedIndex),
  };
};

/**
 * Every index of ours that sits the Retriever's contract, as it is asked and as it is by itself; a further one is
 * measured by being named here.
 */
export const FOOTNOTE_ENGINES: readonly SearchEngine[] = [
  asked("Footnote", "minisearch", false),
  asked("Footnote, adjacent pairs", "minisearch", true),
  asked("Footnote, compact index", "compact", false),
  asked("Footnote, compact index, adjacent pairs", "compact", true),
];
export const FOOTNOTE_INDEXES: readonly SearchEngine[] = [
  bare("Footnote, MiniSearch index", "minisearch"),
  bare("Footnote, compact index", "compact"),
];

/** Weight of a label's nearest example beside its margin; measured in a simulation of FAQs from CLINC150. */
const SIMILARITY_WEIGHT = 2;

/**
 * A classifier of topics: label and score of the best, the score being what tells whether to speak. The engine weighs
 * margins and similarities together with what statements say; labelled questions have no statements, so here both are
 * added up.
 */
export function learnTopics(examples: readonly LabelledText[]): (text: string) => { label: string; score: number } {
  const classifier = createClassifier(trainClassifier(examples, EMPTY_LEXICON), EMPTY_LEXICON);
  return (text) => {
    const { margins, similarities } = classifier.classify(analyze(text, EMPTY_LEXICON));
    const nearest = new Map<string, number>();
    for (const [at, { label }] of examples.entries())
      nearest.set(label, Math.max(nearest.get(label) ?? 0, similarities[at] ?? 0));
    const best = { label: "", score: Number.NEGATIVE_INFINITY };
    for (const [label, margin] of margins) {
      const score = margin + SIMILARITY_WEIGHT * (nearest.get(label) ?? 0);
      if (score > best.score) Object.assign(best, { label, score });
    }
    return best;
  };
}
