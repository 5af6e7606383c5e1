// What tells whether a sentence answers a question to one number: weights of the features, with where they come from.

import type { EvidenceFeatures } from "./features.ts";

export type Weights = Readonly<Partial<Record<keyof EvidenceFeatures, number>>>;

/** Orders the sentences that were found for a question. */
export const RANKER: Weights = {
  sentence: 5.16,
  previous: 3.54,
  title: 3.72,
  prefix: 4.18,
  passage: 2.63,
  bm25: 2.88,
  depth: 0.65,
  run: 2.08,
  pairs: 1.83,
  cue: 0.47,
  cueForFigures: 1.73,
  cueForNames: 1,
  rank: 3.28,
  names: 1.72,
};

/** Log-odds that the documents answer the question, judged by the first sentence. */
export const GATE: Weights = {
  passage: -1.18,
  prefix: 3.66,
  run: 3.93,
  names: 1.48,
  unknown: -1.42,
  depth: 3.51,
  rare: 3.29,
  count: 6.1,
  pairs: 2.21,
  cue: 0.46,
};
export const GATE_BIAS = -8.35;
/** A price, a date or a number that is asked for and not there: what else matches hardly counts. */
export const FIGURE_MISSING = -4;

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
