// @module-tag slow

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCorpusFiles } from "../../../src/ingest/files.ts";
import { parseCorpus } from "../../../src/ingest/library.ts";
import { folderWith } from "../../adapters/cli/corpora.ts";

/** Line ends of each kind in one text: as an editor counts, it has seven lines. */
const MIXED = "# Tea\r\n\r\nGrüner Tee is hot.\r\rIce is\ncold.\n";
const SENTENCES = ["3-3: Grüner Tee is hot.", "5-6: Ice is cold."];
const PAGE = "<h1>Tea</h1>\r\n\r\n<p>Grüner Tee is hot.</p>\r\r<p>Ice is\ncold.</p>\n";

const bigEndian = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

const ENCODINGS: Record<string, (text: string) => Buffer> = {
  "UTF-8": (text) => Buffer.from(text),
  "UTF-8 with a byte order mark": (text) => Buffer.from(`\uFEFF${text}`),
  "UTF-16, little end first": (text) => Buffer.from(`\uFEFF${text}`, "utf16le"),
  "UTF-16, big end first": (text) => bigEndian(`\uFEFF${text}`),
};

describe.each(Object.entries(ENCODINGS))("%s", (_, encode) => {
  test.each([
    ["tea.md", MIXED],
    ["tea.txt", MIXED],
    ["tea.html", PAGE],
  ])("%s is read with the lines of the file", async (name, text) => {
    const folder = folderWith({});
    writeFileSync(join(folder, name), encode(text));
    const [document] = (await parseCorpus(readCorpusFiles(folder).files)).documents;
    expect(document?.title).toBe("Tea");
    const sentences =
      document?.blocks.filter(({ kind }) => kind !== "heading").flatMap((block) => block.sentences) ?? [];
    expect(sentences.map((one) => `${one.lines.start}-${one.lines.end}: ${one.text}`)).toEqual(SENTENCES);
  });

  test("front matter and faq.yaml are read", async () => {
    const folder = folderWith({});
    writeFileSync(join(folder, "tea.md"), encode("---\r\ntitle: Grüner Tee\r\n---\r\nTea is hot.\r\n"));
    writeFileSync(join(folder, "faq.yaml"), encode("synonyms:\r\n  - [Tee, tea]\r\n"));
    const { documents, faq } = await parseCorpus(readCorpusFiles(folder).files);
    expect(documents[0]?.title).toBe("Grüner Tee");
    expect(faq.synonyms).toContainEqual(["Tee", "tea"]);
  });
});
