// Reads a document's file as it was when it was read for answering, to be handed over as it is.

import type { Document } from "../../src/document.ts";
import { endingOf } from "../../src/document.ts";
import { CorpusError } from "../../src/errors.ts";
import { listedAt, readListed, realFolder, sha256Of } from "../../src/ingest/files.ts";
import type { Corpus } from "../../src/ingest/library.ts";

export interface RawFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** Whether a browser is to keep it rather than to show it. */
  readonly isSaved: boolean;
}

/** Shown as text, whatever is in it: nothing of a document is run. */
const TEXT = "text/plain; charset=utf-8";
const SAVED: Readonly<Record<string, string>> = {
  ".pdf": "application/pdf",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/** Null where the file is not the one that was read any more: what it says now has not been looked at. */
export function readRaw(folder: string, corpus: Corpus, { file }: Document): RawFile | null {
  const record = corpus.files.find(({ path }) => path === file);
  if (record === undefined) return null;
  try {
    const { bytes } = readListed(listedAt(realFolder(folder), record));
    if (sha256Of(bytes) !== record.sha256) return null;
    const saved = SAVED[endingOf(file) ?? ""];
    return { bytes: new Uint8Array(bytes), type: saved ?? TEXT, isSaved: saved !== undefined };
  } catch (error) {
    if (error instanceof CorpusError) return null;
    throw error;
  }
}
