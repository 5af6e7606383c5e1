// What no person writes, in every kind: refused in one line, or read for what it says, and never for long.

import { describe, expect, test } from "vitest";
import { CorpusError } from "../../../src/errors.ts";
import { readDocument } from "../../../src/ingest/formats/read-document.ts";

/** Each takes a tenth of a second of an idle machine; what takes the square of its length takes minutes. */
const CPU_MS_MAX = 6000;
const LINE = "tea ".repeat(2_500_000);
const CELL = (source: string): string => JSON.stringify({ cells: [{ cell_type: "markdown", source }] });
const deep = (open: string, count: number, close = ""): string => open.repeat(count) + close.repeat(count);

const REFUSED: Record<string, { path: string; text: () => string; message: RegExp }> = {
  ...Object.fromEntries(
    ["md", "mdx", "txt", "html", "rst", "adoc", "csv", "tsv"].map((ending) => [
      `a line of 10 MB in .${ending}`,
      {
        path: `tea.${ending}`,
        text: () => `Tea.\n${LINE}\n`,
        message: /tea\.\w+:2: holds a line of more than 2 MB; wrap it/,
      },
    ]),
  ),
  "a line of 10 MB in a cell of a notebook": {
    path: "tea.ipynb",
    text: () => CELL(LINE),
    message: /^tea\.ipynb(?::1)?: holds a line of more than 2 MB; /,
  },
  "lists inside each other in a notebook": {
    path: "tea.ipynb",
    text: () => `{"cells": ${deep("[", 100_000, "]")}}`,
    message: /^tea\.ipynb: nests deeper than 200; remove it/,
  },
  "a notebook that ends in the middle": {
    path: "tea.ipynb",
    text: () => '{"cells": [',
    message: /^tea\.ipynb:1: is no JSON/,
  },
  "components inside each other": {
    path: "tea.mdx",
    text: () => deep("<div>\n\n", 5000, "</div>\n\n"),
    message: /^tea\.mdx:?\d*: /,
  },
  "quotations inside each other in Markdown": {
    path: "tea.md",
    text: () => `${">".repeat(5000)} tea`,
    message: /^tea\.md:1: nests lists or quotations deeper than 40; /,
  },
};

describe("in one line, at once", () => {
  test.each(Object.entries(REFUSED))("%s", async (_, { path, text, message }) => {
    const bytes = Buffer.from(text());
    const start = process.cpuUsage();
    const outcome = await readDocument(path, bytes).then(
      () => null,
      (error: unknown) => error,
    );
    const { user, system } = process.cpuUsage(start);
    if (outcome !== null) {
      expect(outcome).toBeInstanceOf(CorpusError);
      expect(String(outcome instanceof Error ? outcome.message : outcome)).toMatch(message);
      expect(String(outcome)).not.toContain("\n");
    }
    expect((user + system) / 1000).toBeLessThan(CPU_MS_MAX);
  });
});

const READ: Record<string, { path: string; text: () => string }> = {
  "items inside each other in reStructuredText": {
    path: "tea.rst",
    text: () => `${Array.from({ length: 500 }, (_, at) => `${" ".repeat(2 * at)}- tea`).join("\n\n")}\n\nIt is hot.\n`,
  },
  "directives inside each other in reStructuredText": {
    path: "tea.rst",
    text: () =>
      `It is hot.\n\n${Array.from({ length: 300 }, (_, at) => `${" ".repeat(3 * at)}.. note::\n`).join("\n")}`,
  },
  "blocks inside each other in AsciiDoc": {
    path: "tea.adoc",
    text: () => `It is hot.\n\n${Array.from({ length: 200 }, (_, at) => "=".repeat(4 + at)).join("\n")}\ntea\n`,
  },
  "entities that a document type declares in HTML": {
    path: "tea.html",
    text: () => `<!DOCTYPE x [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><p>It is hot &b;.</p>`,
  },
  "what AsciiDoc would include or run": {
    path: "tea.adoc",
    text: () => "It is hot.\n\ninclude::/etc/passwd[]\n\nifeval::[1 == 1]\nAnd green.\nendif::[]\n",
  },
  "formulas in a table": { path: "tea.csv", text: () => 'Tea,Says\nIt is hot,"=HYPERLINK(""http://a.example"")"\n' },
};

describe("read for what it says, at once", () => {
  test.each(Object.entries(READ))("%s", async (_, { path, text }) => {
    const start = process.cpuUsage();
    const { blocks } = await readDocument(path, Buffer.from(text()));
    const { user, system } = process.cpuUsage(start);
    const said = blocks.flatMap(({ sentences }) => sentences.map((sentence) => sentence.text)).join(" ");
    expect(said).toContain("It is hot");
    expect(said).not.toMatch(/root:|HYPERLINK|ENTITY/);
    expect((user + system) / 1000).toBeLessThan(CPU_MS_MAX);
  });
});
