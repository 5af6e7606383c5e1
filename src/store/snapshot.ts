// Saves a corpus with its model in one file and loads it, so that a start needs neither parsers nor training.

import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { deserialize, serialize } from "node:v8";
import { threadId } from "node:worker_threads";
import { crc32 } from "node:zlib";
import type { Document } from "../document.ts";
import { digestOf, keepDigests } from "../ingest/digest.ts";
import { type Corpus, folderHashOf } from "../ingest/library.ts";
import { evidentBlocks, keepEvident } from "../ingest/passages.ts";
import type { DocumentDigest, NamesIn } from "../ingest/token-stream.ts";
import type { Model } from "../model.ts";
import type { CompactIndex } from "../retrieval/compact-index.ts";
import { pack, type StringList, unpack } from "../structures/string-list.ts";
import { keepStems, stemOf } from "../text/analyzer.ts";
import { VERSION } from "../version.ts";
import { openSource, type Source, sourceOf } from "./source.ts";
import { openPassages, type StoredPassages, storePassages } from "./stored-passages.ts";

export interface Compiled {
  readonly corpus: Corpus;
  readonly model: Model;
}

/** What one thread hands to another: the snapshot's file, or its bytes where none could be written. */
export interface Sealed {
  /** Of the folder's files. */
  readonly hash: string;
  /** What else it was made by. */
  readonly madeBy: string;
  readonly snapshot: string | Uint8Array<ArrayBuffer>;
}

/**
 * Layout, numbers little-endian: MARK, the head's length and CRC-32 in four bytes each, the head, the parts one after
 * another, each from a multiple of eight bytes. The head is plain data as V8 writes it. Parts are what a compact index
 * has too much of: postings, which are read into memory, and orders and passages, which stay in the file. A CRC takes
 * a third of SHA-256's time, and is against damage, not against forgery: who can write the file could as well change
 * the program.
 */
const MARK = "footnote";
const HEAD_AT = 16;
const ALIGNED = 8;
/** So much is checked at a time; what else waits on the thread is heard in between. */
const CHECKED_BYTES = 2 ** 20;

interface Part {
  readonly from: number;
  readonly length: number;
  readonly crc: number;
}

type PartName = (typeof PART_NAMES)[number];
type Parts = Readonly<Record<PartName, Part>>;
/** In their order. */
const PART_NAMES = ["holders", "impacts", "order", "bytes", "tokens", "prints"] as const;

/** What the head says of a large corpus, whose documents are then left out of `corpus`. */
interface Large {
  readonly kind: "compact";
  readonly index: Omit<CompactIndex, "holders" | "impacts" | "order">;
  readonly stored: Omit<StoredPassages, "bytes">;
  readonly digests: StoredDigests;
  readonly parts: Parts;
}

/** The documents' digests without their numbers, which are parts: read only to make the next snapshot from this one. */
interface StoredDigests {
  readonly words: StringList;
  /** Of each word. */
  readonly stems: StringList;
  /** Where the numbers of each document end. */
  readonly tokenEnds: Uint32Array;
  readonly printEnds: Uint32Array;
  readonly names: readonly NamesIn[];
}

interface Head {
  readonly key: string;
  readonly corpus: Corpus;
  readonly model: Omit<Model, keyof Searched>;
  /** What only a search needs, as V8 writes it: most questions are answered without. */
  readonly searched: Uint8Array;
  readonly index: { readonly kind: "whole"; readonly evident: Uint8Array } | Large;
}

type Searched = Pick<Model, "index" | "statistics" | "units">;

/** What a snapshot must have been made from to be used. */
const snapshotKey = (corpusHash: string, madeBy: string): string => `footnote ${VERSION} ${madeBy} ${corpusHash}`;

/** Who may read what is written, as the system's mode bits. */
interface Access {
  readonly file: number;
  readonly folder: number;
}
/** What is kept of a folder is its owner's alone: the folder may be. */
const PRIVATE: Access = { file: 0o600, folder: 0o700 };
/** The package's own snapshot is read by whoever runs the program. */
export const PUBLIC: Access = { file: 0o644, folder: 0o755 };

