// Reads calibration.json.

import { z } from "zod";
import { CorpusError } from "../errors.ts";

/** When to speak: weights of a logistic regression by the names of its features, and the log-odds to speak from. */
export interface Calibration {
  readonly weights: Readonly<Record<string, number>>;
  readonly bias: number;
  /** Log-odds from which a question is answered. */
  readonly answerFrom: number;
}

const schema = z.looseObject({
  weights: z.record(z.string(), z.number()),
  bias: z.number(),
  answerFrom: z.number(),
});

/** @throws CorpusError when it isn't what `footnote calibrate` writes */
export function parseCalibration(text: string, file: string): Calibration {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new CorpusError(file, 1, "is not JSON", "write it anew with footnote calibrate");
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success)
    throw new CorpusError(file, 1, "is not a calibration", "write it anew with footnote calibrate, or remove it");
  const { weights, bias, answerFrom } = parsed.data;
  return { weights, bias, answerFrom };
}
