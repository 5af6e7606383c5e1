// Reads a corpus's files into documents and a FAQ, and hashes them into the name of the corpus.

import { createHash } from "node:crypto";
import type { Document } from "../document.ts";
import { CorpusError, type LeftOut, leftOutFor } from "../errors.ts";
import { byCodePoint } from "../structures/order.ts";
import { audiencesOf, isVisible, restrictFaq } from "./audience.ts";
import type { Calibration } from "./calibration.ts";
import type { Faq } from "./faq.ts";
import {
  CALIBRATION_FILE,
  type CorpusFile,
  type CorpusFiles,
  FAQ_FILE,
  type FileRecord,
  isSettings,
  noneReadable,
  sha256Of,
} from "./files.ts";
import { decode, hasStrayLetters } from "./formats/encoding.ts";
import type { Passages } from "./passages.ts";
import type { Proof } from "./proof.ts";
import type { Section } from "./sections.ts";
import type { Table } from "./tables.ts";

/** All that replies are made of. */
export interface Corpus {
  /** First 12 hex digits of a SHA-256 over the paths and bytes of all files that were read. */
  readonly hash: string;
  /** Where only a part of the files may be seen: by whom, and the hash of all of them, which is nobody's to see. */
  readonly view?: View;
  /** All names that documents of the folder are kept for: for those who run it. */
  readonly audiences: readonly string[];
  /** Sorted by id. */
  readonly documents: readonly Document[];
  /** Where the text stays in a file: what else is made of it, so that it need not be read for that. */
  readonly kept?: KeptParts;
  readonly faq: Faq;
  /** Null where the corpus has none of its own: the default then holds. */
  readonly calibration: Calibration | null;
  /** Documents that are not answered from, sorted by file. */
  readonly leftOut: readonly LeftOut[];
  /** How many files there are of each kind that is not read, by ending. */
  readonly passedOver: Readonly<Record<string, number>>;
  /** The files that were read, sorted by path; none where it was made of bytes alone. */
  readonly files: readonly FileRecord[];
  /** Where there are files: looks a reply's quotes up in them. */
  readonly proof?: Proof;
  /** What was done with a file that its author may not expect, sorted by file. */
  readonly notes: readonly FileNote[];
}

/** A part of a folder, as if there were nothing else. */
export interface View {
  /** Names, as `audienceNames` has them; documents without any are everybody's. */
  readonly audience: readonly string[];
  readonly folderHash: string;
}

/** What identifies the files that a corpus, or a view of it, was made of. */
export const folderHashOf = ({ hash, view }: Corpus): string => view?.folderHash ?? hash;

/** What a corpus has of files that are not read where it is made of none. */
export const OF_NO_FILES: Pick<Corpus, "audiences" | "leftOut" | "passedOver" | "notes" | "files"> = {
  audiences: [],
  leftOut: [],
  passedOver: {},
  notes: [],
  files: [],
};

export interface FileNote {
  /** Path below the corpus folder. */
  readonly file: string;
  readonly note: string;
  readonly remedy: string;
}

export interface KeptParts {
  /** Each read when it is asked for. */
  readonly passages: Passages;
  readonly sections: readonly Section[];
  readonly tables: readonly Table[];
}

/** What identifies a corpus: any change to a file's path or bytes changes it. */
export function corpusHash(files: readonly Pick<FileRecord, "path" | "sha256">[]): string {
  const hash = createHash("sha256");
  for (const { path, sha256 } of files) hash.update(`${path}\0${sha256}\n`);
  return hash.digest("hex").slice(0, 12);
}

export const hashFiles = (files: readonly CorpusFile[]): string =>
  corpusHash(files.map(({ path, bytes }) => ({ path, sha256: sha256Of(bytes) })));

/** What one file of documents came to. */
export type Parsed =
  | { readonly kind: "document"; readonly document: Document; readonly note: string | null }
  | { readonly kind: "left-out"; readonly leftOut: LeftOut };

/** Parses one file; whatever is wrong with it is no reason to do without the others. */
export async function parseFile(path: string, bytes: Uint8Array): Promise<Parsed> {
  const { readDocument } = await import("./formats/read-document.ts");
  try {
    const document = await readDocument(path, bytes);
    const isStray = document.hasLines && hasStrayLetters(bytes);
    return { kind: "document", document, note: isStray ? STRAY_LETTERS : null };
  } catch (error) {
    return { kind: "left-out", leftOut: leftOutFor(error instanceof CorpusError ? error : unparsable(path, error)) };
  }
}

