// Documents to the bytes of their passages, and back block by block: what lets a large corpus stay on disk.

import type { Block, Document } from "./document.ts";
import { growingNumbers } from "./growing.ts";
import { type Passages, passageOf } from "./passages.ts";
import type { Bytes } from "./stretches.ts";

/** A document without its blocks. */
export type DocumentHeader = Omit<Document, "blocks" | "blocksAt">;

/** Plain data that can be saved, but for the bytes, which may be those of a file. */
export interface StoredPassages {
  readonly documents: readonly DocumentHeader[];
  /** The first passage of each document; one more at the end. */
  readonly firsts: Uint32Array;
  /** Of each passage: first and last line, and where its bytes start; one more of these at the end. */
  readonly lineStarts: Uint32Array;
  readonly lineEnds: Uint32Array;
  readonly starts: Uint32Array;
  readonly bytes: Bytes;
}

/** Where passages start must fit 32 bits; folders are bounded far below. */
const BYTES_MAX = 2 ** 32 - 1;

/** @returns the bytes in pieces, one for each document */
export function storePassages(
  documents: readonly Document[],
): Omit<StoredPassages, "bytes"> & { readonly pieces: readonly Uint8Array[] } {
  const encoder = new TextEncoder();
  const [lineStarts, lineEnds, starts] = [growingNumbers(), growingNumbers(), growingNumbers()];
  const firsts = new Uint32Array(documents.length + 1);
  const pieces: Uint8Array[] = [];
  let length = 0;
  starts.push(0);
  for (const [at, { blocks }] of documents.entries()) {
    const own = blocks.map((block) => encoder.encode(JSON.stringify(block)));
    pieces.push(Buffer.concat(own));
    for (const [place, block] of blocks.entries()) {
      length += own[place]?.length ?? 0;
      if (length > BYTES_MAX) throw new RangeError("a corpus of more than 4 GB of text");
      starts.push(length);
      lineStarts.push(block.sentences[0]?.lines.start ?? 0);
      lineEnds.push(block.sentences.at(-1)?.lines.end ?? 0);
    }
    firsts[at + 1] = lineStarts.length;
  }
  return {
    documents: documents.map(({ blocks: _, blocksAt: __, ...header }) => header),
    firsts,
    lineStarts: lineStarts.toArray(),
    lineEnds: lineEnds.toArray(),
    starts: starts.toArray(),
    pieces,
  };
}

/** The documents and passages again; a block is read whenever it is asked for. */
export function openPassages(stored: StoredPassages): { documents: readonly Document[]; passages: Passages } {
  const { firsts } = stored;
  const documents = stored.documents.map((header, at) =>
    storedDocument(header, stored, firsts[at] ?? 0, firsts[at + 1] ?? 0),
  );
  const documentOf = (passage: number): Document | undefined => {
    let [low, high] = [0, documents.length];
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if ((firsts[middle] ?? 0) <= passage) low = middle;
      else high = middle;
    }
    return documents[low];
  };
  const count = stored.lineStarts.length;
  return {
    documents,
    passages: {
      count,
      at(number) {
        const document = documentOf(number);
        const [block] = readBlocks(stored, number, number + 1);
        if (document === undefined || block === undefined) throw new RangeError(`passage ${number} of ${count}`);
        return passageOf(document, block, number);
      },
    },
  };
}

/** @param from its first passage, and `to` the first of the next document */
const storedDocument = (header: DocumentHeader, stored: StoredPassages, from: number, to: number): Document => ({
  ...header,
  get blocks() {
    return readBlocks(stored, from, to);
  },
  blocksAt({ start, end }) {
    const { lineStarts, lineEnds } = stored;
    const found: Block[] = [];
    for (let passage = from; passage < to; passage++)
      if ((lineStarts[passage] ?? 0) <= start && (lineEnds[passage] ?? 0) >= end)
        found.push(...readBlocks(stored, passage, passage + 1));
    return found;
  },
});

function readBlocks({ starts, bytes }: StoredPassages, from: number, to: number): Block[] {
  const first = starts[from] ?? 0;
  const read = bytes.subarray(first, starts[to] ?? first);
  const decoder = new TextDecoder();
  return Array.from({ length: to - from }, (_, at) => {
    const block = read.subarray((starts[from + at] ?? 0) - first, (starts[from + at + 1] ?? 0) - first);
    // Only `storePassages` writes these bytes, and a snapshot is used only where its checksums hold.
    return JSON.parse(decoder.decode(block)) as Block;
  });
}
