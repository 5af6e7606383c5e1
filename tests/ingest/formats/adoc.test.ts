import { describe, expect, test } from "vitest";
import { CorpusError } from "../../../src/errors.ts";
import { parseAdoc } from "../../../src/ingest/formats/adoc.ts";
import { allShown } from "./shown.ts";

const CASES: Record<string, { source: string; blocks: readonly string[] }> = {
  "headings, paragraphs and inline marks": {
    source: "= Tea\n\n== Green\n\nIt is *hot* in\n// not shown\n`cups`. See https://tea.example[the pot].\n",
    blocks: [
      "heading [Tea] 1-1: Tea",
      "heading [Tea › Green] 3-3: Green",
      "paragraph [Tea › Green] 5-7: It is hot in cups. / 7-7: See the pot.",
    ],
  },
  "steps with code, nested and announced": {
    source: "Do this:\n\n. Pour:\n+\n[source,sh]\n----\npour\n----\n. Drink\n.. hot\n\n//-\n\n* [x] Done\n",
    blocks: [
      "paragraph [] 1-1: Do this:",
      "item [] *1 <Do this: 3-3: Pour:",
      "code [] *1+ <Pour: 7-7: pour",
      "item [] *2 <Do this: 9-9: Drink",
      "item [] **1 <Do this: 10-10: hot",
      "item [] * [x] <Do this: 14-14: Done",
    ],
  },
  "notes, with a title of their own or without": {
    source: "NOTE: Tea is hot.\n\n[WARNING]\n.Ice\n====\nCold.\n====\n",
    blocks: [
      "paragraph [] !note 1-1: Tea is hot.",
      "heading [Ice] !warning 4-4: Ice",
      "paragraph [Ice] !warning 6-6: Cold.",
    ],
  },
  "definitions, and questions with answers": {
    source: "Tea:: A drink.\nIce::\nCold.\n\n[qanda]\nIs it hot?:: Yes.\n",
    blocks: [
      "row [] :Tea 1-1: Tea | A drink.",
      "row [] :Ice 2-3: Ice | Cold.",
      "heading [Is it hot?] 6-6: Is it hot?",
      "paragraph [Is it hot?] ?Is it hot? 6-6: Yes.",
    ],
  },
  "macros that no extension is there for say what they name": {
    source: "See linkgit:git-log[1] and tea:cup[the cup]; a:b and `a:list[1]` are text.\n",
    blocks: ["paragraph [] 1-1: See git-log(1) and the cup; a:b and a:list[1] are text."],
  },
  "what is included from elsewhere is nothing": {
    source: "include::/etc/hostname[]\n\nTea.\n",
    blocks: ["paragraph [] 3-3: Tea."],
  },
};

describe("blocks and their lines", () => {
  test.each(Object.entries(CASES))("%s", async (_, { source, blocks }) => {
    expect(allShown((await parseAdoc(source, "tea.adoc")).blocks)).toEqual(blocks);
  });
});

test("a cell that holds a document of its own says what that says, within its lines", async () => {
  const source =
    "|===\n|Cup |Tea\n\n|big\na|Take _tea_ label:hot[] and xref:pot.adoc[]. +\nThen:\n\n----\npour\n----\n\n|small\n|cold\n|===\n";
  const { blocks } = await parseAdoc(source, "tea.adoc");
  expect(allShown(blocks)).toEqual([
    "row [] 4-10: big | Take tea hot and pot. Then: pour",
    "row [] 12-13: small | cold",
  ]);
  expect(blocks[0]?.row?.cells).toEqual(["big", "Take tea hot and pot. Then: `pour`"]);
});

test("a table has its header, its caption and the lines of its cells", async () => {
  const { blocks } = await parseAdoc(".Cups\n|===\n|Cup |Tea\n\n|`big`\n|hot\n|===\n", "tea.adoc");
  expect(blocks).toMatchObject([
    {
      kind: "row",
      header: "Cup | Tea",
      row: {
        cells: ["`big`", "hot"],
        header: ["Cup", "Tea"],
        headerLines: { start: 3, end: 3 },
        caption: { text: "Cups", lines: { start: 1, end: 1 } },
      },
      sentences: [{ text: "big | hot", lines: { start: 5, end: 6 } }],
    },
  ]);
});

test("nothing of the day or the machine is read", async () => {
  const { blocks } = await parseAdoc("Made {localdate} {docdate} {localtime} with {none} tea.\n", "tea.adoc");
  expect(blocks[0]?.sentences[0]?.text).not.toMatch(/\d/);
});

test("a line without end is left out", async () => {
  await expect(parseAdoc("a ".repeat(50_000), "tea.adoc")).rejects.toThrow(CorpusError);
});

test("what Asciidoctor thinks of a broken page is written nowhere", async () => {
  const written: unknown[] = [];
  const { warn, error } = console;
  Object.assign(console, {
    warn: (...said: unknown[]) => written.push(said),
    error: (...said: unknown[]) => written.push(said),
  });
  try {
    const { blocks } = await parseAdoc("* Tea\n+\n--\nIt is hot.\n\n* Ice\n", "tea.adoc");
    expect(allShown(blocks).join()).toContain("It is hot.");
  } finally {
    Object.assign(console, { warn, error });
  }
  expect(written).toEqual([]);
});
