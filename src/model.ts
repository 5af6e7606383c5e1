// Defines what is computed from a corpus once: index, classifier, vocabulary, as plain data that a snapshot can hold.

import type { BlockWeights } from "./evidence/block-ranker.ts";
import type { UnitIndex } from "./evidence/unit-index.ts";
import type { Calibration } from "./ingest/calibration.ts";
import type { Corpus } from "./ingest/library.ts";
import { createSubjectFinder } from "./ingest/subjects.ts";
import type { Vocabulary, VocabularyModel } from "./ingest/vocabulary.ts";
import type { AnalyseQuestion } from "./question/analysis.ts";
import type { SavedIndex } from "./retrieval/choose-index.ts";
import type { StatisticsModel } from "./retrieval/collection-statistics.ts";
import type { Lexicon } from "./text/analyzer.ts";
import type { Baseline } from "./topics/baseline.ts";
import { type ClassifierModel, createClassifier } from "./topics/classifier.ts";
import { createMatcher, type Matcher } from "./topics/matcher.ts";
import type { StatementIndex } from "./topics/statement-index.ts";

export interface Model {
  readonly vocabulary: VocabularyModel;
  readonly index: SavedIndex;
  readonly statistics: StatisticsModel;
  readonly statementIndex: StatementIndex;
  /** Null where the corpus has no topics. */
  readonly classifier: ClassifierModel | null;
  readonly baseline: Baseline;
  readonly calibration: Calibration;
  /** What passages are found by; null where nothing but topics is answered. */
  readonly units: UnitIndex | null;
  readonly blockWeights: BlockWeights;
}

/** What is learnt from example questions: all of a model that depends on them. */
export type Learnt = Pick<Model, "statementIndex" | "classifier" | "baseline">;

/** The matcher of a corpus from the examples that its classifier was trained on; null where it has no topics. */
export function matcherOf(
  corpus: Corpus,
  lexicon: Lexicon,
  vocabulary: Vocabulary,
  analyse: AnalyseQuestion,
  { classifier, statementIndex, baseline }: Learnt,
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
    statementIndex,
    baseline,
  });
}
