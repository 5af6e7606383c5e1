// Documents to passages: what is indexed and searched.

import type { Block, Document } from "./document.ts";

/** A block with the document and headings it stands under. */
export interface Passage {
  /** Place in the list of all passages: documents by id, blocks by line. */
  readonly number: number;
  readonly document: Document;
  readonly block: Block;
  /** Document title and heading path. */
  readonly heading: string;
  /** The sentences in one string; a table row with its header. */
  readonly text: string;
}

/** Passages by number; the text of one need not be in memory before it is asked for. */
export interface Passages {
  readonly count: number;
  /** @param number below `count` */
  at(number: number): Passage;
}

/** Passages that are all in memory. */
export const inMemory = (list: readonly Passage[]): Passages => ({
  count: list.length,
  at(number) {
    const passage = list[number];
    if (passage === undefined) throw new RangeError(`passage ${number} of ${list.length}`);
    return passage;
  },
});

/** Every block of every document that can be evidence, in the order of the documents. */
export const splitPassages = (documents: readonly Document[]): Passage[] => [...eachPassage(documents)];

/** The same, one after another, for where they need not be in memory together. */
export function* eachPassage(documents: readonly Document[]): Generator<Passage> {
  let number = 0;
  for (const document of documents) for (const block of document.blocks) yield passageOf(document, block, number++);
}

export const countPassages = (documents: readonly Document[]): number =>
  documents.reduce((sum, { blocks }) => sum + blocks.length, 0);

/** A block as a passage. */
export const passageOf = (document: Document, block: Block, number: number): Passage => ({
  number,
  document,
  block,
  heading: `${document.title} › ${block.section}`,
  text: [block.header, ...block.sentences.map(({ text }) => text)].filter((part) => part !== "").join(" "),
});
