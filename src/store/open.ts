// A corpus folder to an engine: from its snapshot where that is still right, else parsed and trained anew.

import { createEngine, type Engine } from "../engine.ts";
import { refusalOf } from "../errors.ts";
import { type CorpusFiles, readCorpusFiles } from "../ingest/files.ts";
import { type Corpus, corpusHash, parseCorpus, withListing } from "../ingest/library.ts";
import { countPassages } from "../ingest/passages.ts";
import type { TrainOptions } from "../model.ts";
import type { SavedIndex } from "../retrieval/choose-index.ts";
import type { OpenOptions } from "./open-options.ts";
import { type Compiled, decode, encode, loadSnapshot, type Sealed, saveSnapshot } from "./snapshot.ts";
import { discard, snapshotFile, tidy } from "./snapshot-folder.ts";
import { type Hearing, inWorker, type WorkerRequest } from "./worker.ts";

/** Folders of more bytes are read, parsed and indexed in a thread of their own, which takes a tenth of a second to start. */
const APART_FROM_BYTES = 1_000_000;

/**
 * @param folder `documents/` and perhaps `faq.yaml`, or a plain folder of documents
 * @param snapshot file to look for first; it is used only when made from these very files
 * @throws OperatorError, CorpusError when the folder can't be used
 */
export async function openEngine(folder: string, snapshot?: string, options: OpenOptions = {}): Promise<Engine> {
  const { corpus, model } = await openCorpus(folder, snapshot, options);
  return createEngine(corpus, model);
}

/** The corpus and model of a folder, as `openEngine` uses them. */
export async function openCorpus(folder: string, snapshot?: string, options: OpenOptions = {}): Promise<Compiled> {
  const apart = options.apart === true ? await openApart(folder, options, { reuses: true, unless: null }) : null;
  return accepted(folder, apart ?? (await openFiles(folder, readCorpusFiles(folder), snapshot, options)), options);
}

/** The same; null where the files are still those of the corpus with this hash. */
export async function reopenCorpus(
  folder: string,
  hash: string,
  snapshot?: string,
  options: OpenOptions = {},
): Promise<Compiled | null> {
  if (options.apart === true) {
    const apart = await openApart(folder, options, { reuses: true, unless: hash });
    return apart === null ? null : accepted(folder, apart, options);
  }
  const found = readCorpusFiles(folder);
  return corpusHash(found.records) === hash
    ? null
    : accepted(folder, await openFiles(folder, found, snapshot, options), options);
}

/** @throws CorpusError for the first document that is left out, where none may be */
export function acceptLeftOut({ leftOut }: Corpus, { isStrict, onEvent }: Pick<OpenOptions, "isStrict" | "onEvent">) {
  const [first] = leftOut;
  if (first === undefined) return;
  if (isStrict === true) throw refusalOf(first);
  onEvent?.({ kind: "left-out", leftOut });
}

/** What is answered from: every reply's quotes are looked up in the folder's files. */
async function accepted(folder: string, { corpus, model }: Compiled, options: OpenOptions): Promise<Compiled> {
  acceptLeftOut(corpus, options);
  const { createProof } = await import("../ingest/proof.ts");
  const kept = fileFor(folder, corpus.hash, options);
  const onForged = (): void => {
    if (kept !== null) discard(kept);
  };
  return { corpus: { ...corpus, proof: createProof(folder, corpus, onForged) }, model };
}

async function openFiles(
  folder: string,
  found: CorpusFiles,
  snapshot: string | undefined,
  options: OpenOptions,
): Promise<Compiled> {
  const { files } = found;
  const hash = corpusHash(found.records);
  const builtIn = snapshot === undefined ? null : await loadSnapshot(snapshot, hash);
  const saved = builtIn ?? (await loadKept(folder, hash, options));
  if (saved !== null) return { ...saved, corpus: withListing(saved.corpus, found) };
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) >= APART_FROM_BYTES) {
    const apart = await openApart(folder, options, { reuses: false, unless: null });
    if (apart !== null) return apart;
  }
  const compiled = await compile(folder, found, options);
  const written = keep(folder, compiled, options);
  // A compact index is there so that the text need not be in memory.
  const isLighter = written !== null && compiled.model.index.kind === "compact";
  return (isLighter ? await loadSnapshot(written, hash, madeBy(options)) : null) ?? compiled;
}