const STRAY_LETTERS = "is not UTF-8 throughout: what isn't is read as windows-1252";

/** A parser's own failure, whichever library it is of. */
const unparsable = (path: string, error: unknown): CorpusError =>
  new CorpusError(
    path,
    null,
    `can't be parsed (${error instanceof Error ? error.message : error})`,
    "mend or remove it",
  );

/**
 * Parses the files of a corpus. The parsers are loaded only here, so that a compiled corpus starts without them.
 * @param found what else the folder holds
 * @throws OperatorError where no document can be read
 * @throws CorpusError where faq.yaml or calibration.json is wrong
 */
export async function parseCorpus(
  files: readonly CorpusFile[],
  found: Pick<CorpusFiles, "leftOut" | "passedOver"> & Partial<Pick<CorpusFiles, "records">> = OF_NO_FILES,
): Promise<Corpus> {
  const parsed: Parsed[] = [];
  for (const { path, bytes } of files) if (!isSettings(path)) parsed.push(await parseFile(path, bytes));
  const { leftOut, passedOver, records = [] } = found;
  return assemble(parsed, files, { hash: hashFiles(files), files: records, leftOut, passedOver });
}

/**
 * Puts together what was parsed.
 * @param settings faq.yaml and calibration.json where there are such
 * @param audience who is to see it; left out, somebody who sees all
 */
export async function assemble(
  parsed: readonly Parsed[],
  settings: readonly CorpusFile[],
  found: Pick<Corpus, "hash" | "files" | "leftOut" | "passedOver">,
  audience?: readonly string[],
): Promise<Corpus> {
  const { documents, notes } = identified(parsed);
  const unparsed = parsed.flatMap((one) => (one.kind === "left-out" ? one.leftOut : []));
  const leftOut = [...found.leftOut, ...unparsed].sort((a, b) => byCodePoint(a.file, b.file));
  if (documents.length === 0) throw noneReadable(leftOut);
  const { written, calibration } = await readSettings(settings, documents);
  const { hash, passedOver, files } = found;
  const audiences = audiencesOf(documents);
  const whole = { hash, audiences, documents, faq: written, calibration, leftOut, passedOver, files, notes };
  return withNames(audience === undefined ? whole : restricted(whole, parsed, audience, settings.length > 0));
}

/**
 * A corpus as if what these may not see were not there: neither in ids, nor in what is counted or noted. Who may see what
 * is left out nobody knows, so it is not named either. Without settings it is the corpus of a folder without the rest.
 */
function restricted(
  whole: Corpus,
  parsed: readonly Parsed[],
  audience: readonly string[],
  hasSettings: boolean,
): Corpus {
  const seen = parsed.filter((one) => one.kind === "document" && isVisible(one.document, audience));
  if (seen.length === whole.documents.length) return whole;
  const { documents, notes } = identified(seen);
  const faq = restrictFaq(whole.faq, { documents: whole.documents, visible: documents });
  const own = new Set(documents.map(({ file }) => file));
  const files = whole.files.filter(({ path }) => own.has(path));
  const { audiences, calibration, hash: folderHash } = whole;
  // Lines of faq.yaml move with what stands above them, and are in no reply.
  const said = JSON.stringify([faq, calibration], (key, value: unknown) => (key === "line" ? undefined : value));
  const settings = hasSettings ? [{ path: FAQ_FILE, sha256: sha256Of(Buffer.from(said)) }] : [];
  const hash = corpusHash([...files, ...settings]);
  const view = { audience, folderHash };
  return { hash, view, audiences, documents, faq, calibration, leftOut: [], passedOver: {}, files, notes };
}

/** With the names that the documents give themselves. */
async function withNames(corpus: Corpus): Promise<Corpus> {
  if (corpus.faq.elsewhere !== "quote") return corpus;
  const { withMinedNames } = await import("./mined-names.ts");
  return { ...corpus, faq: withMinedNames(corpus.faq, corpus.documents) };
}

