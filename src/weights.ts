// What tells whether a sentence answers a question to one number: weights of the features, with where they come from.

import type { EvidenceFeatures } from "./features.ts";

export type Weights = Readonly<Partial<Record<keyof EvidenceFeatures, number>>>;

/**
 * Orders the sentences that were found for a question. Conditional logit on the 1,440 answerable questions of eight SQuAD
 * 2.0 articles, a third of them once more as they would be typed in a chat, asked of all 1,216 paragraphs (2026-11-21;
 * `npm run bench -- fit --data DIR`). On articles left out of the fit the right sentence comes first for 73.9 % of the
 * questions; MiniSearch over the same sentences, as it comes, finds it for 64.3 %.
 */
export const RANKER: Weights = {
  sentence: 4.19,
  previous: 3.28,
  title: 3.98,
  prefix: 3.88,
  passage: 2.33,
  bm25: 3.6,
  depth: 0.36,
  run: 2.57,
  pairs: 1.09,
  cue: 0.87,
  cueForFigures: 1.61,
  cueForNames: 0.33,
  rank: 3.73,
  names: 1.76,
};

/**
 * Log-odds that the documents answer the question, judged by the first sentence. Logistic regression by the same command:
 * each of the eight articles as a corpus, its questions against 5,083 on other articles and of five sets of labelled
 * questions, all plain and as typed in a chat. On articles left out: AUROC .991; 1.0 % of the others are answered where
 * 90 % of its own are, 2.5 % where 95 % are. Near misses are not told apart: AUROC .57.
 */
export const GATE: Weights = {
  sentence: 1.6,
  title: 1.17,
  prefix: 4.06,
  run: 4.65,
  names: 1.68,
  unknown: -0.97,
  depth: 2.72,
  rare: 2.57,
  count: 5.35,
  pairs: 1.74,
};
export const GATE_BIAS = -8.46;
/**
 * A price, a date or a number that is asked for and not there: what else matches hardly counts. Set by hand: such
 * questions are rare in that data, where they would weigh -1.6, and frequent in a chat.
 */
export const FIGURE_MISSING = -4;

/**
 * All that is asked is there, in so many words at least: a short question has few other signs. Set by hand: headings,
 * which hold much of such a question, hardly vary in that data.
 */
export const COMPLETE = 2;
export const COMPLETE_FROM = { passage: 0.99, count: 0.5 };

/** Of two words that are asked, one is not there: "add a probe" is not answered by what adds something else. */
export const HALF = -1;
export const HALF_OF_TERMS = 2;

/** The weighted sum of the features that have a weight. */
export function weigh(features: EvidenceFeatures, weights: Weights): number {
  let sum = 0;
  for (const name of namesOf(weights)) sum += (weights[name] ?? 0) * features[name];
  return sum;
}

/** The features that have a weight. */
export const namesOf = (weights: Weights): readonly (keyof EvidenceFeatures)[] =>
  // What a literal of this type holds are its keys.
  Object.keys(weights) as (keyof EvidenceFeatures)[];
