// Indexes passages in typed arrays, for collections that MiniSearch is too slow and heavy for.

import { growingBytes, growingNumbers } from "../structures/growable-array.ts";
import type { Numbers } from "../structures/ranges.ts";
import { type Dictionary, packDictionary } from "../structures/term-dictionary.ts";
import type { Lexicon } from "../text/analyzer.ts";
import { B, K1 } from "./bm25.ts";
import { type PassageTerms, type TermSource, termsOfPassages } from "./passage-terms.ts";
import type { Indexed } from "./retriever.ts";

/** Plain data that can be saved. */
export interface CompactIndex {
  readonly kind: "compact";
  readonly passages: number;
  readonly terms: Dictionary;
  /** Where a term's postings start; one more at the end. */
  readonly starts: Uint32Array;
  /** The passages of the postings, ascending for each term, and how much each is about the term, 1 to 255. */
  readonly holders: Uint32Array;
  readonly impacts: Uint8Array;
  /** The terms of each passage's text in their order: where they start, one more at the end, and their numbers. */
  readonly orderStarts: Uint32Array;
  readonly order: Numbers;
}

/**
 * BM25F (Robertson, Zaragoza and Taylor 2004): counts of both fields are added up, each over its field's length, before
 * they saturate. A word of the heading counts half.
 */
const HEADING = 0.5;
/** The most that one term can count, before its IDF. */
export const FACTOR_MAX = K1 + 1;
/** What a posting counts is rounded to a 255th of the most it could: 0.4 %, and ties fall to the passage's number. */
export const IMPACT_MAX = 255;
const COUNT_MAX = 255;

/** How a collection's texts are weighed. */
export interface FieldWeights {
  /** How much a text's length counts against it, 0 to 1: BM25's b. */
  readonly b: number;
  /** What a word of the heading counts beside one of the text. */
  readonly heading: number;
}

const PASSAGE_FIELDS: FieldWeights = { b: B, heading: HEADING };

/** Reads the passages once, one after another. */
export const indexCompactly = (passages: Iterable<Pick<Indexed, "text" | "heading">>, lexicon: Lexicon): CompactIndex =>
  indexTerms(termsOfPassages(passages, lexicon));

/** The same of passages whose terms are known. */
export function indexTerms(source: TermSource): CompactIndex {
  const reader = new PostingsReader(source.terms);
  for (const passage of source.read()) reader.read(passage);
  return reader.index();
}

/** Counts the terms of passages in the order of the passages; then turns them round to postings by term. */
export class PostingsReader {
  /** By the numbers of the source: those given here, in the order of first use. */
  private readonly numbers: (number | undefined)[] = [];
  private readonly terms: string[] = [];
  private readonly order = growingNumbers();
  private readonly orderStarts = growingNumbers();
  private readonly headingLengths = growingNumbers();
  private readonly ends = growingNumbers();
  /** Of each posting, by passage. */
  private readonly held = growingNumbers();
  private readonly inText = growingBytes();
  private readonly inHeading = growingBytes();
  private last: readonly number[] = [];
  /** How often each term stands in the heading and in the text that are being read. */
  private readonly ofHeading = new Counter();
  private readonly ofText = new Counter();

  /** @param sourceTerms by the numbers that are read */
  constructor(
    private readonly sourceTerms: readonly string[],
    private readonly weights: FieldWeights = PASSAGE_FIELDS,
  ) {
    this.orderStarts.push(0);
  }

  read({ text, heading }: PassageTerms): void {
    if (heading !== this.last) this.ofHeading.count(heading.map((term) => this.numberOf(term)));
    this.last = heading;
    const own = text.map((term) => this.numberOf(term));
    for (const term of own) this.order.push(term);
    this.orderStarts.push(this.order.length);
    this.headingLengths.push(heading.length);
    this.ofText.count(own);
    for (const term of this.ofText.each) this.post(term, this.ofText.of(term), this.ofHeading.of(term));
    for (const term of this.ofHeading.each) if (this.ofText.of(term) === 0) this.post(term, 0, this.ofHeading.of(term));
    this.ends.push(this.held.length);
  }

  index(): CompactIndex {
    const passages = this.ends.length;
    const starts = new Uint32Array(this.terms.length + 1);
    for (let at = 0; at < this.held.length; at++) {
      const after = this.held.at(at) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
    for (let term = 0; term < this.terms.length; term++)
      starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
    const holders = new Uint32Array(this.held.length);
    const impacts = new Uint8Array(this.held.length);
    const next = starts.slice();
    const impact = this.impactOf();
    for (let passage = 0, at = 0; passage < passages; passage++)
      for (; at < this.ends.at(passage); at++) {
        const term = this.held.at(at);
        const place = next[term] ?? 0;
        next[term] = place + 1;
        holders[place] = passage;
        impacts[place] = impact(passage, this.inText.at(at), this.inHeading.at(at));
      }
    return {
      kind: "compact",
      passages,
      terms: packDictionary(new Set(this.terms)),
      starts,
      holders,
      impacts,
      orderStarts: this.orderStarts.toArray(),
      order: this.order.toArray(),
    };
  }

  private impactOf(): (passage: number, inText: number, inHeading: number) => number {
    const passages = Math.max(1, this.ends.length);
    const textMean = this.order.length / passages;
    let headings = 0;
    for (let passage = 0; passage < this.ends.length; passage++) headings += this.headingLengths.at(passage);
    const headingMean = headings / passages;
    const { b, heading: boost } = this.weights;
    const longness = (length: number, mean: number): number => 1 - b + (b * length) / Math.max(1, mean);
    return (passage, inText, inHeading) => {
      const length = this.orderStarts.at(passage + 1) - this.orderStarts.at(passage);
      const text = inText / longness(length, textMean);
      const heading = inHeading / longness(this.headingLengths.at(passage), headingMean);
      const count = text + boost * heading;
      const factor = (count * FACTOR_MAX) / (count + K1);
      return Math.max(1, Math.round((IMPACT_MAX * factor) / FACTOR_MAX));
    };
  }

  private post(term: number, inText: number, inHeading: number): void {
    this.held.push(term);
    this.inText.push(Math.min(COUNT_MAX, inText));
    this.inHeading.push(Math.min(COUNT_MAX, inHeading));
  }

  private numberOf(term: number): number {
    let number = this.numbers[term];
    if (number === undefined) {
      number = this.terms.push(this.sourceTerms[term] ?? "") - 1;
      this.numbers[term] = number;
    }
    return number;
  }
}

/** Counts one short list of numbers after another. */
class Counter {
  /** Those of the last list, each once, in their order. */
  each: number[] = [];
  private readonly counts: number[] = [];

  count(numbers: readonly number[]): void {
    for (const number of this.each) this.counts[number] = 0;
    this.each = [];
    for (const number of numbers) {
      const before = this.of(number);
      if (before === 0) this.each.push(number);
      this.counts[number] = before + 1;
    }
  }

  of(number: number): number {
    return this.counts[number] ?? 0;
  }
}
