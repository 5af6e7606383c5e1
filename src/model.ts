// A corpus to what is computed from it once: index, classifier, vocabulary. Plain data that a snapshot can hold.

import type { Calibration } from "./ingest/calibration.ts";
import type { Faq } from "./ingest/faq.ts";
import type { Corpus } from "./ingest/library.ts";
import { countPassages, eachPassage } from "./ingest/passages.ts";
import { createSubjectFinder, lexiconGroups } from "./ingest/subjects.ts";
import { countVocabulary, type Vocabulary, type VocabularyModel } from "./ingest/vocabulary.ts";
import type { AnalyseQuestion } from "./question/analysis.ts";
import { indexAs, type SavedIndex } from "./retrieval/choose-index.ts";
import { countStatistics, type StatisticsModel } from "./retrieval/collection-statistics.ts";
import { type IndexChoice, isCompact } from "./retrieval/index-choice.ts";
import { createLexicon, type Lexicon } from "./text/analyzer.ts";
import { type ClassifierModel, createClassifier, trainClassifier } from "./topics/classifier.ts";
import { createMatcher, type Matcher } from "./topics/matcher.ts";
import { indexStatements, type StatementIndex } from "./topics/statement-index.ts";
import { examplesOf, rememberedOf, type TrainingExample } from "./topics/training-examples.ts";

export interface Model {
  readonly vocabulary: VocabularyModel;
  readonly index: SavedIndex;
  readonly statistics: StatisticsModel;
  readonly statementIndex: StatementIndex;
  /** Null where the corpus has no topics. */
  readonly classifier: ClassifierModel | null;
  readonly calibration: Calibration;
}

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
  const blocks = documents.reduce((sum, { blocks: own }) => sum + own.length, 0);
  // For its words every block is read; for the index, and for its sentences, only what can be evidence.
  const told = progress(blocks + 2 * count, options.onProgress);
  const [foreign, { default: calibration }, vocabulary] = await Promise.all([
    foreignQuestions(),
    import("./topics/calibration.json", { with: { type: "json" } }),
    countVocabulary(
      told(documents, ({ blocks: own }) => own.length),
      corpus.faq,
      lexicon,
    ),
  ]);
  const examples = corpus.faq.topics.length > 0 ? examplesOf(corpus.faq, foreign) : [];
  const kind = isCompact(options.index ?? "auto", count, options.compactFrom) ? "compact" : "minisearch";
  return {
    vocabulary,
    index: indexAs(kind, told(eachPassage(documents)), lexicon),
    statistics: countStatistics(told(eachPassage(documents)), lexicon),
    ...learn(corpus.faq, examples, lexicon),
    calibration: corpus.calibration ?? calibration,
  };
}

const TELL_EVERY = 1000;

/** Lists as they are, telling how far they have been read all together. */
function progress(total: number, tell: OnProgress = () => {}) {
  let done = 0;
  let next = 0;
  return function* <T>(list: Iterable<T>, sizeOf: (one: T) => number = () => 1): Generator<T> {
    for (const one of list) {
      yield one;
      done += sizeOf(one);
      if (done < next) continue;
      tell(done, total);
      next = done + TELL_EVERY;
    }
  };
}

/** Questions about anything else: what no corpus of a team answers. */
export const foreignQuestions = async (): Promise<readonly string[]> =>
  (await import("./topics/foreign-questions.json", { with: { type: "json" } })).default;

/** What is learnt from example questions: all of a model that depends on them. */
export function learn(
  faq: Faq,
  examples: readonly TrainingExample[],
  lexicon: Lexicon,
): Pick<Model, "statementIndex" | "classifier"> {
  return {
    statementIndex: indexStatements(faq, examples, lexicon, createSubjectFinder(faq, lexicon)),
    classifier: examples.length > 0 ? trainClassifier(examples, lexicon, rememberedOf(examples)) : null,
  };
}

/** The matcher of a corpus from the examples that its classifier was trained on; null where it has no topics. */
export function matcherOf(
  corpus: Corpus,
  lexicon: Lexicon,
  vocabulary: Vocabulary,
  analyse: AnalyseQuestion,
  { classifier, statementIndex }: Pick<Model, "classifier" | "statementIndex">,
): Matcher | null {
  if (classifier === null) return null;
  const subjects = createSubjectFinder(corpus.faq, lexicon);
  return createMatcher({
    faq: corpus.faq,
    lexicon,
    vocabulary,
    subjects,
    analyse,
    classifier: createClassifier(classifier, lexicon),
    statementIndex: statementIndex,
  });
}
