import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { serialize } from "node:v8";
import { crc32 } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine.ts";
import { openCorpus, openEngine } from "../../src/store/open.ts";
import { type Compiled, loadSnapshot, openPrior, saveSnapshot } from "../../src/store/snapshot.ts";
import { folderWith, PLAIN, TOPICAL } from "../adapters/cli/corpora.ts";

let folder: string;
let compiled: Compiled;
beforeAll(async () => {
  folder = folderWith(TOPICAL);
  compiled = await openCorpus(folder);
});

/** All but what looks quotes up in the files, which no snapshot holds. */
function withoutProof({ corpus: { proof: _, ...corpus }, model }: Compiled): Compiled {
  return { corpus, model };
}

/** A saved snapshot in a new folder. */
function saved(): string {
  const file = join(folderWith({}), "below", "corpus.snapshot");
  saveSnapshot(file, compiled);
  return file;
}

describe("what is saved", () => {
  test("is loaded as it was", async () => {
    expect(await loadSnapshot(saved(), compiled.corpus.hash)).toEqual(withoutProof(compiled));
  });

  test("answers the same to the byte", async () => {
    const loaded = await loadSnapshot(saved(), compiled.corpus.hash);
    if (loaded === null) throw new Error("nothing was loaded");
    const before = await createEngine(compiled.corpus, compiled.model);
    const after = await createEngine(loaded.corpus, loaded.model);
    for (const question of [
      "How long is tea brewed?",
      "Where do I keep tea?",
      "compare green and black tea",
      "Is rum tea?",
      "",
    ])
      expect(JSON.stringify(await after.answer(question))).toBe(JSON.stringify(await before.answer(question)));
  });

  test("stands alone in its folder, which is made where it is missing", () => {
    const file = saved();
    expect(readdirSync(dirname(file))).toEqual(["corpus.snapshot"]);
  });

  test("takes the place of what was there", async () => {
    const file = saved();
    writeFileSync(file, "old");
    saveSnapshot(file, compiled);
    expect(await loadSnapshot(file, compiled.corpus.hash)).not.toBeNull();
  });

  test("leaves nothing half written where it can't take its place", () => {
    const folder = folderWith({ "corpus.snapshot/in-the-way": "" });
    expect(() => saveSnapshot(join(folder, "corpus.snapshot"), compiled)).toThrow();
    expect(readdirSync(folder)).toEqual(["corpus.snapshot"]);
  });

  test("is the same to the byte when it is saved again", () => {
    expect(readFileSync(saved()).equals(readFileSync(saved()))).toBe(true);
  });
});

const DAMAGED: Record<string, (bytes: Buffer) => Buffer> = {
  "an empty file": () => Buffer.alloc(0),
  "a file cut off": (bytes) => bytes.subarray(0, bytes.length - 1),
  "a file cut off in its checksum": (bytes) => bytes.subarray(0, 30),
  "the checksum alone": (bytes) => bytes.subarray(0, 64),
  "a file with a byte more": (bytes) => Buffer.concat([bytes, Buffer.from("x")]),
  "a byte changed at the end": (bytes) =>
    Buffer.from(bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte))),
  "a byte changed in the checksum": (bytes) => Buffer.from(bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte))),
  "other text": () => Buffer.from("this is no snapshot ".repeat(10)),
};

describe("nothing is loaded from", () => {
  test.each(Object.entries(DAMAGED))("%s", async (_, damage) => {
    const file = saved();
    writeFileSync(file, damage(readFileSync(file)));
    expect(await loadSnapshot(file, compiled.corpus.hash)).toBeNull();
  });

  test("a file that is not there", async () => {
    const file = join(folderWith({}), "none.snapshot");
    expect(await loadSnapshot(file, compiled.corpus.hash)).toBeNull();
    expect(existsSync(file)).toBe(false);
  });

  test("a snapshot of another corpus", async () => {
    expect(await loadSnapshot(saved(), "000000000000")).toBeNull();
  });
});

describe("an engine opened with a snapshot", () => {
  test("trains anew where that is damaged", async () => {
    const file = saved();
    writeFileSync(file, "damaged");
    const engine = await openEngine(folder, file);
    expect((await engine.answer("Where is tea stored?")).kind).toBe("answer");
  });

  test("does not take it where the files have changed", async () => {
    const changed = folderWith({ ...TOPICAL, "documents/rum.md": "Rum is brown.\n" });
    const engine = await openEngine(changed, saved());
    expect(engine.corpus.hash).not.toBe(compiled.corpus.hash);
    expect(engine.corpus.documents.map(({ id }) => id)).toEqual(["rum", "tea"]);
  });

  test("needs no topics", async () => {
    const plain = await openCorpus(folderWith(PLAIN));
    const file = join(folderWith({}), "plain.snapshot");
    saveSnapshot(file, plain);
    expect(await loadSnapshot(file, plain.corpus.hash)).toEqual(withoutProof(plain));
  });
});

test("what another version of the program wrote, with parts of its own, is passed over and not called damaged", async () => {
  const body = serialize({ key: "footnote 0.0.1 another-program", index: { kind: "compact", parts: {} } });
  const head = Buffer.alloc(16);
  head.write("footnote", "latin1");
  head.writeUInt32LE(body.length, 8);
  head.writeUInt32LE(crc32(body), 12);
  const file = join(folderWith({}), "corpus.snapshot");
  writeFileSync(file, Buffer.concat([head, body]));
  const damaged: string[] = [];
  expect(await loadSnapshot(file, compiled.corpus.hash, "", () => damaged.push(file))).toBeNull();
  expect(await openPrior(file, "")).toBeNull();
  expect(damaged).toEqual([]);
});
