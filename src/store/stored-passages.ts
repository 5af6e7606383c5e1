// Documents to the bytes of their blocks, and back block by block: what lets a large corpus stay on disk.

import type { Block, Document } from "../document.ts";
import type { KeptParts } from "../ingest/library.ts";
import { evidentBlocks, passageOf } from "../ingest/passages.ts";
import { type Section, sectionsIn } from "../ingest/sections.ts";
import { type Table, tablesIn } from "../ingest/tables.ts";
import { growingNumbers } from "../structures/growable-array.ts";
import type { Bytes } from "../structures/ranges.ts";

/** A document without its blocks. */
export type DocumentHeader = Omit<Document, "blocks" | "blocksAt">;

/** Plain data that can be saved, but for the bytes, which may be those of a file. */
export interface StoredPassages {
  readonly documents: readonly DocumentHeader[];
  /** The first block of each document; one more at the end. */
  readonly firsts: Uint32Array;
  /** Of each block: first and last line, and where its bytes start; one more of these at the end. */
  readonly lineStarts: Uint32Array;
  readonly lineEnds: Uint32Array;
  readonly starts: Uint32Array;
  readonly bytes: Bytes;
  /** Which block each passage is. */
  readonly passages: Uint32Array;
  /** Documents by their place. */
  readonly sections: readonly Placed<Section>[];
  readonly tables: readonly Placed<Table>[];
}

type Placed<T> = Omit<T, "document"> & { readonly document: number };

/** Where blocks start must fit 32 bits; folders are bounded far below. */
const BYTES_MAX = 2 ** 32 - 1;
/** Of more headings and tables than anybody reads through, the first can be asked for by name; any can be searched. */
export const SECTIONS_MAX = 2000;
export const TABLES_MAX = 200;

/** @returns the bytes in pieces, one for each document */
export function storePassages(
  documents: readonly Document[],
): Omit<StoredPassages, "bytes"> & { readonly pieces: readonly Uint8Array[] } {
  const encoder = new TextEncoder();
  const [lineStarts, lineEnds, starts] = [growingNumbers(), growingNumbers(), growingNumbers()];
  const firsts = new Uint32Array(documents.length + 1);
  const evidence = evidentBlocks(documents);
  const passages = new Uint32Array(evidence.length);
  const pieces: Uint8Array[] = [];
  let [length, passage] = [0, 0];
  starts.push(0);
  for (const [at, { blocks }] of documents.entries()) {
    const own = blocks.map((block) => encoder.encode(JSON.stringify(block)));
    pieces.push(Buffer.concat(own));
    for (const [place, block] of blocks.entries()) {
      if (evidence[passage]?.block === block) passages[passage++] = lineStarts.length;
      length += own[place]?.length ?? 0;
      if (length > BYTES_MAX) throw new RangeError("a corpus of more than 4 GB of text");
      starts.push(length);
      lineStarts.push(block.sentences[0]?.lines.start ?? 0);
      lineEnds.push(block.sentences.at(-1)?.lines.end ?? 0);
    }
    firsts[at + 1] = lineStarts.length;
  }
  const places = new Map(documents.map((document, at) => [document, at]));
  const placed = <T extends { readonly document: Document }>({ document, ...rest }: T) => ({
    ...rest,
    document: places.get(document) ?? 0,
  });
  return {
    documents: documents.map(({ blocks: _, blocksAt: __, ...header }) => header),
    firsts,
    lineStarts: lineStarts.toArray(),
    lineEnds: lineEnds.toArray(),
    starts: starts.toArray(),
    passages,
    sections: sectionsIn(documents).slice(0, SECTIONS_MAX).map(placed),
    tables: tablesIn(documents).slice(0, TABLES_MAX).map(placed),
    pieces,
  };
}

/** The documents and what is made of them again; a block is read whenever it is asked for. */
export function openPassages(stored: StoredPassages): { documents: readonly Document[]; kept: KeptParts } {
  const { firsts, passages } = stored;
  const documents = stored.documents.map((header, at) =>
    storedDocument(header, stored, firsts[at] ?? 0, firsts[at + 1] ?? 0),
  );
  const documentOf = (block: number): Document | undefined => {
    let [low, high] = [0, documents.length];
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if ((firsts[middle] ?? 0) <= block) low = middle;
      else high = middle;
    }
    return documents[low];
  };
  const replaced = <T extends { readonly document: number }>({ document: at, ...rest }: T) => {
    const document = documents[at];
    return document === undefined ? [] : { ...rest, document };
  };
  return {
    documents,
    kept: {
      passages: {
        count: passages.length,
        async at(number) {
          const place = passages[number];
          const document = place === undefined ? undefined : documentOf(place);
          const [block] = place === undefined ? [] : readBlocks(stored, place, place + 1);
          if (document === undefined || block === undefined)
            throw new RangeError(`passage ${number} of ${passages.length}`);
          return passageOf(document, block, number);
        },
      },
      sections: stored.sections.flatMap(replaced),
      tables: stored.tables.flatMap(replaced),
    },
  };
}

/** @param from its first block, and `to` the first of the next document */
const storedDocument = (header: DocumentHeader, stored: StoredPassages, from: number, to: number): Document => ({
  ...header,
  get blocks() {
    return readBlocks(stored, from, to);
  },
  blocksAt({ start, end }) {
    const { lineStarts, lineEnds } = stored;
    const found: Block[] = [];
    for (let at = from; at < to; at++)
      if ((lineStarts[at] ?? 0) <= start && (lineEnds[at] ?? 0) >= end) found.push(...readBlocks(stored, at, at + 1));
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
