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
export function splitPassages(documents: readonly Document[]): Passage[] {
  return documents
    .flatMap((document) => document.blocks.map((block) => ({ document, block })))
    .map(({ document, block }, number) => passageOf(document, block, number));
}

/** A block as a passage. */
export const passageOf = (document: Document, block: Block, number: number): Passage => ({
  number,
  document,
  block,
  heading: `${document.title} › ${block.section}`,
  text: [block.header, ...block.sentences.map(({ text }) => text)].filter((part) => part !== "").join(" "),
});

/** The passages one after another. */
export function* eachOf(passages: Passages): Generator<Passage> {
  for (let number = 0; number < passages.count; number++) yield passages.at(number);
}
