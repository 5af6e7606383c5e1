// Lists the documents of a corpus folder and reads their bytes; what can't be read is named, not refused.

import { createHash } from "node:crypto";
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
import { CorpusError, type LeftOut, leftOutFor, OperatorError } from "../errors.ts";
import { byCodePoint } from "../structures/order.ts";

/** A file as it was read, path relative to the corpus folder with forward slashes. */
export interface CorpusFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** A file that is there to be read. */
export interface ListedFile {
  readonly path: string;
  /** Where it really is, links followed. */
  readonly place: string;
  readonly size: number;
  /** Device, inode, size and times: where they are the same, nobody has written to it. */
  readonly state: string;
}

/** A file as it was when it was read: plain data that can be saved. */
export interface FileRecord {
  readonly path: string;
  /** Where a link leads, below the corpus folder; only of a link. */
  readonly target?: string;
  readonly state: string;
  /** Of its bytes, in hex digits. */
  readonly sha256: string;
}

/** What a folder holds; nothing of it has been read. */
export interface Listing {
  /** The folder, links followed. */
  readonly root: string;
  /** Sorted by path. */
  readonly files: readonly ListedFile[];
  /** Documents that can't be read, sorted by path. */
  readonly leftOut: readonly LeftOut[];
  /** How many files there are of each kind that is not read, by ending; never opened. */
  readonly passedOver: Readonly<Record<string, number>>;
}

export const FAQ_FILE = "faq.yaml";
export const CALIBRATION_FILE = "calibration.json";
/** Files that say how documents are answered from, and are none themselves: a broken one is refused. */
export const isSettings = (path: string): boolean => path === FAQ_FILE || path === CALIBRATION_FILE;

export const FILE_BYTES_MAX = 20_000_000;
const CORPUS_BYTES_MAX = 1_000_000_000;
export const DOCUMENTS_MAX = 200_000;
/** How much of a folder is read. */
export interface Bounds {
  readonly corpusBytes: number;
  readonly documents: number;
}
const BOUNDS: Bounds = { corpusBytes: CORPUS_BYTES_MAX, documents: DOCUMENTS_MAX };
/** Folders between the one that is read and a document. */
export const DEPTH_MAX = 24;

/**
 * The corpus files of a folder: `documents/` and `faq.yaml`, or every document below a plain folder. Hidden files and
 * folders and `node_modules` are passed over. A link to a document is one as long as it stays inside of the folder, and
 * counts once with what it leads to; folders that are linked are not entered.
 * @param bounds where they are other than usual
 * @throws OperatorError when the folder is missing, no folder, or lists no document
 * @throws CorpusError where `documents/`, faq.yaml or calibration.json is not readable
 */
export function listCorpus(folder: string, bounds: Partial<Bounds> = {}): Listing {
  const root = realFolder(folder);
  const start = isThere(root, "documents") && isFolder(join(root, "documents")) ? "documents" : "";
  const own = [FAQ_FILE, CALIBRATION_FILE].filter((path) => isThere(root, path)).map((path) => listOwn(root, path));
  const walk = new Walk(root, start);
  walk.list();
  const files = walk.within({ ...BOUNDS, ...bounds });
  const leftOut = walk.leftOut.sort((a, b) => byCodePoint(a.file, b.file));
  if (files.length === 0) throw noDocument(folder, leftOut, walk.passedOver);
  const passedOver = [...walk.passedOver].sort(([a], [b]) => byCodePoint(a, b));
  return {
    root,
    files: [...files, ...own].sort((a, b) => byCodePoint(a.path, b.path)),
    leftOut,
    passedOver: Object.fromEntries(passedOver),
  };
}

/** A folder with all that is read of it in memory. */
export interface CorpusFiles extends Omit<Listing, "files"> {
  readonly files: readonly CorpusFile[];
  /** The same files in the same order. */
  readonly records: readonly FileRecord[];
}

/** @throws OperatorError, CorpusError as `listCorpus`, and where faq.yaml or calibration.json can't be read */
export function readCorpusFiles(folder: string): CorpusFiles {
  const { root, files, leftOut, passedOver } = listCorpus(folder);
  const read: CorpusFile[] = [];
  const records: FileRecord[] = [];
  const unread: LeftOut[] = [];
  for (const file of files)
    try {
      const { bytes, file: now } = readListed(file);
      read.push({ path: file.path, bytes });
      records.push(recordOf(root, now, bytes));
    } catch (error) {
      if (!(error instanceof CorpusError) || isSettings(file.path)) throw error;
      unread.push(leftOutFor(error));
    }
  const all = [...leftOut, ...unread].sort((a, b) => byCodePoint(a.file, b.file));
  return { root, files: read, records, leftOut: all, passedOver };
}

