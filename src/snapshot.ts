// A corpus with its model to one file and back, so that a start needs neither parsers nor training.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Corpus } from "./library.ts";
import type { Model } from "./model.ts";
import { VERSION } from "./version.ts";

export interface Compiled {
  readonly corpus: Corpus;
  readonly model: Model;
}

/** SHA-256, in hex digits. */
const CHECKSUM_LENGTH = 64;

/** What a snapshot must have been made from to be used. */
const keyOf = (corpusHash: string): string => `footnote ${VERSION} ${corpusHash}`;

/** Writes the file in one step: a reader sees the old one or the new one. */
export function saveSnapshot(file: string, compiled: Compiled): void {
  const body = serialize({ key: keyOf(compiled.corpus.hash), ...compiled });
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.concat([Buffer.from(checksum(body)), body]));
  renameSync(draft, file);
}

/** The snapshot, or null where there is none, it is damaged, or it was made from other files or by another version. */
export function loadSnapshot(file: string, corpusHash: string): Compiled | null {
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  const body = bytes.subarray(CHECKSUM_LENGTH);
  if (bytes.subarray(0, CHECKSUM_LENGTH).toString() !== checksum(body)) return null;
  const { key, corpus, model } = deserialize(body) as Compiled & { readonly key: string };
  return key === keyOf(corpusHash) ? { corpus, model } : null;
}

const checksum = (body: Buffer): string => createHash("sha256").update(body).digest("hex");
