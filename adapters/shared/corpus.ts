// Opens the corpus that a command is to use.

import { resolve } from "node:path";
import { createEngine, type Engine } from "../../src/engine.ts";
import { OperatorError } from "../../src/errors.ts";
import { audienceNames } from "../../src/ingest/audience.ts";
import type { Corpus } from "../../src/ingest/library.ts";
import type { IndexChoice } from "../../src/retrieval/index-choice.ts";
import { type Opened, openCorpus } from "../../src/store/open.ts";
import type { OpenEvent, OpenOptions } from "../../src/store/open-options.ts";
import { BUILT_IN, buildId } from "./built-in.ts";
import { clean } from "./one-line.ts";
import { tellOpening } from "./opening-lines.ts";
import { tellIndexed } from "./terminal.ts";

/** Options that every command takes. */
export interface CorpusOptions {
  readonly corpus?: string;
  readonly json?: boolean;
  /** Whose eyes to see the documents with: names, parted by commas; "" for what everybody may see. Left out, all. */
  readonly audience?: string;
  /** Refuses a folder of which a document would be left out. */
  readonly strict?: boolean;
}

/**
 * The folder named by option or environment, else the built-in one.
 * @throws OperatorError where the option names none
 */
export function folderOf({ corpus }: CorpusOptions): string {
  if (corpus?.trim() === "")
    throw new OperatorError("--corpus names no folder", "write one behind it, or leave it out");
  const { FOOTNOTE_CORPUS } = process.env;
  return corpus ?? (FOOTNOTE_CORPUS?.trim() ? FOOTNOTE_CORPUS : BUILT_IN.folder);
}

/** Tells on standard error what the operator should know. */
const onStandardError = tellOpening((told) => {
  if (told.level === "warn") process.stderr.write(`footnote: ${told.text}\n`);
});

/** The same for a command whose result lists what is left out. */
export const withoutLeftOut = (event: OpenEvent): void => {
  if (event.kind !== "left-out") onStandardError(event);
};

/** Whether a document may be left out, and who is told. */
export const strictness = (
  { strict }: CorpusOptions,
  onEvent: (event: OpenEvent) => void = onStandardError,
): Pick<OpenOptions, "isStrict" | "onEvent"> => ({ isStrict: strict === true, onEvent });

/**
 * Opens the built-in corpus from the snapshot beside the program, any other from the folder of snapshots.
 * @param choice which index to make; by default that of the environment
 * @throws OperatorError, CorpusError when the folder or the environment can't be used
 */
export async function openCompiled(
  options: CorpusOptions,
  onEvent: (event: OpenEvent) => void = onStandardError,
  choice?: IndexChoice,
): Promise<Opened> {
  const folder = folderOf(options);
  const snapshot = snapshotOf(folder);
  const opening = snapshot === undefined ? await openOptions(onEvent, choice) : {};
  const audience = audienceOf(options);
  return openCorpus(folder, snapshot, { ...opening, ...strictness(options, onEvent), audience });
}

/** Undefined for who sees all. */
export const audienceOf = ({ audience }: CorpusOptions): readonly string[] | undefined =>
  audience === undefined ? undefined : audienceNames([audience]);

/** Says which of the names no document is kept for: a misspelt one shows what everybody may see. */
function tellStrangers(options: CorpusOptions, { audiences }: Corpus): void {
  const known = audiences.length === 0 ? "none is kept for anybody" : `there are ${audiences.join(", ")}`;
  for (const name of audienceOf(options) ?? [])
    if (!audiences.includes(name)) process.stderr.write(`footnote: no document is for ${clean(name)}; ${known}\n`);
}

/**
 * Where and how the index of a corpus is kept.
 * @throws OperatorError when the environment is wrong
 */
export async function openOptions(
  onEvent: (event: OpenEvent) => void = onStandardError,
  choice?: IndexChoice,
): Promise<OpenOptions> {
  // Only here, so that the built-in corpus is asked without loading what checks the environment.
  const { readIndexSettings } = await import("./settings.ts");
  const { data, index } = readIndexSettings();
  return { data, index: choice ?? index, build: buildId(), onEvent, onProgress: tellIndexed };
}

/** @throws OperatorError, CorpusError when the folder or the environment can't be used */
export async function open(options: CorpusOptions, onEvent?: (event: OpenEvent) => void): Promise<Engine> {
  const { corpus, model, openView } = await openCompiled(options, onEvent);
  tellStrangers(options, corpus);
  return createEngine(corpus, model, openView);
}

/**
 * Where the compiled form of a folder is looked for; undefined where it has none.
 * @throws OperatorError where the path starts from a current folder that is gone
 */
export function snapshotOf(folder: string): string | undefined {
  try {
    return resolve(folder) === BUILT_IN.folder ? BUILT_IN.snapshot : undefined;
  } catch {
    throw new OperatorError(
      `${folder} can't be found: the current folder has been deleted`,
      "change to another one, or write the path from / on",
    );
  }
}
