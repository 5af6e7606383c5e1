// A match's signals to the decision whether to speak.

import type { Signals } from "./match.ts";

/** Weights of a logistic regression and the log-odds from which the engine speaks; plain data (`calibrate.ts`). */
export interface Calibration {
  readonly weights: Readonly<Partial<Record<keyof Signals, number>>>;
  readonly bias: number;
  /** Log-odds from which a question is answered. */
  readonly answerFrom: number;
}

/** Log-odds that the best topic is right for the question. */
export function confidence(signals: Signals, { weights, bias }: Calibration): number {
  let sum = bias;
  for (const [name, weight] of Object.entries(weights) as [keyof Signals, number][]) sum += weight * signals[name];
  return sum;
}
