import { describe, expect, test } from "vitest";
import { splitPassages } from "../../src/ingest/passages.ts";
import { documentOf } from "../documents.ts";

const TEXT =
  "Black tea is brewed for four minutes in water that has just boiled, and the leaves are taken out at once.";

const CASES: Record<string, { first: string; second: string; isKept: boolean }> = {
  "the same paragraph": { first: TEXT, second: TEXT, isKept: false },
  "a paragraph with a few words changed": { first: TEXT, second: TEXT.replace("at once", "right away"), isKept: false },
  "a paragraph with another figure": {
    first: `${TEXT} It costs 4 euros.`,
    second: `${TEXT} It costs 5 euros.`,
    isKept: true,
  },
  "a paragraph that denies it": { first: TEXT, second: TEXT.replace("is brewed", "is not brewed"), isKept: true },
  "another paragraph": {
    first: TEXT,
    second: "Green tea is brewed for two minutes in water that has cooled a little, and it can be brewed twice.",
    isKept: true,
  },
  "a short line under the same heading": {
    first: "## Price\n\nFour euros.",
    second: "## Price\n\nFour euros.",
    isKept: false,
  },
  "a short line under another heading": {
    first: "## Price\n\nFour euros.",
    second: "## Deposit\n\nFour euros.",
    isKept: true,
  },
};

describe("of what a later page says is left out", () => {
  test.each(Object.entries(CASES))("%s: %j", async (_, { first, second, isKept }) => {
    const passages = splitPassages([
      await documentOf("a.md", `# A\n\n${first}\n`),
      await documentOf("b.md", `# B\n\n${second}\n`),
    ]);
    expect(passages.map(({ document }) => document.id)).toEqual(isKept ? ["a", "b"] : ["a"]);
  });
});

test("a page may repeat itself", async () => {
  expect(splitPassages([await documentOf("a.md", `${TEXT}\n\n${TEXT}\n`)])).toHaveLength(2);
});

test("numbers count from 0 over what is kept", async () => {
  const documents = await Promise.all(
    ["a", "b", "c"].map((id) => documentOf(`${id}.md`, `${TEXT}\n\nPage ${id} is about tea.\n`)),
  );
  expect(splitPassages(documents).map(({ number }) => number)).toEqual([0, 1, 2, 3]);
});
