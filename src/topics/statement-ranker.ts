// Weighs what tells whether a statement of the FAQ answers a question into one number.

/** What a statement is chosen by. */
export interface StatementFeatures {
  /** Sum of the cosines to the three nearest questions that the statement is known to answer. */
  readonly similarity: number;
  /** How far its nearest known question passes a cosine of one half: the same question in nearly the same words. */
  readonly nearDuplicate: number;
  /** The topic's SVM decision value. */
  readonly topicMargin: number;
  /** BM25 share of the question found in statement and quotes. */
  readonly bm25Statement: number;
  /** The same in statement, quotes and known questions, function words included. */
  readonly bm25Questions: number;
  /** Whether it speaks of the subjects the question names: 1 all and no other, 0.5 partly or not told, 0 another. */
  readonly subjects: number;
  /** Whether one of its questions asks in the same way (why, how many …): 1 or 0. */
  readonly type: number;
  /** Whether it is its topic's verdict: 1 or 0. */
  readonly verdict: number;
}

/**
 * Conditional logit over held-out example questions of the built-in corpus, 2026-11-21; `nearDuplicate` is set by hand,
 * since the examples avoid near copies of each other and users do not.
 */
export const STATEMENT_WEIGHTS: StatementFeatures = Object.freeze({
  similarity: 2.8,
  nearDuplicate: 8,
  topicMargin: 4.1,
  bm25Statement: 1.3,
  bm25Questions: 6.4,
  subjects: 2.5,
  type: 0.8,
  verdict: 0.3,
});

/** 0 to 2, flat towards the top: one rare word repeated is not twice the evidence. */
export const soften = (share: number): number => (2 * share) / (1 + share);

/** The three largest of the values at these places, added up, and the largest. */
export function threeNearest(places: readonly number[], values: Float32Array): { sum: number; largest: number } {
  let first = 0;
  let second = 0;
  let third = 0;
  for (const at of places) {
    const value = values[at] ?? 0;
    if (value > first) [first, second, third] = [value, first, second];
    else if (value > second) [second, third] = [value, second];
    else if (value > third) third = value;
  }
  return { sum: first + second + third, largest: first };
}

/** See `StatementFeatures.subjects`. */
export function agreement(mentioned: ReadonlySet<string>, about: ReadonlySet<string>): number {
  if (mentioned.size === 0 || about.size === 0) return 0.5;
  const shared = [...mentioned].filter((subject) => about.has(subject)).length;
  if (shared === 0) return 0;
  return shared === mentioned.size && shared === about.size ? 1 : 0.5;
}

/** The weighted sum of the features. */
export const weighStatement = (features: StatementFeatures): number =>
  STATEMENT_WEIGHTS.similarity * features.similarity +
  STATEMENT_WEIGHTS.nearDuplicate * features.nearDuplicate +
  STATEMENT_WEIGHTS.topicMargin * features.topicMargin +
  STATEMENT_WEIGHTS.bm25Statement * features.bm25Statement +
  STATEMENT_WEIGHTS.bm25Questions * features.bm25Questions +
  STATEMENT_WEIGHTS.subjects * features.subjects +
  STATEMENT_WEIGHTS.type * features.type +
  STATEMENT_WEIGHTS.verdict * features.verdict;
