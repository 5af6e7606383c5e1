// A corpus to its model: indexes and trains, once for a snapshot.

import { indexUnits } from "./evidence/unit-index.ts";
import type { Calibration } from "./ingest/calibration.ts";
import { digestOf } from "./ingest/digest.ts";
import type { Faq } from "./ingest/faq.ts";
import type { Corpus } from "./ingest/library.ts";
import { countPassages, eachPassage, evidentBlocks } from "./ingest/passages.ts";
import { createSubjectFinder, lexiconGroups } from "./ingest/subjects.ts";
import { countVocabulary, type VocabularyModel } from "./ingest/vocabulary.ts";
import type { Learnt, Model } from "./model.ts";
import { everydayLexicon } from "./question/everyday.ts";
import { indexAs } from "./retrieval/choose-index.ts";
import { TermCounter } from "./retrieval/collection-statistics.ts";
import { PostingsReader } from "./retrieval/compact-index.ts";
import { type IndexChoice, isCompact } from "./retrieval/index-choice.ts";
import { termsOfDigest } from "./retrieval/passage-terms.ts";
import { createLexicon, type Lexicon } from "./text/analyzer.ts";
import { baselineOf } from "./topics/baseline.ts";
import { trainClassifier } from "./topics/classifier.ts";
import { indexStatements } from "./topics/statement-index.ts";
import { examplesOf, rememberedOf, type TrainingExample } from "./topics/training-examples.ts";

export interface TrainOptions {
  /** Chosen by the number of passages by default. */
  readonly index?: IndexChoice;
  /** Passages from which the compact index is chosen. */
  readonly compactFrom?: number;
  /** Told now and then how many passages have been read, of how many; each is read more than once. */
  readonly onProgress?: OnProgress;
}

export type OnProgress = (done: number, total: number) => void;

/** Indexes and trains; seconds for a large FAQ or thousands of passages. */
export async function train(corpus: Corpus, options: TrainOptions = {}): Promise<Model> {
  const lexicon = createLexicon(lexiconGroups(corpus.faq));
  const { documents } = corpus;
  const count = countPassages(documents);
  const source = termsOfDigest(digestOf(documents), evidentBlocks(documents), lexicon);
  const [foreign, calibration, { default: blockWeights }, vocabulary] = await Promise.all([
    foreignQuestions(),
    defaultCalibration(),
    import("./evidence/block-weights.json", { with: { type: "json" } }),
    countVocabulary(documents, corpus.faq, lexicon),
  ]);
  const kind = isCompact(options.index ?? "auto", count, options.compactFrom) ? "compact" : "minisearch";
  const told = progress(kind === "compact" ? count : 2 * count, options.onProgress);
  const examples = corpus.faq.topics.length > 0 ? examplesOf(corpus.faq, foreign) : [];
  const postings = new PostingsReader(source.terms);
  const counter = new TermCounter(source.terms);
  for (const passage of told(source.read())) {
    if (kind === "compact") postings.read(passage);
    counter.read(passage);
  }
  return {
    vocabulary,
    index: kind === "compact" ? postings.index() : indexAs(kind, told(eachPassage(documents)), lexicon),
    statistics: counter.statistics(),
    ...learn(corpus.faq, examples, lexicon, vocabulary),
    calibration: corpus.calibration ?? calibration,
    units: corpus.faq.elsewhere === "silent" ? null : indexUnits(documents, everydayLexicon(lexiconGroups(corpus.faq))),
    blockWeights: { ranker: blockWeights.ranker, answerable: blockWeights.answerable, right: blockWeights.right },
  };
}

const TELL_EVERY = 1000;

/** Lists as they are, telling how far they have been read all together. */
function progress(total: number, tell: OnProgress = () => {}) {
  let done = 0;
  let next = 0;
  return function* <T>(list: Iterable<T>): Generator<T> {
    for (const one of list) {
      yield one;
      if (++done < next && done < total) continue;
      tell(done, total);
      next = done + TELL_EVERY;
    }
  };
}

/** Questions about anything else: what no corpus of a team answers. */
export const foreignQuestions = async (): Promise<readonly string[]> =>
  (await import("./topics/foreign-questions.json", { with: { type: "json" } })).default;

/** When to speak where a corpus has no calibration of its own; `npm run bench -- fit-gate` fits it. */
export const defaultCalibration = async (): Promise<Calibration> =>
  (await import("./topics/calibration.json", { with: { type: "json" } })).default;

/** @param vocabulary of the corpus with these examples */
export function learn(
  faq: Faq,
  examples: readonly TrainingExample[],
  lexicon: Lexicon,
  vocabulary: VocabularyModel,
): Learnt {
  const subjects = createSubjectFinder(faq, lexicon);
  const statementIndex = indexStatements(faq, examples, lexicon, subjects);
  if (examples.length === 0) return { statementIndex, classifier: null, baseline: { unknownShare: 0, nearest: 0 } };
  const classifier = trainClassifier(examples, lexicon, rememberedOf(examples));
  return { statementIndex, classifier, baseline: baselineOf(examples, classifier, vocabulary, lexicon, subjects) };
}
