import { describe, expect, test } from "vitest";
import { readDelimited } from "../../../src/ingest/formats/delimited.ts";
import { fc } from "../../fast-check.ts";

const read = (source: string, file = "tea.csv") =>
  readDelimited(source, file).map(({ header, row, sentences: [sentence] }) => ({
    header,
    cells: row?.cells,
    lines: [sentence?.lines.start, sentence?.lines.end],
  }));

const CASES: Record<string, { source: string; file?: string; rows: ReturnType<typeof read> }> = {
  "the first row heads the others": {
    source: "Cup,Tea\nbig,hot\nsmall,\n",
    rows: [
      { header: "Cup | Tea", cells: ["big", "hot"], lines: [2, 2] },
      { header: "Cup | Tea", cells: ["small", ""], lines: [3, 3] },
    ],
  },
  "a first row of numbers heads nothing": {
    source: "1,hot\n2,cold\n",
    rows: [
      { header: "", cells: ["1", "hot"], lines: [1, 1] },
      { header: "", cells: ["2", "cold"], lines: [2, 2] },
    ],
  },
  "a cell in quotation marks may go over lines": {
    source: 'Cup,Tea\r\nbig,"hot\r\nand ""red"""\r\n\r\nend,x\r\n',
    rows: [
      { header: "Cup | Tea", cells: ["big", 'hot and "red"'], lines: [2, 3] },
      { header: "Cup | Tea", cells: ["end", "x"], lines: [5, 5] },
    ],
  },
  "cells may be parted by semicolons": {
    source: "Cup;Tea\n1,5;hot\n",
    rows: [{ header: "Cup | Tea", cells: ["1,5", "hot"], lines: [2, 2] }],
  },
  "a cell in bold, for a page that shows the table, is no other": {
    source: "Cup,Tea\n**big**,2 ** 3\n",
    rows: [{ header: "Cup | Tea", cells: ["big", "2 ** 3"], lines: [2, 2] }],
  },
  "or by tabs": {
    source: "Cup\tTea\nbig, wide\thot\n",
    file: "tea.tsv",
    rows: [{ header: "Cup | Tea", cells: ["big, wide", "hot"], lines: [2, 2] }],
  },
  "a formula is nothing, a number with a sign is one": {
    source: 'Cup,Tea\n"=HYPERLINK(""http://x"",""y"")",-5\n@SUM(A1),+49 30\n',
    rows: [
      { header: "Cup | Tea", cells: ["", "-5"], lines: [2, 2] },
      { header: "Cup | Tea", cells: ["", "+49 30"], lines: [3, 3] },
    ],
  },
};

test("what stands alone above the header is the table's caption", () => {
  const [block] = readDelimited("Cups of the house,,\nCup,Tea,Price\nbig,hot,3\n", "tea.csv");
  expect(block).toMatchObject({
    header: "Cup | Tea | Price",
    row: {
      cells: ["big", "hot", "3"],
      headerLines: { start: 2, end: 2 },
      caption: { text: "Cups of the house", lines: { start: 1, end: 1 } },
    },
  });
});

describe("rows and their lines", () => {
  test.each(Object.entries(CASES))("%s", (_, { source, file, rows }) => {
    expect(read(source, file)).toEqual(rows);
  });
});

test("a quotation mark that is never closed is named with its line", () => {
  expect(() => read(`a,b\n"${"x,y\n".repeat(100_000)}`)).toThrow(/^tea\.csv:\d+: holds a row of more than 200000 /);
});

test("whatever is written stands at its lines", () => {
  const cell = fc.constantFrom("a", "b c", "", '"d, e"', '"f\ng"', "7");
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 8 }), (rows) => {
      const source = rows.map((cells) => cells.join(",")).join("\n");
      const lines = source.split("\n");
      for (const { cells, lines: range } of read(source)) {
        const there = lines.slice((range[0] ?? 1) - 1, range[1]).join(" ");
        for (const word of (cells ?? []).join(" ").match(/\w+/g) ?? []) expect(there).toContain(word);
      }
    }),
  );
});
