import { describe, expect, test } from "vitest";
import { CorpusError } from "../../../src/errors.ts";
import { documentOf } from "../../documents.ts";

const readAs = async (path: string, text: string): Promise<readonly string[] | null> =>
  (await documentOf(path, text)).audience ?? null;
const above = (line: string): string => `---\n${line}\n---\n\nTea is stored in a tin.\n`;

describe("who may see a document", () => {
  test.each([
    ["yaml", "a.md", above("audience: [HR, managers]"), ["hr", "managers"]],
    ["one name", "a.md", above("audience: Team  Leads"), ["team leads"]],
    ["names parted by commas, one of them twice", "a.md", above("Audience: hr, board, HR"), ["board", "hr"]],
    ["toml", "a.md", '+++\naudience = ["hr"]\n+++\n\nTea is stored in a tin.\n', ["hr"]],
    ["json", "a.md", '{\n  "audience": ["hr"]\n}\n\nTea is stored in a tin.\n', ["hr"]],
    ["front matter of HTML", "a.html", `${above("audience: hr")}`, ["hr"]],
    [
      "meta elements",
      "a.html",
      '<meta name="AUDIENCE" content="hr, board"><body><meta name="audience" content="legal"><p>Tea is stored.</p>',
      ["board", "hr", "legal"],
    ],
    ["plain text", "a.txt", above("audience: hr"), ["hr"]],
    ["reStructuredText", "a.rst", above("audience: hr"), ["hr"]],
    ["AsciiDoc", "a.adoc", above("audience: hr"), ["hr"]],
    ["nothing said", "a.md", above("title: Tea"), null],
    ["as the web says everybody", "a.html", '<meta name="audience" content="All"><p>Tea is stored.</p>', null],
  ])("is read from %s", async (_, path, text, names) => {
    expect(await readAs(path, text)).toEqual(names);
  });

  test("what names them is no text of the document, whose lines stay the file's", async () => {
    const { blocks } = await documentOf("a.txt", above("audience: hr"));
    expect(blocks.flatMap(({ sentences }) => sentences)).toEqual([
      { text: "Tea is stored in a tin.", lines: { start: 5, end: 5 } },
    ]);
  });

  test.each([
    "audience:",
    "audience: []",
    "audience: 7",
    "audience: { hr: true }",
    "audience: [hr, 7]",
    "audience: ','",
    `audience: ${"x".repeat(61)}`,
    "audience: [hr",
  ])("is not guessed: a file that says %j is left out", async (line) => {
    for (const path of ["a.md", "a.txt"]) await expect(readAs(path, above(line))).rejects.toThrow(CorpusError);
  });

  test("a page that names nobody is left out too", async () => {
    await expect(readAs("a.html", '<meta name="audience" content=""><p>Tea is stored.</p>')).rejects.toThrow(
      "audience: names nobody",
    );
  });
});