/** Parses and trains, whatever has been saved. */
export async function compile(
  folder: string,
  found: CorpusFiles = readCorpusFiles(folder),
  options: TrainOptions = {},
): Promise<Compiled> {
  const corpus: Corpus = await parseCorpus(found.files, found);
  const { train } = await import("../model.ts");
  return { corpus, model: await train(corpus, options) };
}

/**
 * Parses and trains, and hands over what came of it; null where the files are still those of the corpus `unless`.
 * @param reuses whether a snapshot that is there and whole will do
 */
export async function seal(
  { folder, reuses, unless, options }: WorkerRequest,
  hears: Hearing = {},
): Promise<Sealed | null> {
  const found = readCorpusFiles(folder);
  const hash = corpusHash(found.records);
  if (hash === unless) return null;
  const all = { ...options, ...hears };
  const kept = fileFor(folder, hash, options);
  const isKept = reuses && kept !== null && (await loadKept(folder, hash, all)) !== null;
  if (isKept) return { hash, snapshot: kept };
  const compiled = await compile(folder, found, all);
  const written = keep(folder, compiled, all);
  return { hash, snapshot: written ?? new Uint8Array(Buffer.concat([...encode(compiled, madeBy(options))])) };
}

async function openApart(
  folder: string,
  { onEvent, onProgress, apart: _, signal, ...options }: OpenOptions,
  { reuses, unless }: Pick<WorkerRequest, "reuses" | "unless">,
): Promise<Compiled | null> {
  const hears = { ...(onEvent ? { onEvent } : {}), ...(onProgress ? { onProgress } : {}) };
  const sealed = await inWorker({ folder, reuses, unless, options }, hears, signal);
  if (sealed === null) return null;
  const { hash, snapshot } = sealed;
  const compiled =
    typeof snapshot === "string" ? await loadSnapshot(snapshot, hash, madeBy(options)) : await decode(snapshot);
  if (compiled === null) throw new Error(`the snapshot of ${folder} was damaged as soon as it was made`);
  return compiled;
}

async function loadKept(folder: string, hash: string, options: OpenOptions): Promise<Compiled | null> {
  const file = fileFor(folder, hash, options);
  if (file === null) return null;
  const damaged = (): void => options.onEvent?.({ kind: "damaged", file });
  const compiled = await loadSnapshot(file, hash, madeBy(options), damaged);
  if (compiled !== null) options.onEvent?.({ kind: "loaded", ...sizeOf(compiled), file });
  return compiled;
}

/** Writes the snapshot where it can be: answering goes on without. */
function keep(folder: string, compiled: Compiled, options: OpenOptions): string | null {
  const file = fileFor(folder, compiled.corpus.hash, options);
  let written: string | null = null;
  let bytes = 0;
  if (file !== null)
    try {
      bytes = saveSnapshot(file, compiled, madeBy(options));
      written = file;
      tidy(file);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      options.onEvent?.({ kind: "unwritable", file, reason: String(error.code) });
    }
  options.onEvent?.({ kind: "built", ...sizeOf(compiled), file: written, bytes });
  return written;
}

const sizeOf = ({ corpus, model }: Compiled): { index: SavedIndex["kind"]; passages: number } => ({
  index: model.index.kind,
  passages: corpus.kept?.passages.count ?? countPassages(corpus.documents),
});

const fileFor = (folder: string, hash: string, options: OpenOptions): string | null =>
  options.data === undefined ? null : snapshotFile(options.data, folder, hash, madeBy(options));

const madeBy = ({ build = "", index = "auto", compactFrom }: OpenOptions): string =>
  `${build} ${index} ${compactFrom ?? ""}`;
