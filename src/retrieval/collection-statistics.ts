// Counts how often each term stands in a collection's sentences; the sentences themselves are not kept.

import type { Passage } from "../ingest/passages.ts";
import { growingNumbers } from "../structures/growable-array.ts";
import { type Dictionary, numberOf, packDictionary } from "../structures/term-dictionary.ts";
import type { Lexicon } from "../text/analyzer.ts";
import { idfOf } from "./bm25.ts";
import { type PassageTerms, type TermSource, termsOfPassages } from "./passage-terms.ts";

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

/** @internal Tests and benches count so; the engine counts terms that it has read already. */
export const countStatistics = (passages: Iterable<Passage>, lexicon: Lexicon): StatisticsModel =>
  countTerms(termsOfPassages(passages, lexicon));

/** The same of passages whose terms are known. */
export function countTerms(source: TermSource): StatisticsModel {
  const counter = new TermCounter(source.terms);
  for (const passage of source.read()) counter.read(passage);
  return counter.statistics();
}

/** Counts the terms of passages that come one after another. */
export class TermCounter {
  /** By the numbers of the source: in how many sentences, plus one; 0 for what was not met. */
  private readonly counts = growingNumbers();
  /** In the order of first use. */
  private readonly met: number[] = [];
  /** The last sentence that held each term. */
  private readonly lastIn = growingNumbers();
  private sentences = 0;
  private length = 0;
  private last: readonly number[] = [];

  /** @param terms by the numbers that are read */
  constructor(private readonly terms: readonly string[]) {}

  read({ heading, sentences }: PassageTerms): void {
    if (heading !== this.last) for (const term of heading) this.meet(term);
    this.last = heading;
    for (const sentence of sentences) {
      this.sentences++;
      this.length += sentence.length;
      for (const term of sentence) {
        this.meet(term);
        if (this.lastIn.at(term) === this.sentences) continue;
        this.lastIn.set(term, this.sentences);
        this.counts.set(term, this.counts.at(term) + 1);
      }
    }
  }

  statistics(): StatisticsModel {
    const words = new Set(this.met.map((term) => this.terms[term] ?? ""));
    return {
      sentences: this.sentences,
      length: this.length,
      terms: packDictionary(words),
      counts: Uint32Array.from(this.met, (term) => this.counts.at(term) - 1),
    };
  }

  private meet(term: number): void {
    while (this.counts.length <= term) {
      this.counts.push(0);
      this.lastIn.push(0);
    }
    if (this.counts.at(term) > 0) return;
    this.counts.set(term, 1);
    this.met.push(term);
  }
}

export function createStatistics({ sentences, length, terms: known, counts }: StatisticsModel): Statistics {
  return {
    lengthMean: Math.max(1, length / Math.max(1, sentences)),
    has: (term) => numberOf(known, term) >= 0,
    idf: (term) => idfOf(counts[numberOf(known, term)] ?? 0, sentences),
  };
}
