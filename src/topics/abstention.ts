// Weighs what tells whether the best topic answers a question at all: the log-odds by which to speak or stay silent.

import type { Calibration } from "../ingest/calibration.ts";

/**
 * What tells whether the best topic answers the question at all. Only what points the same way in every FAQ it was looked
 * at in: `npm run bench -- fit-gate` prints the weight of each in each.
 */
export interface AbstentionFeatures {
  /** Decision value of the best topic, and of the best of what is no topic. */
  readonly decision: number;
  readonly outside: number;
  /** Probability of the best topic. */
  readonly topic: number;
  /** Share of the content words' weight that the best topic knows. */
  readonly topicCovered: number;
  /** Share of that weight which neither documents nor FAQ know, as far as it goes beyond what is usual in the FAQ. */
  readonly strangeShare: number;
  /** Cosine to the nearest example of the best topic, less what is usual in the FAQ. */
  readonly nearness: number;
  /** Whether a subject is named: 1 or 0; 0 in every FAQ without subjects. */
  readonly subject: number;
}

export const ABSTENTION_FEATURES: readonly (keyof AbstentionFeatures)[] = [
  "decision",
  "outside",
  "topic",
  "topicCovered",
  "strangeShare",
  "nearness",
  "subject",
];

/** Log-odds that the best topic is right for the question. */
export function answerability(signals: AbstentionFeatures, { weights, bias }: Calibration): number {
  const values: Readonly<Record<string, number>> = { ...signals };
  return Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (values[name] ?? 0), bias);
}
