// Tells what a thread is about: a preference for its pages, gated by how well they cover what is asked now.

import type { Concept } from "../question/concepts.ts";
import type { Candidate, UnitSearch } from "./unit-search.ts";

export interface ThreadLeaning {
  /** What each page counts more, as a share of the best score. */
  readonly pages: ReadonlyMap<number, number>;
  /** What is asked now, with what the thread asked last counting a little. */
  readonly concepts: readonly Concept[];
}

/** Set by hand, after trials on conversations about two services; `npm run bench -- ablate` has what leaning is worth. */
export const LEANING = Object.freeze({
  /** A page's share is taken among so many of the best units of an earlier question. */
  bestUnits: 10,
  /** What a question counts that was asked a step earlier; what the thread's page and its last words count. */
  stepBack: 0.8,
  page: 1,
  words: 0.2,
  /** The thread's best page must reach this share of the best score for the thread to count at all. */
  gateFrom: 0.6,
  /** How much a question of no, one and two concepts leans on its thread whatever the gate says. */
  short: Object.freeze([1, 1, 0.7]),
});

/**
 * @param earlier the concepts of the thread's questions, oldest first
 * @param alone what is found for the question by itself
 */
export function leanOn(
  earlier: readonly (readonly Concept[])[],
  asked: readonly Concept[],
  alone: readonly Candidate[],
  search: UnitSearch,
): ThreadLeaning {
  const shares = new Map<number, number>();
  for (const [at, concepts] of earlier.entries()) {
    const weight = LEANING.stepBack ** (earlier.length - 1 - at);
    const best = search.search(concepts).slice(0, LEANING.bestUnits);
    for (const { page } of best) shares.set(page, (shares.get(page) ?? 0) + weight / best.length);
  }
  const most = Math.max(0, ...shares.values());
  const strength = gateOf(asked, alone, shares, most);
  if (most === 0 || strength === 0) return { pages: new Map(), concepts: asked };
  const last = earlier.at(-1) ?? [];
  const known = new Set(asked.flatMap(({ own }) => own));
  const carried = last
    .filter(({ own }) => own.length > 0 && !own.some((term) => known.has(term)))
    .map((concept): Concept => ({ ...concept, count: concept.count * LEANING.words * strength }));
  return {
    pages: new Map([...shares].map(([page, share]) => [page, (LEANING.page * strength * share) / most])),
    concepts: [...asked, ...carried],
  };
}

function gateOf(
  asked: readonly Concept[],
  alone: readonly Candidate[],
  shares: ReadonlyMap<number, number>,
  most: number,
): number {
  const content = asked.filter(({ own }) => own.length > 0).length;
  const short = LEANING.short[content] ?? 0;
  const best = alone[0]?.score ?? 0;
  if (best === 0) return 1;
  const onThread = alone.find(({ page }) => shares.get(page) === most)?.score ?? 0;
  const covered = Math.min(1, Math.max(0, (onThread / best - LEANING.gateFrom) / (1 - LEANING.gateFrom)));
  return Math.max(short, covered);
}
