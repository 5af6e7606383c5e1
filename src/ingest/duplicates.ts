// Drops blocks that say what a page before them said in nearly the same words.

import type { Block } from "../document.ts";
import { growingNumbers } from "../structures/growable-array.ts";
import { fnv1a, powerOfTwo } from "../structures/term-dictionary.ts";
import { NEGATIONS } from "../text/words.ts";
import { type CorpusDigest, eachBlock, isEvidence, isMark } from "./token-stream.ts";

/** Shorter texts say different things below different headings: there the heading counts too, and each word. */
const SHORT_WORDS = 8;
/** Share of shingles, runs of three words, that two texts have in common to be the same with a few words changed. */
const SIMILAR = 0.7;
/** Each band two of twelve minima: texts of similarity .7 share at least one with a chance of 98 %. */
const BANDS = 6;
/** What must be equal, numbers and negations, and for a short text what it stands under, as two hashes. */
const FACTS = 2;
const PRINT_LENGTH = BANDS + FACTS;

const NEGATING: ReadonlySet<string> = new Set(NEGATIONS);

/** Blocks, as numbers of words, to what tells them from others. */
export class Printer {
  private readonly hashes: number[] = [];
  private readonly telling: boolean[] = [];

  /** @param words by their numbers; more may come */
  constructor(private readonly words: readonly string[]) {}

  /** @returns `PRINT_LENGTH` numbers */
  print(said: readonly number[], { section, header }: Pick<Block, "section" | "header">): number[] {
    const facts = said.filter((word) => this.isTelling(word)).map((word) => this.words[word]);
    if (said.length < SHORT_WORDS) facts.push(section.split(" › ").at(-1), header);
    const joined = facts.join(" ");
    const hashes = [fnv1a(joined), mixed(joined)];
    // Texts with other facts need not be compared: their bands are others as well.
    return [...bandsOf(this.shinglesOf(said)).map((band) => hashes.reduce(mix, band)), ...hashes];
  }

  /** Hashes in rising order, each once. */
  shinglesOf(said: readonly number[]): Uint32Array {
    if (said.length < SHORT_WORDS) return Uint32Array.of(fnv1a(said.map((word) => this.words[word]).join(" ")));
    const shingles = new Set<number>();
    for (let at = 2; at < said.length; at++)
      shingles.add(mix(mix(this.hashOf(said[at - 2]), this.hashOf(said[at - 1])), this.hashOf(said[at])));
    return Uint32Array.from(shingles).sort();
  }

  private hashOf(word = 0): number {
    let hash = this.hashes[word];
    if (hash === undefined) {
      hash = fnv1a(this.words[word] ?? "");
      this.hashes[word] = hash;
    }
    return hash;
  }

  private isTelling(word: number): boolean {
    let isTelling = this.telling[word];
    if (isTelling === undefined) {
      const text = this.words[word] ?? "";
      isTelling = /\d/.test(text) || NEGATING.has(text);
      this.telling[word] = isTelling;
    }
    return isTelling;
  }
}

/**
 * Leaves out what an earlier page says already. Two texts that differ in a number or a negation say different things,
 * however alike they are. Candidates are found by MinHash (Broder 1997) and then compared exactly.
 * @returns 1 for each block that is evidence and says something new, in the order of documents and blocks
 */
export function evidentIn(digest: CorpusDigest): Uint8Array {
  const places = new Places(digest);
  const filter = new DuplicateFilter(digest, places);
  const evident = new Uint8Array(places.blocks);
  for (let place = 0; place < places.count; place++) if (filter.isNew(place)) evident[places.blockOf[place] ?? 0] = 1;
  return evident;
}

