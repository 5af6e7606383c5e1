// Examples to the weights of a linear model that tells them apart: Newton's method on a penalised likelihood.

/** What penalises large weights; small beside thousands of examples. */
const RIDGE = 1;
const STEPS_MAX = 60;
/** Newton's step is cut where a weight would move further: far from the optimum it overshoots. */
const STEP_MAX = 2;
const SETTLED = 1e-4;

export interface Labelled {
  readonly values: readonly number[];
  readonly isPositive: boolean;
  /** Log-odds that are known without the values. */
  readonly offset: number;
  /** How much it counts, 1 by default. */
  readonly count?: number;
}

/** Logistic regression. @returns a weight for each value, and the bias last */
export function fitLogistic(examples: readonly Labelled[], ridge: number = RIDGE): readonly number[] {
  const [first] = examples;
  if (first === undefined) return [];
  const size = first.values.length + 1;
  return climb(size, (weights, slope) => {
    for (let at = 0; at < size - 1; at++) slope.penalise(at, weights, ridge);
    for (const { values, isPositive, offset, count = 1 } of examples) {
      const extended = [...values, 1];
      const probability = 1 / (1 + Math.exp(-(offset + dot(weights, extended))));
      slope.likelihood += count * Math.log(Math.max(Number.MIN_VALUE, isPositive ? probability : 1 - probability));
      slope.add(extended, count * ((isPositive ? 1 : 0) - probability), count * probability * (1 - probability));
    }
  });
}

export interface Option {
  readonly values: readonly number[];
  readonly isRight: boolean;
}

/**
 * Conditional logit: the weights under which a right option of each list is likeliest to be chosen among all of the
 * list. Lists without a right one, or without a wrong one, tell nothing.
 */
export function fitChoice(
  lists: readonly (readonly Option[])[],
  ridge: number = RIDGE,
  countOf: (list: readonly Option[]) => number = () => 1,
): readonly number[] {
  const telling = lists.filter((list) => list.some(({ isRight }) => isRight) && list.some(({ isRight }) => !isRight));
  const size = telling[0]?.[0]?.values.length ?? 0;
  return climb(size, (weights, slope) => {
    for (let at = 0; at < size; at++) slope.penalise(at, weights, ridge);
    for (const list of telling) {
      const scores = list.map(({ values }) => dot(weights, values));
      const highest = Math.max(...scores);
      const likely = scores.map((score) => Math.exp(score - highest));
      const all = likely.reduce((sum, one) => sum + one, 0);
      const right = likely.reduce((sum, one, at) => sum + (list[at]?.isRight ? one : 0), 0);
      const count = countOf(list);
      slope.likelihood += count * Math.log(right / all);
      const mean = new Array<number>(size).fill(0);
      for (const [at, { values }] of list.entries())
        for (const [k, value] of values.entries()) mean[k] = (mean[k] ?? 0) + ((likely[at] ?? 0) / all) * value;
      for (const [at, { values, isRight }] of list.entries()) {
        const probability = (likely[at] ?? 0) / all;
        const wanted = isRight ? (likely[at] ?? 0) / right : 0;
        const aside = values.map((value, k) => value - (mean[k] ?? 0));
        slope.add(aside, count * (wanted - probability), count * probability);
      }
    }
  });
}

/** Values whose mean is 0 and whose spread is 1, so that one penalty is fair to all of them, and weights for them as they were. */
export interface Scale {
  apply(values: readonly number[]): number[];
  /** @param weights of scaled values, a bias last where there is one */
  undo(weights: readonly number[]): number[];
}

