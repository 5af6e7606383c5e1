import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { CorpusError, OperatorError } from "../../src/errors.ts";
import { readCorpusFiles } from "../../src/ingest/files.ts";
import { hashFiles, parseCorpus } from "../../src/ingest/library.ts";
import { byCodePoint } from "../../src/structures/order.ts";
import { folderWith } from "../adapters/cli/corpora.ts";

const TEA = "# Tea\n\nTea is hot.\n";
const pathsOf = (folder: string): string[] => readCorpusFiles(folder).map(({ path }) => path);

const FOLDERS: Record<string, { files: Record<string, string>; paths: readonly string[] }> = {
  "documents/ and faq.yaml are the corpus": {
    files: { "documents/b.md": TEA, "documents/a.txt": TEA, "faq.yaml": "topics: []\n", "README.md": "Not read.\n" },
    paths: ["documents/a.txt", "documents/b.md", "faq.yaml"],
  },
  "a plain folder is a corpus": { files: { "b.md": TEA, "a.md": TEA }, paths: ["a.md", "b.md"] },
  "folders below are read": { files: { "z/a.md": TEA, "b.md": TEA }, paths: ["b.md", "z/a.md"] },
  "other endings are left out": { files: { "a.md": TEA, "b.png": "x", c: "x", "d.yaml": "x" }, paths: ["a.md"] },
  "an ending may be in capitals": { files: { "A.MD": TEA, "b.Txt": TEA }, paths: ["A.MD", "b.Txt"] },
  "the order is that of code points": {
    files: { "b.md": TEA, "B.md": TEA, "ä.md": TEA },
    paths: ["B.md", "b.md", "ä.md"],
  },
  "a file named documents is no folder of documents": { files: { "a.md": TEA, documents: "x" }, paths: ["a.md"] },
};

describe("a folder's files", () => {
  test.each(Object.entries(FOLDERS))("%s", (_, { files, paths }) => {
    expect(pathsOf(folderWith(files))).toEqual(paths);
  });
});

const SPELLINGS: Record<string, (folder: string) => string> = {
  "with a slash at its end": (folder) => `${folder}/`,
  "with a doubled slash": (folder) => join(folder, "..").concat("//", basename(folder)),
  "from the current folder": (folder) => relative(process.cwd(), folder),
  "from the current folder, with a dot": (folder) => `./${relative(process.cwd(), folder)}`,
  "with a way round": (folder) => `${folder}/../${basename(folder)}`,
};

describe("a folder may be named", () => {
  test.each(Object.entries(SPELLINGS))("%s", (_, spell) => {
    for (const files of [{ "tea.md": TEA }, { "documents/tea.md": TEA }]) {
      const folder = folderWith(files);
      expect(pathsOf(spell(folder))).toEqual(Object.keys(files));
    }
  });
});

const UNUSABLE: Record<string, { folder: () => string; message: RegExp }> = {
  "a missing folder": { folder: () => join(tmpdir(), "footnote-none-such"), message: /^no folder .+; name a folder/ },
  "a file": { folder: () => join(folderWith({ "tea.md": TEA }), "tea.md"), message: /tea\.md is not a folder; / },
  "an empty folder": {
    folder: () => mkdtempSync(join(tmpdir(), "footnote-")),
    message: /^no document in .+; put \.md/,
  },
  "a folder of other files": { folder: () => folderWith({ "a.png": "x" }), message: /^no document in / },
  "an empty documents folder": {
    folder: () => {
      const folder = folderWith({ "faq.yaml": "topics: []\n" });
      mkdirSync(join(folder, "documents"));
      return folder;
    },
    message: /^no document in /,
  },
};

describe("refused with a remedy", () => {
  test.each(Object.entries(UNUSABLE))("%s", (_, { folder, message }) => {
    const path = folder();
    expect(() => readCorpusFiles(path)).toThrow(OperatorError);
    expect(() => readCorpusFiles(path)).toThrow(message);
  });
});

const corpusOf = (files: Record<string, string>) => parseCorpus(readCorpusFiles(folderWith(files)));

describe("a parsed corpus", () => {
  test("has its documents sorted by id", async () => {
    const { documents } = await corpusOf({ "documents/b.md": TEA, "documents/a.txt": TEA, "documents/a/c.md": TEA });
    expect(documents.map(({ id }) => id)).toEqual(["a", "a/c", "b"]);
  });

  test("needs no faq.yaml", async () => {
    const { faq } = await corpusOf({ "tea.md": TEA });
    expect(faq.topics).toEqual([]);
  });

  test("may have an empty faq.yaml", async () => {
    expect((await corpusOf({ "tea.md": TEA, "faq.yaml": "" })).faq.topics).toEqual([]);
  });

  test("refuses two files with one id, naming both", async () => {
    const parsing = corpusOf({ "documents/tea.md": TEA, "documents/tea.txt": TEA });
    await expect(parsing).rejects.toThrow(CorpusError);
    await expect(parsing).rejects.toThrow(/documents\/tea\.txt.*documents\/tea\.md.*"tea".*; rename one/);
  });

  test("refuses a file that is not UTF-8", async () => {
    const folder = folderWith({ "tea.md": TEA });
    writeFileSync(join(folder, "latin.md"), Buffer.from("Th\xe9 chaud.\n", "latin1"));
    const parsing = parseCorpus(readCorpusFiles(folder));
    await expect(parsing).rejects.toThrow(/^latin\.md:1: is not UTF-8 text; save it as UTF-8$/);
  });

  test("refuses an faq.yaml that is not UTF-8", async () => {
    const folder = folderWith({ "tea.md": TEA });
    writeFileSync(join(folder, "faq.yaml"), Buffer.from("topics: []\n# Caf\xe9\n", "latin1"));
    await expect(parseCorpus(readCorpusFiles(folder))).rejects.toThrow(/^faq\.yaml:2: is not UTF-8/);
  });
});

describe("a corpus's hash", () => {
  const bytes = (text: string): Buffer => Buffer.from(text);
  const tea = { path: "tea.md", bytes: bytes("Tea.") };

  test("is twelve hex digits, the same wherever the folder is", () => {
    const [one, other] = [folderWith({ "tea.md": TEA }), folderWith({ "tea.md": TEA })];
    expect(dirname(one)).toBe(dirname(other));
    expect(hashFiles(readCorpusFiles(one))).toMatch(/^[0-9a-f]{12}$/);
    expect(hashFiles(readCorpusFiles(one))).toBe(hashFiles(readCorpusFiles(other)));
  });

  const CHANGES: Record<string, readonly { path: string; bytes: Buffer }[]> = {
    "another byte": [{ path: "tea.md", bytes: bytes("Tea!") }],
    "another path": [{ path: "ice.md", bytes: bytes("Tea.") }],
    "a further file": [tea, { path: "z.md", bytes: bytes("") }],
    "bytes that move into the path": [{ path: "tea.mdT", bytes: bytes("ea.") }],
    nothing: [],
  };
  test.each(Object.entries(CHANGES))("changes with %s", (_, files) => {
    expect(hashFiles(files)).not.toBe(hashFiles([tea]));
  });
});

test("order by code point knows no locale", () => {
  expect(["b", "a", "B", "ä", "a"].sort(byCodePoint)).toEqual(["B", "a", "a", "b", "ä"]);
});
