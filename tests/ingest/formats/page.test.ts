import { describe, expect, test } from "vitest";
import type { Block } from "../../../src/document.ts";
import { parseMarkdown } from "../../../src/ingest/formats/markdown.ts";
import { allShown } from "./shown.ts";

const read = (source: string): readonly Block[] => parseMarkdown(source).blocks;

const SHOWN: Record<string, { source: string; blocks: readonly string[] }> = {
  "an item knows its depth, its number and what announces its list": {
    source: "Do this:\n\n3. Pour:\n   - hot\n4. Drink.\n",
    blocks: [
      "paragraph [] 1-1: Do this:",
      "item [] *3 <Do this: 3-3: Pour:",
      "item [] ** <Pour: 4-4: hot",
      "item [] *4 <Do this: 5-5: Drink.",
    ],
  },
  "what goes on in an item continues it": {
    source: "1. Pour.\n\n   Wait.\n\n   ```sh\n   pour\n   ```\n2. Drink.\n",
    blocks: [
      "item [] *1 1-1: Pour.",
      "item [] *1+ 3-3: Wait.",
      "code [] *1+ <Wait. 6-6: pour",
      "item [] *2 8-8: Drink.",
    ],
  },
  "code is announced by the line above it that points to it": {
    source: "Run the following command\n\n```sh\npour\n```\n\nTea is hot.\n\n```sh\ndrink\n```\n",
    blocks: [
      "paragraph [] 1-1: Run the following command",
      "code [] <Run the following command 4-4: pour",
      "paragraph [] 7-7: Tea is hot.",
      "code [] 10-10: drink",
    ],
  },
  "a heading ends what was announced": {
    source: "Do this:\n\n# A\n\n- Pour\n",
    blocks: ["paragraph [] 1-1: Do this:", "heading [A] 3-3: A", "item [A] * 5-5: Pour"],
  },
  "a heading that asks is the question of what stands under it": {
    source: "# Tea\n\n## How hot is it?\n\nVery.\n\n### Where to pour\n\nHere.\n\n## Kinds\n\nGreen.\n",
    blocks: [
      "heading [Tea] 1-1: Tea",
      "heading [Tea › How hot is it?] 3-3: How hot is it?",
      "paragraph [Tea › How hot is it?] ?How hot is it? 5-5: Very.",
      "heading [Tea › How hot is it? › Where to pour] 7-7: Where to pour",
      "paragraph [Tea › How hot is it? › Where to pour] ?Where to pour 9-9: Here.",
      "heading [Tea › Kinds] 11-11: Kinds",
      "paragraph [Tea › Kinds] 13-13: Green.",
    ],
  },
  "Q and A are a question and its answer": {
    source: "Q: Is tea hot?\nA: Yes.\n\n**Q:** And ice?\n\n**A:** No.\n",
    blocks: [
      "heading [Is tea hot?] 1-1: Is tea hot?",
      "paragraph [Is tea hot?] ?Is tea hot? 2-2: Yes.",
      "heading [And ice?] 4-4: And ice?",
      "paragraph [And ice?] ?And ice? 6-6: No.",
    ],
  },
  "a question in bold heads its answer": {
    source: "**Is tea hot?**\n\nYes.\n",
    blocks: ["heading [Is tea hot?] 1-1: Is tea hot?", "paragraph [Is tea hot?] ?Is tea hot? 3-3: Yes."],
  },
  "an A without a Q is a text": {
    source: "A: is a letter.\n",
    blocks: ["paragraph [] 1-1: A: is a letter."],
  },
};

describe("blocks", () => {
  test.each(Object.entries(SHOWN))("%s", (_, { source, blocks }) => {
    expect(allShown(read(source))).toEqual(blocks);
  });
});

const groupsOf = (source: string): (number | undefined)[] =>
  read(source)
    .filter(({ kind }) => kind !== "heading")
    .map(({ group }) => group);

const GROUPS: Record<string, { source: string; groups: readonly (number | undefined)[] }> = {
  "a list with all that stands in it": {
    source: "- A\n  - B\n\n  | C |\n  |---|\n  | d |\n- E\n",
    groups: [1, 1, 1, 1],
  },
  "each list and each table its own": {
    source: "- A\n\nText.\n\n- B\n\n| C |\n|---|\n| d |\n",
    groups: [1, undefined, 2, 3],
  },
  "steps that go on behind a picture are one list": {
    source: "1. A\n\n![a picture of something large](a.png)\n\n2. B\n",
    groups: [1, undefined, 1],
  },
  "steps that begin anew are another": { source: "1. A\n\nText.\n\n1. B\n", groups: [1, undefined, 2] },
  "steps under another heading are another": { source: "1. A\n\n# H\n\n2. B\n", groups: [1, 2] },
};

describe("grouped together is", () => {
  test.each(Object.entries(GROUPS))("%s", (_, { source, groups }) => {
    expect(groupsOf(source)).toEqual(groups);
  });
});

test("code keeps its lines and its language", () => {
  const [block] = read("```bash title='x'\npour  tea\n\n  drink\n```\n");
  expect(block).toMatchObject({
    code: { language: "bash", text: "pour  tea\n\n  drink" },
    sentences: [{ text: "pour tea drink", lines: { start: 2, end: 4 } }],
  });
});

test("a row has its cells, with inline code in backticks, under their header", () => {
  const [block] = read("| *Cup* | Tea |\n|---|---|\n| `big` | |\n");
  expect(block).toMatchObject({
    row: { cells: ["`big`", ""], header: ["Cup", "Tea"], headerLines: { start: 1, end: 1 }, head: null, caption: null },
    sentences: [{ text: "big |", coded: "`big` |" }],
  });
});

test("a sentence says its inline code in backticks, too", () => {
  const [block] = read("Use `a ``b` or `c`. Tea is hot.\n");
  expect(block?.sentences.map(({ text, coded }) => [text, coded])).toEqual([
    ["Use a ``b or c.", "Use `` a ``b `` or `c`."],
    ["Tea is hot.", undefined],
  ]);
});

test("a line that tells when the page was updated is told, and no evidence", () => {
  const { updated, blocks } = parseMarkdown("Last updated: 3 March 2024\n\nTea is hot.\n");
  expect(updated).toBe("2024-03-03");
  expect(blocks.map(({ kind }) => kind)).toEqual(["furniture", "paragraph"]);
});
