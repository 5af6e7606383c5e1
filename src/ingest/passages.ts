// Splits documents into passages, which are what is indexed and searched.

import type { Block, Document } from "../document.ts";
import { digestOf } from "./digest.ts";
import { evidentIn } from "./duplicates.ts";

/** A block with the document and headings it stands under. */
export interface Passage {
  /** Place in the list of all passages: documents by id, blocks by line. */
  readonly number: number;
  readonly document: Document;
  readonly block: Block;
  /** Document title and heading path. */
  readonly heading: string;
  /** The sentences in one string; a table row with its header, an item with what introduces it. */
  readonly text: string;
}

/** Passages by number; one need not be in memory, or on this machine, before it is asked for. */
export interface Passages {
  readonly count: number;
  /**
   * @param number below `count`
   * @throws SearchUnavailable where another machine holds it and can't be reached
   */
  at(number: number): Promise<Passage>;
}

/** Passages that are all in memory. */
export const inMemory = (list: readonly Passage[]): Passages => ({
  count: list.length,
  async at(number) {
    const passage = list[number];
    if (passage === undefined) throw new RangeError(`passage ${number} of ${list.length}`);
    return passage;
  },
});

/** Every block that can be evidence, in the order of the documents; what two pages say alike only once. */
export const splitPassages = (documents: readonly Document[]): Passage[] => [...eachPassage(documents)];

/** The same, one after another, for where they need not be in memory together. */
export function* eachPassage(documents: readonly Document[]): Generator<Passage> {
  const evident = evidentBlocks(documents);
  let [at, number] = [0, 0];
  for (const document of documents)
    for (const block of document.blocks) if (evident[at++] === 1) yield passageOf(document, block, number++);
}

export const countPassages = (documents: readonly Document[]): number =>
  evidentBlocks(documents).reduce((sum, one) => sum + one, 0);

const known = new WeakMap<readonly Document[], Uint8Array>();

/**
 * 1 for each block that is a passage, in the order of documents and blocks; found once for each list of documents,
 * since looking for what is alike takes time.
 */
export function evidentBlocks(documents: readonly Document[]): Uint8Array {
  const evident = known.get(documents) ?? evidentIn(digestOf(documents));
  known.set(documents, evident);
  return evident;
}

/** The same of documents that come from where it was kept. */
export const keepEvident = (documents: readonly Document[], evident: Uint8Array): void =>
  void known.set(documents, evident);

/** A block as a passage. */
export const passageOf = (document: Document, block: Block, number: number): Passage => ({
  number,
  document,
  block,
  heading: `${document.title} › ${block.section}`,
  text: [block.header, ...block.sentences.map(({ text }) => text)].filter((part) => part !== "").join(" "),
});
