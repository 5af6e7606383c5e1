// Passages to how often each term stands in their sentences: what a sentence is weighed by, without the sentences.

import type { Passage } from "../ingest/passages.ts";
import { type Dictionary, numberOf, packDictionary } from "../structures/term-dictionary.ts";
import { type Lexicon, queryTerms } from "../text/analyzer.ts";
import { idfOf } from "./bm25.ts";

/** Plain data that can be saved. */
export interface StatisticsModel {
  readonly sentences: number;
  /** Terms of all sentences together. */
  readonly length: number;
  readonly terms: Dictionary;
  /** How many sentences hold each term; 0 for what stands only in headings. */
  readonly counts: Uint32Array;
}

/** The port: what evidence has to know of a whole collection. */
export interface Statistics {
  /** Mean number of terms in a sentence, at least 1. */
  readonly lengthMean: number;
  /** Whether a term stands in a sentence or a heading. */
  has(term: string): boolean;
  /** Lucene's IDF among the sentences, never negative. */
  idf(term: string): number;
}

export function countStatistics(passages: Iterable<Passage>, lexicon: Lexicon): StatisticsModel {
  const counts = new Map<string, number>();
  let sentences = 0;
  let length = 0;
  for (const { block, heading } of passages) {
    for (const term of queryTerms(heading, lexicon)) if (!counts.has(term)) counts.set(term, 0);
    for (const { text } of block.sentences) {
      const own = queryTerms(text, lexicon);
      sentences++;
      length += own.length;
      for (const term of new Set(own)) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  return { sentences, length, terms: packDictionary(counts), counts: Uint32Array.from(counts.values()) };
}

export function createStatistics({ sentences, length, terms: known, counts }: StatisticsModel): Statistics {
  return {
    lengthMean: Math.max(1, length / Math.max(1, sentences)),
    has: (term) => numberOf(known, term) >= 0,
    idf: (term) => idfOf(counts[numberOf(known, term)] ?? 0, sentences),
  };
}
