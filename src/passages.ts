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

/** Every block of every document that can be evidence, in the order of the documents. */
export function splitPassages(documents: readonly Document[]): Passage[] {
  return documents
    .flatMap((document) => document.blocks.map((block) => ({ document, block })))
    .map(({ document, block }, number) => ({
      number,
      document,
      block,
      heading: `${document.title} › ${block.section}`,
      text: [block.header, ...block.sentences.map(({ text }) => text)].filter((part) => part !== "").join(" "),
    }));
}