export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** What is to be known of a file that was read. */
export const recordOf = (root: string, { path, place, state }: ListedFile, bytes: Uint8Array): FileRecord => ({
  path,
  ...(place === join(root, path) ? {} : { target: relative(root, place) }),
  state,
  sha256: sha256Of(bytes),
});

/** A file that was read before, to be looked at again. */
export const listedAt = (root: string, { path, target, state }: FileRecord): ListedFile => ({
  path,
  place: join(root, target ?? path),
  // Device, inode, size: as `stateOf` writes them.
  size: Number(state.split(".")[2]),
  state,
});

/** Nothing that can be answered from: what was left out is the reason. */
export function noneReadable(leftOut: readonly LeftOut[]): OperatorError {
  const [first] = leftOut;
  const why = first === undefined ? "" : `: ${first.file} ${first.reason}`;
  const more = leftOut.length < 2 ? "" : `, and ${leftOut.length - 1} more are left out`;
  return new OperatorError(`no document can be read${why}${more}`, first === undefined ? PUT_SOME : first.remedy);
}

const PUT_SOME = `put ${ENDINGS.slice(0, -1).join(", ")} or ${ENDINGS.at(-1)} files there`;
const SPLIT = "answer from a part of the folder, or remove what nobody asks about";
const megabytes = (bytes: number): string =>
  bytes < 1_000_000_000 ? `${bytes / 1_000_000} MB` : `${bytes / 1_000_000_000} GB`;

/**
 * A folder with links followed.
 * @throws OperatorError where it is none, or gone
 */
export function realFolder(folder: string): string {
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

function noDocument(folder: string, leftOut: readonly LeftOut[], others: ReadonlyMap<string, number>): OperatorError {
  if (leftOut.length > 0) return noneReadable(leftOut);
  const kinds = [...others.keys()].sort(byCodePoint).slice(0, 3);
  const only = kinds.length === 0 ? "" : `, only ${kinds.join(", ")}${others.size > kinds.length ? " …" : ""}`;
  return new OperatorError(`no document in ${folder}${only}`, PUT_SOME);
}

/** A file beside the documents; a link to it must not lead outside, and what it is must be a file. */
function listOwn(root: string, path: string): ListedFile {
  const place = targetOf(root, path);
  return listed(path, place, lstatSync(place, { bigint: true }));
}

const NO_ENDING = "no ending";
/** What a file name may end in to be a kind: no date, and nothing that is part of a sentence. */
const KIND = /^\.[a-z][a-z0-9_+-]{0,11}$/;

/** Walks a folder and keeps what it finds. */
class Walk {
  readonly leftOut: LeftOut[] = [];
  readonly passedOver = new Map<string, number>();
  private readonly found: ListedFile[] = [];
  private readonly links: string[] = [];
  /** Where `start` really is. */
  private readonly base: string;

  constructor(
    private readonly root: string,
    private readonly start: string,
  ) {
    this.base = realpathSync(join(root, start));
  }

  list(): void {
    this.enter(this.start, 0);
    // A document that stands here itself, or is linked twice, is one document.
    const known = new Set(this.found.map(({ place }) => place));
    for (const path of this.links)
      this.leavingOut(() => {
        const target = targetOf(this.root, path);
        refuseOutside(this.base, path, target);
        if (isFolder(target)) this.refuseCircle(path, target);
        else if (endingOf(path) === null) this.pass(path);
        else if (!known.has(target)) this.found.push(listed(path, target, lstatSync(target, { bigint: true })));
        known.add(target);
      });
  }

  /** The documents, as many of them as there may be; what is beyond is left out. */
  within({ corpusBytes, documents }: Bounds): readonly ListedFile[] {
    let size = 0;
    let count = 0;
    let isFull = false;
    return this.found
      .sort((a, b) => byCodePoint(a.path, b.path))
      .filter((file) => {
        isFull ||= size + file.size > corpusBytes;
        const problem = isFull
          ? `would make the corpus larger than ${megabytes(corpusBytes)}`
          : count >= documents
            ? `is one document more than ${documents}`
            : null;
        if (problem !== null) this.leaveOut(new CorpusError(file.path, null, problem, SPLIT));
        else {
          size += file.size;
          count++;
        }
        return problem === null;
      });
  }

  /** What a linked folder holds is read where it stands, but a folder above the link goes round and round. */
  private refuseCircle(path: string, target: string): void {
    if (join(this.root, path).startsWith(target + sep))
      throw new CorpusError(path, null, "is a link that leads in a circle", "remove it");
  }

  private enter(folder: string, depth: number): void {
    if (depth > DEPTH_MAX)
      throw new CorpusError(folder, null, `lies deeper than ${DEPTH_MAX} folders`, "move its documents up");
    const place = join(this.base, folder.slice(this.start.length));
    for (const entry of entriesOf(this.root, folder)) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) this.links.push(path);
      else if (entry.isDirectory()) this.leavingOut(() => this.enter(path, depth + 1));
      else if (endingOf(path) === null) this.pass(path);
      else
        this.leavingOut(() => {
          const at = join(place, entry.name);
          this.found.push(listed(path, at, lstatSync(at, { bigint: true })));
        }, path);
    }
  }

  private pass(path: string): void {
    const ending = extname(path).toLowerCase();
    const kind = KIND.test(ending) ? ending : NO_ENDING;
    this.passedOver.set(kind, (this.passedOver.get(kind) ?? 0) + 1);
  }

  /** @param path what is named where the system says only that it couldn't */
  private leavingOut(look: () => void, path?: string): void {
    try {
      look();
    } catch (error) {
      if (error instanceof CorpusError) this.leaveOut(error);
      else if (path !== undefined) this.leaveOut(unreadable(path, error));
      else throw error;
    }
  }

  private leaveOut(error: CorpusError): void {
    this.leftOut.push(leftOutFor(error));
  }
}

