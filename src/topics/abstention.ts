// Weighs what tells whether the best topic answers a question at all: the log-odds by which to speak or stay silent.

import type { Calibration } from "../ingest/calibration.ts";

/** What tells whether the best topic answers the question at all. */
export interface AbstentionFeatures {
  /** Decision value of the best topic, and of the best of what is no topic. */
  readonly decision: number;
  readonly outside: number;
  /** Probability of the best topic. */
  readonly topic: number;
  /** Weight of the content words that neither documents nor FAQ know: in all, and as a share. */
  readonly unknownMass: number;
  readonly unknownShare: number;
  /** Share of the content words' weight that the best topic knows. */
  readonly topicCovered: number;
  /** Numbers that the best statement does not know, and kinds of measure that it does not state. */
  readonly strangeNumbers: number;
  readonly strangeUnits: number;
  /** Whether a subject is named: 1 or 0. */
  readonly subject: number;
}

/** Log-odds that the best topic is right for the question. */
export function answerability(signals: AbstentionFeatures, { weights, bias }: Calibration): number {
  const values: Readonly<Record<string, number>> = { ...signals };
  return Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (values[name] ?? 0), bias);
}
