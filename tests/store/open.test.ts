// Opening a corpus with a folder of snapshots: what is reused, what is refused, and what is said. Needs `npm run build`.
// @module-tag slow

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import type { Document } from "../../src/document.ts";
import { createEngine } from "../../src/engine.ts";
import { CorpusError, OperatorError } from "../../src/errors.ts";
import { compile, openCorpus, openEngine } from "../../src/store/open.ts";
import type { OpenEvent, OpenOptions } from "../../src/store/open-options.ts";
import type { Compiled } from "../../src/store/snapshot.ts";
import { folderWith, PLAIN, TOPICAL } from "../adapters/cli/corpora.ts";

/** As a program imports it. */
const OPEN = pathToFileURL(resolve(import.meta.dirname, "../../dist/src/store/open.js")).href;

interface Opened {
  readonly compiled: Compiled;
  readonly events: readonly OpenEvent[];
}

async function open(folder: string, options: OpenOptions): Promise<Opened> {
  const events: OpenEvent[] = [];
  const compiled = await openCorpus(folder, undefined, { ...options, onEvent: (event) => events.push(event) });
  return { compiled, events };
}
const kinds = ({ events }: Opened): string[] => events.map(({ kind }) => kind);
const snapshotsIn = (data: string): string[] => readdirSync(join(data, "index")).sort();
/** The only snapshot of a folder of snapshots. */
const onlyIn = (data: string): string => {
  const [name = "", ...others] = snapshotsIn(data);
  expect(others).toEqual([]);
  return join(data, "index", name);
};

const ASKED = [
  "How long is green tea brewed?",
  "Where is tea stored?",
  "compare green and black tea",
  "Is rum brown?",
  "",
];
async function answers({ corpus, model }: Compiled): Promise<string[]> {
  const engine = await createEngine(corpus, model);
  return Promise.all(ASKED.map(async (question) => JSON.stringify(await engine.answer(question))));
}

const CORPORA: Record<string, Readonly<Record<string, string>>> = { "with topics": TOPICAL, "without topics": PLAIN };
const KINDS = ["minisearch", "compact"] as const;
const EVERY = Object.entries(CORPORA).flatMap(([name, files]) => KINDS.map((index) => ({ name, files, index })));

