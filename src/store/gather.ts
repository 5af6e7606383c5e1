// Gathers what a folder's files say, and reads only those that have changed since the last snapshot.

import type { Document } from "../document.ts";
import { CorpusError, type LeftOut, leftOutFor } from "../errors.ts";
import { digestDocuments } from "../ingest/digest.ts";
import {
  type CorpusFile,
  type FileRecord,
  isSettings,
  isSettled,
  type ListedFile,
  listCorpus,
  readListed,
  recordOf,
} from "../ingest/files.ts";
import { assemble, type Corpus, corpusHash, type Parsed, parsedOf, parseFile } from "../ingest/library.ts";
import { byCodePoint } from "../structures/order.ts";
import type { Prior } from "./snapshot.ts";
import { packDocument } from "./stored-passages.ts";

/** A folder's files as they are now. */
export interface Gathered {
  readonly hash: string;
  readonly bytes: number;
  /** Of how many of them the last snapshot knows nothing. */
  readonly changed: number;
  readonly records: readonly FileRecord[];
  readonly leftOut: readonly LeftOut[];
  readonly passedOver: Corpus["passedOver"];
  /**
   * Parses what the last snapshot does not hold.
   * @param audience who is to see the corpus; left out, somebody who sees all
   */
  parse(audience?: readonly string[]): Promise<Corpus>;
}

/** What is read to be hashed is kept to be parsed up to this; beyond, it is read twice. */
const HELD_BYTES_MAX = 100_000_000;
/** From so many bytes on, what documents say is kept as bytes as soon as it is parsed. */
const PACKED_FROM_BYTES = 10_000_000;

/**
 * @param prior the last snapshot, null where there is none
 * @param priorNs when it was written
 * @throws OperatorError, CorpusError when the folder can't be used
 */
export function gather(folder: string, prior: Prior | null, priorNs: bigint): Gathered {
  const { root, files, leftOut: unlisted, passedOver } = listCorpus(folder);
  const known = new Map(prior?.corpus.files.map((record) => [record.path, record]));
  const held = new Map<string, Buffer>();
  const records: FileRecord[] = [];
  const leftOut: LeftOut[] = [...unlisted];
  const listed = new Map<string, ListedFile>();
  let [heldBytes, changed, bytes] = [0, 0, 0];
  for (const file of files) {
    bytes += file.size;
    const before = known.get(file.path);
    if (before !== undefined && before.state === file.state && isSettled(file.state, priorNs)) {
      records.push(before);
      listed.set(file.path, file);
      continue;
    }
    const read = readOrLeaveOut(file, leftOut);
    if (read === null) continue;
    const record = recordOf(root, read.file, read.bytes);
    records.push(record);
    listed.set(file.path, read.file);
    if (record.sha256 === before?.sha256) continue;
    changed++;
    heldBytes += read.bytes.length;
    if (heldBytes <= HELD_BYTES_MAX) held.set(file.path, read.bytes);
  }
  leftOut.sort((a, b) => byCodePoint(a.file, b.file));
  const hash = corpusHash(records);
  return {
    ...{ hash, bytes, changed, records, leftOut, passedOver },
    async parse(audience) {
      const parsedBefore = prior === null ? null : await prior.documents();
      const known =
        prior === null || parsedBefore === null ? new Map<string, Parsed>() : knownOf(prior.corpus, parsedBefore);
      const parser = new Parser(bytes >= PACKED_FROM_BYTES);
      const now: FileRecord[] = [];
      const settings: CorpusFile[] = [];
      const parsed: Parsed[] = [];
      for (const record of records) {
        const before = known.get(`${record.sha256} ${record.path}`);
        if (before !== undefined && !isSettings(record.path)) {
          now.push(record);
          parsed.push(before);
          continue;
        }
        const file = listed.get(record.path);
        const own = held.get(record.path);
        const read = own !== undefined || file === undefined ? null : readOrLeaveOut(file, leftOut);
        const content = own ?? read?.bytes;
        if (content === undefined) continue;
        held.delete(record.path);
        now.push(read === null ? record : recordOf(root, read.file, read.bytes));
        if (isSettings(record.path)) settings.push({ path: record.path, bytes: content });
        else parsed.push(await parser.parse(record.path, content));
      }
      return assemble(parsed, settings, { hash: corpusHash(now), files: now, leftOut, passedOver }, audience);
    },
  };
}

/** Null for what can't be read, unless nothing can be answered without it. */
function readOrLeaveOut(file: ListedFile, leftOut: LeftOut[]): ReturnType<typeof readListed> | null {
  try {
    return readListed(file);
  } catch (error) {
    if (!(error instanceof CorpusError) || isSettings(file.path)) throw error;
    leftOut.push(leftOutFor(error));
    return null;
  }
}

/** What was parsed before, by what it was parsed from. */
function knownOf(corpus: Corpus, documents: readonly Document[]): Map<string, Parsed> {
  const parsed = parsedOf(corpus, documents);
  return new Map(
    corpus.files.flatMap(({ path, sha256 }) => {
      const one = parsed.get(path);
      return one === undefined ? [] : [[`${sha256} ${path}`, one]];
    }),
  );
}

/** Parses files; of a large corpus what they say is packed at once, so that it need not all be in memory as objects. */
class Parser {
  private readonly digested = digestDocuments();

  constructor(private readonly packs: boolean) {}

  async parse(path: string, bytes: Uint8Array): Promise<Parsed> {
    const parsed = await parseFile(path, bytes);
    if (!this.packs || parsed.kind === "left-out") return parsed;
    const document = packDocument(parsed.document);
    this.digested(parsed.document, document);
    return { ...parsed, document };
  }
}
