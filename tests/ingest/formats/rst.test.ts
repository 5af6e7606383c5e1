import { describe, expect, test } from "vitest";
import { parseRst } from "../../../src/ingest/formats/rst.ts";
import { withoutHeadings } from "../../documents.ts";
import { fc } from "../../fast-check.ts";
import { allShown } from "./shown.ts";

const read = (source: string) => parseRst(source, "tea.rst");

const CASES: Record<string, { source: string; blocks: readonly string[] }> = {
  "headings are as deep as their lines are met": {
    source: "=====\n Tea\n=====\n\nHot.\n\nIce\n---\n\nCold.\n\nMilk\n====\n\nWhite.\n\nEnd\n---\n\nGone.\n",
    blocks: [
      "paragraph [Tea] 5-5: Hot.",
      "paragraph [Tea › Ice] 10-10: Cold.",
      "paragraph [Tea › Ice › Milk] 15-15: White.",
      "paragraph [Tea › End] 20-20: Gone.",
    ],
  },
  "roles, links and emphasis are read as what they show": {
    source:
      "See :ref:`the pot <pot>`, `Tea <https://tea.example>`_, :pep:`8`, **hot** *cup*\nof ``green``, tea_ [1]_ and :func:`~pot.pour`.\n",
    blocks: ["paragraph [] 1-2: See the pot, Tea, PEP 8, hot cup of green, tea and pour."],
  },
  "substitutions are read as what they stand for": {
    source: ".. |tea| replace:: Green tea\n\n|tea| is hot.\n",
    blocks: ["paragraph [] 3-3: Green tea is hot."],
  },
  "notes know their kind, wherever they begin": {
    source: ".. note:: Tea is\n   hot.\n\n.. warning::\n\n   - Ice\n\n.. admonition:: Cups\n\n   Two.\n\nEnd.\n",
    blocks: [
      "paragraph [] !note 1-2: Tea is hot.",
      "item [] !warning * 6-6: Ice",
      "paragraph [Cups] !admonition 10-10: Two.",
      "paragraph [] 12-12: End.",
    ],
  },
  "tabs head what they hold": {
    source: ".. tab:: Linux\n\n    .. code-block:: sh\n\n        pour\n\n.. tab:: Windows\n\n    Brew.\n",
    blocks: ["code [Linux] =Linux 5-5: pour", "paragraph [Windows] =Windows 9-9: Brew."],
  },
  "code behind two colons is announced by what stands before them": {
    source: "Run::\n\n    pour\n\n    drink\n\nThen ::\n\n    rest\n",
    blocks: ["paragraph [] 1-1: Run:", "code [] <Run: 3-5: pour drink", "paragraph [] 7-7: Then", "code [] 9-9: rest"],
  },
  "two colons alone are no text": {
    source: "::\n\n    pour\n",
    blocks: ["code [] 3-3: pour"],
  },
  "lists nest, and their items go on": {
    source: "1. Pour.\n\n   Wait.\n\n   * Hot\n   * Cold\n2. Drink.\n",
    blocks: [
      "item [] *1 1-1: Pour.",
      "item [] *1+ 3-3: Wait.",
      "item [] ** 5-5: Hot",
      "item [] ** 6-6: Cold",
      "item [] *2 7-7: Drink.",
    ],
  },
  "a letter that begins a sentence begins no list": {
    source: "A. Tea and\nB. Ice.\n\nI. am not\na list\n",
    blocks: ["item [] *1 1-1: Tea and", "item [] *2 2-2: Ice.", "paragraph [] 4-5: I. am not a list"],
  },
  "terms, fields and options are defined": {
    source: "Tea\n   A drink.\nIce : cold\n   Hard. Cold.\n\n:Status: Old\n\n-v, --verbose  Says more.\n",
    blocks: [
      "row [] :Tea 1-2: Tea | A drink.",
      "item [] :Ice <Ice 4-4: Hard. / 4-4: Cold.",
      "row [] :Status 6-6: Status | Old",
      "row [] :-v, --verbose 8-8: -v, --verbose | Says more.",
    ],
  },
  "footnotes are read where they stand; targets, comments and what is included are not": {
    source:
      ".. _pot:\n\n.. A comment\n   goes on.\n\n.. include:: a.rst\n\n.. toctree::\n\n   a\n\n.. [1] From a pot.\n",
    blocks: ["paragraph [] 12-12: From a pot."],
  },
  "lines of a verse": { source: "| Tea\n| Ice\n", blocks: ["paragraph [] 1-1: Tea", "paragraph [] 2-2: Ice"] },
  "a quotation": {
    source: "Said:\n\n    Tea is hot.\n",
    blocks: ["paragraph [] 1-1: Said:", "paragraph [] 3-3: Tea is hot."],
  },
};

describe("blocks and their lines", () => {
  test.each(Object.entries(CASES))("%s", (_, { source, blocks }) => {
    expect(allShown(withoutHeadings(read(source).blocks))).toEqual(blocks);
  });
});

const TABLES: Record<string, string> = {
  "a grid":
    "+-----+-----+\n| Cup | Tea |\n+=====+=====+\n| big | hot |\n|     | red |\n+-----+-----+\n| two |     |\n+-----+-----+\n",
  bars: "===  =======\nCup  Tea\n===  =======\nbig  hot red\ntwo\n===  =======\n",
  "a list":
    ".. list-table:: Cups\n   :header-rows: 1\n\n   * - Cup\n     - Tea\n   * - big\n     - hot\n       red\n   * - two\n     -\n",
  "a first row in bold":
    "+---------+---------+\n| **Cup** | **Tea** |\n+---------+---------+\n| big     | hot red |\n+---------+---------+\n| two     |         |\n+---------+---------+\n",
};

test.each(Object.entries(TABLES))("a table drawn as %s", (_, source) => {
  const { blocks } = read(source);
  expect(blocks.map(({ row }) => [row?.header, row?.cells])).toEqual([
    [
      ["Cup", "Tea"],
      ["big", "hot red"],
    ],
    [
      ["Cup", "Tea"],
      ["two", ""],
    ],
  ]);
  expect(blocks[0]).toMatchObject({ kind: "row", header: "Cup | Tea", sentences: [{ text: "big | hot red" }] });
});

test("its fields tell when it was updated", () => {
  expect(read(":Last Reviewed: 2024-05-06\n\nTea.\n").updated).toBe("2024-05-06");
});

const PIECES = fc.constantFrom(
  "Tea is hot.",
  "",
  "Ice",
  "---",
  "===",
  "- item",
  "  more",
  "1. one",
  ".. note::",
  ".. code::",
  "   said::",
  "   :x: y",
  "+--+--+",
  "|a |b |",
  "== ==",
  "term",
  ":f: g",
  "| v",
  ">>> x",
  "``a`` *b",
  "::",
);

test("whatever is written, nothing is thrown, and what is read stands at its lines", () => {
  fc.assert(
    fc.property(fc.array(PIECES, { maxLength: 20 }), (lines) => {
      for (const { sentences } of read(lines.join("\n")).blocks)
        for (const { text, lines: range } of sentences) {
          const there = lines.slice(range.start - 1, range.end).join(" ");
          for (const word of text.match(/[A-Za-z]+/g) ?? []) expect(there).toContain(word);
        }
    }),
    { numRuns: 500 },
  );
});
