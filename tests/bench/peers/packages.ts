// The peers' packages: installed on first use into a folder of their own, and what of them is called.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { OperatorError } from "../../../src/errors.ts";

/** Where the package file of the peers stands; the compiled bench lies elsewhere. */
export const PEERS_FOLDER = join(BUILT_IN.folder, "..", "tests", "bench", "peers");

/** Installs what the lock file names, unless it is there. */
export function installPeers(say: (line: string) => void): void {
  if (!existsSync(join(PEERS_FOLDER, "package-lock.json")))
    throw new OperatorError(`no lock file in ${PEERS_FOLDER}`, "run the comparison in a clone of the repository");
  if (existsSync(join(PEERS_FOLDER, "node_modules", ".package-lock.json"))) return;
  say("installing what Footnote is compared with, once, into tests/bench/peers/node_modules …");
  const { status, stderr } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: PEERS_FOLDER,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0)
    throw new OperatorError(`npm ci in tests/bench/peers failed: ${stderr.trim()}`, "mend that and run it again");
}

/** Names and versions, as installed. */
export function peerVersions(): Readonly<Record<string, string>> {
  const form = z.object({ dependencies: z.record(z.string(), z.string()) });
  return form.parse(JSON.parse(readFileSync(join(PEERS_FOLDER, "package.json"), "utf8"))).dependencies;
}

const require = createRequire(join(PEERS_FOLDER, "package.json"));

/** The packages are not there when this is compiled, so their types are written down here, as far as they are used. */
export const loadPeer = <Name extends keyof Peers>(name: Name): Peers[Name] => require(name) as Peers[Name];

export interface Peers {
  readonly minisearch: (new (
    options: object,
  ) => MiniSearchIndex) & {
    loadJSON(saved: string, options: object): MiniSearchIndex;
  };
  readonly "@orama/orama": {
    create(options: object): OramaIndex;
    insert(db: OramaIndex, document: object): unknown;
    search(
      db: OramaIndex,
      query: object,
    ): { readonly hits: readonly { readonly id: string; readonly score: number }[] };
    save(db: OramaIndex): unknown;
    load(db: OramaIndex, saved: unknown): void;
  };
  readonly "@orama/stopwords/english": { readonly stopwords: readonly string[] };
  readonly flexsearch: {
    readonly Index: new (options: object) => FlexSearchIndex;
    readonly Encoder: new (...options: object[]) => object;
    readonly Charset: Readonly<Record<string, object>>;
  };
  readonly "flexsearch/lang/en": object;
  readonly lunr: ((define: (this: LunrBuilder) => void) => LunrIndex) & {
    readonly Index: { load(saved: unknown): LunrIndex };
  };
  readonly "wink-bm25-text-search": () => WinkIndex;
  readonly "wink-nlp-utils": {
    readonly string: Readonly<Record<"lowerCase" | "removeExtraSpaces" | "tokenize0", object>>;
    readonly tokens: Readonly<Record<"removeWords" | "stem" | "propagateNegations", object>>;
  };
  readonly libsql: new (file: string) => SqliteDatabase;
  readonly "node-nlp": { readonly NlpManager: new (options: object) => NlpManager };
}

export interface MiniSearchIndex {
  add(document: object): void;
  search(query: string): readonly { readonly id: number; readonly score: number }[];
  toJSON(): unknown;
}

/** What `create` returns; only handed back. */
export interface OramaIndex {
  readonly data: unknown;
}

export interface FlexSearchIndex {
  add(id: number, text: string): void;
  search(query: string, options: object): readonly number[];
  export(write: (key: string, data: string) => void): unknown;
  import(key: string, data: string): void;
}

export interface LunrBuilder {
  ref(field: string): void;
  field(field: string): void;
  add(document: object): void;
}

export interface LunrIndex {
  search(query: string): readonly { readonly ref: string; readonly score: number }[];
  toJSON(): unknown;
}

export interface WinkIndex {
  defineConfig(config: object): void;
  definePrepTasks(tasks: readonly object[]): void;
  addDoc(document: object, id: number): void;
  consolidate(): void;
  search(query: string, limit: number): readonly (readonly [id: string, score: number])[];
  exportJSON(): string;
  importJSON(saved: string): void;
}

export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): { run(...values: unknown[]): void; all(...values: unknown[]): unknown[] };
  close(): void;
}

export interface NlpManager {
  addDocument(language: string, text: string, label: string): void;
  train(): Promise<void>;
  process(
    language: string,
    text: string,
  ): Promise<{
    readonly intent: string;
    readonly score: number;
    readonly classifications: readonly { readonly intent: string; readonly score: number }[];
  }>;
}
