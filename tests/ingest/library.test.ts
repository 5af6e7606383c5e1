import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { OperatorError } from "../../src/errors.ts";
import { readCorpusFiles } from "../../src/ingest/files.ts";
import { type Corpus, hashFiles, parseCorpus } from "../../src/ingest/library.ts";
import { byCodePoint } from "../../src/structures/order.ts";
import { folderWith } from "../adapters/cli/corpora.ts";

const TEA = "# Tea\n\nTea is hot.\n";
const pathsOf = (folder: string): string[] => readCorpusFiles(folder).files.map(({ path }) => path);

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

const parse = (folder: string): Promise<Corpus> => {
  const found = readCorpusFiles(folder);
  return parseCorpus(found.files, found);
};
const corpusOf = (files: Record<string, string>): Promise<Corpus> => parse(folderWith(files));

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

  test("keeps the endings in the ids of files that would have one id, and says so once of each id", async () => {
    const { documents, notes } = await corpusOf({
      "documents/tea.md": TEA,
      "documents/tea.txt": TEA,
      "documents/tea.md.html": "<p>Tea is black.",
      "documents/rum.md": TEA,
    });
    expect(documents.map(({ id }) => id)).toEqual(["rum", "tea.md", "tea.md.html", "tea.txt"]);
    expect(notes.map(({ file, note }) => `${file} ${note}`)).toEqual([
      'documents/tea.md and documents/tea.txt are all the document "tea", so their ids keep their endings',
      'documents/tea.md.html is not the only document "tea.md", so its id keeps its ending',
    ]);
  });

  test("gives a document its plain id where the other of that name is left out", async () => {
    const { documents, leftOut } = await corpusOf({ "tea.md": TEA, "tea.txt": "" });
    expect(documents.map(({ id }) => id)).toEqual(["tea"]);
    expect(leftOut.map(({ file }) => file)).toEqual(["tea.txt"]);
  });

  test("reads single letters of Latin-1 and says so", async () => {
    const folder = folderWith({ "tea.md": TEA });
    writeFileSync(join(folder, "latin.md"), Buffer.from("Th\xe9 chaud.\n", "latin1"));
    const { documents, notes } = await parse(folder);
    expect(documents[0]?.blocks[0]?.sentences[0]?.text).toBe("Thé chaud.");
    expect(notes.map(({ file, note }) => `${file} ${note}`)).toEqual([
      "latin.md is not UTF-8 throughout: what isn't is read as windows-1252",
    ]);
  });

  test("leaves out a file in an encoding that nobody can tell, naming its line", async () => {
    const folder = folderWith({ "tea.md": TEA });
    const greek = Buffer.from("\n\xd4\xf3\xe1\xe9 \xe5\xdf\xed\xe1\xe9 \xe6\xe5\xf3\xf4\xfc.\n", "latin1");
    writeFileSync(join(folder, "greek.md"), greek);
    const { documents, leftOut } = await parse(folder);
    expect(documents.map(({ id }) => id)).toEqual(["tea"]);
    expect(leftOut).toEqual([{ file: "greek.md", line: 2, reason: "is not UTF-8 text", remedy: "save it as UTF-8" }]);
  });

  test("says what was passed over by kind", async () => {
    const { passedOver } = await corpusOf({
      "tea.md": TEA,
      "a.png": "x",
      "b.PNG": "x",
      c: "x",
      "d.2026-01-01 old": "x",
    });
    expect(passedOver).toEqual({ ".png": 2, "no ending": 2 });
  });

  test("is refused where all that there is must be left out", async () => {
    const parsing = corpusOf({ "a.md": "# Only\n", "b.txt": "" });
    await expect(parsing).rejects.toThrow(OperatorError);
    await expect(parsing).rejects.toThrow(
      /^no document can be read: a\.md holds no text .+, and 1 more are left out; add/,
    );
  });

  test("is refused where faq.yaml quotes a document that is left out", async () => {
    const faq =
      "topics:\n  - id: ice\n    title: Ice\n    examples: [Is ice cold?]\n    verdict:\n      text: Ice.\n      quotes: [{ ice: Ice }]\n";
    const parsing = corpusOf({ "documents/tea.md": TEA, "documents/ice.md": "# Ice\n", "faq.yaml": faq });
    await expect(parsing).rejects.toThrow(/^faq\.yaml:7: no document "ice"/);
  });
});

describe("a corpus's hash", () => {
  const bytes = (text: string): Buffer => Buffer.from(text);
  const tea = { path: "tea.md", bytes: bytes("Tea.") };

  test("is twelve hex digits, the same wherever the folder is", () => {
    const [one, other] = [folderWith({ "tea.md": TEA }), folderWith({ "tea.md": TEA })];
    expect(dirname(one)).toBe(dirname(other));
    expect(hashFiles(readCorpusFiles(one).files)).toMatch(/^[0-9a-f]{12}$/);
    expect(hashFiles(readCorpusFiles(one).files)).toBe(hashFiles(readCorpusFiles(other).files));
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
