// A corpus folder to documents and FAQ: the only file that reads a corpus.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import type { Document } from "./document.ts";
import { CorpusError, OperatorError } from "./errors.ts";
import type { Faq } from "./faq.ts";
import type { Calibration } from "./gate.ts";
import { byCodePoint } from "./order.ts";
import type { Passages } from "./passages.ts";

/** All that replies are made of. */
export interface Corpus {
  /** First 12 hex digits of the SHA-256 over the paths and bytes of all its files. */
  readonly hash: string;
  /** Sorted by id. */
  readonly documents: readonly Document[];
  /** Where the text stays in a file: its passages, read when they are asked for. */
  readonly passages?: Passages;
  readonly faq: Faq;
  /** Null where the corpus has none of its own: the default then holds. */
  readonly calibration: Calibration | null;
}

/** A file as it was read, path relative to the corpus folder with forward slashes. */
export interface CorpusFile {
  readonly path: string;
  readonly bytes: Buffer;
}

const ENDINGS = new Set([".md", ".txt"]);
export const FAQ_FILE = "faq.yaml";
export const CALIBRATION_FILE = "calibration.json";

/**
 * The corpus files of a folder, sorted by path: `documents/` and `faq.yaml`, or every document below a plain folder.
 * @throws OperatorError when the folder is missing, no folder, or holds no document
 */
export function readCorpusFiles(folder: string): CorpusFile[] {
  if (!existsSync(folder)) throw new OperatorError(`no folder ${folder}`, "name a folder of documents with --corpus");
  if (!statSync(folder).isDirectory()) throw new OperatorError(`${folder} is not a folder`, "name the folder it is in");
  const hasDocuments = statSync(join(folder, "documents"), { throwIfNoEntry: false })?.isDirectory() === true;
  const paths = listFiles(hasDocuments ? join(folder, "documents") : folder, hasDocuments ? "documents/" : "");
  if (paths.length === 0)
    throw new OperatorError(`no document in ${folder}`, `put ${[...ENDINGS].join(" or ")} files there`);
  for (const file of [FAQ_FILE, CALIBRATION_FILE]) if (existsSync(join(folder, file))) paths.push(file);
  return paths.sort(byCodePoint).map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
}

/** What identifies a corpus: any change to a file's path or bytes changes it. */
export function hashFiles(files: readonly CorpusFile[]): string {
  const hash = createHash("sha256");
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest("hex").slice(0, 12);
}

/**
 * Parses the files of a corpus. The parsers are loaded only here, so that a compiled corpus starts without them.
 * @throws CorpusError with file, line and remedy
 */
export async function parseCorpus(files: readonly CorpusFile[]): Promise<Corpus> {
  const [{ readDocument }, { parseFaq, EMPTY_FAQ }, { parseCalibration }] = await Promise.all([
    import("./read-document.ts"),
    import("./faq.ts"),
    import("./read-calibration.ts"),
  ]);
  const documents: Document[] = [];
  const fileOf = new Map<string, string>();
  for (const { path, bytes } of files) {
    if (path === FAQ_FILE || path === CALIBRATION_FILE) continue;
    const document = readDocument(path, decode(path, bytes));
    const other = fileOf.get(document.id);
    if (other !== undefined)
      throw new CorpusError(
        path,
        null,
        `has the same document id as ${other} ("${document.id}")`,
        "rename one of them",
      );
    fileOf.set(document.id, path);
    documents.push(document);
  }
  documents.sort((a, b) => byCodePoint(a.id, b.id));
  const faqFile = files.find(({ path }) => path === FAQ_FILE);
  const faq = faqFile ? parseFaq(decode(FAQ_FILE, faqFile.bytes), FAQ_FILE, documents) : EMPTY_FAQ;
  const calibrationFile = files.find(({ path }) => path === CALIBRATION_FILE);
  const calibration = calibrationFile
    ? parseCalibration(decode(CALIBRATION_FILE, calibrationFile.bytes), CALIBRATION_FILE)
    : null;
  return { hash: hashFiles(files), documents, faq, calibration };
}

function listFiles(folder: string, prefix: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ENDINGS.has(extname(entry.name).toLowerCase()))
    .map((entry) => prefix + relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CorpusError(path, null, "is not UTF-8 text", "save it as UTF-8");
  }
}
