// Scores the texts of a small collection by how much of a query each holds (BM25).

import { pack, type StringList, unpack } from "../structures/string-list.ts";

/** As in Lucene. */
export const K1 = 1.2;
export const B = 0.75;

/** In questions of so many terms a word that is there at all counts as much as one that is there often. */
const SHORT_QUESTION = 6;

/**
 * What holding a term at all counts for, beside how often: BM25+'s delta (Lv and Zhai 2011), which is a constant there.
 * A short question wants all of its words; in a long one, words that recur tell what a text is about.
 */
export const presence = (terms: number): number => Math.min(1, (SHORT_QUESTION / Math.max(1, terms)) ** 2);

/** How telling a term is that `count` of `total` texts hold: Lucene's IDF, never negative. */
export const idfOf = (count: number, total: number): number => Math.log(1 + (total - count + 0.5) / (count + 0.5));

/** BM25's term factor: grows with a term's count in a text, up to 2.2, and slower in texts longer than the mean. */
export const saturation = (count: number, length: number, lengthMean: number): number =>
  (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / Math.max(1, lengthMean)));

export interface Bm25 {
  /** How telling a term is in this collection: its IDF times its general weight. */
  idf(term: string): number;
  /** A score for each text as a share of the query's IDF weight: about 0 to 1, up to 2.2 where terms are repeated. */
  scores(query: readonly string[]): Float64Array;
}

/** The postings of a collection: plain data that can be saved. */
export interface Bm25Index {
  readonly terms: StringList;
  /** Where a term's postings start; one more at the end. */
  readonly starts: Uint32Array;
  readonly texts: Uint32Array;
  readonly frequencies: Uint16Array;
  /** Terms in each text. */
  readonly lengths: Uint32Array;
}

/** @param texts each as its terms */
export function indexTexts(texts: readonly (readonly string[])[]): Bm25Index {
  const postings = new Map<string, Map<number, number>>();
  for (const [at, list] of texts.entries())
    for (const term of list) {
      const counts = postings.get(term) ?? new Map<number, number>();
      counts.set(at, (counts.get(at) ?? 0) + 1);
      postings.set(term, counts);
    }
  const starts = new Uint32Array(postings.size + 1);
  for (const [at, counts] of [...postings.values()].entries()) starts[at + 1] = (starts[at] ?? 0) + counts.size;
  return {
    terms: pack(postings.keys()),
    starts,
    texts: Uint32Array.from([...postings.values()].flatMap((counts) => [...counts.keys()])),
    frequencies: Uint16Array.from([...postings.values()].flatMap((counts) => [...counts.values()])),
    lengths: Uint32Array.from(texts, ({ length }) => length),
  };
}

/** @param weightOf what a term tells in general, 0 to 1, beside how rare it is here */
export function createBm25(index: Bm25Index, weightOf: (term: string) => number = () => 1): Bm25 {
  const { starts, texts, frequencies, lengths } = index;
  const places = new Map(unpack(index.terms).map((term, at) => [term, at]));
  const lengthMean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const rangeOf = (term: string): [from: number, to: number] => {
    const place = places.get(term);
    return place === undefined ? [0, 0] : [starts[place] ?? 0, starts[place + 1] ?? 0];
  };
  const idf = (term: string): number => {
    const [from, to] = rangeOf(term);
    return weightOf(term) * idfOf(to - from, lengths.length);
  };
  return {
    idf,
    scores(query) {
      const scores = new Float64Array(lengths.length);
      const total = query.reduce((sum, term) => sum + idf(term), 0);
      if (total === 0) return scores;
      for (const term of query) {
        const weight = idf(term) / total;
        const [from, to] = rangeOf(term);
        for (let at = from; at < to; at++) {
          const text = texts[at] ?? 0;
          const factor = saturation(frequencies[at] ?? 0, lengths[text] ?? 0, lengthMean);
          scores[text] = (scores[text] ?? 0) + weight * factor;
        }
      }
      return scores;
    },
  };
}