/** Makes a folder with those above it; one that is there already is closed to others where it must be. */
function makeFolder(folder: string, { folder: mode }: Access): void {
  mkdirSync(folder, { recursive: true, mode });
  if (mode === PRIVATE.folder && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, mode);
}

/**
 * Writes the file in one step: a reader sees the old one or the new one, also after a crash.
 * @param madeBy what besides version and corpus must be the same when it is loaded
 * @returns the bytes written
 */
export function saveSnapshot(file: string, compiled: Compiled, madeBy = "", access: Access = PRIVATE): number {
  makeFolder(dirname(file), access);
  let written = 0;
  const draft = `${file}.${process.pid}-${threadId}${DRAFT_ENDING}`;
  try {
    // What a crash has left there may be readable by others.
    rmSync(draft, { force: true });
    const handle = openSync(draft, "wx", access.file);
    try {
      for (const piece of inLargePieces(encode(compiled, madeBy))) written += writeWhole(handle, piece);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
    return written;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

export const DRAFT_ENDING = ".draft";

/** The same bytes in fewer pieces: each is a call to the system. */
function* inLargePieces(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let small: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    small.push(piece);
    length += piece.length;
    if (length < CHECKED_BYTES) continue;
    yield Buffer.concat(small);
    small = [];
    length = 0;
  }
  yield Buffer.concat(small);
}

function writeWhole(handle: number, piece: Uint8Array): number {
  for (let at = 0; at < piece.length; ) at += writeSync(handle, piece, at);
  return piece.length;
}

/**
 * The snapshot, or null where there is none, it is damaged, or it was made from other files or by another version. Of a
 * large corpus the passages stay in the file, which is held open: it may be replaced or removed meanwhile.
 * @param onDamage called where a file is there and is no whole snapshot
 */
export async function loadSnapshot(
  file: string,
  corpusHash: string,
  madeBy = "",
  onDamage: () => void = () => {},
): Promise<Compiled | null> {
  if (!existsSync(file)) return null;
  try {
    const source = openSource(file);
    const head = await readHead(source, (key) => key === snapshotKey(corpusHash, madeBy));
    if (head === "another's") return null;
    const compiled = head === null ? null : await restore(head, source);
    if (compiled !== null) return compiled;
  } catch (error) {
    // What the system won't let be read is made anew like what is damaged.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
  onDamage();
  return null;
}

/** What `saveSnapshot` would write, piece by piece. */
export function* encode({ corpus, model }: Compiled, madeBy = ""): Generator<Uint8Array> {
  const key = snapshotKey(folderHashOf(corpus), madeBy);
  const { index: whole, statistics, units, ...rest } = model;
  const { kept: _, proof: __, ...plain } = corpus;
  if (whole.kind !== "compact") {
    const evident = evidentBlocks(corpus.documents);
    const searched = serialize({ index: whole, statistics, units });
    yield* headed({ key, corpus: plain, model: rest, searched, index: { kind: "whole", evident } });
    return;
  }
  const { holders, impacts, order, ...index } = whole;
  const { pieces, ...stored } = storePassages(corpus.documents);
  const { words, documents: digests } = digestOf(corpus.documents);
  const contents: Readonly<Record<PartName, readonly Uint8Array[]>> = {
    holders: [bytesOf(holders)],
    impacts: [impacts],
    order: [bytesOf(order.subarray(0, index.orderStarts.at(-1) ?? 0))],
    bytes: pieces,
    tokens: digests.map(({ tokens }) => bytesOf(tokens)),
    prints: digests.map(({ prints }) => bytesOf(prints)),
  };
  let from = 0;
  const place = (name: PartName): Part => {
    const part = { from, length: lengthOf(contents[name]), crc: crcOf(contents[name]) };
    from = aligned(from + part.length);
    return part;
  };
  const parts = {
    ...{ holders: place("holders"), impacts: place("impacts"), order: place("order"), bytes: place("bytes") },
    ...{ tokens: place("tokens"), prints: place("prints") },
  };
  let length = yield* headed({
    key,
    corpus: { ...plain, documents: [] },
    model: rest,
    searched: serialize({ statistics, units }),
    index: { kind: "compact", index, stored, digests: storedDigests(words, digests), parts },
  });
  for (const name of PART_NAMES) {
    const content = contents[name];
    yield new Uint8Array(aligned(length) - length);
    yield* content;
    length = lengthOf(content);
  }
}

/** What a snapshot was made of, for the next one: whatever has not changed since need not be read again. */
export interface Prior {
  readonly corpus: Corpus;
  /** The corpus with its model, to be answered from where nothing has changed; null where it is damaged. */
  whole(): Promise<Compiled | null>;
  /** Its documents with what makes them quick to put into another corpus; null where it is damaged. */
  documents(): Promise<readonly Document[] | null>;
}

/** A snapshot that the same program made with the same options, of whatever files; null where this is none. */
export async function openPrior(file: string, madeBy: string): Promise<Prior | null> {
  try {
    const source = openSource(file);
    const head = await readHead(source, (key) => key.startsWith(snapshotKey("", madeBy)));
    if (head === null || head === "another's") return null;
    return {
      corpus: head.corpus,
      whole: () => restore(head, source),
      async documents() {
        const { index } = head;
        return index.kind === "compact" ? withDigests(index, source) : head.corpus.documents;
      },
    };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return null;
  }
}

async function withDigests({ stored, digests, parts }: Large, source: Source): Promise<readonly Document[] | null> {
  const partsAt = source.length - lengthOfParts(parts);
  const read = (name: PartName): Promise<Uint8Array | null> =>
    checked(source, { ...parts[name], from: partsAt + parts[name].from }, true);
  const [bytes, tokens, prints] = [await read("bytes"), await read("tokens"), await read("prints")];
  if (bytes === null || tokens === null || prints === null) return null;
  const { documents } = openPassages({ ...stored, bytes });
  const [allTokens, allPrints] = [numbersOf(tokens), numbersOf(prints)];
  const own = (all: Uint32Array, ends: Uint32Array, at: number): Uint32Array =>
    all.subarray(at === 0 ? 0 : ends[at - 1], ends[at]);
  const words = unpack(digests.words);
  keepStems(words, unpack(digests.stems));
  keepDigests(documents, {
    words,
    documents: digests.names.map((names, at) => ({
      names,
      tokens: own(allTokens, digests.tokenEnds, at),
      prints: own(allPrints, digests.printEnds, at),
    })),
  });
  return documents;
}

function storedDigests(words: readonly string[], digests: readonly DocumentDigest[]): StoredDigests {
  const endsOf = (lengths: readonly number[]): Uint32Array => {
    let end = 0;
    return Uint32Array.from(lengths, (length) => {
      end += length;
      return end;
    });
  };
  return {
    words: pack(words),
    stems: pack(words.map(stemOf)),
    tokenEnds: endsOf(digests.map(({ tokens }) => tokens.length)),
    printEnds: endsOf(digests.map(({ prints }) => prints.length)),
    names: digests.map(({ names }) => names),
  };
}

/** A corpus with its model from what `encode` gave. */
export async function decode(bytes: Uint8Array): Promise<Compiled | null> {
  const source = sourceOf(bytes);
  const head = await readHead(source, () => true);
  return head === null || head === "another's" ? null : restore(head, source);
}

/** @returns its length */
function* headed(head: Head): Generator<Uint8Array, number> {
  const body = serialize(head);
  const start = Buffer.alloc(HEAD_AT);
  start.write(MARK, "latin1");
  start.writeUInt32LE(body.length, MARK.length);
  start.writeUInt32LE(crc32(body), MARK.length + 4);
  yield start;
  yield body;
  return HEAD_AT + body.length;
}

/**
 * @param isOurs told the key: what another program has written has other parts, and none of them is looked at
 * @returns null where the file is damaged
 */
async function readHead(source: Source, isOurs: (key: string) => boolean): Promise<Head | "another's" | null> {
  const start = Buffer.from(source.subarray(0, Math.min(HEAD_AT, source.length)));
  if (start.length < HEAD_AT || start.toString("latin1", 0, MARK.length) !== MARK) return null;
  const length = start.readUInt32LE(MARK.length);
  const body = await checked(source, { from: HEAD_AT, length, crc: start.readUInt32LE(MARK.length + 4) }, true);
  if (body === null) return null;
  const head = readBody(body);
  if (head === null) return null;
  if (!isOurs(head.key)) return "another's";
  const end = HEAD_AT + length;
  return (head.index.kind === "compact" ? aligned(end) + lengthOfParts(head.index.parts) : end) === source.length
    ? head
    : null;
}

/** Null for what a later Node has written in a way that this one does not know. */
function readBody(body: Uint8Array): Head | null {
  try {
    return deserialize(body) as Head;
  } catch {
    return null;
  }
}

/** The whole again: postings in memory, the rest wherever the source keeps it. Null where a part is damaged. */
async function restore({ corpus, model, searched, index: saved }: Head, source: Source): Promise<Compiled | null> {
  if (saved.kind === "whole") {
    keepEvident(corpus.documents, saved.evident);
    let opened: Searched | undefined;
    const open = (): Searched => {
      opened ??= deserialize(searched) as Searched;
      return opened;
    };
    const lazy: Model = {
      ...model,
      get index() {
        return open().index;
      },
      get statistics() {
        return open().statistics;
      },
      get units() {
        return open().units;
      },
    };
    return { corpus, model: lazy };
  }
  const { statistics, units } = deserialize(searched) as Omit<Searched, "index">;
  const partsAt = source.length - lengthOfParts(saved.parts);
  const read = (name: PartName, isKept: boolean): Promise<Uint8Array | null> => {
    const part = saved.parts[name];
    return checked(source, { ...part, from: partsAt + part.from }, isKept);
  };
  const holders = await read("holders", true);
  const impacts = await read("impacts", true);
  const isWhole = (await read("order", false)) !== null && (await read("bytes", false)) !== null;
  if (holders === null || impacts === null || !isWhole) return null;
  const stretch = (name: PartName, from: number, to: number): Uint8Array => {
    const start = partsAt + saved.parts[name].from;
    return source.subarray(start + from, start + to);
  };
  const order = { subarray: (from: number, to: number) => numbersOf(stretch("order", 4 * from, 4 * to)) };
  const bytes = { subarray: (from: number, to: number) => stretch("bytes", from, to) };
  return {
    corpus: { ...corpus, ...openPassages({ ...saved.stored, bytes }) },
    model: { ...model, statistics, units, index: { ...saved.index, holders: numbersOf(holders), impacts, order } },
  };
}

/** The bytes of a part, empty where they are not to be kept; null where they are not what was written. */
async function checked(source: Source, { from, length, crc }: Part, isKept: boolean): Promise<Uint8Array | null> {
  if (from + length > source.length) return null;
  const kept = new Uint8Array(isKept ? length : 0);
  const room = new Uint8Array(isKept ? 0 : Math.min(length, CHECKED_BYTES));
  let sum = 0;
  for (let at = 0; at < length; at += CHECKED_BYTES) {
    const size = Math.min(CHECKED_BYTES, length - at);
    const piece = isKept ? kept.subarray(at, at + size) : room.subarray(0, size);
    await source.read(piece, from + at);
    sum = crc32(piece, sum);
  }
  return sum === crc ? kept : null;
}

const aligned = (length: number): number => ALIGNED * Math.ceil(length / ALIGNED);
const lengthOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, { length }) => sum + length, 0);
const crcOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, piece) => crc32(piece, sum), 0);
const lengthOfParts = ({ prints }: Parts): number => prints.from + prints.length;
const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Bytes as the numbers they are; copied where they don't start at a multiple of four. */
function numbersOf(bytes: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = byteOffsetFits(bytes) ? bytes : bytes.slice();
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}
const byteOffsetFits = ({ byteOffset }: Uint8Array): boolean => byteOffset % 4 === 0;
