// One change of a folder: what has not changed comes from the last snapshot, and the result is that of a full rebuild.
// @module-tag slow

import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize } from "node:v8";
import { describe, expect, test } from "vitest";
import { openCorpus, openEngine } from "../../src/store/open.ts";
import type { OpenOptions } from "../../src/store/open-options.ts";
import { folderWith } from "../adapters/cli/corpora.ts";

const page = (about: string, steps: number): string => `# The ${about} cask

## How it is kept

The ${about} cask (${about[0]?.toUpperCase()}C) lies in row ${steps} of the virtual machine hall. It is turned every ${steps} days.

A cask that stands in the sun for longer than a day is moved to the shade by whoever sees it first.

| What | ${about} | other |
| --- | --- | --- |
| Age | ${steps} years | 3 years |

1. Open the ${about} valve.
2. Read the VM gauge.
`;

const NAMES = ["amber", "birch", "copper", "dune", "ember", "fern", "garnet", "hazel"];
const FILES: Readonly<Record<string, string>> = Object.fromEntries([
  ...NAMES.map((name, at) => [`casks/${name}.md`, page(name, at + 2)]),
  ["casks/fern.txt", "FERN\n\nA fern cask is green on the outside.\n"],
  ["stub.md", "# Moved\n"],
  ["latin.md", "# Old\n\nThe old cask is brown.\n"],
]);

/** Files whose times say that they have been so for a while. */
function oldFolder(): string {
  const folder = folderWith(FILES);
  writeFileSync(join(folder, "latin.md"), Buffer.from("# Old\n\nThe caf\xe9 cask is brown.\n", "latin1"));
  for (const path of Object.keys(FILES)) utimesSync(join(folder, path), 1_000_000, 1_000_000);
  return folder;
}

interface Kept {
  readonly head: unknown;
  readonly parts: Buffer;
}

/** All that the newest snapshot says; how V8 writes the same strings and objects is left to it. */
function newestIn(data: string): Kept {
  const [file = ""] = readdirSync(join(data, "index"))
    .map((name) => join(data, "index", name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  const bytes = readFileSync(file);
  const end = 16 + bytes.readUInt32LE(8);
  const head = deserialize(bytes.subarray(16, end));
  return { head: { ...head, searched: deserialize(head.searched) }, parts: bytes.subarray(8 * Math.ceil(end / 8)) };
}

const CHANGES: Record<string, (folder: string) => void> = {
  "an edited page": (folder) => writeFileSync(join(folder, "casks/dune.md"), page("dune", 40)),
  "a page with a new abbreviation": (folder) =>
    writeFileSync(
      join(folder, "casks/dune.md"),
      `${page("dune", 5)}\nA sour mash (SM) is no virtual machine. Ask the HR desk.\n`,
    ),
  "a page that says what another says": (folder) =>
    writeFileSync(join(folder, "casks/aaa.md"), page("amber", 2).replace("The amber cask\n", "Again\n")),
  "the first page gone": (folder) => rmSync(join(folder, "casks/amber.md")),
  "a page under another name": (folder) => renameSync(join(folder, "casks/amber.md"), join(folder, "zulu.md")),
  "the other of one name gone": (folder) => rmSync(join(folder, "casks/fern.txt")),
  "a stub filled": (folder) => writeFileSync(join(folder, "stub.md"), "# Moved\n\nThe stub cask is small.\n"),
  "a faq.yaml": (folder) => writeFileSync(join(folder, "faq.yaml"), "synonyms:\n  - [cask, barrel]\n"),
};

const ASKED = [
  "In which row is the dune cask?",
  "Which cask is brown?",
  "How old is the ember cask?",
  "Who turns the VM?",
];

async function repliesOf(folder: string, options: OpenOptions): Promise<string[]> {
  const engine = await openEngine(folder, undefined, options);
  return Promise.all(ASKED.map(async (question) => JSON.stringify(await engine.answer(question))));
}

describe.each(["minisearch", "compact"] as const)("with a %s index", (index) => {
  test.each(Object.entries(CHANGES))("%s", async (_, change) => {
    const [folder, data, fresh] = [oldFolder(), folderWith({}), folderWith({})];
    await openCorpus(folder, undefined, { data, index });
    change(folder);
    const replies = await repliesOf(folder, { data, index });
    expect(replies).toEqual(await repliesOf(folder, { data: fresh, index }));
    const [again, anew] = [newestIn(data), newestIn(fresh)];
    expect(again.head).toEqual(anew.head);
    expect(again.parts.equals(anew.parts)).toBe(true);
    expect(await repliesOf(folder, { data, index })).toEqual(replies);
  });

  test("a page is read again where its times say so, and taken as it was where they don't", async () => {
    const [folder, data] = [oldFolder(), folderWith({})];
    const { corpus: before } = await openCorpus(folder, undefined, { data, index });
    const path = join(folder, "casks/birch.md");
    utimesSync(path, 2_000_000, 2_000_000);
    const { corpus: touched } = await openCorpus(folder, undefined, { data, index });
    expect(touched.hash).toBe(before.hash);
    const states = (files: typeof before.files): string[] => files.map(({ path: at, state }) => `${at} ${state}`);
    expect(states(touched.files).filter((state) => !states(before.files).includes(state))).toHaveLength(1);
  });
});

test("a page that is written to as soon as it was read is read again, whatever its times say", async () => {
  const folder = folderWith({ "tea.md": "Tea is hot.\n" });
  const data = folderWith({});
  const path = join(folder, "tea.md");
  await openCorpus(folder, undefined, { data });
  const { mtime } = statSync(path);
  writeFileSync(path, "Tea is red.\n");
  utimesSync(path, mtime, mtime);
  const { corpus } = await openCorpus(folder, undefined, { data });
  expect(corpus.documents[0]?.blocks[0]?.sentences[0]?.text).toBe("Tea is red.");
});

test("a large folder that has shrunk to a small one is kept again, as after a full rebuild", async () => {
  const [folder, data, fresh] = [oldFolder(), folderWith({}), folderWith({})];
  const options = { compactFrom: 15 };
  const before = await openCorpus(folder, undefined, { ...options, data });
  expect(before.model.index.kind).toBe("compact");
  for (const name of NAMES.slice(2)) rmSync(join(folder, `casks/${name}.md`));
  const after = await openCorpus(folder, undefined, { ...options, data });
  expect(after.model.index.kind).toBe("minisearch");
  expect(await repliesOf(folder, { ...options, data })).toEqual(await repliesOf(folder, { ...options, data: fresh }));
  expect(newestIn(data).head).toEqual(newestIn(fresh).head);
});

test("many bytes of few passages are kept like any small folder", async () => {
  const rest = `<script>${"x".repeat(1_000_000)}</script>`;
  const pages = Array.from({ length: 11 }, (_, at): [string, string] => [
    `cask-${at}.html`,
    `<title>Cask ${at}</title><p>Cask ${at} lies in row ${at + 30}.</p>${rest}`,
  ]);
  const [folder, data] = [folderWith(Object.fromEntries(pages)), folderWith({})];
  const first = await openCorpus(folder, undefined, { data });
  expect(first.model.index.kind).toBe("minisearch");
  const again = await openCorpus(folder, undefined, { data });
  expect(again.corpus.documents).toEqual(first.corpus.documents);
});
