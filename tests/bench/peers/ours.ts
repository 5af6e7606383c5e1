// Footnote as it ships, as what the comparison measures: the one file that knows how its parts are put together.

import { readFileSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import { createClassifier, type LabelledText, trainClassifier } from "../../../src/classifier.ts";
import type { Block, Document } from "../../../src/document.ts";
import { createEngine } from "../../../src/engine.ts";
import { EMPTY_FAQ } from "../../../src/faq.ts";
import { train } from "../../../src/model.ts";
import { splitPassages } from "../../../src/passages.ts";
import { createRetriever, indexPassages, loadIndex, type Retriever } from "../../../src/retriever.ts";
import { sentencesWithLines } from "../../../src/sentences.ts";
import { EMPTY_LEXICON, terms } from "../../../src/terms.ts";
import { countVocabulary, createVocabulary } from "../../../src/vocabulary.ts";
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

/** Texts to documents: those that follow each other with the same title are one. */
export function documentsOf(texts: Iterable<Text>): Document[] {
  const documents: (Document & { readonly blocks: Block[] })[] = [];
  for (const text of texts) {
    const last = documents.at(-1);
    if (last !== undefined && last.title === text.title) last.blocks.push(blockOf(text));
    else {
      const id = String(documents.length).padStart(8, "0");
      const source = { file: `${id}.md`, origin: id, url: null, retrieved: null };
      documents.push({ id, title: text.title, ...source, blocks: [blockOf(text)] });
    }
  }
  return documents;
}

/** A paragraph whose "lines" are its characters, so that a quote tells where in the passage it stands. */
const blockOf = ({ text }: Text): Block => ({
  kind: "paragraph",
  section: "",
  sentences: sentencesWithLines(text, (offset) => offset + 1),
  header: "",
  restates: null,
});

/** The engine over a corpus of these texts and no FAQ. */
export async function speaker(texts: readonly Text[]): Promise<(question: string) => Spoken | null> {
  const corpus = { hash: "000000000000", documents: documentsOf(texts), faq: EMPTY_FAQ, calibration: null };
  const engine = createEngine(corpus, await train(corpus));
  return (question) => {
    const [resolution] = engine.explain(question).resolutions;
    const best = resolution?.evidence()[0];
    if (resolution === undefined || best === undefined) return null;
    const { start, end } = best.quotes[0].lines;
    const isAnswered = resolution.outcome.kind === "evidence";
    return { place: best.passage.number, start: start - 1, end, odds: best.odds, isAnswered };
  };
}

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
  search: (question, limit) =>
    retriever
      .search([...new Set(terms(correct(question), EMPTY_LEXICON))], limit)
      .map(({ passage, score }) => ({ place: passage, score })),
  save,
});

/** The index of a team's documents, with the spelling corrected first, as every question is heard. */
const FOOTNOTE: SearchEngine = {
  name: "Footnote",
  async build(texts) {
    const documents = documentsOf(texts);
    const index = indexPassages(splitPassages(documents), EMPTY_LEXICON);
    return asIndex(createRetriever(index), () => {}, await corrector(documents));
  },
  load: () => {
    throw new Error("only built: the bare index is measured for speed and size");
  },
};

/** The bare index behind the port, for speed and size: the passages' text and the spelling are no part of it. */
const FOOTNOTE_MINISEARCH: SearchEngine = {
  name: "Footnote, MiniSearch index",
  build(texts) {
    const index = indexPassages(splitPassages(documentsOf(texts)), EMPTY_LEXICON);
    return asIndex(createRetriever(index), (file) => writeFileSync(file, serialize(index.toJSON())));
  },
  load: (file) => asIndex(createRetriever(loadIndex(deserialize(readFileSync(file)), EMPTY_LEXICON)), () => {}),
};

/**
 * Every index of ours that sits the Retriever's contract, as it is asked and as it is by itself; a further one is
 * measured by being named here.
 */
export const FOOTNOTE_ENGINES: readonly SearchEngine[] = [FOOTNOTE];
export const FOOTNOTE_INDEXES: readonly SearchEngine[] = [FOOTNOTE_MINISEARCH];

/** A classifier of topics: label and score of the best, the score being what tells whether to speak. */
export function learnTopics(examples: readonly LabelledText[]): (text: string) => { label: string; score: number } {
  const classifier = createClassifier(trainClassifier(examples, EMPTY_LEXICON), EMPTY_LEXICON);
  return (text) => {
    const [best] = classifier.classify(text).ranking;
    return { label: best?.label ?? "", score: best?.score ?? Number.NEGATIVE_INFINITY };
  };
}
