// Blocks of many pages to those that say something that no page before them has said in nearly the same words.

import type { Block, Document } from "../document.ts";
import { fnv1a } from "../structures/term-dictionary.ts";
import { tokenize } from "../text/analyzer.ts";
import { NEGATIONS } from "../text/words.ts";

export interface PlacedBlock {
  readonly document: Document;
  readonly block: Block;
}

/** Shorter texts say different things below different headings: there the heading counts too, and each word. */
const SHORT_WORDS = 8;
/** Share of shingles, runs of three words, that two texts have in common to be the same with a few words changed. */
const SIMILAR = 0.7;

/**
 * Leaves out what an earlier page says already. Two texts that differ in a number or a negation say different things,
 * however alike they are. Candidates are found by MinHash (Broder 1997) and then compared exactly.
 */
export function withoutDuplicates(blocks: readonly PlacedBlock[]): PlacedBlock[] {
  const byBand = new Map<number, Fingerprint[]>();
  return blocks.filter(({ document, block }) => {
    const print = fingerprintOf(document, block);
    const bands = bandsOf(print.shingles);
    const isKnown = bands.some((band) => byBand.get(band)?.some((other) => isSame(print, other)));
    for (const band of isKnown ? [] : bands) {
      const others = byBand.get(band);
      if (others === undefined) byBand.set(band, [print]);
      else others.push(print);
    }
    return !isKnown;
  });
}

interface Fingerprint {
  readonly document: Document;
  /** Hashes in rising order, each once. */
  readonly shingles: Uint32Array;
  /** What must be equal: numbers and negations, and for a short text what it stands under. */
  readonly facts: string;
}

const NEGATING: ReadonlySet<string> = new Set(NEGATIONS);

function fingerprintOf(document: Document, { section, header, sentences }: Block): Fingerprint {
  const words = tokenize(sentences.map(({ text }) => text).join(" "));
  const telling = words.filter((word) => /\d/.test(word) || NEGATING.has(word));
  if (words.length >= SHORT_WORDS) return { document, shingles: shinglesOf(words), facts: telling.join(" ") };
  const heading = section.split(" › ").at(-1) ?? "";
  return {
    document,
    shingles: Uint32Array.of(fnv1a(words.join(" "))),
    facts: [...telling, heading, header].join(" "),
  };
}

function shinglesOf(words: readonly string[]): Uint32Array {
  const hashes = words.map(fnv1a);
  const shingles = new Set<number>();
  for (let at = 2; at < hashes.length; at++)
    shingles.add(mix(mix(hashes[at - 2] ?? 0, hashes[at - 1] ?? 0), hashes[at] ?? 0));
  return Uint32Array.from(shingles).sort();
}

function isSame(one: Fingerprint, other: Fingerprint): boolean {
  if (one.document === other.document || one.facts !== other.facts) return false;
  const [left, right] = [one.shingles, other.shingles];
  let shared = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const order = (left[i] ?? 0) - (right[j] ?? 0);
    if (order === 0) shared++;
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return shared >= SIMILAR * (left.length + right.length - shared);
}

/** Each band two of twelve minima: texts of similarity .7 share at least one with a chance of 98 %. */
const BANDS = 6;

function bandsOf(shingles: Uint32Array): number[] {
  const minima = new Uint32Array(2 * BANDS).fill(0xffffffff);
  for (const shingle of shingles)
    for (let at = 0; at < minima.length; at++) minima[at] = Math.min(minima[at] ?? 0, mix(shingle, at + 1));
  return Array.from({ length: BANDS }, (_, band) => mix(mix(minima[2 * band] ?? 0, minima[2 * band + 1] ?? 0), band));
}

/** Two numbers to one of 32 bits, each bit of which depends on all of theirs; the constants are MurmurHash3's. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0xcc9e2d51), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
