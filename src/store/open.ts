// Opens a corpus folder as an engine: from its snapshot where that is still right, else parsed and trained anew.

import { createEngine, type Engine, type OpenView } from "../engine.ts";
import { refusalOf } from "../errors.ts";
import { audienceNames } from "../ingest/audience.ts";
import { type Corpus, folderHashOf, withListing } from "../ingest/library.ts";
import { countPassages } from "../ingest/passages.ts";
import type { SavedIndex } from "../retrieval/choose-index.ts";
import type { TrainOptions } from "../train.ts";
import { type Gathered, gather } from "./gather.ts";
import type { OpenOptions } from "./open-options.ts";
import {
  type Compiled,
  decode,
  encode,
  loadSnapshot,
  openPrior,
  type Prior,
  type Sealed,
  saveSnapshot,
} from "./snapshot.ts";
import { allSnapshotsOf, discard, snapshotFile, snapshotsOf, tidy, writtenNs } from "./snapshot-folder.ts";
import { unpackDocument } from "./stored-passages.ts";
import { type Hearing, inWorker, type WorkerRequest } from "./worker.ts";

/** Folders of more bytes are read, parsed and indexed in a thread of their own, which takes a tenth of a second to start. */
const APART_FROM_BYTES = 1_000_000;
/** So many files are read and parsed here all the same, where the others are known. */
const CHANGED_HERE_MAX = 20;

/**
 * @param folder `documents/` and perhaps `faq.yaml`, or a plain folder of documents
 * @param snapshot file to look for first; it is used only when made from these very files
 * @throws OperatorError, CorpusError when the folder can't be used
 * @public The door for a program that uses the engine without an adapter.
 */
export async function openEngine(folder: string, snapshot?: string, options: OpenOptions = {}): Promise<Engine> {
  const { corpus, model, openView } = await openCorpus(folder, snapshot, options);
  return createEngine(corpus, model, openView);
}

/** A corpus with its model, and how to see it with other eyes. */
export interface Opened extends Compiled {
  readonly openView: OpenView;
}

/** The corpus and model of a folder, as `openEngine` uses them. */
export async function openCorpus(folder: string, snapshot?: string, options: OpenOptions = {}): Promise<Opened> {
  const apart = options.apart === true ? await openApart(folder, options, null) : null;
  return accepted(folder, apart ?? (await openHere(folder, null, snapshot, options)), snapshot, options);
}

/** The same; null where the files are still those with this hash. */
export async function reopenCorpus(
  folder: string,
  hash: string,
  snapshot?: string,
  options: OpenOptions = {},
): Promise<Opened | null> {
  const opened =
    options.apart === true ? await openApart(folder, options, hash) : await openHere(folder, hash, snapshot, options);
  return opened === null ? null : accepted(folder, opened, snapshot, options);
}

/** @throws CorpusError for the first document that is left out, where none may be */
export function acceptLeftOut({ leftOut }: Corpus, { isStrict, onEvent }: Pick<OpenOptions, "isStrict" | "onEvent">) {
  const [first] = leftOut;
  if (first === undefined) return;
  if (isStrict === true) throw refusalOf(first);
  onEvent?.({ kind: "left-out", leftOut });
}

/** What is answered from: every reply's quotes are looked up in the folder's files. */
async function accepted(
  folder: string,
  { corpus, model }: Compiled,
  snapshot: string | undefined,
  options: OpenOptions,
): Promise<Opened> {
  acceptLeftOut(corpus, options);
  const { createProof } = await import("../ingest/proof.ts");
  // The next snapshot would be made from the last one, so none of them is to be used again.
  const onForged = (): void => {
    if (options.data !== undefined) for (const file of allSnapshotsOf(options.data, folder)) discard(file);
  };
  const { signal: _, ...later } = options;
  return {
    corpus: { ...corpus, proof: createProof(folder, corpus, onForged) },
    model,
    // Somebody is being answered meanwhile.
    openView: (audience) => openCorpus(folder, snapshot, { ...later, audience, apart: true }),
  };
}

