// Stores the blocks of documents as bytes and loads them one by one, so that a large corpus stays on disk.

import type { Block, Document } from "../document.ts";
import { digestOf } from "../ingest/digest.ts";
import type { KeptParts } from "../ingest/library.ts";
import { evidentBlocks, passageOf } from "../ingest/passages.ts";
import { type Section, sectionsIn } from "../ingest/sections.ts";
import { type Table, tablesIn } from "../ingest/tables.ts";
import { BLOCK } from "../ingest/token-stream.ts";
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
const SECTIONS_MAX = 2000;
const TABLES_MAX = 200;

/** The blocks of a document as bytes, one after another. */
export interface RawBlocks {
  readonly bytes: Uint8Array;
  /** Of each block: where its bytes end, and its first and last line. */
  readonly ends: Uint32Array;
  readonly lineStarts: Uint32Array;
  readonly lineEnds: Uint32Array;
}

/** Documents whose blocks are bytes anyway: what else they are, and these. */
const stored = new WeakMap<Document, { readonly header: DocumentHeader; readonly raw: () => RawBlocks }>();

function encodeBlocks(blocks: readonly Block[]): RawBlocks {
  const own = blocks.map((block) => Buffer.from(JSON.stringify(block)));
  let length = 0;
  const ends = Uint32Array.from(own, (bytes) => {
    length += bytes.length;
    return length;
  });
  return {
    bytes: Buffer.concat(own),
    ends,
    lineStarts: Uint32Array.from(blocks, ({ sentences }) => sentences[0]?.lines.start ?? 0),
    lineEnds: Uint32Array.from(blocks, ({ sentences }) => sentences.at(-1)?.lines.end ?? 0),
  };
}

/** A document whose blocks take less memory, and time whenever they are asked for. */
export function packDocument({ blocks, blocksAt: _, ...header }: Document): Document {
  const { bytes, ends, lineStarts, lineEnds } = encodeBlocks(blocks);
  const starts = Uint32Array.of(0, ...ends);
  return storedDocument(header, { bytes, starts, lineStarts, lineEnds }, 0, ends.length);
}

/** The same document with its blocks as objects, where these are asked for all the time. */
export const unpackDocument = (document: Document): Document =>
  document.blocksAt === undefined ? document : { ...headerOf(document), blocks: document.blocks };

/** @returns the bytes in pieces, one for each document */
export function storePassages(
  documents: readonly Document[],
): Omit<StoredPassages, "bytes"> & { readonly pieces: readonly Uint8Array[] } {
  const [lineStarts, lineEnds, starts] = [growingNumbers(), growingNumbers(), growingNumbers()];
  const firsts = new Uint32Array(documents.length + 1);
  const pieces: Uint8Array[] = [];
  let length = 0;
  starts.push(0);
  for (const [at, document] of documents.entries()) {
    const own = stored.get(document)?.raw() ?? encodeBlocks(document.blocks);
    if (length + own.bytes.length > BYTES_MAX) throw new RangeError("a corpus of more than 4 GB of text");
    pieces.push(own.bytes);
    for (const end of own.ends) starts.push(length + end);
    for (const line of own.lineStarts) lineStarts.push(line);
    for (const line of own.lineEnds) lineEnds.push(line);
    length += own.bytes.length;
    firsts[at + 1] = lineStarts.length;
  }
  const places = new Map(documents.map((document, at) => [document, at]));
  const placed = <T extends { readonly document: Document }>({ document, ...rest }: T) => ({
    ...rest,
    document: places.get(document) ?? 0,
  });
  const evident = evidentBlocks(documents);
  const digests = digestOf(documents).documents;
  const withRows = documents.filter((_, at) => digests[at]?.tokens.includes(BLOCK.row));
  return {
    documents: documents.map(headerOf),
    firsts,
    lineStarts: lineStarts.toArray(),
    lineEnds: lineEnds.toArray(),
    starts: starts.toArray(),
    passages: Uint32Array.from([...evident.keys()].filter((at) => evident[at] === 1)),
    sections: firstOf(documents, sectionsIn, SECTIONS_MAX).map(placed),
    tables: firstOf(withRows, tablesIn, TABLES_MAX).map(placed),
    pieces,
  };
}

function headerOf(document: Document): DocumentHeader {
  const known = stored.get(document);
  if (known !== undefined) return known.header;
  const { blocks: _, blocksAt: __, ...header } = document;
  return header;
}

/** The first of what documents hold, without reading those behind. */
function firstOf<T>(documents: readonly Document[], find: (documents: readonly Document[]) => T[], most: number): T[] {
  const found: T[] = [];
  for (const document of documents) {
    if (found.length >= most) break;
    found.push(...find([document]));
  }
  return found.slice(0, most);
}

/** The documents and what is made of them again; a block is read whenever it is asked for. */
export function openPassages(opened: StoredPassages): { documents: readonly Document[]; kept: KeptParts } {
  const { firsts, passages } = opened;
  const documents = opened.documents.map((header, at) =>
    storedDocument(header, opened, firsts[at] ?? 0, firsts[at + 1] ?? 0),
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
          const [block] = place === undefined ? [] : readBlocks(opened, place, place + 1);
          if (document === undefined || block === undefined)
            throw new RangeError(`passage ${number} of ${passages.length}`);
          return passageOf(document, block, number);
        },
      },
      sections: opened.sections.flatMap(replaced),
      tables: opened.tables.flatMap(replaced),
    },
  };
}

type Blocks = Pick<StoredPassages, "lineStarts" | "lineEnds" | "starts" | "bytes">;

/** @param from its first block, and `to` the first of the next document */
function storedDocument(header: DocumentHeader, kept: Blocks, from: number, to: number): Document {
  const document: Document = {
    ...header,
    get blocks() {
      return readBlocks(kept, from, to);
    },
    blocksAt({ start, end }) {
      const { lineStarts, lineEnds } = kept;
      const found: Block[] = [];
      for (let at = from; at < to; at++)
        if ((lineStarts[at] ?? 0) <= start && (lineEnds[at] ?? 0) >= end) found.push(...readBlocks(kept, at, at + 1));
      return found;
    },
  };
  const raw = (): RawBlocks => {
    const first = kept.starts[from] ?? 0;
    return {
      bytes: kept.bytes.subarray(first, kept.starts[to] ?? first),
      ends: kept.starts.subarray(from + 1, to + 1).map((end) => end - first),
      lineStarts: kept.lineStarts.subarray(from, to),
      lineEnds: kept.lineEnds.subarray(from, to),
    };
  };
  stored.set(document, { header, raw });
  return document;
}

function readBlocks({ starts, bytes }: Blocks, from: number, to: number): Block[] {
  const first = starts[from] ?? 0;
  const read = bytes.subarray(first, starts[to] ?? first);
  const decoder = new TextDecoder();
  return Array.from({ length: to - from }, (_, at) => {
    const block = read.subarray((starts[from + at] ?? 0) - first, (starts[from + at + 1] ?? 0) - first);
    // Only `storePassages` writes these bytes, and a snapshot is used only where its checksums hold.
    return JSON.parse(decoder.decode(block)) as Block;
  });
}
