import { describe, expect, test } from "vitest";
import { textOf, unitsOf } from "../../src/evidence/units.ts";
import { documentOf } from "../documents.ts";
import { fc } from "../fast-check.ts";

const REPEATED = Array.from({ length: 12 }, (_, at) => `- Item ${at} has some ten words of text in it, or more.`).join(
  "\n",
);

const PAGES: Record<string, { page: string; units: readonly string[] }> = {
  "a paragraph": { page: "Tea is hot.\n\nMilk is cold.\n", units: ["text: Tea is hot.", "text: Milk is cold."] },
  "a list and the line that announces it": {
    page: "Do this:\n\n1. Boil water.\n2. Add tea.\n\nThen wait.\n",
    units: ["list: Do this: Boil water. Add tea.", "text: Then wait."],
  },
  "a list that nothing announces": {
    page: "It is easy.\n\n- Boil water.\n- Add tea.\n",
    units: ["text: It is easy.", "list: Boil water. Add tea."],
  },
  "code and the short paragraph before it, with or without a colon": {
    page: "Run this to start\n\n```\nbrew start\n```\n",
    units: ["code: Run this to start brew start"],
  },
  "an item with the code inside of it": {
    page: "1. Run:\n\n   ```\n   brew\n   ```\n\n2. Wait.\n",
    units: ["list: Run: brew Wait."],
  },
  "a table under its header": {
    page: "Prices:\n\n| Tea | Price |\n|---|---|\n| Green | 3 |\n| Black | 2 |\n",
    units: ["table: Tea | Price Prices: Green | 3 Black | 2"],
  },
  "a label and the paragraph below it": {
    page: "For Windows:\n\nPress F5.\n",
    units: ["text: For Windows: Press F5."],
  },
  "no label that nothing stands below": { page: "Press F5.\n\n## Mac\n\nOn a Mac:\n", units: ["text: Press F5."] },
};

describe("a unit is", () => {
  test.each(Object.entries(PAGES))("%s", async (_, { page, units }) => {
    const { blocks } = await documentOf("tea.md", `# Tea\n\n${page}`);
    expect(unitsOf(blocks).map((unit) => `${unit.kind}: ${textOf(blocks, unit)}`)).toEqual(units);
  });

  test("half of a long list, never one that begins behind what announces it", async () => {
    const announcement = `${"Some words stand here. ".repeat(30)}These are they:`;
    const { blocks } = await documentOf("tea.md", `# Tea\n\n${announcement}\n\n${REPEATED}\n`);
    const [first, ...rest] = unitsOf(blocks);
    expect(rest.length).toBeGreaterThan(0);
    expect(first?.to).toBeGreaterThan((first?.from ?? 0) + 1);
  });
});

const PIECES = [
  "Tea is hot.",
  "Do this:",
  "- one\n- two:\n  - three",
  "1. first\n\n   ```\n   code\n   ```\n\n2. second",
  "```\ncode\n```",
  "| a | b |\n|---|---|\n| c | d |",
  "## Heading",
  "> A quote.",
];

test("units follow each other, each within one section, and every block that says something stands in one", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 9 }), async (pieces) => {
      const { blocks } = await documentOf("tea.md", `# Tea\n\nAll about it.\n\n${pieces.join("\n\n")}\n`);
      let end = 0;
      const seen = new Set<number>();
      for (const { from, to } of unitsOf(blocks)) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        expect(new Set(blocks.slice(from, to).map(({ section }) => section)).size).toBe(1);
        for (let at = from; at < to; at++) seen.add(at);
        end = to;
      }
      const left = blocks.filter(({ kind }, at) => !seen.has(at) && kind !== "heading" && kind !== "furniture");
      expect(left.flatMap(({ sentences }) => sentences).filter(({ text }) => !text.endsWith(":"))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
