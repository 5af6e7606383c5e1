import { describe, expect, test } from "vitest";
import type { Block } from "../../../src/document.ts";
import { parseMarkdown } from "../../../src/ingest/formats/markdown.ts";
import { withoutHeadings } from "../../documents.ts";
import { fc } from "../../fast-check.ts";

/** A block as kind, section, and each sentence as `first-last: text`. */
const show = ({ kind, section, sentences }: Block): string =>
  `${kind} [${section}] ${sentences.map(({ text, lines }) => `${lines.start}-${lines.end}: ${text}`).join(" / ")}`;

interface Case {
  readonly source: string;
  readonly blocks: readonly string[];
}

const LINES: Record<string, Case> = {
  "a paragraph is one block": { source: "Tea.\n", blocks: ["paragraph [] 1-1: Tea."] },
  "sentences of one line share it": { source: "Hot. Cold.\n", blocks: ["paragraph [] 1-1: Hot. / 1-1: Cold."] },
  "a sentence over two lines knows both": {
    source: "\nTea is\nhot. Ice\nis cold.\n",
    blocks: ["paragraph [] 2-3: Tea is hot. / 3-4: Ice is cold."],
  },
  "a hard break is a space": {
    source: "Tea  \nis hot.\\\nYes.\n",
    blocks: ["paragraph [] 1-2: Tea is hot. / 3-3: Yes."],
  },
  "emphasis, links and code are read as their text": {
    source: "**Tea** is _very_ [hot](http://a.b) in `cups`.\n",
    blocks: ["paragraph [] 1-1: Tea is very hot in cups."],
  },
  "a bar of links is furniture, whatever labels stand between": {
    source:
      "[Home](a) › Releases · Older: [3.0](b) · Newer: [3.2](c)\n\n[Home](a) › [Guides](b) › From 2.x to 3.0\n\nTea.\n",
    blocks: [
      "furniture [] 1-1: Home › Releases · Older: 3.0 · Newer: 3.2",
      "furniture [] 3-3: Home › Guides › From 2.x to 3.0",
      "paragraph [] 5-5: Tea.",
    ],
  },
  "a sentence with links is one": {
    source: "See [tea](a) and [ice](b).\n\nThe [pot](a) and the cup that [Ada](b) brought are hot\n",
    blocks: ["paragraph [] 1-1: See tea and ice.", "paragraph [] 3-3: The pot and the cup that Ada brought are hot"],
  },
  "emphasis over two lines keeps them": { source: "**Tea\nis** hot.\n", blocks: ["paragraph [] 1-2: Tea is hot."] },
  "an image is its description": {
    source: "See ![a cup](c.png) here.\n",
    blocks: ["paragraph [] 1-1: See a cup here."],
  },
  "HTML that breaks a line parts words": { source: "One<br>two.\n", blocks: ["paragraph [] 1-1: One two."] },
  "headings make a path": {
    source: "# A\n\n## B\n\nOne.\n\n### C\n\nTwo.\n\n## D\n\nThree.\n",
    blocks: ["paragraph [A › B] 5-5: One.", "paragraph [A › B › C] 9-9: Two.", "paragraph [A › D] 13-13: Three."],
  },
  "a heading may skip a level": {
    source: "# A\n\n#### B\n\nOne.\n\n## C\n\nTwo.\n",
    blocks: ["paragraph [A › B] 5-5: One.", "paragraph [A › C] 9-9: Two."],
  },
  "an underlined heading is a heading": { source: "Tea\n===\n\nHot.\n", blocks: ["paragraph [Tea] 4-4: Hot."] },
  "a heading's markup is read away": { source: "# *Tea* `x`\n\nHot.\n", blocks: ["paragraph [Tea x] 3-3: Hot."] },
  "each item is a block": { source: "- Tea\n- Hot\n  ice\n", blocks: ["item [] 1-1: Tea", "item [] 2-3: Hot ice"] },
  "ordered items are too": { source: "1. Tea.\n2. Ice.\n", blocks: ["item [] 1-1: Tea.", "item [] 2-2: Ice."] },
  "nested items are blocks of their own": {
    source: "- Tea\n  - Green\n    - Sencha\n- Ice\n",
    blocks: ["item [] 1-1: Tea", "item [] 2-2: Green", "item [] 3-3: Sencha", "item [] 4-4: Ice"],
  },
  "an item's second paragraph is a block": {
    source: "- Tea.\n\n  Hot.\n",
    blocks: ["item [] 1-1: Tea.", "item [] 3-3: Hot."],
  },
  "a quoted paragraph loses its marks": {
    source: "> Tea is\n> hot.\n>\n> > Very.\n",
    blocks: ["paragraph [] 1-2: Tea is hot.", "paragraph [] 4-4: Very."],
  },
  "a list inside a quotation is a list": {
    source: "> - Tea\n> - Ice\n",
    blocks: ["item [] 1-1: Tea", "item [] 2-2: Ice"],
  },
  "each row of a table is a block": {
    source: "| A | B |\n|---|---|\n| x | y |\n| z |  |\n",
    blocks: ["row [] 3-3: x | y", "row [] 4-4: z |"],
  },
  "a table without rows holds nothing": { source: "| A | B |\n|---|---|\n", blocks: [] },
  "a table inside an item is read": {
    source: "- Tea\n\n  | A |\n  |---|\n  | x |\n",
    blocks: ["item [] 1-1: Tea", "row [] 5-5: x"],
  },
  "fenced code is one block, its first line the first of the code": {
    source: "```js\nlet a;\nlet b;\n```\n",
    blocks: ["code [] 2-3: let a; let b;"],
  },
  "indented code starts on its own first line": {
    source: "Tea.\n\n    let a;\n    let b;\n",
    blocks: ["paragraph [] 1-1: Tea.", "code [] 3-4: let a; let b;"],
  },
  "a comment is no text": { source: "<!-- Tea. -->\n\nIce.\n", blocks: ["paragraph [] 3-3: Ice."] },
  "an empty text has no blocks": { source: "", blocks: [] },
  "headings alone have no blocks": { source: "# A\n\n## B\n", blocks: [] },
};

