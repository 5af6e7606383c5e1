// A corpus to what is computed from it once: index, classifier, vocabulary. Plain data that a snapshot can hold.

import { type ClassifierModel, createClassifier, trainClassifier } from "./classifier.ts";
import type { Faq } from "./faq.ts";
import type { Calibration } from "./gate.ts";
import type { Corpus } from "./library.ts";
import {
  createMatcher,
  type Example,
  examplesOf,
  type Matcher,
  type PointTerms,
  pointTermsOf,
  rememberedOf,
} from "./match.ts";
import { splitPassages } from "./passages.ts";
import { indexPassages } from "./retriever.ts";
import { createSubjectFinder, lexiconGroups } from "./subjects.ts";
import { createLexicon, type Lexicon } from "./terms.ts";
import { countVocabulary, type Vocabulary, type VocabularyModel } from "./vocabulary.ts";

export interface Model {
  readonly vocabulary: VocabularyModel;
  readonly index: unknown;
  readonly examples: readonly Example[];
  /** In the order of the FAQ's points. */
  readonly pointTerms: readonly PointTerms[];
  /** Null where the corpus has no topics. */
  readonly classifier: ClassifierModel | null;
  readonly calibration: Calibration;
}

/** Indexes and trains; seconds for a large FAQ. */
export async function train(corpus: Corpus): Promise<Model> {
  const lexicon = createLexicon(lexiconGroups(corpus.faq));
  const [{ default: foreign }, { default: calibration }, vocabulary] = await Promise.all([
    import("./foreign-questions.json", { with: { type: "json" } }),
    import("./calibration.json", { with: { type: "json" } }),
    countVocabulary(corpus.documents, corpus.faq),
  ]);
  const examples = corpus.faq.topics.length > 0 ? examplesOf(corpus.faq, foreign) : [];
  return {
    vocabulary,
    index: indexPassages(splitPassages(corpus.documents), lexicon).toJSON(),
    ...learn(corpus.faq, examples, lexicon),
    calibration,
  };
}

/** What is learnt from example questions: all of a model that depends on them. */
export function learn(
  faq: Faq,
  examples: readonly Example[],
  lexicon: Lexicon,
): Pick<Model, "examples" | "pointTerms" | "classifier"> {
  return {
    examples,
    pointTerms: pointTermsOf(faq, examples, lexicon),
    classifier: examples.length > 0 ? trainClassifier(examples, lexicon, rememberedOf(examples)) : null,
  };
}

/** The matcher of a corpus from the examples that its classifier was trained on; null where it has no topics. */
export function matcherOf(
  corpus: Corpus,
  lexicon: Lexicon,
  vocabulary: Vocabulary,
  { classifier, examples, pointTerms }: Pick<Model, "classifier" | "examples" | "pointTerms">,
): Matcher | null {
  if (classifier === null) return null;
  const subjects = createSubjectFinder(corpus.faq, lexicon);
  return createMatcher({
    faq: corpus.faq,
    lexicon,
    vocabulary,
    subjects,
    classifier: createClassifier(classifier, lexicon),
    examples,
    pointTerms,
  });
}