async function openHere(
  folder: string,
  unless: null,
  snapshot: string | undefined,
  options: OpenOptions,
): Promise<Compiled>;
async function openHere(
  folder: string,
  unless: string | null,
  snapshot: string | undefined,
  options: OpenOptions,
): Promise<Compiled | null>;
/** Null where the files are still those of the corpus `unless`. */
async function openHere(
  folder: string,
  unless: string | null,
  snapshot: string | undefined,
  options: OpenOptions,
): Promise<Compiled | null> {
  const { audience, ...plain } = options;
  const whole = await openWhole(folder, unless, snapshot, plain);
  if (whole === null || audience === undefined) return whole;
  return (await openPart(folder, whole.corpus, audienceNames(audience), plain))?.compiled ?? whole;
}

/** A snapshot, and where it is kept. */
interface Made {
  readonly compiled: Compiled;
  /** Null where it could not be written. */
  readonly written: string | null;
}

/** What some may see of a folder, made of the last snapshot of the whole; null where they may see all of it. */
async function openPart(
  folder: string,
  whole: Corpus,
  audience: readonly string[],
  plain: OpenOptions,
): Promise<Made | null> {
  if (whole.audiences.every((name) => audience.includes(name))) return null;
  acceptLeftOut(whole, plain);
  const options = { ...plain, audience: audience.filter((name) => whole.audiences.includes(name)) };
  const { prior, file } = await lastOf(folder, plain);
  const gathered = gather(folder, prior, file === null ? 0n : writtenNs(file));
  const kept = await loadKept(folder, gathered.hash, options);
  if (kept !== null) return { compiled: kept, written: fileFor(folder, gathered.hash, options) };
  return make(folder, gathered, options);
}

/** Null where the files are still those of the corpus `unless`. */
async function openWhole(
  folder: string,
  unless: string | null,
  snapshot: string | undefined,
  options: OpenOptions,
): Promise<Compiled | null> {
  const { gathered, saved } = await look(folder, snapshot, options);
  if (gathered.hash === unless) return null;
  if (saved !== null) return saved;
  if (gathered.bytes >= APART_FROM_BYTES && gathered.changed > CHANGED_HERE_MAX) {
    const apart = await openApart(folder, options, null);
    if (apart !== null) return apart;
  }
  const { compiled, written } = await make(folder, gathered, options);
  // A compact index is there so that the text need not be in memory.
  const isLighter = written !== null && compiled.model.index.kind === "compact";
  return (isLighter ? await loadSnapshot(written, folderHashOf(compiled.corpus), madeBy(options)) : null) ?? compiled;
}

interface Look {
  readonly gathered: Gathered;
  /** What was kept of just these files. */
  readonly saved: Compiled | null;
}

/** What a folder holds now, and what is kept of that: the last snapshot, the one before it, or nothing. */
async function look(folder: string, snapshot: string | undefined, options: OpenOptions): Promise<Look> {
  const { prior, file } = await lastOf(folder, options);
  const gathered = gather(folder, prior, file === null ? 0n : writtenNs(file));
  const { hash } = gathered;
  const builtIn = snapshot === undefined ? null : await loadSnapshot(snapshot, hash);
  const isLast = prior !== null && prior.corpus.hash === hash;
  const last = isLast ? await prior.whole() : null;
  if (last !== null && file !== null) options.onEvent?.({ kind: "loaded", ...sizeOf(last), file });
  const saved = builtIn ?? last ?? (await loadKept(folder, hash, options));
  return { gathered, saved: saved === null ? null : { ...saved, corpus: withListing(saved.corpus, gathered) } };
}

