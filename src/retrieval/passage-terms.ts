// Numbers the terms of passages' headings, texts and sentences, which index and statistics count.

import type { Passage } from "../ingest/passages.ts";
import { type CorpusDigest, readStream, WordNumbers } from "../ingest/token-stream.ts";
import { type Lexicon, queryTerms } from "../text/analyzer.ts";
import { TermReader } from "../text/term-reader.ts";
import type { Indexed } from "./retriever.ts";

export interface PassageTerms {
  /** The same list for passages under one heading that follow one another. */
  readonly heading: readonly number[];
  readonly text: readonly number[];
  readonly sentences: readonly (readonly number[])[];
}

/** The terms of passages, one passage after another. */
export interface TermSource {
  /** By their numbers; those of a passage are there when it has been read. */
  readonly terms: readonly string[];
  /** Reads all passages again each time. */
  read(): Iterable<PassageTerms>;
}

/** The terms of texts that are at hand. */
export function termsOfPassages(
  passages: Iterable<Pick<Indexed, "text" | "heading"> & Partial<Pick<Passage, "block">>>,
  lexicon: Lexicon,
): TermSource {
  const numbers = new WordNumbers();
  const termsOf = (text: string): number[] => queryTerms(text, lexicon).map((term) => numbers.of(term));
  return {
    terms: numbers.words,
    *read() {
      let last = { heading: "", terms: [] as readonly number[] };
      for (const { heading, text, block } of passages) {
        if (last.heading !== heading) last = { heading, terms: termsOf(heading) };
        const sentences = block?.sentences.map((sentence) => termsOf(sentence.text)) ?? [];
        yield { heading: last.terms, text: termsOf(text), sentences };
      }
    },
  };
}

/**
 * The same without reading a text.
 * @param evident 1 for each block that is a passage, in the order of documents and blocks
 */
export function termsOfDigest({ words, documents }: CorpusDigest, evident: Uint8Array, lexicon: Lexicon): TermSource {
  const reader = new TermReader(words, lexicon);
  return {
    terms: reader.terms,
    *read() {
      let at = 0;
      for (const { tokens } of documents) {
        const { title, blocks } = readStream(tokens);
        let last = { section: [-1] as readonly number[], terms: [] as readonly number[] };
        for (const { section, header, sentences } of blocks) {
          if (evident[at++] !== 1) continue;
          if (!isEqual(section, last.section)) last = { section, terms: reader.read([...title, ...section]) };
          const own = sentences.map((sentence) => reader.read(sentence));
          const [only = []] = own;
          const isOne = header.length === 0 && own.length === 1;
          const text = isOne ? only : reader.read([...header, ...sentences.flat()]);
          yield { heading: last.terms, text, sentences: own };
        }
      }
    },
  };
}

const isEqual = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((number, at) => number === other[at]);
