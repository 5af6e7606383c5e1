// A corpus folder to the bytes of its files, none of them from outside of it, and none without bounds.

import {
  type BigIntStats,
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { ENDINGS, endingOf } from "../document.ts";
import { CorpusError, OperatorError } from "../errors.ts";
import { byCodePoint } from "../structures/order.ts";

/** A file as it was read, path relative to the corpus folder with forward slashes. */
export interface CorpusFile {
  readonly path: string;
  readonly bytes: Buffer;
}

export const FAQ_FILE = "faq.yaml";
export const CALIBRATION_FILE = "calibration.json";

export const FILE_BYTES_MAX = 2_000_000;
const CORPUS_BYTES_MAX = 50_000_000;
export const DOCUMENTS_MAX = 10_000;
/** Folders between the one that is read and a document. */
export const DEPTH_MAX = 8;

/**
 * The corpus files of a folder, sorted by path: `documents/` and `faq.yaml`, or every document below a plain folder.
 * Hidden files and folders and `node_modules` are passed over, and so is what ends otherwise than a document. A link to
 * a document is read as long as it stays inside of the folder; folders that are linked are not entered.
 * @throws OperatorError when the folder is missing, no folder, or holds no document
 * @throws CorpusError naming the first file that is too large, too deep, one too many, no file, outside, or not readable
 */
export function readCorpusFiles(folder: string): CorpusFile[] {
  const root = rootOf(folder);
  const start = isThere(root, "documents") && isFolder(join(root, "documents")) ? "documents" : "";
  const found = new Listing(root, start).list();
  if (found.documents.length === 0) throw noDocument(folder, found.others);
  const paths = [...found.documents];
  for (const path of [FAQ_FILE, CALIBRATION_FILE]) if (isThere(root, path)) paths.push(path);
  let size = 0;
  return paths.sort(byCodePoint).map((path) => {
    const bytes = readWhole(root, path);
    size += bytes.length;
    if (size > CORPUS_BYTES_MAX)
      throw new CorpusError(path, null, `makes the corpus larger than ${megabytes(CORPUS_BYTES_MAX)}`, SPLIT);
    return { path, bytes };
  });
}

const SPLIT = "answer from a part of the folder, or remove what nobody asks about";
const megabytes = (bytes: number): string => `${bytes / 1_000_000} MB`;

function rootOf(folder: string): string {
  let stats: ReturnType<typeof statSync>;
  try {
    stats = statSync(folder, { throwIfNoEntry: false });
  } catch (error) {
    throw new OperatorError(`${folder} can't be read (${codeOf(error)})`, "name a folder of documents with --corpus");
  }
  if (stats === undefined) throw new OperatorError(`no folder ${folder}`, "name a folder of documents with --corpus");
  if (!stats.isDirectory()) throw new OperatorError(`${folder} is not a folder`, "name the folder it is in");
  return realpathSync(folder);
}

function noDocument(folder: string, others: ReadonlySet<string>): OperatorError {
  const kinds = [...others].sort(byCodePoint).slice(0, 3);
  const only = kinds.length === 0 ? "" : `, only ${kinds.join(", ")}${others.size > kinds.length ? " …" : ""}`;
  const [last, ...endings] = [...ENDINGS].reverse();
  return new OperatorError(
    `no document in ${folder}${only}`,
    `put ${endings.reverse().join(", ")} or ${last} files there`,
  );
}

/** Walks a folder and keeps what it finds. */
class Listing {
  readonly documents: string[] = [];
  /** Endings of files that are no documents. */
  readonly others = new Set<string>();
  private readonly links: string[] = [];

  /** Where `start` really is. */
  private readonly base: string;

  constructor(
    private readonly root: string,
    private readonly start: string,
  ) {
    this.base = realpathSync(join(root, start));
  }

  list(): this {
    this.enter(this.start, 0);
    // A document that stands here itself, or is linked twice, is one document.
    const known = new Set(this.documents.map((path) => this.placeOf(path)));
    for (const path of this.links) {
      const target = targetOf(this.root, path);
      refuseOutside(this.base, path, target);
      if (isFolder(target)) this.refuseCircle(path, target);
      else if (endingOf(path) !== null && !known.has(target)) this.add(path);
      known.add(target);
    }
    return this;
  }

  private placeOf(path: string): string {
    return join(this.base, path.slice(this.start.length));
  }

  /** What a linked folder holds is read where it stands, but a folder above the link goes round and round. */
  private refuseCircle(path: string, target: string): void {
    if (this.placeOf(path).startsWith(target + sep))
      throw new CorpusError(path, null, "is a link that leads in a circle", "remove it");
  }

  private enter(folder: string, depth: number): void {
    if (depth > DEPTH_MAX)
      throw new CorpusError(folder, null, `lies deeper than ${DEPTH_MAX} folders`, "move its documents up");
    for (const entry of entriesOf(this.root, folder)) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) this.links.push(path);
      else if (entry.isDirectory()) this.enter(path, depth + 1);
      else if (!entry.isFile())
        throw new CorpusError(path, null, `is ${kindOf(entry)}, not a file`, "remove it from the folder");
      else if (endingOf(path) !== null) this.add(path);
      else this.others.add(extname(entry.name) || "files without an ending");
    }
  }

  private add(path: string): void {
    if (this.documents.length === DOCUMENTS_MAX)
      throw new CorpusError(path, null, `is one document more than ${DOCUMENTS_MAX}`, SPLIT);
    this.documents.push(path);
  }
}

