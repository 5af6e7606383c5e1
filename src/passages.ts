// Documents to passages: what is indexed and searched.

import type { Block, Document } from "./document.ts";
import { withoutDuplicates } from "./duplicates.ts";

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

/** Every block that can be evidence, in the order of the documents; what two pages say alike only once. */
export function splitPassages(documents: readonly Document[]): Passage[] {
  const blocks = documents.flatMap((document) => document.blocks.map((block) => ({ document, block })));
  return withoutDuplicates(blocks.filter(({ block }) => block.kind !== "furniture")).map(
    ({ document, block }, number) => ({
      number,
      document,
      block,
      heading: `${document.title} › ${block.section}`,
      text: [block.header, ...block.sentences.map(({ text }) => text)].filter((part) => part !== "").join(" "),
    }),
  );
}
