// A corpus to what is computed from it once: index, classifier, vocabulary. Plain data that a snapshot can hold.

import { type ClassifierModel, createClassifier, trainClassifier } from "./classifier.ts";
import { type Example, examplesOf, rememberedOf } from "./examples.ts";
import type { Faq } from "./faq.ts";
import type { Calibration } from "./gate.ts";
import type { Corpus } from "./library.ts";
import { createMatcher, type Matcher } from "./match.ts";
import { splitPassages } from "./passages.ts";
import { indexPoints, type PointIndex } from "./points.ts";
import { indexPassages } from "./retriever.ts";
import { countStatistics, type StatisticsModel } from "./statistics.ts";
import { createSubjectFinder, lexiconGroups } from "./subjects.ts";
import { createLexicon, type Lexicon } from "./terms.ts";
import { countVocabulary, type Vocabulary, type VocabularyModel } from "./vocabulary.ts";

export interface Model {
  readonly vocabulary: VocabularyModel;
  readonly index: unknown;
  readonly statistics: StatisticsModel;
  readonly pointIndex: PointIndex;
  /** Null where the corpus has no topics. */
  readonly classifier: ClassifierModel | null;
  readonly calibration: Calibration;
}

/** Indexes and trains; seconds for a large FAQ. */
export async function train(corpus: Corpus): Promise<Model> {
  const lexicon = createLexicon(lexiconGroups(corpus.faq));
  const [foreign, { default: calibration }, vocabulary] = await Promise.all([
    foreignQuestions(),
    import("./calibration.json", { with: { type: "json" } }),
    countVocabulary(corpus.documents, corpus.faq, lexicon),
  ]);
  const examples = corpus.faq.topics.length > 0 ? examplesOf(corpus.faq, foreign) : [];
  const passages = splitPassages(corpus.documents);
  return {
    vocabulary,
    index: indexPassages(passages, lexicon).toJSON(),
    statistics: countStatistics(passages, lexicon),
    ...learn(corpus.faq, examples, lexicon),
    calibration: corpus.calibration ?? calibration,
  };
}

/** Questions about anything else: what no corpus of a team answers. */
export const foreignQuestions = async (): Promise<readonly string[]> =>
  (await import("./foreign-questions.json", { with: { type: "json" } })).default;

/** What is learnt from example questions: all of a model that depends on them. */
export function learn(
  faq: Faq,
  examples: readonly Example[],
  lexicon: Lexicon,
): Pick<Model, "pointIndex" | "classifier"> {
  return {
    pointIndex: indexPoints(faq, examples, lexicon, createSubjectFinder(faq, lexicon)),
    classifier: examples.length > 0 ? trainClassifier(examples, lexicon, rememberedOf(examples)) : null,
  };
}

/** The matcher of a corpus from the examples that its classifier was trained on; null where it has no topics. */
export function matcherOf(
  corpus: Corpus,
  lexicon: Lexicon,
  vocabulary: Vocabulary,
  { classifier, pointIndex }: Pick<Model, "classifier" | "pointIndex">,
): Matcher | null {
  if (classifier === null) return null;
  const subjects = createSubjectFinder(corpus.faq, lexicon);
  return createMatcher({
    faq: corpus.faq,
    lexicon,
    vocabulary,
    subjects,
    classifier: createClassifier(classifier, lexicon),
    pointIndex,
  });
}
