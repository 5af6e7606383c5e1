// Ranks, scores and labels to the figures that are reported.

/** What was found for one question: the 1-based place of the right answer, or null where it was not found. */
export type Rank = number | null;

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

export const share = <T>(list: readonly T[], holds: (entry: T) => boolean): number =>
  list.length === 0 ? 0 : list.filter(holds).length / list.length;

/** Share of the questions whose answer stands among the first `k`. */
export const recallAt = (ranks: readonly Rank[], k: number): number =>
  share(ranks, (rank) => rank !== null && rank <= k);

/** Mean of one over the rank; what stands beyond the tenth place counts nothing. */
export const reciprocalRankAt10 = (ranks: readonly Rank[]): number =>
  mean(ranks.map((rank) => (rank === null || rank > 10 ? 0 : 1 / rank)));

/**
 * Normalised discounted cumulative gain of the first ten, the gain being the grade, as trec_eval computes it.
 * @param found passages, best first
 * @param grades of the judged passages; what is not judged counts as 0, and so does what is graded below
 */
export function ndcgAt10(found: readonly string[], grades: ReadonlyMap<string, number>): number {
  const gain = (list: readonly number[]): number =>
    list.slice(0, 10).reduce((sum, grade, at) => sum + Math.max(0, grade) / Math.log2(at + 2), 0);
  const ideal = gain([...grades.values()].sort((a, b) => b - a));
  return ideal === 0 ? 0 : gain(found.map((passage) => grades.get(passage) ?? 0)) / ideal;
}

/** Chance that a score of the first list is above one of the second; equal scores count half (Mann and Whitney). */
export function auroc(positive: readonly number[], negative: readonly number[]): number {
  const all = [
    ...positive.map((score) => ({ score, isPositive: true })),
    ...negative.map((score) => ({ score, isPositive: false })),
  ].sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.score === all[from]?.score) to++;
    const rank = (from + to + 1) / 2;
    for (let at = from; at < to; at++) if (all[at]?.isPositive) ranks += rank;
    from = to;
  }
  return (ranks - (positive.length * (positive.length + 1)) / 2) / (positive.length * negative.length);
}

/** Share of the negatives at or above the threshold that lets this share of the positives pass. */
export function passedAt(positive: readonly number[], negative: readonly number[], passing: number): number {
  const sorted = [...positive].sort((a, b) => b - a);
  const threshold = sorted[Math.max(0, Math.ceil(passing * sorted.length) - 1)] ?? Number.POSITIVE_INFINITY;
  return share(negative, (score) => score >= threshold);
}

/** A question that got an answer with a score: was it right? What is out of scope has no right answer. */
export interface Scored {
  readonly score: number;
  readonly isRight: boolean;
  readonly isInScope: boolean;
}

/** The largest share of the in-scope questions that is answered rightly at a threshold where `precision` of all that is answered is right. */
export function coverageAt(precision: number, scored: readonly Scored[]): number {
  const sorted = [...scored].sort((a, b) => b.score - a.score);
  let right = 0;
  let best = 0;
  for (const [at, one] of sorted.entries()) {
    if (one.isRight) right++;
    const isCut = one.score !== sorted[at + 1]?.score;
    if (isCut && right / (at + 1) >= precision) best = Math.max(best, right);
  }
  const inScope = scored.filter(({ isInScope }) => isInScope).length;
  return inScope === 0 ? 0 : best / inScope;
}

/** The threshold at which most are right: what is in scope and answered rightly, and what is out of scope and refused. */
export function bestThreshold(scored: readonly Scored[]): number {
  const sorted = [...scored].sort((a, b) => b.score - a.score);
  let right = sorted.filter(({ isInScope }) => !isInScope).length;
  let best = { right, threshold: Number.POSITIVE_INFINITY };
  for (const [at, one] of sorted.entries()) {
    if (!one.isInScope) right--;
    else if (one.isRight) right++;
    const next = sorted[at + 1]?.score ?? one.score - 1;
    if (right > best.right && next !== one.score) best = { right, threshold: (one.score + next) / 2 };
  }
  return best.threshold;
}

/** Standard error of a mean of independent values. */
export function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}
