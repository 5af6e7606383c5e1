// Counts a question's word and character n-grams as a vector, by which questions are compared.

import { type Dictionary, numberOf, packDictionary } from "../structures/term-dictionary.ts";
import type { Lexicon, Token } from "../text/analyzer.ts";

/** Sparse vector: features ascending. */
export interface Vector {
  readonly features: Uint32Array;
  readonly values: Float32Array;
}

const CHAR_GRAM_MIN = 3;
const CHAR_GRAM_MAX = 4;
/**
 * Among thousands of examples a gram that stands in one only costs memory and tells next to nothing. Among few, most of
 * what will be asked in the same words has been said once.
 */
const RARE_COUNT_UP_TO = 2000;

export interface NGrams {
  readonly word: readonly string[];
  readonly char: readonly string[];
}

/** Word 1- and 2-grams of stems with synonyms merged, character 3- and 4-grams of the words as they are written. */
export function ngramsOf(all: readonly Token[], lexicon: Lexicon): NGrams {
  const word = new Set<string>();
  for (const [at, { term }] of all.entries()) {
    word.add(`w ${term}`);
    word.add(`w ${all[at - 1]?.term ?? "^"} ${term}`);
  }
  const char = new Set<string>();
  const line = ` ${all.map(({ surface, term }) => lexicon.written.get(term) ?? surface).join(" ")} `;
  for (let size = CHAR_GRAM_MIN; size <= CHAR_GRAM_MAX; size++)
    for (let at = 0; at + size <= line.length; at++) char.add(`c ${line.slice(at, at + size)}`);
  return { word: [...word], char: [...char] };
}

export interface Features {
  readonly features: readonly string[];
  /** How telling each is. */
  readonly idf: Float32Array;
  readonly featureIds: Dictionary;
  /** Whether a feature stands in two examples or more: in one only it can't tell labels apart. */
  isShared(feature: number): boolean;
}

/** The grams of examples that later questions are compared by. */
export function countFeatures(grams: readonly NGrams[]): Features {
  const counts = new Map<string, number>();
  for (const { word, char } of grams)
    for (const list of [word, char]) for (const feature of list) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const least = grams.length <= RARE_COUNT_UP_TO ? 1 : 2;
  const features = [...counts].flatMap(([feature, count]) => (count >= least ? [feature] : []));
  const held = Uint32Array.from(features, (feature) => counts.get(feature) ?? 0);
  return {
    features,
    idf: Float32Array.from(held, (count) => Math.log((1 + grams.length) / (1 + count)) + 1),
    featureIds: packDictionary(new Set(features)),
    isShared: (feature) => (held[feature] ?? 0) > 1,
  };
}

/** Words and characters each count half of a vector of length 1, so that the many character grams don't drown the words. */
export function vectorize(grams: NGrams, featureIds: Dictionary, idf: Float32Array): Vector {
  // A feature and its kind in one number: numbers sort fast, pairs don't.
  const keys: number[] = [];
  const lengths = [grams.word, grams.char].map((list, kind) => {
    let squares = 0;
    let unknown = 0;
    for (const feature of list) {
      const at = numberOf(featureIds, feature);
      if (at < 0) {
        unknown++;
        continue;
      }
      squares += (idf[at] ?? 0) ** 2;
      keys.push(at * 2 + kind);
    }
    // Unknown grams count in the length: a question of strange words is similar to nothing.
    const unknownIdf = Math.log(1 + idf.length) * 0.5;
    return Math.sqrt(squares + unknown * unknownIdf * unknownIdf) * Math.SQRT2;
  });
  const sorted = Uint32Array.from(keys).sort();
  return {
    features: sorted.map((key) => key >>> 1),
    values: Float32Array.from(sorted, (key) => (idf[key >>> 1] ?? 0) / (lengths[key & 1] ?? 1)),
  };
}
