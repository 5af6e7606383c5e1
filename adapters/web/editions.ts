// Remembers what the lines of changed documents were, so that a link to an earlier version can say what has changed.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { Document } from "../../src/document.ts";
import type { Corpus } from "../../src/ingest/library.ts";
import { digestsOf } from "./lines.ts";

/**
 * What is known of a document in an earlier version of the corpus: it has not changed since, or its lines were these, or
 * nothing is.
 */
export type Earlier =
  | { readonly kind: "same" }
  | { readonly kind: "changed"; readonly lines: ReadonlyMap<number, string> }
  | { readonly kind: "unknown" };

/** From one version to the next: of each document that changed, what its lines were. Digests only: no text outlives its file. */
const stepShape = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** Null where more documents changed than are kept track of. */
  changed: z.record(z.string(), z.array(z.tuple([z.number(), z.string()])).readonly()).nullable(),
});
type Step = z.infer<typeof stepShape>;
const fileShape = z.array(stepShape);

const STEPS_MAX = 300;
/** A change of more documents than this is a new folder rather than an edit. */
const CHANGED_MAX = 200;

export class Editions {
  private steps: readonly Step[];
  private last: Corpus | null = null;

  /** @param file where they are kept between two runs; null for nowhere */
  constructor(private readonly file: string | null) {
    this.steps = file === null ? [] : readSteps(file);
  }

  /** The corpus that answers now; called before each page. */
  follow(corpus: Corpus): void {
    const before = this.last;
    if (before === corpus) return;
    this.last = corpus;
    if (before === null || before.hash === corpus.hash) return;
    this.steps = [...this.steps, stepFrom(before, corpus)].slice(-STEPS_MAX);
    if (this.file !== null) keep(this.file, this.steps);
  }

  /** @param version hash of the corpus that a link was made from */
  earlier(version: string, { file }: Document): Earlier {
    if (version === this.last?.hash) return { kind: "same" };
    const first = this.steps.findLastIndex(({ from }) => from === version);
    const since = first < 0 ? [] : this.steps.slice(first);
    const isWhole = since.every(({ to }, at) => to === (since[at + 1]?.from ?? this.last?.hash));
    if (since.length === 0 || !isWhole) return { kind: "unknown" };
    for (const { changed } of since) {
      if (changed === null) return { kind: "unknown" };
      const lines = changed[file];
      if (lines !== undefined) return { kind: "changed", lines: new Map(lines) };
    }
    return { kind: "same" };
  }
}

/** Where the editions of a folder are kept. */
export const editionsFile = (data: string, folder: string): string =>
  join(data, "editions", `${createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 8)}.json`);

function stepFrom(before: Corpus, after: Corpus): Step {
  const now = new Map(after.files.map(({ path, sha256 }) => [path, sha256]));
  const then = new Map(before.files.map(({ path, sha256 }) => [path, sha256]));
  const changed = before.documents.filter(
    ({ file }) => now.get(file) === undefined || now.get(file) !== then.get(file),
  );
  const lines = changed.length > CHANGED_MAX ? null : changed.map((one) => [one.file, [...digestsOf(one)]] as const);
  return { from: before.hash, to: after.hash, changed: lines === null ? null : Object.fromEntries(lines) };
}

function readSteps(file: string): readonly Step[] {
  try {
    const read = fileShape.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return read.success ? read.data : [];
  } catch {
    // Not there yet, or damaged: links to earlier versions then say less.
    return [];
  }
}

/** Where it can't be written, links to earlier versions say less after the next start. */
function keep(file: string, steps: readonly Step[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.draft`, JSON.stringify(steps), { mode: 0o600 });
    renameSync(`${file}.draft`, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}