/** In an order that no file system decides. */
function entriesOf(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => byCodePoint(a.name, b.name));
  } catch (error) {
    if (folder !== "") throw unreadable(folder, error);
    throw new OperatorError(`${root} can't be read (${codeOf(error)})`, remedyFor(codeOf(error)));
  }
}

/** @throws CorpusError where it is no file, or too large a one */
function listed(path: string, place: string, stats: BigIntStats): ListedFile {
  if (!stats.isFile())
    throw new CorpusError(path, null, `is ${kindOf(stats)}, not a file`, "remove it from the folder");
  if (stats.size > FILE_BYTES_MAX)
    throw new CorpusError(path, null, `is larger than ${megabytes(FILE_BYTES_MAX)}`, "split it or remove it");
  return { path, place, size: Number(stats.size), state: stateOf(stats) };
}

const stateOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  `${dev}.${ino}.${size}.${mtimeNs}.${ctimeNs}`;

function kindOf(entry: BigIntStats): string {
  if (entry.isSymbolicLink()) return "a link";
  if (entry.isFIFO()) return "a pipe";
  if (entry.isSocket()) return "a socket";
  return entry.isDirectory() ? "a folder" : "a device";
}

/** Clocks of file systems and of what writes to them differ by so much at most. */
const SETTLED_AFTER_NS = 2_000_000_000n;

/**
 * Whether a file of this state has kept it: one that was written to at about the time it was read may have been written
 * to again without its times telling.
 * @param readNs when it had been read, in nanoseconds
 */
export function isSettled(state: string, readNs: bigint): boolean {
  const [, , , modified = "0", changed = "0"] = state.split(".");
  const last = BigInt(modified) > BigInt(changed) ? BigInt(modified) : BigInt(changed);
  return last + SETTLED_AFTER_NS < readNs;
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

/** Somebody saves a file just now: so often it is tried again. */
const TRIES = 3;

/**
 * A file's bytes, all of one state, and that state. What has become a link, or another kind of thing, since it was
 * listed is not followed.
 * @throws CorpusError where it can't be read, or does not keep still
 */
export function readListed(file: ListedFile): { readonly bytes: Buffer; readonly file: ListedFile } {
  let now = file;
  for (let tried = 0; tried < TRIES; tried++) {
    const bytes = readOnce(now);
    if (bytes !== null) return { bytes, file: now };
    now = stateNow(file);
  }
  throw new CorpusError(file.path, null, "changed while it was read", "try again when nobody writes to it");
}

/**
 * A file as it is now.
 * @throws CorpusError where it is gone, or no file any more
 */
export function stateNow({ path, place }: ListedFile): ListedFile {
  try {
    return listed(path, place, lstatSync(place, { bigint: true }));
  } catch (error) {
    throw error instanceof CorpusError ? error : unreadable(path, error);
  }
}

/** Null where what was opened is not what was listed, or is written to. */
function readOnce({ path, place, state, size }: ListedFile): Buffer | null {
  let file: number | undefined;
  try {
    // Links are not followed, and what has become a pipe does not make us wait.
    file = openSync(place, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    if (stateOf(fstatSync(file, { bigint: true })) !== state) return null;
    const bytes = readAtMost(file, size);
    const isStill = stateOf(fstatSync(file, { bigint: true })) === state && bytes.length === size;
    return isStill ? bytes : null;
  } catch (error) {
    if (codeOf(error) === "ELOOP" || codeOf(error) === "EMLINK")
      throw new CorpusError(path, null, "has become a link while it was read", "put a file in its place");
    throw unreadable(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function unreadable(path: string, error: unknown): CorpusError {
  const code = codeOf(error);
  return new CorpusError(path, null, `can't be read (${code})`, remedyFor(code));
}

const remedyFor = (code: string): string =>
  code === "EACCES" || code === "EPERM"
    ? "give the right to read it to who runs this"
    : "check that it is still there and whole";

function readAtMost(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
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