const FRONT: Record<string, Case & { frontMatter: string }> = {
  "front matter keeps the line numbers": {
    source: "---\ntitle: T\n---\n\nTea.\n",
    frontMatter: "title: T",
    blocks: ["paragraph [] 5-5: Tea."],
  },
  "text may follow it at once": {
    source: "---\ntitle: T\n---\nTea.\n",
    frontMatter: "title: T",
    blocks: ["paragraph [] 4-4: Tea."],
  },
  "front matter alone has no blocks": { source: "---\ntitle: T\n---", frontMatter: "title: T", blocks: [] },
  "a later rule opens no front matter": {
    source: "Tea.\n\n---\n\nIce.\n\n---\n",
    frontMatter: "",
    blocks: ["paragraph [] 1-1: Tea.", "paragraph [] 5-5: Ice."],
  },
  "empty front matter swallows no text up to the next rule": {
    source: "---\n---\n\nTea.\n\n---\n\nIce.\n",
    frontMatter: "",
    blocks: ["paragraph [] 4-4: Tea.", "paragraph [] 8-8: Ice."],
  },
  "lines may end as on Windows": {
    source: "---\r\ntitle: T\r\n---\r\n\r\nTea is\r\nhot. Cold.\r\n",
    frontMatter: "title: T",
    blocks: ["paragraph [] 5-6: Tea is hot. / 6-6: Cold."],
  },
  "lines may end as on an old Macintosh": {
    source: "# A\r\rTea.\r",
    frontMatter: "",
    blocks: ["paragraph [A] 3-3: Tea."],
  },
  "a byte order mark hides no front matter": {
    source: "\uFEFF---\ntitle: T\n---\nTea.\n",
    frontMatter: "title: T",
    blocks: ["paragraph [] 4-4: Tea."],
  },
  "a byte order mark hides no heading": {
    source: "\uFEFF# A\n\nTea.\n",
    frontMatter: "",
    blocks: ["paragraph [A] 3-3: Tea."],
  },
};

describe("blocks and their lines", () => {
  test.each(Object.entries(LINES))("%s", (_, { source, blocks }) => {
    expect(withoutHeadings(parseMarkdown(source).blocks).map(show)).toEqual(blocks);
  });
});