/** What the files of an earlier corpus were parsed to. */
export function parsedOf({ leftOut, notes }: Corpus, documents: readonly Document[]): ReadonlyMap<string, Parsed> {
  const noted = new Map(notes.filter(({ note }) => note === STRAY_LETTERS).map(({ file, note }) => [file, note]));
  return new Map([
    ...leftOut.map((one): [string, Parsed] => [one.file, { kind: "left-out", leftOut: one }]),
    ...documents.map((document): [string, Parsed] => {
      const plain = plainId(document.file);
      const own = document.id === plain ? document : { ...document, id: plain };
      return [document.file, { kind: "document", document: own, note: noted.get(document.file) ?? null }];
    }),
  ]);
}

/** A document's id where no other has the same. */
const plainId = (file: string): string => withEnding(file).replace(/\.[^./]+$/, "");

/** A corpus that was kept, with what else its folder holds now. */
export function withListing(
  corpus: Corpus,
  { records, leftOut, passedOver }: Pick<CorpusFiles, "records" | "leftOut" | "passedOver">,
): Corpus {
  const read = new Set(records.map(({ path }) => path));
  const unparsed = corpus.leftOut.filter(({ file }) => read.has(file));
  const all = [...leftOut, ...unparsed].sort((a, b) => byCodePoint(a.file, b.file));
  return { ...corpus, leftOut: all, passedOver, files: records };
}

/** faq.yaml as it was written, and calibration.json. */
async function readSettings(
  files: readonly CorpusFile[],
  documents: readonly Document[],
): Promise<{ readonly written: Faq; readonly calibration: Corpus["calibration"] }> {
  const [{ parseFaq, EMPTY_FAQ }, { parseCalibration }] = await Promise.all([
    import("./faq.ts"),
    import("./calibration.ts"),
  ]);
  const textOf = (path: string): string | null => {
    const file = files.find((one) => one.path === path);
    return file === undefined ? null : decode(path, file.bytes);
  };
  const faqText = textOf(FAQ_FILE);
  const calibrationText = textOf(CALIBRATION_FILE);
  return {
    written: faqText === null ? EMPTY_FAQ : parseFaq(faqText, FAQ_FILE, documents),
    calibration: calibrationText === null ? null : parseCalibration(calibrationText, CALIBRATION_FILE),
  };
}

/** Documents sorted by id; where several files have one id, each keeps the ending of its name in it. */
function identified(parsed: readonly Parsed[]): {
  readonly documents: readonly Document[];
  readonly notes: readonly FileNote[];
} {
  const read = parsed.flatMap((one) => (one.kind === "document" ? one : []));
  const ids = new Map(read.map(({ document }) => [document.file, document.id]));
  for (let isUnique = false; !isUnique; ) {
    const filesOf = new Map<string, string[]>();
    for (const [file, id] of ids) filesOf.set(id, [...(filesOf.get(id) ?? []), file]);
    const shared = [...filesOf.values()].filter((files) => files.length > 1).flat();
    for (const file of shared) ids.set(file, withEnding(file));
    isUnique = shared.length === 0;
  }
  const idOf = ({ file, id }: Document): string => ids.get(file) ?? id;
  const sharing = new Map<string, Document[]>();
  for (const { document } of read)
    if (idOf(document) !== document.id) sharing.set(document.id, [...(sharing.get(document.id) ?? []), document]);
  const notes = [
    ...read.flatMap(({ document: { file }, note }): FileNote[] =>
      note === null ? [] : [{ file, note, remedy: "save it as UTF-8" }],
    ),
    ...[...sharing].map(([id, documents]) => sharedNote(id, documents)),
  ];
  return {
    documents: read
      .map(({ document }) => (idOf(document) === document.id ? document : { ...document, id: idOf(document) }))
      .sort((a, b) => byCodePoint(a.id, b.id)),
    notes: notes.sort((a, b) => byCodePoint(a.file, b.file)),
  };
}

const withEnding = (file: string): string => file.replace(/^documents\//, "");

/** @param documents those that would have the id, or the one that would have another's */
function sharedNote(id: string, documents: readonly Document[]): FileNote {
  const [first = "", ...others] = documents.map(({ file }) => file).sort(byCodePoint);
  const note =
    others.length === 0
      ? `is not the only document "${id}", so its id keeps its ending`
      : `and ${others.join(", ")} are all the document "${id}", so their ids keep their endings`;
  return { file: first, note, remedy: "rename one of them to drop it" };
}
