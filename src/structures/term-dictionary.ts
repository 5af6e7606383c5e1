// Numbers words and finds them again, in a hash table of typed arrays that holds hundreds of thousands.

import { growingUnits } from "./growable-array.ts";

/** Plain data that can be saved. Words are numbered from 0 in the order in which they were given. */
export interface Dictionary {
  /** The UTF-16 code units of all words, one after another. */
  readonly units: Uint16Array;
  /** Where each word's units start; one more at the end. */
  readonly starts: Uint32Array;
  /** Numbers plus 1 of words by their hash, in the next free slot where it is taken; 0 for none. A power of two long. */
  readonly slots: Uint32Array;
}

/** At least so many slots for each word: chains stay short. */
const SLOTS_PER_WORD = 2;

/** @param words each once */
export function packDictionary(words: ReadonlySet<string> | ReadonlyMap<string, unknown>): Dictionary {
  const units = growingUnits();
  const starts = new Uint32Array(words.size + 1);
  const slots = new Uint32Array(powerOfTwo(SLOTS_PER_WORD * words.size));
  let number = 0;
  for (const word of words.keys()) {
    for (let at = 0; at < word.length; at++) units.push(word.charCodeAt(at));
    let slot = hashOf(word) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = ++number;
    starts[number] = units.length;
  }
  return { units: units.toArray(), starts, slots };
}

/** The number of a word; -1 for one that isn't in it. */
export function numberOf({ units, starts, slots }: Dictionary, word: string): number {
  const mask = slots.length - 1;
  for (let slot = hashOf(word) & mask; ; slot = (slot + 1) & mask) {
    const number = (slots[slot] ?? 0) - 1;
    if (number < 0) return -1;
    const start = starts[number] ?? 0;
    if ((starts[number + 1] ?? 0) - start !== word.length) continue;
    let at = 0;
    while (at < word.length && units[start + at] === word.charCodeAt(at)) at++;
    if (at === word.length) return number;
  }
}

/** @param number below the number of words */
export const wordAt = ({ units, starts }: Dictionary, number: number): string =>
  String.fromCharCode(...units.subarray(starts[number], starts[number + 1]));

/**
 * FNV-1a over code units, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
 * @param without the place of a unit that is passed over
 */
export function fnv1a(text: string, without = -1): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) if (at !== without) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The same for tables of a power of two, which read the low bits alone: the high ones are folded into them. */
export function hashOf(word: string, without = -1): number {
  const hash = fnv1a(word, without);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** The least power of two that is no less, and at least 2. */
export const powerOfTwo = (least: number): number => 2 ** Math.max(1, Math.ceil(Math.log2(least)));
