// Files that are built to keep a parser busy: each ends in an answer or in one line, none in a hang or a full stack.
// @module-tag slow

import { describe, expect, test } from "vitest";
import { folderWith } from "../../adapters/cli/corpora.ts";
import { askFolder, expectRefusal } from "./command.ts";

const LENGTH = 1_900_000;
const filled = (piece: string, length = LENGTH): string => piece.repeat(Math.floor(length / piece.length));
const counted = (count: number, piece: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join("");
/** Ten names, each for nine of the one before it: a billion words when written out. */
const LAUGHS = [..."bcdefghij"].reduce(
  (text, name, at) => `${text}${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[at]}`).join(",")}]\n`,
  "a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n",
);

/** Documents that are left out; the line names each. */
const LEFT_OUT: Record<string, { files: () => Record<string, string>; message: RegExp }> = {
  "elements inside each other": {
    files: () => ({ "tea.html": filled("<div>", 50_000) }),
    message: /^footnote: left out: tea\.html:1: nests elements deeper than 512; split the page/,
  },
  "elements of formatting inside each other": {
    files: () => ({ "tea.html": counted(10_000, (at) => `<p><b id=${at}>`) }),
    message: /^footnote: left out: tea\.html:1: nests elements deeper than 512; /,
  },
  "elements without end": {
    files: () => ({ "tea.html": filled("<br>") }),
    message: /^footnote: left out: tea\.html: holds more than 150000 elements; /,
  },
  "what a table does not allow, in a table": {
    files: () => ({ "tea.html": `<table>${filled("x<br>")}` }),
    message: /^footnote: left out: tea\.html: holds more than 150000 elements; /,
  },
  "lists inside each other": {
    files: () => ({ "tea.md": counted(1900, (at) => `${" ".repeat(2 * at)}- a\n`).slice(0, LENGTH) }),
    message: /^footnote: left out: tea\.md:41: nests lists or quotations deeper than 40; /,
  },
  "quotations inside each other": {
    files: () => ({ "tea.md": `Tea.\n\n${">".repeat(10_000)} a\n` }),
    message: /^footnote: left out: tea\.md:3: nests lists or quotations deeper than 40; /,
  },
  "emphasis without a partner": {
    files: () => ({ "tea.md": `Tea.\n\n${filled("*_*_")}` }),
    message: /^footnote: left out: tea\.md:3: would take too long to read from here on; split/,
  },
  "links that are opened only": {
    files: () => ({ "tea.md": filled("[") }),
    message: /^footnote: left out: tea\.md:1: would take too long to read from here on; /,
  },
  "links into links": {
    files: () => ({ "tea.md": filled("[a](") }),
    message: /^footnote: left out: tea\.md:1: would take too long /,
  },
  "backticks in rows of each length": {
    files: () => ({ "tea.md": counted(1900, (at) => `${"`".repeat(at + 1)} `) }),
    message: /^footnote: left out: tea\.md:1: would take too long /,
  },
  "a list without end": {
    files: () => ({ "tea.md": filled("- a\n") }),
    message: /^footnote: left out: tea\.md:1: would take too long /,
  },
  "headings without end": {
    files: () => ({ "tea.md": filled("a\n=\n\n", 60_000) }),
    message: /^footnote: left out: tea\.md:\d+: would take too long /,
  },
  "a table without end": {
    files: () => ({ "tea.md": `|a|b|\n|-|-|\n${filled("|x|y|\n")}` }),
    message: /^footnote: left out: tea\.md:1: would take too long /,
  },
  "lines of a text without end": {
    files: () => ({ "tea.txt": filled("A\tb\n") }),
    message: /^footnote: left out: tea\.txt: holds more than 150000 sentences, items and rows; split it/,
  },
  "front matter without end": {
    files: () => ({ "tea.md": `---\n${filled("a:\n ")}\n---\nTea.\n` }),
    message: /^footnote: left out: tea\.md:1: front matter of more than 20000 characters; shorten it/,
  },
  "full stops alone": {
    files: () => ({ "long.txt": filled(".") }),
    message: /^footnote: left out: long\.txt: holds no text to quote; /,
  },
  "anchors in front matter": {
    files: () => ({ "tea.md": `---\n${LAUGHS}---\nTea.\n` }),
    message: /^footnote: left out: tea\.md:2: front matter: Excessive alias count/,
  },
};

/** What refuses the folder. */
const REFUSED: Record<string, { files: () => Record<string, string>; message: RegExp }> = {
  "anchors in faq.yaml": {
    files: () => ({ "tea.md": "Tea.\n", "faq.yaml": LAUGHS }),
    message: /^faq\.yaml:1: Excessive alias count .*; mend/,
  },
  "collections inside each other in faq.yaml": {
    files: () => ({ "tea.md": "Tea.\n", "faq.yaml": `topics: ${filled("[")}` }),
    message: /^faq\.yaml:1: nests deeper than 32; /,
  },
  "keys inside each other in faq.yaml": {
    files: () => ({ "tea.md": "Tea.\n", "faq.yaml": counted(1900, (at) => `${" ".repeat(at)}a:\n`) }),
    message: /^faq\.yaml:202: nests deeper than 32; /,
  },
  "topics without end in faq.yaml": {
    files: () => ({ "tea.md": "Tea.\n", "faq.yaml": `topics:\n${filled("  - id: a\n")}` }),
    message: /^faq\.yaml:\d+: holds too much for one file; /,
  },
};

const HOT = "# Tea\n\nTea is hot.\n";

describe("left out in one line, and the rest answers", () => {
  test.each(Object.entries(LEFT_OUT))("%s", async (_, { files, message }) => {
    const { status, stdout, stderr } = await askFolder(folderWith({ "hot.md": HOT, ...files() }));
    expect(stderr).toMatch(message);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Tea is hot\./);
  });
});

describe("refused in one line", () => {
  test.each(Object.entries(REFUSED))("%s", async (_, { files, message }) => {
    expectRefusal(await askFolder(folderWith(files())), message);
  });
});

const ROW = `${"<tr>"}${"<td>1</td>".repeat(100)}</tr>\n`;
const READ: Record<string, () => Record<string, string>> = {
  "one word of 1.9 MB": () => ({ "long.txt": filled("a") }),
  "one line of 1.9 MB in Markdown": () => ({ "long.md": filled("word ") }),
  "one line of 1.9 MB of marks in Markdown": () => ({ "long.md": filled("$a ") }),
  "one line of 1.9 MB in HTML": () => ({ "long.html": `<p>${filled("word. ")}` }),
  "white space alone in a line": () => ({ "long.txt": `a${filled(" ")}b` }),
  "a table of 100,000 cells": () => ({ "long.html": `<table>${ROW.repeat(1000)}</table>` }),
  "a tag with 200,000 attributes": () => ({ "long.html": `<p ${counted(200_000, (at) => `a${at} `)}>Long.</p>` }),
  "tags that are never closed": () => ({ "long.html": `<p>Long.</p>${filled("<a")}` }),
};

describe("read beside a document that answers", () => {
  test.each(Object.entries(READ))("%s", async (_, files) => {
    const { status, stdout, stderr } = await askFolder(folderWith({ "tea.md": HOT, ...files() }));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/Tea is hot\./);
  });
});
