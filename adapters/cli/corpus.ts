// The corpus that a command is to use to an open engine.

import { resolve } from "node:path";
import { createEngine, type Engine } from "../../src/engine.ts";
import type { IndexChoice } from "../../src/index-choice.ts";
import { openCorpus } from "../../src/open.ts";
import type { OpenEvent } from "../../src/opening.ts";
import type { Compiled } from "../../src/snapshot.ts";
import { readIndexSettings } from "../environment.ts";
import { tellOpening } from "../opening.ts";
import { BUILT_IN, buildId } from "./built-in.ts";
import { tellIndexed } from "./terminal.ts";

/** Options that every command takes. */
export interface CorpusOptions {
  readonly corpus?: string;
  readonly json?: boolean;
}

/** The folder named by option or environment, else the built-in one. */
export const folderOf = ({ corpus }: CorpusOptions): string =>
  corpus ?? (process.env.FOOTNOTE_CORPUS || BUILT_IN.folder);

/** Tells on standard error what the operator should know. */
const onStandardError = tellOpening((told) => {
  if (told.level === "warn") process.stderr.write(`footnote: ${told.text}\n`);
});

/**
 * Opens the built-in corpus from the snapshot beside the program, any other from the folder of snapshots.
 * @param choice which index to make; by default that of the environment
 * @throws OperatorError, CorpusError when the folder or the environment can't be used
 */
export async function openCompiled(
  options: CorpusOptions,
  onEvent: (event: OpenEvent) => void = onStandardError,
  choice?: IndexChoice,
): Promise<Compiled> {
  const folder = folderOf(options);
  const { data, index } = readIndexSettings();
  if (resolve(folder) === BUILT_IN.folder) return openCorpus(folder, BUILT_IN.snapshot);
  return openCorpus(folder, undefined, {
    ...{ data, index: choice ?? index, build: buildId(), onEvent },
    onProgress: tellIndexed,
  });
}

/** @throws OperatorError, CorpusError when the folder or the environment can't be used */
export async function open(options: CorpusOptions, onEvent?: (event: OpenEvent) => void): Promise<Engine> {
  const { corpus, model } = await openCompiled(options, onEvent);
  return createEngine(corpus, model);
}
