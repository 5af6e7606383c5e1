// The corpus that a command is to use to an open engine.

import { resolve } from "node:path";
import { createEngine, type Engine } from "../../src/engine.ts";
import { openCorpus } from "../../src/open.ts";
import type { Compiled } from "../../src/snapshot.ts";
import { BUILT_IN } from "./built-in.ts";

/** Options that every command takes. */
export interface CorpusOptions {
  readonly corpus?: string;
  readonly json?: boolean;
}

/** The folder named by option or environment, else the built-in one. */
export const folderOf = ({ corpus }: CorpusOptions): string =>
  corpus ?? (process.env.FOOTNOTE_CORPUS || BUILT_IN.folder);

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

/** Where the compiled form of a folder is looked for; undefined where it has none. */
export const snapshotOf = (folder: string): string | undefined =>
  resolve(folder) === BUILT_IN.folder ? BUILT_IN.snapshot : undefined;
