// Corrects a word outside the vocabulary to the known word, one edit away, that was meant.

import { growingNumbers } from "../structures/growable-array.ts";
import { byCodePoint } from "../structures/order.ts";
import { type Dictionary, hashOf, packDictionary, powerOfTwo, wordAt } from "../structures/term-dictionary.ts";

export interface Spelling {
  /** The most frequent known word within Damerau distance 1; null when there is none or the word is too short. */
  correct(word: string): string | null;
}

/** Shorter words have too many neighbours. One letter may have been lost, so what is typed may be one shorter. */
const LENGTH_MIN = 5;
const WORDS_PER_BUCKET = 2;

/** Plain data that can be saved. */
export interface SpellingModel {
  readonly words: Dictionary;
  /** How often each word occurs; 0 for one that is only another form of a word that does. */
  readonly counts: Uint32Array;
  /** Where the words of each bucket start; one more at the end. A power of two of buckets. */
  readonly starts: Uint32Array;
  /** The words, by the hashes of what is left of them when one letter is taken away, and of themselves. */
  readonly near: Uint32Array;
}

/** @param frequencies lower-case words and how often each occurs */
export function indexSpelling(frequencies: ReadonlyMap<string, number>): SpellingModel {
  const hashes = growingNumbers();
  const words = growingNumbers();
  let number = 0;
  for (const word of frequencies.keys()) {
    if (isCorrectable(word))
      for (const key of keysOf(word)) {
        hashes.push(key);
        words.push(number);
      }
    number++;
  }
  const mask = powerOfTwo(hashes.length / WORDS_PER_BUCKET) - 1;
  const starts = new Uint32Array(mask + 2);
  for (let at = 0; at < hashes.length; at++) add(starts, (hashes.at(at) & mask) + 1, 1);
  for (let bucket = 0; bucket <= mask; bucket++) add(starts, bucket + 1, starts[bucket] ?? 0);
  const near = new Uint32Array(words.length);
  const next = starts.slice();
  for (let at = 0; at < hashes.length; at++) {
    const bucket = hashes.at(at) & mask;
    near[next[bucket] ?? 0] = words.at(at);
    add(next, bucket, 1);
  }
  return { words: packDictionary(frequencies), counts: Uint32Array.from(frequencies.values()), starts, near };
}

/** Looks words up by what is left when one letter is taken away (SymSpell's symmetric delete, Garbe 2012). */
export function createSpelling({ words, counts, starts, near }: SpellingModel): Spelling {
  const mask = starts.length - 2;
  const bucketOf = (key: string): Uint32Array => {
    const bucket = hashOf(key) & mask;
    return near.subarray(starts[bucket], starts[bucket + 1]);
  };
  return {
    correct(word) {
      if (!isCorrectable(word)) return null;
      const numbers = new Set([word, ...deletions(word)].flatMap((key) => [...bucketOf(key)]));
      const candidates = [...numbers].map((number) => ({ word: wordAt(words, number), count: counts[number] ?? 0 }));
      const meant = candidates.filter(
        ({ word: candidate }) =>
          (word.length >= LENGTH_MIN || candidate.length >= LENGTH_MIN) && isOneEditAway(word, candidate),
      );
      meant.sort((a, b) => b.count - a.count || byCodePoint(a.word, b.word));
      return meant[0]?.word ?? null;
    },
  };
}

const isCorrectable = (word: string): boolean => word.length >= LENGTH_MIN - 1 && /^\p{L}+$/u.test(word);

function add(numbers: Uint32Array, at: number, by: number): void {
  numbers[at] = (numbers[at] ?? 0) + by;
}

/** Whether one insertion, deletion, substitution or swap of neighbours turns one word into the other. */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let prefix = 0;
  while (prefix < a.length && prefix < b.length && a[prefix] === b[prefix]) prefix++;
  const restA = a.slice(prefix);
  const restB = b.slice(prefix);
  if (restA.length > restB.length) return restA.slice(1) === restB;
  if (restA.length < restB.length) return restA === restB.slice(1);
  return (
    restA.slice(1) === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

/** The hashes of a word and of its deletions, each once: taking either of two equal neighbours away leaves the same. */
function keysOf(word: string): number[] {
  const keys = [hashOf(word)];
  const letters = Array.from(word).length;
  for (let at = 0; at < letters; at++) if (at === 0 || word[at] !== word[at - 1]) keys.push(hashOf(word, at));
  return keys;
}

const deletions = (word: string): string[] => Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
