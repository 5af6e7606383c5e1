// Reranks the best passages: words that stand side by side in the question should do so in the passage too.

import { LRUCache } from "lru-cache";
import { type Lexicon, queryTerms } from "../text/analyzer.ts";
import { saturation } from "./bm25.ts";
import type { Hit, Indexed, Retriever } from "./retriever.ts";

/** The pairs of a question in one passage. */
export interface Paired {
  /** How often each term of the question is followed by its next one. */
  readonly counts: readonly number[];
  /** Terms of the passage's text. */
  readonly length: number;
}

/** The port: in which order the terms of a passage's text stand. */
export interface TermOrder {
  /** The pairs of these terms in each of the passages, in their order. */
  pairsOf(asked: readonly string[], passages: readonly number[]): Promise<readonly Paired[]>;
}

/** So many of the best are looked at: a right passage below is not brought to the top by its pairs alone. */
export const PAIRED_HITS = 50;
/** What a pair counts for beside its two terms; more helped questions in whole sentences and hurt key words. */
const WEIGHT = 0.3;
const KEPT_MAX = 2000;

/**
 * Adds to each of the best hits a BM25 score of the question's adjacent pairs. No index of pairs is needed: a pair's
 * IDF is taken to be the sum of its terms', as if they stood together by chance.
 * @param idf how telling a term is
 */
export const withProximity = (retriever: Retriever, order: TermOrder, idf: (term: string) => number): Retriever => ({
  async search(asked, limit) {
    const hits = await retriever.search(asked, limit > 0 ? Math.max(limit, PAIRED_HITS) : 0);
    if (asked.length < 2 || hits.length < 2) return hits.slice(0, limit);
    const telling = asked.map(idf);
    const weights = telling.slice(1).map((weight, at) => weight + (telling[at] ?? 0));
    const near = hits.slice(0, PAIRED_HITS);
    const paired = await order.pairsOf(
      asked,
      near.map(({ passage }) => passage),
    );
    const lengthMean = paired.reduce((sum, { length }) => sum + length, 0) / paired.length;
    const ranked = near
      .map(({ passage, score }, at): Hit => {
        const pairs = paired[at];
        return { passage, score: score + (pairs ? WEIGHT * scoreOf(pairs, weights, lengthMean) : 0) };
      })
      .sort((a, b) => b.score - a.score || a.passage - b.passage);
    return [...ranked, ...hits.slice(PAIRED_HITS)].slice(0, limit);
  },
});

function scoreOf({ counts, length }: Paired, weights: readonly number[], lengthMean: number): number {
  let score = 0;
  for (const [at, weight] of weights.entries()) {
    const count = counts[at] ?? 0;
    if (count > 0) score += weight * saturation(count, length, lengthMean);
  }
  return score;
}

/** The order of terms read from the passages' text; that of the last ones is kept. */
export function readOrder(
  passages: { at(number: number): Promise<Pick<Indexed, "text">> },
  lexicon: Lexicon,
): TermOrder {
  const kept = new LRUCache<number, readonly string[]>({ max: KEPT_MAX });
  const read = async (passage: number): Promise<readonly string[]> => {
    const known = kept.get(passage);
    if (known !== undefined) return known;
    const terms = queryTerms((await passages.at(passage)).text, lexicon);
    kept.set(passage, terms);
    return terms;
  };
  return { pairsOf: async (asked, numbers) => (await Promise.all(numbers.map(read))).map(pairCounter(asked)) };
}

/** What counts the pairs of these terms in the terms of a passage. */
export function pairCounter<T>(asked: readonly T[]): (told: ArrayLike<T>) => Paired {
  const places = new Map(asked.map((term, at) => [term, at]));
  return (told) => {
    const counts = asked.map(() => 0);
    let before = -1;
    for (let at = 0; at < told.length; at++) {
      const term = told[at];
      const place = (term === undefined ? undefined : places.get(term)) ?? -1;
      if (place > 0 && place === before + 1) counts[before] = (counts[before] ?? 0) + 1;
      before = place;
    }
    return { counts, length: told.length };
  };
}