/** In an order that no file system decides. */
function entriesOf(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => byCodePoint(a.name, b.name));
  } catch (error) {
    throw unreadable(folder || root, error);
  }
}

function kindOf(entry: Dirent | BigIntStats): string {
  if (entry.isFIFO()) return "a pipe";
  if (entry.isSocket()) return "a socket";
  return entry.isDirectory() ? "a folder" : "a device";
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Whether there is such a file or folder; a link to one must not lead outside. */
function isThere(root: string, path: string): boolean {
  try {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) refuseOutside(root, path, targetOf(root, path));
    return found !== undefined;
  } catch (error) {
    throw error instanceof CorpusError ? error : unreadable(root, error);
  }
}

/** Where a link leads in the end. */
function targetOf(root: string, path: string): string {
  try {
    return realpathSync(join(root, path));
  } catch (error) {
    const isCircle = codeOf(error) === "ELOOP";
    const problem = isCircle ? "is a link that leads in a circle" : `is a link that leads nowhere (${codeOf(error)})`;
    throw new CorpusError(path, null, problem, "remove it or put a file in its place");
  }
}

function refuseOutside(root: string, path: string, target: string): void {
  const way = relative(root, target);
  if (way === ".." || way.startsWith(`..${sep}`))
    throw new CorpusError(path, null, "is a link that leads outside of the folder", "put a copy in its place");
}

/** A file's bytes, all of one state. */
function readWhole(root: string, path: string): Buffer {
  let file: number | undefined;
  try {
    refuseOthers(path, statSync(join(root, path), { bigint: true }));
    // What has become a pipe since then does not make us wait.
    file = openSync(join(root, path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const before = fstatSync(file, { bigint: true });
    refuseOthers(path, before);
    const bytes = readAtMost(file, Number(before.size));
    const after = fstatSync(file, { bigint: true });
    if (after.size !== before.size || after.mtimeNs !== before.mtimeNs || bytes.length !== Number(before.size))
      throw new CorpusError(path, null, "changed while it was read", "try again when nobody writes to it");
    return bytes;
  } catch (error) {
    throw error instanceof CorpusError ? error : unreadable(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function refuseOthers(path: string, stats: BigIntStats): void {
  if (!stats.isFile())
    throw new CorpusError(path, null, `is ${kindOf(stats)}, not a file`, "remove it from the folder");
  if (stats.size > FILE_BYTES_MAX)
    throw new CorpusError(path, null, `is larger than ${megabytes(FILE_BYTES_MAX)}`, "split it or remove it");
}

function unreadable(path: string, error: unknown): CorpusError {
  const code = codeOf(error);
  const isDenied = code === "EACCES" || code === "EPERM";
  const remedy = isDenied ? "give the right to read it to who runs this" : "check that it is still there and whole";
  return new CorpusError(path, null, `can't be read (${code})`, remedy);
}

function readAtMost(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const read = readSync(file, bytes, length, size - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);