/** The newest snapshot of a folder that this program made with these options. */
async function lastOf(
  folder: string,
  options: OpenOptions,
): Promise<{ readonly prior: Prior | null; readonly file: string | null }> {
  if (options.data === undefined) return { prior: null, file: null };
  for (const file of snapshotsOf(options.data, folder)) {
    const prior = await openPrior(file, madeBy(options));
    if (prior !== null) return { prior, file };
  }
  return { prior: null, file: null };
}

/** Parses what is new, trains, and keeps what came of it. */
async function make(folder: string, gathered: Gathered, options: OpenOptions): Promise<Made> {
  const compiled = await trained(gathered, options);
  return { compiled, written: keep(folder, compiled, options) };
}

async function trained(gathered: Gathered, { audience, ...options }: OpenOptions): Promise<Compiled> {
  const corpus = await gathered.parse(audience);
  const { train } = await import("../train.ts");
  const model = await train(corpus, options);
  if (model.index.kind === "compact") return { corpus, model };
  // Many bytes of which few are text, or a large folder that has shrunk: what was packed is not worth it.
  return { corpus: { ...corpus, documents: corpus.documents.map(unpackDocument) }, model };
}

/** Parses and trains, whatever has been saved. */
export const compile = (folder: string, options: TrainOptions = {}): Promise<Compiled> =>
  trained(gather(folder, null, 0n), options);

/**
 * Opens a folder in a thread of its own, and hands over what came of it; null where the files are still those of the
 * corpus `unless`.
 */
export async function seal({ folder, unless, options }: WorkerRequest, hears: Hearing = {}): Promise<Sealed | null> {
  const { audience, ...plain } = { ...options, ...hears };
  const whole = await sealWhole(folder, unless, plain);
  if (whole === null || audience === undefined) return whole?.sealed ?? null;
  const part = await openPart(folder, whole.corpus, audienceNames(audience), plain);
  return part === null ? whole.sealed : sealed(part, { ...plain, audience: part.compiled.corpus.view?.audience });
}

async function sealWhole(
  folder: string,
  unless: string | null,
  options: OpenOptions,
): Promise<{ readonly sealed: Sealed; readonly corpus: Corpus } | null> {
  const { gathered, saved } = await look(folder, undefined, options);
  const { hash } = gathered;
  if (hash === unless) return null;
  const kept = fileFor(folder, hash, options);
  if (saved !== null && kept !== null)
    return { sealed: { hash, madeBy: madeBy(options), snapshot: kept }, corpus: saved.corpus };
  const made = await make(folder, gathered, options);
  return { sealed: sealed(made, options), corpus: made.compiled.corpus };
}

const sealed = ({ compiled, written }: Made, options: OpenOptions): Sealed => ({
  hash: folderHashOf(compiled.corpus),
  madeBy: madeBy(options),
  snapshot: written ?? new Uint8Array(Buffer.concat([...encode(compiled, madeBy(options))])),
});

async function openApart(
  folder: string,
  { onEvent, onProgress, apart: _, signal, ...options }: OpenOptions,
  unless: string | null,
): Promise<Compiled | null> {
  const hears = { ...(onEvent ? { onEvent } : {}), ...(onProgress ? { onProgress } : {}) };
  const made = await inWorker({ folder, unless, options }, hears, signal);
  if (made === null) return null;
  const { hash, snapshot } = made;
  const compiled =
    typeof snapshot === "string" ? await loadSnapshot(snapshot, hash, made.madeBy) : await decode(snapshot);
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
  const file = fileFor(folder, folderHashOf(compiled.corpus), options);
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
  options.data === undefined
    ? null
    : snapshotFile(options.data, folder, hash, madeBy(options), options.audience && viewName(options.audience));

/** What a part is made for; the parts of two lists of names are two, also where one has none. */
const viewName = (audience: readonly string[]): string => `for ${audience.join(",")}`;

const madeBy = ({ build = "", index = "auto", compactFrom, audience }: OpenOptions): string =>
  [build, index, compactFrom ?? "", ...(audience === undefined ? [] : [viewName(audience)])].join(" ");
