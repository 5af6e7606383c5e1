// Two sections that a question sets against each other, side by side.

import { expect, test } from "vitest";
import { createSectionPairs } from "../../src/ingest/section-pairs.ts";
import { sectionsIn } from "../../src/ingest/sections.ts";
import { createLexicon } from "../../src/text/analyzer.ts";
import { documentOf } from "../documents.ts";

const LEXICON = createLexicon({ names: [], synonyms: [["sdist", "source distribution"]] });
const PAGES = [
  await documentOf(
    "documents/plans.md",
    `# Plans

## Current

The Current plan is for teams. It has forty seats.

### Price

It costs 12 EUR.

### Support

Mail is read within a day.

## Deep

The Deep plan is for companies.

### Price

It costs 40 EUR.

## What is a wheel?

A wheel is a built package.

## Source distribution

A source distribution is an archive.
`,
  ),
  await documentOf(
    "documents/old.md",
    "# Old plans\n\n## Deep\n\nThe old Deep plan is gone.\n\n## Free\n\nIt was free.\n",
  ),
];
const pairs = createSectionPairs(sectionsIn(PAGES), LEXICON);
const told = (ask: string): unknown =>
  pairs.compare(ask)?.rows.map(({ aspect, cells }) => [aspect, ...cells.map((cell) => cell?.text)]) ?? null;

test("each side's opening stands first, then the headings that both have below", () => {
  expect(told("What's the difference between Current and Deep?")).toEqual([
    ["In short", "The Current plan is for teams.", "The Deep plan is for companies."],
    ["Price", "It costs 12 EUR.", "It costs 40 EUR."],
  ]);
});

test.each([
  "wheel vs sdist",
  "compare a wheel with a source distribution",
  "difference between the wheel and the source distribution, please",
  "so how does it work: compare wheels to source distributions",
])("“%s” names two sections, as headings, as questions and in other words", (ask) => {
  expect(told(ask)).toEqual([["In short", "A wheel is a built package.", "A source distribution is an archive."]]);
});

test("its sides are called as they were asked for", () => {
  expect(pairs.compare("a wheel vs the sdist")?.sides).toEqual(["wheel", "sdist"]);
});

test("every cell is a sentence of its own section", () => {
  const [first] = pairs.compare("Deep vs Free")?.rows ?? [];
  expect(first?.cells.map((cell) => cell?.quotes[0].document)).toEqual(["old", "old"]);
});

test.each(["wheel vs bicycle", "Current vs Current", "how do Current and Deep work?", "compare them", "vs", ""])(
  "“%s” names no two sections",
  (ask) => {
    expect(pairs.compare(ask)).toBeNull();
  },
);
