import { describe, expect, test } from "vitest";
import type { Document } from "../../../src/document.ts";
import { CorpusError } from "../../../src/errors.ts";
import { documentOf } from "../../documents.ts";

const FULL = `---
title: Tea for all
origin: A book
url: https://example.org/tea
retrieved: 2025-01-02
anything: else
---

# Another title

Tea is hot.
`;

interface Case {
  readonly path: string;
  readonly text: string;
  readonly expected: Partial<Document>;
}

const CASES: Record<string, Case> = {
  "front matter names title, origin, address and date": {
    path: "documents/tea.md",
    text: FULL,
    expected: {
      id: "tea",
      file: "documents/tea.md",
      title: "Tea for all",
      origin: "A book",
      url: "https://example.org/tea",
      retrieved: "2025-01-02",
    },
  },
  "without a title the first heading is it": {
    path: "tea.md",
    text: "# Hot tea\n\nYes.\n",
    expected: { title: "Hot tea" },
  },
  "without a heading the file's name is it": {
    path: "a/green-tea.md",
    text: "Yes.\n",
    expected: { title: "green-tea" },
  },
  "without an origin the path is it": {
    path: "documents/tea.md",
    text: "Yes.\n",
    expected: { origin: "documents/tea.md", url: null, retrieved: null },
  },
  "an address may be null": {
    path: "tea.md",
    text: "---\nurl: null\nretrieved: null\n---\nYes.\n",
    expected: { url: null, retrieved: null },
  },
  "the id keeps folders and loses the ending": {
    path: "documents/a/b.c.md",
    text: "Yes.\n",
    expected: { id: "a/b.c" },
  },
  "a folder with a full stop stays in the id": {
    path: "v1.2/tea.txt",
    text: "Tea is hot.\n",
    expected: { id: "v1.2/tea" },
  },
  "an ending in capitals is Markdown too": {
    path: "TEA.MD",
    text: "# Tea\n\nIt is *hot*.\n",
    expected: { id: "TEA", title: "Tea" },
  },
  "a title or address that is none is passed over": {
    path: "tea.md",
    text: '---\ntitle: " "\nurl: javascript:alert(1)\n---\n# Tea\n\nYes.\n',
    expected: { title: "Tea", url: null },
  },
  "of keys that stand twice the last one counts": {
    path: "tea.md",
    text: "---\ntitle: Tea\ntitle: Ice\n---\nYes.\n",
    expected: { title: "Ice" },
  },
  "its marks may be followed by spaces": {
    path: "tea.md",
    text: "--- \ntitle: Tea\n---\t\nYes.\n",
    expected: { title: "Tea" },
  },
  "front matter may be TOML": {
    path: "tea.md",
    text: '+++\ntitle = "Tea"\nlastmod = 2024-05-06\n+++\nYes.\n',
    expected: { title: "Tea", updated: "2024-05-06" },
  },
  "front matter may be JSON": {
    path: "tea.md",
    text: '{\n  "title": "Tea",\n  "updated": "2024-05-06"\n}\nYes.\n',
    expected: { title: "Tea", updated: "2024-05-06" },
  },
  "prose between two rules is no front matter": {
    path: "tea.md",
    text: "---\n\nTea is hot.\n\n---\n\nYes.\n",
    expected: { title: "tea" },
  },
  "a text file's first lone line is its title": {
    path: "tea.txt",
    text: "Green tea\n\nIt is hot.\n",
    expected: { id: "tea", title: "Green tea" },
  },
  "a text file has no front matter": {
    path: "tea.txt",
    text: "---\ntitle: T\n\nTea is hot.\n",
    expected: { title: "tea" },
  },
};

test.each(Object.entries(CASES))("%s", async (_, { path, text, expected }) => {
  expect(await documentOf(path, text)).toMatchObject(expected);
});

const PLAIN: Record<string, { text: string; blocks: readonly string[] }> = {
  "blank lines part paragraphs": {
    text: "Tea is hot.\nVery.\n\nIce is cold.\n",
    blocks: ["[] 1-1: Tea is hot. / 2-2: Very.", "[] 4-4: Ice is cold."],
  },
  "a lone line without a full stop heads what follows, the first one the document": {
    text: "Tea\n\nIt is hot.\n\nIce\n\nCold.\n",
    blocks: ["[] 3-3: It is hot.", "[Ice] 7-7: Cold."],
  },
  "a long lone line is text": { text: `${"tea ".repeat(30)}\n`, blocks: [`[] 1-1: ${"tea ".repeat(30).trim()}`] },
  "a sentence over two lines knows both": { text: "\n\nTea is\nhot.\n", blocks: ["[] 3-4: Tea is hot."] },
  "Windows line ends and a byte order mark are read away": {
    text: "\uFEFFTea is\r\nhot.\r\n\r\nYes.\r\n",
    blocks: ["[] 1-2: Tea is hot.", "[] 4-4: Yes."],
  },
  "a line of spaces is blank": { text: "Hot.\n   \nCold.\n", blocks: ["[] 1-1: Hot.", "[] 3-3: Cold."] },
};

describe("plain text", () => {
  test.each(Object.entries(PLAIN))("%s", async (_, { text, blocks }) => {
    const { blocks: read } = await documentOf("tea.txt", text);
    const shown = read
      .filter(({ kind }) => kind !== "heading")
      .map(
        ({ section, sentences }) =>
          `[${section}] ${sentences.map(({ text: own, lines }) => `${lines.start}-${lines.end}: ${own}`).join(" / ")}`,
      );
    expect(shown).toEqual(blocks);
  });
});

const REFUSED: Record<string, { path?: string; text: string; message: RegExp }> = {
  "an empty file": { text: "", message: /^tea\.md: holds no text to quote; add text/ },
  "headings alone": { text: "# Tea\n", message: /^tea\.md: holds no text to quote/ },
  "what Git LFS keeps elsewhere": {
    path: "tea.csv",
    text: "version https://git-lfs.github.com/spec/v1\noid sha256:12ab\nsize 12\n",
    message: /^tea\.csv: is not here, only where Git LFS keeps it; fetch it: git lfs pull/,
  },
  "white space alone": { path: "tea.txt", text: " \n \n", message: /^tea\.txt: holds no text/ },
  "front matter that is no YAML": {
    text: "---\ntitle: [\n---\nTea.\n",
    message: /^tea\.md:2: front matter: .+; mend the YAML/,
  },
  "front matter that is no mapping": { text: "---\n- a\n---\nTea.\n", message: /^tea\.md:1: front matter/ },
};

describe("refused with file and remedy", () => {
  test.each(Object.entries(REFUSED))("%s", async (_, { path = "tea.md", text, message }) => {
    const read = documentOf(path, text);
    await expect(read).rejects.toThrow(CorpusError);
    await expect(read).rejects.toThrow(message);
  });
});
