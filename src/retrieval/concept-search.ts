// What a question asks for, each word with what documents may say instead, to a score for every text that holds some of it.

import type { Concept } from "../question/concepts.ts";
import { numberOf } from "../structures/term-dictionary.ts";
import { type CompactIndex, FACTOR_MAX, IMPACT_MAX } from "./compact-index.ts";

/** What an alternative counts beside the word itself, and where the documents don't have the word at all. */
const ALTERNATIVE = 0.4;
const ALTERNATIVE_OF_UNKNOWN = 0.6;

/** Scores of one question, by text; to be read before the next search. */
export interface ConceptScores {
  /** BM25's, 0 for a text that holds nothing. */
  of(text: number): number;
  /** Texts that hold something, in no order. */
  readonly touched: Uint32Array;
  /** The weight of all that is asked. */
  readonly total: number;
}

export interface ConceptSearch {
  score(concepts: readonly Concept[]): ConceptScores;
  /** Lucene's IDF among the texts, never negative; of a phrase that of its rarest term. */
  idf(terms: readonly string[]): number;
  /** The IDF of several words together. */
  mass(terms: readonly string[]): number;
  /** Whether any text holds the term. */
  knows(term: string): boolean;
  /** Whether a text or its heading holds a term. */
  holds(text: number, term: string): boolean;
}

/** Maximum form: of a word and its alternatives what a text matches best counts, and at most as much as the word tells. */
export function createConceptSearch(index: CompactIndex): ConceptSearch {
  const { terms: dictionary, starts, holders, impacts, passages } = index;
  const scores = new Float32Array(passages);
  const touched = new Uint32Array(passages);
  const best = new Float32Array(passages);
  const raised = new Uint32Array(passages);
  let count = 0;

  const rangeOf = (term: string): readonly [from: number, to: number] => {
    const number = numberOf(dictionary, term);
    return number < 0 ? [0, 0] : [starts[number] ?? 0, starts[number + 1] ?? 0];
  };
  const idfOf = (term: string): number => {
    const [from, to] = rangeOf(term);
    return Math.log(1 + (passages - (to - from) + 0.5) / (to - from + 0.5));
  };
  const idf = (terms: readonly string[]): number => terms.reduce((most, term) => Math.max(most, idfOf(term)), 0);
  const placeIn = ([from, to]: readonly [number, number], text: number): number => {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((holders[middle] ?? 0) < text) low = middle + 1;
      else high = middle;
    }
    return low < to && holders[low] === text ? low : -1;
  };

  const score = (concepts: readonly Concept[]): ConceptScores => {
    for (let at = 0; at < count; at++) scores[touched[at] ?? 0] = 0;
    count = 0;
    let total = 0;
    for (const { own, alternatives, count: times } of concepts) {
      let found = 0;
      const raise = (text: number, value: number): void => {
        const before = best[text] ?? 0;
        if (before === 0) raised[found++] = text;
        if (value > before) best[text] = value;
      };
      let [mass, known] = [0, false];
      for (const term of own) {
        const weight = idfOf(term);
        mass += weight;
        const [from, to] = rangeOf(term);
        known ||= to > from;
        for (let at = from; at < to; at++) {
          const text = holders[at] ?? 0;
          const before = best[text] ?? 0;
          if (before === 0) raised[found++] = text;
          best[text] = before + weight * (impacts[at] ?? 0);
        }
      }
      for (const { terms, weight } of alternatives) {
        const told = idf(terms);
        const share = weight * (known ? ALTERNATIVE * Math.min(told, mass) : ALTERNATIVE_OF_UNKNOWN * told);
        const ranges = terms.map(rangeOf).sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
        const [rarest, ...rest] = ranges;
        if (rarest === undefined) continue;
        for (let at = rarest[0]; at < rarest[1]; at++) {
          const text = holders[at] ?? 0;
          let impact = impacts[at] ?? 0;
          for (const range of rest) {
            const place = placeIn(range, text);
            impact = place < 0 ? 0 : Math.min(impact, impacts[place] ?? 0);
            if (impact === 0) break;
          }
          if (impact > 0) raise(text, share * impact);
        }
      }
      total += times * mass;
      for (let at = 0; at < found; at++) {
        const text = raised[at] ?? 0;
        const before = scores[text] ?? 0;
        if (before === 0) touched[count++] = text;
        scores[text] = before + (times * (best[text] ?? 0) * FACTOR_MAX) / IMPACT_MAX;
        best[text] = 0;
      }
    }
    return { of: (text) => scores[text] ?? 0, touched: touched.subarray(0, count), total };
  };
  const mass = (terms: readonly string[]): number => terms.reduce((sum, term) => sum + idfOf(term), 0);
  const knows = (term: string): boolean => numberOf(dictionary, term) >= 0;
  return { score, idf, mass, knows, holds: (text, term) => placeIn(rangeOf(term), text) >= 0 };
}
