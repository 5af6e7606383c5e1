// Ranks the passages of a compact index for the terms of a question.

import { numberOf } from "../structures/term-dictionary.ts";
import { idfOf, presence } from "./bm25.ts";
import { type CompactIndex, FACTOR_MAX, IMPACT_MAX } from "./compact-index.ts";
import { pairCounter, type TermOrder } from "./proximity.ts";
import type { Retriever } from "./retriever.ts";
import { TopK } from "./top-k.ts";

/** Postings are only looked up for the passages that are still in question where those are so many times fewer. */
const LOOKED_UP_WHEN_FEWER = 8;
/** Sums are rounded to 24 bits. */
const ROUNDING = 1.0001;

/**
 * Adds up the terms' postings, the rarest term first. As soon as the terms that are left could not lift any other
 * passage among the best, they are looked up for the passages found so far alone: a common word costs little, and the
 * hits are the same (the idea of Turtle and Flood's MaxScore, 1995).
 */
export function createCompactRetriever(index: CompactIndex): Retriever {
  const scores = new Float32Array(index.passages);
  const touched = new Uint32Array(index.passages);
  return {
    async search(asked, limit) {
      const sought = seek(index, asked);
      if (limit <= 0 || sought.length === 0) return [];
      let left = sought.reduce((sum, { most }) => sum + most, 0);
      let count = 0;
      let isOpen = true;
      for (const term of sought) {
        if (isOpen && count > limit && LOOKED_UP_WHEN_FEWER * count < term.to - term.from) {
          const { least } = bestOf(scores, touched, count, limit);
          isOpen = left * ROUNDING >= least;
        }
        if (isOpen) count = addAll(index, term, scores, touched, count);
        else addToThese(index, term, scores, touched, count);
        left -= term.most;
      }
      const best = bestOf(scores, touched, count, limit);
      for (let at = 0; at < count; at++) scores[touched[at] ?? 0] = 0;
      return best.hits().map(({ passage, score }) => ({ passage, score: (score * FACTOR_MAX) / IMPACT_MAX }));
    },
  };
}

/** The order of terms as it was indexed. */
export const storedOrder = ({ terms: dictionary, orderStarts, order }: CompactIndex): TermOrder => ({
  async pairsOf(asked, passages) {
    const count = pairCounter(asked.map((term) => numberOf(dictionary, term)));
    return passages.map((passage) => count(order.subarray(orderStarts[passage] ?? 0, orderStarts[passage + 1] ?? 0)));
  },
});

/** A term that is searched, with the range of its postings. */
interface Sought {
  readonly idf: number;
  /** What a passage gets for holding it at all, and the most that it can get. */
  readonly least: number;
  readonly most: number;
  readonly from: number;
  readonly to: number;
}

/** The terms that the index has, the rarest first. */
function seek({ terms: dictionary, starts, passages }: CompactIndex, asked: readonly string[]): Sought[] {
  const present = (presence(asked.length) * IMPACT_MAX) / FACTOR_MAX;
  return [...new Set(asked)]
    .map((term) => numberOf(dictionary, term))
    .filter((number) => number >= 0)
    .sort((a, b) => countOf(starts, a) - countOf(starts, b) || a - b)
    .map((number) => {
      const idf = idfOf(countOf(starts, number), passages);
      const [from = 0, to = 0] = starts.subarray(number, number + 2);
      return { idf, least: idf * present, most: idf * (present + IMPACT_MAX), from, to };
    });
}

const countOf = (starts: Uint32Array, number: number): number => (starts[number + 1] ?? 0) - (starts[number] ?? 0);

function addAll(
  { holders, impacts }: CompactIndex,
  { idf, least, from, to }: Sought,
  scores: Float32Array,
  touched: Uint32Array,
  before: number,
): number {
  let count = before;
  for (let at = from; at < to; at++) {
    const passage = holders[at] ?? 0;
    const score = scores[passage] ?? 0;
    if (score === 0) touched[count++] = passage;
    scores[passage] = score + least + idf * (impacts[at] ?? 0);
  }
  return count;
}

function addToThese(
  { holders, impacts }: CompactIndex,
  { idf, least, from, to }: Sought,
  scores: Float32Array,
  touched: Uint32Array,
  count: number,
): void {
  for (let place = 0; place < count; place++) {
    const passage = touched[place] ?? 0;
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((holders[middle] ?? 0) < passage) low = middle + 1;
      else high = middle;
    }
    if (low < to && holders[low] === passage)
      scores[passage] = (scores[passage] ?? 0) + least + idf * (impacts[low] ?? 0);
  }
}

function bestOf(scores: Float32Array, touched: Uint32Array, count: number, limit: number): TopK {
  const best = new TopK(limit);
  for (let at = 0; at < count; at++) {
    const passage = touched[at] ?? 0;
    best.offer(passage, scores[passage] ?? 0);
  }
  return best;
}
