// A word outside the vocabulary to the known word it was meant to be, one edit away.

import { byCodePoint } from "./order.ts";

export interface Spelling {
  /** Whether the word itself is known. */
  knows(word: string): boolean;
  /** The most frequent known word within Damerau distance 1; null when there is none or the word is too short. */
  correct(word: string): string | null;
}

/** Shorter words have too many neighbours. One letter may have been lost, so what is typed may be one shorter. */
const LENGTH_MIN = 5;

/**
 * Looks words up by what is left when one letter is taken away (SymSpell's symmetric delete, Garbe 2012).
 * @param frequencies lower-case words and how often each occurs
 */
export function createSpelling(frequencies: ReadonlyMap<string, number>): Spelling {
  const byDeletion = new Map<string, string[]>();
  for (const word of frequencies.keys()) {
    if (word.length < LENGTH_MIN - 1 || !/^\p{L}+$/u.test(word)) continue;
    for (const key of [word, ...deletions(word)]) {
      const list = byDeletion.get(key);
      if (list) list.push(word);
      else byDeletion.set(key, [word]);
    }
  }
  return {
    knows: (word) => frequencies.has(word),
    correct(word) {
      if (word.length < LENGTH_MIN - 1 || !/^\p{L}+$/u.test(word)) return null;
      const candidates = new Set([word, ...deletions(word)].flatMap((key) => byDeletion.get(key) ?? []));
      const near = [...candidates].filter(
        (candidate) => (word.length >= LENGTH_MIN || candidate.length >= LENGTH_MIN) && isOneEditAway(word, candidate),
      );
      near.sort((a, b) => (frequencies.get(b) ?? 0) - (frequencies.get(a) ?? 0) || byCodePoint(a, b));
      return near[0] ?? null;
    },
  };
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

const deletions = (word: string): string[] => Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
