// A match's signals to the decision whether to speak.

import type { Calibration } from "../ingest/calibration.ts";
import type { AbstentionFeatures } from "./matcher.ts";

/** Log-odds that the best topic is right for the question. */
export function answerability(signals: AbstentionFeatures, { weights, bias }: Calibration): number {
  const values: Readonly<Record<string, number>> = { ...signals };
  return Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * (values[name] ?? 0), bias);
}
