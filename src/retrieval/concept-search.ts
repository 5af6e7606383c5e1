// Scores every text that holds some of what a question asks for, each word with what documents may say instead.

import type { Concept } from "../question/concepts.ts";
import { numberOf } from "../structures/term-dictionary.ts";
import { type CompactIndex, FACTOR_MAX, IMPACT_MAX } from "./compact-index.ts";

/** What an alternative counts beside the word itself, and where no text has the word. By hand, after trials on six folders. */
export const ALTERNATIVES = Object.freeze({ ofKnown: 0.4, ofUnknown: 0.6 });

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

type Range = readonly [from: number, to: number];

/** What is looked up in an index, term by term. */
function lookUp({ terms: dictionary, starts, holders, passages }: CompactIndex) {
  const rangeOf = (term: string): Range => {
    const number = numberOf(dictionary, term);
    return number < 0 ? [0, 0] : [starts[number] ?? 0, starts[number + 1] ?? 0];
  };
  const idfOf = (term: string): number => {
    const [from, to] = rangeOf(term);
    return Math.log(1 + (passages - (to - from) + 0.5) / (to - from + 0.5));
  };
  return {
    rangeOf,
    idfOf,
    idf: (terms: readonly string[]): number => terms.reduce((most, term) => Math.max(most, idfOf(term)), 0),
    mass: (terms: readonly string[]): number => terms.reduce((sum, term) => sum + idfOf(term), 0),
    knows: (term: string): boolean => numberOf(dictionary, term) >= 0,
    /** Where a text stands among the holders of a term, -1 where it is none. */
    placeIn([from, to]: Range, text: number): number {
      let [low, high] = [from, to];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((holders[middle] ?? 0) < text) low = middle + 1;
        else high = middle;
      }
      return low < to && holders[low] === text ? low : -1;
    },
  };
}

/** Maximum form: of a word and its alternatives what a text matches best counts, and at most as much as the word tells. */
export function createConceptSearch(index: CompactIndex): ConceptSearch {
  const { holders, impacts, passages } = index;
  const { rangeOf, idfOf, idf, mass, knows, placeIn } = lookUp(index);
  const scores = new Float32Array(passages);
  const touched = new Uint32Array(passages);
  const best = new Float32Array(passages);
  const raised = new Uint32Array(passages);
  let count = 0;

  /** Adds up a concept's own terms, and lifts what an alternative matches better. @returns how many texts hold some of it */
  const match = ({ own, alternatives }: Concept): number => {
    let found = 0;
    const mark = (text: number): number => {
      const before = best[text] ?? 0;
      if (before === 0) raised[found++] = text;
      return before;
    };
    let known = false;
    for (const term of own) {
      const [from, to] = rangeOf(term);
      const weight = idfOf(term);
      known ||= to > from;
      for (let at = from; at < to; at++) {
        const text = holders[at] ?? 0;
        best[text] = mark(text) + weight * (impacts[at] ?? 0);
      }
    }
    for (const { terms, weight } of alternatives) {
      const told = idf(terms);
      const share = weight * (known ? ALTERNATIVES.ofKnown * Math.min(told, mass(own)) : ALTERNATIVES.ofUnknown * told);
      const [rarest, ...rest] = terms.map(rangeOf).sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
      for (let at = rarest?.[0] ?? 0; at < (rarest?.[1] ?? 0); at++) {
        const text = holders[at] ?? 0;
        const value = share * leastImpact(text, impacts[at] ?? 0, rest);
        if (value > 0) best[text] = Math.max(mark(text), value);
      }
    }
    return found;
  };
  /** Of all terms of a phrase the impact of the one that tells least; 0 where one is missing. */
  const leastImpact = (text: number, first: number, rest: readonly Range[]): number => {
    let least = first;
    for (const range of rest) {
      const place = placeIn(range, text);
      if (place < 0) return 0;
      least = Math.min(least, impacts[place] ?? 0);
    }
    return least;
  };
  const score = (concepts: readonly Concept[]): ConceptScores => {
    for (let at = 0; at < count; at++) scores[touched[at] ?? 0] = 0;
    count = 0;
    let total = 0;
    for (const concept of concepts) {
      const found = match(concept);
      total += concept.count * mass(concept.own);
      for (let at = 0; at < found; at++) {
        const text = raised[at] ?? 0;
        const before = scores[text] ?? 0;
        if (before === 0) touched[count++] = text;
        scores[text] = before + (concept.count * (best[text] ?? 0) * FACTOR_MAX) / IMPACT_MAX;
        best[text] = 0;
      }
    }
    return { of: (text) => scores[text] ?? 0, touched: touched.subarray(0, count), total };
  };
  return { score, idf, mass, knows, holds: (text, term) => placeIn(rangeOf(term), text) >= 0 };
}
