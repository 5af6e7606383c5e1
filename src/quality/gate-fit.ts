// Questions whose answer is known, with their signals, to the weights of a gate: penalised logistic regression.

import type { Calibration } from "../ingest/calibration.ts";
import { ABSTENTION_FEATURES, type AbstentionFeatures } from "../topics/abstention.ts";

/** A question as the gate sees it. */
export interface Sample {
  readonly signals: AbstentionFeatures;
  /** Whether the best topic is the right one. */
  readonly isRight: boolean;
  /** How much it counts. */
  readonly weight: number;
}

export type GateWeights = Pick<Calibration, "weights" | "bias">;

/**
 * What pulls the weights of standardised features to those they are to stay near, as so many questions would: a few
 * hundred questions change little, thousands decide by themselves.
 */
export const SHRINKAGE = 20;
const STEPS_MAX = 30;
/** Newton's step is cut where a weight would move further: far from the optimum it overshoots. */
const STEP_MAX = 2;
const SETTLED = 1e-6;
/** A feature that varies less is the same for every question. */
const VARIANCE_MIN = 1e-9;

/**
 * Maximum a posteriori by Newton's method. Deterministic; rounded to three places.
 * @param near the weights that are changed only where the questions say so; by default none: 0
 */
export function fitGate(samples: readonly Sample[], near: GateWeights | null = null): GateWeights {
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  const columns = ABSTENTION_FEATURES.map((name) => {
    const mean = samples.reduce((sum, { signals, weight }) => sum + weight * signals[name], 0) / Math.max(1, total);
    const variance =
      samples.reduce((sum, { signals, weight }) => sum + weight * (signals[name] - mean) ** 2, 0) / Math.max(1, total);
    const deviation = variance > VARIANCE_MIN ? Math.sqrt(variance) : 1;
    return { name, mean, deviation, pulledTo: (near?.weights[name] ?? 0) * deviation };
  });
  const rows = samples.map(({ signals, isRight, weight }) => ({
    values: [...columns.map(({ name, mean, deviation }) => (signals[name] - mean) / deviation), 1],
    isRight,
    weight,
  }));
  const fitted = climb(
    rows,
    columns.map(({ pulledTo }) => pulledTo),
  );
  const raw = columns.map(({ deviation }, at) => (fitted[at] ?? 0) / deviation);
  const shift = columns.reduce((sum, { mean }, at) => sum + (raw[at] ?? 0) * mean, 0);
  return {
    weights: Object.fromEntries(columns.map(({ name }, at) => [name, rounded(raw[at] ?? 0)])),
    bias: rounded((fitted.at(-1) ?? 0) - shift),
  };
}

interface Row {
  readonly values: readonly number[];
  readonly isRight: boolean;
  readonly weight: number;
}

/** @param pulledTo for each weight but the bias, which is free */
function climb(rows: readonly Row[], pulledTo: readonly number[]): readonly number[] {
  const size = pulledTo.length + 1;
  let weights: readonly number[] = [...pulledTo, 0];
  for (let step = 0; step < STEPS_MAX; step++) {
    const gradient = weights.map((weight, at) => (at < size - 1 ? SHRINKAGE * ((pulledTo[at] ?? 0) - weight) : 0));
    const penalty = (at: number): number => (at < size - 1 ? SHRINKAGE : SETTLED);
    const curvature = weights.map((_, at) => weights.map((_, other) => (at === other ? penalty(at) : 0)));
    for (const { values, isRight, weight } of rows) {
      const odds = values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
      const probability = 1 / (1 + Math.exp(-odds));
      const residual = weight * ((isRight ? 1 : 0) - probability);
      const bend = weight * probability * (1 - probability);
      for (const [at, value] of values.entries()) {
        gradient[at] = (gradient[at] ?? 0) + residual * value;
        const row = curvature[at] ?? [];
        for (const [other, further] of values.entries()) row[other] = (row[other] ?? 0) + bend * value * further;
      }
    }
    const move = solve(curvature, gradient);
    const longest = Math.max(...move.map(Math.abs));
    const scale = Math.min(1, STEP_MAX / longest);
    weights = weights.map((weight, at) => weight + scale * (move[at] ?? 0));
    if (longest < SETTLED) break;
  }
  return weights;
}

/** The curvature's inverse times the gradient, by Gauss and Jordan; the penalty keeps it invertible. */
function solve(curvature: readonly (readonly number[])[], gradient: readonly number[]): readonly number[] {
  const size = gradient.length;
  const rows = curvature.map((row, at) => [...row, gradient[at] ?? 0]);
  for (const [at, pivot] of rows.entries()) {
    const head = pivot[at] || Number.EPSILON;
    for (const [other, row] of rows.entries()) {
      const factor = (row[at] ?? 0) / head;
      if (other !== at && factor !== 0)
        for (let k = at; k <= size; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] || Number.EPSILON));
}

export const rounded = (value: number): number => Math.round(value * 1000) / 1000;