describe.each(EVERY)("a corpus $name and a $index index", ({ files, index }) => {
  test("is made once and read from then on, and answers the same to the byte", async () => {
    const [folder, data] = [folderWith(files), folderWith({})];
    const first = await open(folder, { data, index });
    const second = await open(folder, { data, index });
    expect(kinds(first)).toEqual(["built"]);
    expect(kinds(second)).toEqual(["loaded"]);
    expect(first.events[0]).toMatchObject({ index, file: onlyIn(data) });
    const fresh = await compile(folder, { index });
    expect(await answers(first.compiled)).toEqual(await answers(fresh));
    expect(await answers(second.compiled)).toEqual(await answers(fresh));
  });

  test("gives the same documents again, whole and line by line", async () => {
    const [folder, data] = [folderWith(files), folderWith({})];
    const { documents } = (await compile(folder, { index })).corpus;
    await open(folder, { data, index });
    const { compiled } = await open(folder, { data, index });
    const plain = (list: readonly Document[]) => list.map(({ blocksAt: _, ...rest }) => ({ ...rest }));
    expect(plain(compiled.corpus.documents)).toEqual(plain(documents));
    for (const [at, { blocks }] of documents.entries())
      for (const block of blocks) {
        const [sentence] = block.sentences;
        const near = compiled.corpus.documents[at]?.blocksAt?.(sentence?.lines ?? { start: 0, end: 0 });
        expect(near ?? [block]).toContainEqual(block);
      }
  });

  test("is made anew where a file, an option or the program has changed", async () => {
    const [folder, data] = [folderWith(files), folderWith({})];
    await open(folder, { data, index, build: "one" });
    expect(kinds(await open(folder, { data, index, build: "other" }))).toEqual(["built"]);
    expect(kinds(await open(folder, { data, index: "auto", build: "one" }))).toEqual(["built"]);
    writeFileSync(join(folder, "tea.md" in files ? "rum.md" : "documents/rum.md"), "Rum is brown.\n");
    expect(kinds(await open(folder, { data, index, build: "one" }))).toEqual(["built"]);
  });

  test("keeps no more than the last two snapshots, and no draft of a crash an hour ago", async () => {
    const [folder, data] = [folderWith(files), folderWith({})];
    mkdirSync(join(data, "index"));
    const drafts = ["old", "new"].map((name) => join(data, "index", `${name}.snapshot.1-0.draft`));
    for (const draft of drafts) writeFileSync(draft, "half");
    utimesSync(drafts[0] ?? "", new Date(0), new Date(0));
    for (const build of ["one", "two", "three"]) await open(folder, { data, index, build });
    const left = snapshotsIn(data);
    expect(left.filter((name) => name.endsWith(".snapshot"))).toHaveLength(2);
    expect(left.filter((name) => name.endsWith(".draft"))).toEqual(["new.snapshot.1-0.draft"]);
    expect(kinds(await open(folder, { data, index, build: "three" }))).toEqual(["loaded"]);
  });

  test("is whole where a program was killed as it put its draft in place of the old one", async () => {
    const [folder, data] = [folderWith(files), folderWith({})];
    await open(folder, { data, index });
    const before = onlyIn(data);
    const bytes = readFileSync(before);
    const dies = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
      fs.renameSync = () => process.kill(process.pid, "SIGKILL"); syncBuiltinESMExports();
      const { openCorpus } = await import(${JSON.stringify(OPEN)});
      await openCorpus(...JSON.parse(process.argv[1]));`;
    const asked = JSON.stringify([folder, undefined, { data, index, build: "next" }]);
    const { signal, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", dies, asked]);
    expect({ signal, stderr: String(stderr) }).toEqual({ signal: "SIGKILL", stderr: "" });
    expect(snapshotsIn(data).filter((name) => name.endsWith(".draft"))).toHaveLength(1);
    expect(readFileSync(before).equals(bytes)).toBe(true);
    expect(kinds(await open(folder, { data, index }))).toEqual(["loaded"]);
    expect(kinds(await open(folder, { data, index, build: "next" }))).toEqual(["built"]);
    expect(kinds(await open(folder, { data, index, build: "next" }))).toEqual(["loaded"]);
  });

  test("is made in a thread of its own where nothing may wait, and answers the same", async () => {
    const [folder, data] = [folderWith(files), folderWith({})];
    const apart = await open(folder, { data, index, apart: true });
    expect(kinds(apart)).toEqual(["built"]);
    expect(kinds(await open(folder, { data, index, apart: true }))).toEqual(["loaded"]);
    expect(kinds(await open(folder, { data, index }))).toEqual(["loaded"]);
    expect(await answers(apart.compiled)).toEqual(await answers(await compile(folder, { index })));
  });

  test("answers the same from memory where no snapshot can be written", async () => {
    const folder = folderWith(files);
    // A file stands where the folder would be: that stops root as well.
    const data = join(folderWith({ taken: "" }), "taken");
    for (const apart of [false, true]) {
      const opened = await open(folder, { data, index, apart });
      expect(kinds(opened)).toEqual(["unwritable", "built"]);
      expect(await answers(opened.compiled)).toEqual(await answers(await compile(folder, { index })));
    }
  });
});

const DAMAGED: Record<string, (bytes: Buffer) => Buffer> = {
  "an empty file": () => Buffer.alloc(0),
  "a file cut off": (bytes) => bytes.subarray(0, bytes.length - 1),
  "a byte more": (bytes) => Buffer.concat([bytes, Buffer.from("x")]),
  "another mark": (bytes) => Buffer.from(bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte))),
  "a byte changed in the head": (bytes) => Buffer.from(bytes.map((byte, at) => (at === 99 ? byte ^ 1 : byte))),
  "a byte changed in the text": (bytes) => {
    const at = bytes.lastIndexOf("minutes");
    return Buffer.concat([bytes.subarray(0, at), Buffer.from("seconds"), bytes.subarray(at + 7)]);
  },
  "a length beyond its end": (bytes) =>
    Buffer.concat([bytes.subarray(0, 8), Buffer.alloc(4, 0xff), bytes.subarray(12)]),
};

describe("a compact snapshot is refused, said, and made anew for", () => {
  test.each(Object.entries(DAMAGED))("%s", async (_, damage) => {
    const [folder, data] = [folderWith(PLAIN), folderWith({})];
    const { compiled } = await open(folder, { data, index: "compact" });
    const before = await answers(compiled);
    const file = onlyIn(data);
    const whole = readFileSync(file);
    // In a file of its own: the engine above still reads the one it has opened.
    const other = folderWith({});
    mkdirSync(join(other, "index"));
    const damaged = file.replace(data, other);
    writeFileSync(damaged, damage(whole));
    const again = await open(folder, { data: other, index: "compact" });
    expect(again.events).toMatchObject([{ kind: "damaged", file: damaged }, { kind: "built" }]);
    expect(await answers(again.compiled)).toEqual(before);
    expect(kinds(await open(folder, { data: other, index: "compact" }))).toEqual(["loaded"]);
  });
});

test("a folder where the snapshot should be is said, and answering goes on without", async () => {
  const [folder, data] = [folderWith(PLAIN), folderWith({})];
  await open(folder, { data });
  const file = onlyIn(data);
  rmSync(file);
  mkdirSync(file);
  const again = await open(folder, { data });
  expect(kinds(again)).toEqual(["damaged", "unwritable", "built"]);
  expect(await answers(again.compiled)).toEqual(await answers(await compile(folder)));
});

test.each(KINDS)("a %s snapshot is its owner's alone, also in a folder that was open to others", async (index) => {
  const [folder, data] = [folderWith(PLAIN), folderWith({})];
  mkdirSync(join(data, "index"), { mode: 0o755 });
  await open(folder, { data, index });
  const bitsOf = (path: string): number => statSync(path).mode & 0o777;
  expect([bitsOf(onlyIn(data)), bitsOf(join(data, "index"))]).toEqual([0o600, 0o700]);
  const below = join(folderWith({}), "new");
  await open(folder, { data: below, index });
  expect(bitsOf(below)).toBe(0o700);
});

test("an engine answers on after its snapshot has been replaced and removed", async () => {
  const [folder, data] = [folderWith(PLAIN), folderWith({})];
  const { compiled } = await open(folder, { data, index: "compact" });
  const before = await answers(compiled);
  for (const build of ["two", "three"]) await open(folder, { data, index: "compact", build });
  expect(snapshotsIn(data)).toHaveLength(2);
  expect(await answers(compiled)).toEqual(before);
});

describe("by default the index is", () => {
  const SIZES = { minisearch: 3, compact: 2 } as const;
  test.each(Object.entries(SIZES))("%s when compact begins at %d of two passages", async (index, compactFrom) => {
    const opened = await open(folderWith(PLAIN), { data: folderWith({}), compactFrom });
    expect(opened.events).toMatchObject([{ kind: "built", index, passages: 2 }]);
    expect(opened.compiled.model.index.kind).toBe(index);
  });
});

test("a folder of more than a megabyte is made in a thread without being asked", async () => {
  const paragraphs = Array.from(
    { length: 12_000 },
    (_, at) => `Cask ${at} of the cellar holds rum number ${at} from the isle of ${at % 90}.`,
  );
  const [folder, data] = [folderWith({ "casks.txt": paragraphs.join("\n\n") }), folderWith({})];
  const told: number[] = [];
  const { corpus, model } = await openCorpus(folder, undefined, {
    ...{ data, onProgress: (done, total) => told.push(done / total) },
  });
  expect(model.index.kind).toBe("compact");
  expect(told.length).toBeGreaterThan(10);
  expect(told.at(-1)).toBe(1);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  const engine = await createEngine(corpus, model);
  const reply = await engine.answer("What does cask 7654 hold?");
  expect(JSON.stringify(reply)).toContain("Cask 7654 of the cellar holds rum number 7654");
});

describe("what is wrong with a corpus is the same error from the thread:", () => {
  const WRONG: Record<
    string,
    { files: Readonly<Record<string, string>>; type: typeof OperatorError | typeof CorpusError }
  > = {
    "a quote that stands nowhere": {
      files: { ...TOPICAL, "faq.yaml": TOPICAL["faq.yaml"].replaceAll("dark tin", "tin box") },
      type: CorpusError,
    },
    "no document": { files: { "notes.png": "" }, type: OperatorError },
  };
  test.each(Object.entries(WRONG))("%s", async (_, { files, type }) => {
    const folder = folderWith(files);
    const errorOf = (apart: boolean): Promise<unknown> =>
      openEngine(folder, undefined, { apart }).catch((error: unknown) => error);
    const [here, there] = [await errorOf(false), await errorOf(true)];
    expect(there).toBeInstanceOf(type);
    expect(there).toEqual(here);
    expect(String(there)).toBe(String(here));
  });
});
