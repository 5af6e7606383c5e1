// The corpus that a command is to use to an open engine.

import { resolve } from "node:path";
import { createEngine, type Engine } from "../../src/engine.ts";
import { OperatorError } from "../../src/errors.ts";
import { openCorpus } from "../../src/open.ts";
import type { Compiled } from "../../src/snapshot.ts";
import { BUILT_IN } from "./built-in.ts";

/** Options that every command takes. */
export interface CorpusOptions {
  readonly corpus?: string;
  readonly json?: boolean;
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

/** @throws OperatorError, CorpusError when the folder can't be used */
export async function openCompiled(options: CorpusOptions): Promise<Compiled> {
  const folder = folderOf(options);
  return openCorpus(folder, snapshotOf(folder));
}

/** @throws OperatorError, CorpusError when the folder can't be used */
export async function open(options: CorpusOptions): Promise<Engine> {
  const { corpus, model } = await openCompiled(options);
  return createEngine(corpus, model);
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
