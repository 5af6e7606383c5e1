// Makes a corpus's index ahead of the first question, and prints where it is, how large, and what was not read.

import { statSync } from "node:fs";
import { resolve } from "node:path";
import { OperatorError } from "../../src/errors.ts";
import { countPassages } from "../../src/ingest/passages.ts";
import type { IndexChoice } from "../../src/retrieval/index-choice.ts";
import type { OpenEvent } from "../../src/store/open-options.ts";
import { BUILT_IN } from "../shared/built-in.ts";
import { type CorpusOptions, folderOf, openCompiled } from "../shared/corpus.ts";
import { askToLook } from "../shared/reloading.ts";
import { readIndexSettings } from "../shared/settings.ts";
import { print, printJson } from "../shared/terminal.ts";
import { unreadLines, unreadOf } from "../shared/unread.ts";
import { count } from "../shared/wording.ts";
import { stack } from "./layout.ts";

export interface IndexOptions extends CorpusOptions {
  readonly index?: IndexChoice;
}

/** @throws OperatorError when the folder can't be used or the index can't be written */
export async function indexCorpus(options: IndexOptions): Promise<void> {
  const events: OpenEvent[] = [];
  const isBuiltIn = resolve(folderOf(options)) === BUILT_IN.folder;
  const { corpus, model } = await openCompiled(options, (event) => events.push(event), options.index);
  const failed = events.find((event) => event.kind === "unwritable");
  if (failed !== undefined)
    throw new OperatorError(
      `${failed.file} can't be written (${failed.reason})`,
      "set FOOTNOTE_DATA to a folder that can be written",
    );
  const kept = events.flatMap((event) => (event.kind === "loaded" || event.kind === "built" ? (event.file ?? []) : []));
  const file = isBuiltIn ? BUILT_IN.snapshot : kept.at(-1);
  if (file === undefined) throw new Error("an index was neither read nor made");
  if (!isBuiltIn) askToLook(readIndexSettings().data);
  const bytes = statSync(file).size;
  const passages = corpus.kept?.passages.count ?? countPassages(corpus.documents);
  const isNew = events.some(({ kind }) => kind === "built");
  const made = { corpus: corpus.hash, documents: corpus.documents.length, passages, index: model.index.kind };
  if (options.json) {
    printJson({ ...made, file, bytes, isNew, ...unreadOf(corpus) });
    return;
  }
  const verb = isNew ? "Indexed" : "Already indexed:";
  const line = `${verb} ${count(passages, "passage")} of ${count(corpus.documents.length, "document")}, ${model.index.kind}, ${sizeOf(bytes)}, in ${file}`;
  print(stack([[line], ...unreadLines(corpus)]));
}

const MEGABYTE = 1_000_000;
const sizeOf = (bytes: number): string =>
  bytes < MEGABYTE
    ? `${Math.ceil(bytes / 1000)} kB`
    : `${(bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0)} MB`;