export function scaleOf(rows: readonly (readonly number[])[]): Scale {
  const size = rows[0]?.length ?? 0;
  const mean = new Array<number>(size).fill(0);
  const spread = new Array<number>(size).fill(0);
  for (const row of rows) for (const [at, value] of row.entries()) mean[at] = (mean[at] ?? 0) + value / rows.length;
  for (const row of rows)
    for (const [at, value] of row.entries())
      spread[at] = (spread[at] ?? 0) + (value - (mean[at] ?? 0)) ** 2 / rows.length;
  const deviation = spread.map((one) => (one > 0 ? Math.sqrt(one) : 1));
  return {
    apply: (values) => values.map((value, at) => (value - (mean[at] ?? 0)) / (deviation[at] ?? 1)),
    undo(weights) {
      const raw = weights.slice(0, size).map((weight, at) => weight / (deviation[at] ?? 1));
      const shift = raw.reduce((sum, weight, at) => sum + weight * (mean[at] ?? 0), 0);
      return weights.length > size ? [...raw, (weights[size] ?? 0) - shift] : raw;
    },
  };
}

export const dot = (weights: readonly number[], values: readonly number[]): number =>
  values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);

/** First and second derivatives of a penalised log-likelihood, as they are added up. */
class Slope {
  readonly gradient: Float64Array;
  likelihood = 0;
  private readonly curvature: readonly Float64Array[];

  constructor(private readonly size: number) {
    this.gradient = new Float64Array(size);
    this.curvature = Array.from({ length: size }, () => new Float64Array(size));
  }

  penalise(at: number, weights: readonly number[], ridge: number): void {
    this.bend(at, at, ridge);
    this.likelihood -= (ridge * (weights[at] ?? 0) ** 2) / 2;
    this.gradient[at] = (this.gradient[at] ?? 0) - ridge * (weights[at] ?? 0);
  }

  add(values: readonly number[], residual: number, weight: number): void {
    for (let i = 0; i < this.size; i++) {
      const value = values[i] ?? 0;
      if (value === 0) continue;
      this.gradient[i] = (this.gradient[i] ?? 0) + residual * value;
      for (let j = 0; j < this.size; j++) this.bend(i, j, weight * value * (values[j] ?? 0));
    }
  }

  /** Newton's step: the curvature's inverse times the gradient, by Gauss and Jordan; the penalty keeps it invertible. */
  step(): readonly number[] {
    const rows = this.curvature.map((row, at) => [...row, this.gradient[at] ?? 0]);
    for (const [at, pivot] of rows.entries()) {
      const head = pivot[at] || Number.EPSILON;
      for (const [other, row] of rows.entries()) {
        const factor = (row[at] ?? 0) / head;
        if (other !== at && factor !== 0)
          for (let k = at; k <= this.size; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
      }
    }
    return rows.map((row, at) => (row[this.size] ?? 0) / (row[at] || Number.EPSILON));
  }

  private bend(i: number, j: number, by: number): void {
    const row = this.curvature[i];
    if (row !== undefined) row[j] = (row[j] ?? 0) + by;
  }
}

/** Newton's steps, each halved until it leads upwards: far from the optimum a whole one may lead down again and again. */
function climb(size: number, derive: (weights: readonly number[], slope: Slope) => void): readonly number[] {
  const at = (weights: readonly number[]): { weights: readonly number[]; slope: Slope } => {
    const slope = new Slope(size);
    derive(weights, slope);
    return { weights, slope };
  };
  let here = at(new Array<number>(size).fill(0));
  for (let step = 0; step < STEPS_MAX; step++) {
    const move = here.slope.step();
    const longest = Math.max(...move.map(Math.abs));
    let scale = Math.min(1, STEP_MAX / longest);
    const along = (length: number) => at(here.weights.map((weight, k) => weight + length * (move[k] ?? 0)));
    let next = along(scale);
    while (!(next.slope.likelihood >= here.slope.likelihood) && scale * longest > SETTLED) {
      scale /= 2;
      next = along(scale);
    }
    if (!(next.slope.likelihood >= here.slope.likelihood)) break;
    here = next;
    if (scale * longest < SETTLED) break;
  }
  return here.weights;
}