/** Where the blocks that can be evidence stand, by number: typed arrays, since there may be millions. */
class Places {
  readonly count: number;
  /** All blocks, evidence or not. */
  readonly blocks: number;
  readonly blockOf: Uint32Array;
  readonly documentOf: Uint32Array;
  /** Their sentences in the tokens of their document. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  private readonly prints: Uint32Array;

  constructor(digest: CorpusDigest) {
    const [blockOf, documentOf, froms, tos] = [growingNumbers(), growingNumbers(), growingNumbers(), growingNumbers()];
    let block = 0;
    for (const [document, { tokens }] of digest.documents.entries()) {
      eachBlock(tokens, (mark, from, to) => {
        if (isEvidence(mark)) {
          blockOf.push(block);
          documentOf.push(document);
          froms.push(from);
          tos.push(to);
        }
        block++;
      });
    }
    this.count = blockOf.length;
    this.blocks = block;
    this.blockOf = blockOf.toArray();
    this.documentOf = documentOf.toArray();
    this.from = froms.toArray();
    this.to = tos.toArray();
    this.prints = new Uint32Array(PRINT_LENGTH * this.count);
    let at = 0;
    for (const { prints } of digest.documents) {
      this.prints.set(prints, at);
      at += prints.length;
    }
  }

  /** The number at a place of a block's print. */
  printed(place: number, at: number): number {
    return this.prints[PRINT_LENGTH * place + at] ?? 0;
  }
}

/** Bands of the blocks that are evidence, in a hash table with chains. */
class DuplicateFilter {
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly printer: Printer;
  private readonly compared = new Map<number, Uint32Array>();

  constructor(
    private readonly digest: CorpusDigest,
    private readonly places: Places,
  ) {
    this.heads = new Int32Array(powerOfTwo(BANDS * places.count)).fill(-1);
    this.next = new Int32Array(BANDS * places.count);
    this.printer = new Printer(digest.words);
  }

  /** To be asked of each block in turn; later ones are compared with those that were new. */
  isNew(place: number): boolean {
    const { heads, next, places } = this;
    for (let band = 0; band < BANDS; band++) {
      const value = places.printed(place, band);
      for (let entry = heads[value & (heads.length - 1)] ?? -1; entry >= 0; entry = next[entry] ?? -1) {
        const other = Math.floor(entry / BANDS);
        if (places.printed(other, entry % BANDS) === value && this.isSame(place, other)) return false;
      }
    }
    for (let band = 0; band < BANDS; band++) {
      const slot = places.printed(place, band) & (heads.length - 1);
      const entry = BANDS * place + band;
      next[entry] = heads[slot] ?? -1;
      heads[slot] = entry;
    }
    return true;
  }

  private isSame(one: number, other: number): boolean {
    const { places } = this;
    if (places.documentOf[one] === places.documentOf[other]) return false;
    for (let at = BANDS; at < PRINT_LENGTH; at++)
      if (places.printed(one, at) !== places.printed(other, at)) return false;
    return areSimilar(this.shinglesOf(one), this.shinglesOf(other));
  }

  private shinglesOf(place: number): Uint32Array {
    const known = this.compared.get(place);
    if (known !== undefined) return known;
    const { documentOf, from, to } = this.places;
    const said = this.digest.documents[documentOf[place] ?? 0]?.tokens.subarray(from[place], to[place]) ?? [];
    const shingles = this.printer.shinglesOf([...said].filter((token) => !isMark(token)));
    this.compared.set(place, shingles);
    return shingles;
  }
}

function areSimilar(left: Uint32Array, right: Uint32Array): boolean {
  let shared = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const order = (left[i] ?? 0) - (right[j] ?? 0);
    if (order === 0) shared++;
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return shared >= SIMILAR * (left.length + right.length - shared);
}

function bandsOf(shingles: Uint32Array): number[] {
  const minima = new Uint32Array(2 * BANDS).fill(0xffffffff);
  for (const shingle of shingles)
    for (let at = 0; at < minima.length; at++) minima[at] = Math.min(minima[at] ?? 0, mix(shingle, at + 1));
  return Array.from({ length: BANDS }, (_, band) => mix(mix(minima[2 * band] ?? 0, minima[2 * band + 1] ?? 0), band));
}

/** A second hash of a text, of other make than the first. */
function mixed(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at));
  return hash;
}

/** Two numbers to one of 32 bits, each bit of which depends on all of theirs; the constants are MurmurHash3's. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0xcc9e2d51), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
