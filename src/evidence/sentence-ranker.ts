// Weighs a sentence's features into one number that ranks it and one that lets it speak; says where the weights come
// from.

import type { SentenceFeatures } from "./sentence-features.ts";

export type Weights = Readonly<Partial<Record<keyof SentenceFeatures, number>>>;

/**
 * Orders the sentences that were found for a question. Conditional logit on the 1,440 answerable questions of eight SQuAD
 * 2.0 articles, a third of them once more as they would be typed in a chat, asked of all 1,216 paragraphs (2026-11-21;
 * `npm run bench -- fit --data DIR`). On articles left out of the fit the right sentence comes first for 73.7 % of the
 * questions; MiniSearch over the same sentences, as it comes, finds it for 64.3 %.
 */
export const RANKER: Weights = {
  sentence: 4.16,
  previous: 3.3,
  title: 3.92,
  prefix: 3.73,
  passage: 2.4,
  bm25: 3.59,
  depth: 0.36,
  run: 2.55,
  pairs: 1.12,
  cue: 0.63,
  cueForFigures: 1.84,
  cueForNames: 0.53,
  rank: 3.54,
  names: 1.85,
};

/**
 * Log-odds that the documents answer the question, judged by the first sentence. Logistic regression by the same command:
 * each of the eight articles as a corpus, its questions against 5,083 on other articles and of five sets of labelled
 * questions, all plain and as typed in a chat. On articles left out, with what is set by hand below: AUROC .992; 0.9 % of
 * the others are answered where 90 % of its own are, 2.7 % where 95 % are. Near misses are not told apart: AUROC .58.
 */
export const GATE: Weights = {
  sentence: 1.39,
  title: 1.06,
  prefix: 4.29,
  run: 4.72,
  names: 1.99,
  unknown: -1.1,
  depth: 2,
  rare: 2.72,
  count: 5.28,
  pairs: 2.14,
};
export const GATE_BIAS = -8.4;
/**
 * What is added to the log-odds besides the fitted weights. Set by hand: the questions that these are about are rare in
 * the data that the weights are fitted on, and frequent in a chat. `npm run bench -- ablate` has what each is worth.
 */
export const ADDED = Object.freeze({
  /** A price, a date or a number that is asked for and not there: what else matches hardly counts. */
  figureMissing: -4,
  /** What is asked for is not named: the "level" of "which compression level", the "provider" of "is there a provider". */
  focusMissing: -5,
  /** All that is asked is there, in so many words at least: a short question has few other signs. */
  complete: 2,
  completeFrom: Object.freeze({ passage: 0.99, count: 0.5 }),
  /** Of so few words that are asked, one is not there: "add a probe" is not answered by what adds something else. */
  half: -1,
  halfOfTerms: 2,
});

/** Log-odds from which a sentence is quoted on its own: 94 in 100 answerable questions passed, 3 in 100 others. */
export const EVIDENCE_ODDS_MIN = -0.4;

/** The weighted sum of the features that have a weight. */
export function weigh(features: SentenceFeatures, weights: Weights): number {
  let sum = 0;
  for (const name of namesOf(weights)) sum += (weights[name] ?? 0) * features[name];
  return sum;
}

/** The features that have a weight. */
export const namesOf = (weights: Weights): readonly (keyof SentenceFeatures)[] =>
  // What a literal of this type holds are its keys.
  Object.keys(weights) as (keyof SentenceFeatures)[];