describe("front matter and line ends", () => {
  test.each(Object.entries(FRONT))("%s", (_, { source, frontMatter, blocks }) => {
    const parsed = parseMarkdown(source);
    expect(parsed.frontMatter?.source ?? "").toBe(frontMatter);
    expect(withoutHeadings(parsed.blocks).map(show)).toEqual(blocks);
  });
});

test("the first heading is found, whatever its level", () => {
  expect(parseMarkdown("Tea.\n\n## A\n\n# B\n").firstHeading).toBe("A");
  expect(parseMarkdown("Tea.\n").firstHeading).toBeNull();
});

test("a row stands under the cells of its header", () => {
  expect(parseMarkdown("| *A* | B |\n|---|---|\n| x | y |\n").blocks[0]?.header).toBe("A | B");
});

const RESTATED: Record<string, { source: string; restates: readonly (string | null)[] }> = {
  "a note holds for the next paragraph only": {
    source: "<!-- restates 3-5, 7 -->\nTea.\n\nIce.\n",
    restates: ["3-5, 7", null],
  },
  "a note holds for a whole list": { source: "<!-- restates 3 -->\n\n- A\n- B\n  - C\n", restates: ["3", "3", "3"] },
  "a note holds for a whole table": {
    source: "<!-- restates 3 -->\n\n| A |\n|---|\n| x |\n| y |\n",
    restates: ["3", "3"],
  },
  "a note holds for a whole quotation": {
    source: "<!-- restates 3 -->\n\n> Tea.\n>\n> Ice.\n",
    restates: ["3", "3"],
  },
  "a heading ends a note": { source: "<!-- restates 3 -->\n\n# A\n\nTea.\n", restates: [null] },
  "another comment is no note": { source: "<!-- restated 3 -->\n\nTea.\n", restates: [null] },
};

describe("notes of what is restated", () => {
  test.each(Object.entries(RESTATED))("%s", (_, { source, restates }) => {
    expect(withoutHeadings(parseMarkdown(source).blocks).map((block) => block.restates)).toEqual(restates);
  });
});

test("every sentence's lines lie in the file and in order, whatever the text", () => {
  const line = fc.constantFrom(
    "Tea is hot.",
    "# A",
    "- item",
    "> said",
    "| a | b |",
    "|---|---|",
    "```",
    "",
    "**b",
    "***",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      for (const { sentences } of parseMarkdown(lines.join("\n")).blocks)
        for (const { text, lines: range } of sentences) {
          expect(range.start).toBeGreaterThanOrEqual(1);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThanOrEqual(lines.length);
          const words = lines.slice(range.start - 1, range.end).join(" ");
          for (const word of text.match(/[A-Za-z]+/g) ?? []) expect(words).toContain(word);
        }
    }),
  );
});

test("no sentence ends inside of inline code", () => {
  const source = "Use `#!/bin/sh -e` or `Wait! Now` here. Then `go`.\n";
  const [block] = parseMarkdown(source, "tea.md").blocks;
  expect(block?.sentences.map(({ coded }) => coded)).toEqual(["Use `#!/bin/sh -e` or `Wait! Now` here.", "Then `go`."]);
});

const MARKED: Record<string, { source: string; verbatim: readonly (string | undefined)[] }> = {
  "keeps none where it stands without": { source: "The *pot* is `hot` now. Tea.\n", verbatim: [undefined, undefined] },
  "keeps its marks where it stands only with them": {
    source: "It shows `HOT`. Tea.\n",
    verbatim: ["It shows `HOT`.", undefined],
  },
  "keeps them where a mark opens what reads like the next sentence": {
    source: "1. Is it hot? `kettle list` shows `HOT`. Tea in a `pot`.\n",
    verbatim: ["Is it hot? `kettle list` shows `HOT`.", "Tea in a `pot`."],
  },
};

describe("a sentence's quote", () => {
  test.each(Object.entries(MARKED))("%s", (_, { source, verbatim }) => {
    const sentences = parseMarkdown(source).blocks.flatMap((block) => block.sentences);
    expect(sentences.map((sentence) => sentence.verbatim)).toEqual(verbatim);
  });
});

test("nothing that is typed makes it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (source) => {
      parseMarkdown(source);
    }),
  );
});
