import { describe, expect, test } from "vitest";
import { Citations } from "../../src/answer/citations.ts";
import type { Document, Grounded, Quote } from "../../src/document.ts";
import { isAtLeastOne, quoteSentence } from "../../src/document.ts";
import { CITATIONS_MAX, QUOTE_LENGTH_MAX } from "../../src/reply.ts";
import { documentOf } from "../documents.ts";

const MANY = await documentOf(
  "documents/many.md",
  `---
title: Many boats
origin: A log
url: https://example.org/log
---

## Fleet

${Array.from({ length: 12 }, (_, at) => `Boat number ${at} floats.`).join("\n")}

${"Rope".repeat(110)}ends.
`,
);
const OTHER = await documentOf("documents/other.md", "Boats sink.\n");
const DOCUMENTS: ReadonlyMap<string, Document> = new Map([MANY, OTHER].map((document) => [document.id, document]));

const quotesOf = (document: Document): Quote[] =>
  document.blocks
    .filter(({ kind }) => kind !== "heading")
    .flatMap((block) => block.sentences.map((sentence) => quoteSentence(document, block, sentence)));
const BOATS = quotesOf(MANY);
const boat = (at: number): Quote => {
  const quote = BOATS[at];
  if (quote === undefined) throw new Error(`there is no boat ${at}`);
  return quote;
};
const said = (...places: readonly number[]): Grounded => {
  const quotes = places.map(boat);
  if (!isAtLeastOne(quotes)) throw new Error("name a boat");
  return { text: `Said of ${places.join(" and ")}.`, quotes };
};

describe("numbers", () => {
  test("are given in the order of first use", () => {
    const citations = new Citations(DOCUMENTS);
    expect(citations.cite(said(5))?.citations).toEqual([1]);
    expect(citations.cite(said(3, 5))?.citations).toEqual([2, 1]);
    expect(citations.cite(said(5, 3, 1))?.citations).toEqual([1, 2, 3]);
    expect(citations.list.map(({ number, quote }) => [number, quote])).toEqual([
      [1, "Boat number 5 floats."],
      [2, "Boat number 3 floats."],
      [3, "Boat number 1 floats."],
    ]);
  });

  test("stand once in a statement, however often it quotes the same", () => {
    const citations = new Citations(DOCUMENTS);
    expect(citations.cite(said(2, 4, 2, 4))).toEqual({ text: "Said of 2 and 4 and 2 and 4.", citations: [1, 2] });
    expect(citations.list).toHaveLength(2);
  });
});

test("a citation says where its quote is from", () => {
  const citations = new Citations(DOCUMENTS);
  citations.cite(said(0));
  expect(citations.list).toEqual([
    {
      number: 1,
      page: null,
      document: "many",
      title: "Many boats",
      origin: "A log",
      url: "https://example.org/log",
      file: "documents/many.md",
      section: "Fleet",
      lines: { start: 9, end: 9 },
      quote: "Boat number 0 floats.",
    },
  ]);
});

const FIRST_SEVEN = [0, 1, 2, 3, 4, 5, 6] as const;
const BOUNDS: Record<
  string,
  {
    before: readonly number[];
    quotes: readonly number[];
    reserved: readonly number[];
    numbers: readonly number[] | null;
  }
> = {
  "all quotes of a statement": { before: [], quotes: [0, 1, 2], reserved: [], numbers: [1, 2, 3] },
  "as many as a reply may have": { before: FIRST_SEVEN, quotes: [7], reserved: [], numbers: [8] },
  "none where one of them is too many": { before: FIRST_SEVEN, quotes: [7, 8], reserved: [], numbers: null },
  "what has been cited before, however full the reply": {
    before: [...FIRST_SEVEN, 7],
    quotes: [3, 7],
    reserved: [],
    numbers: [4, 8],
  },
  "none where what is to come needs the room": { before: FIRST_SEVEN, quotes: [7], reserved: [8], numbers: null },
  "it where what is to come has been cited": { before: FIRST_SEVEN, quotes: [7], reserved: [0], numbers: [8] },
  "it where what is to come is the same": { before: FIRST_SEVEN, quotes: [7], reserved: [7], numbers: [8] },
};

describe("within the bound a reply cites", () => {
  test.each(Object.entries(BOUNDS))("%s", (_, { before, quotes, reserved, numbers }) => {
    const citations = new Citations(DOCUMENTS);
    for (const place of before) citations.cite(said(place));
    const held = citations.list;
    const statement = citations.cite(
      said(...quotes),
      reserved.map((place) => said(place)),
    );
    expect(statement?.citations ?? null).toEqual(numbers);
    expect(citations.list.length).toBeLessThanOrEqual(CITATIONS_MAX);
    if (statement === null) expect(citations.list).toEqual(held);
  });

  test("texts whose quotes fit together have room, and others have none", () => {
    const citations = new Citations(DOCUMENTS);
    citations.cite(said(0, 1, 2, 3, 4, 5));
    expect(citations.haveRoomFor([said(6), said(7)])).toBe(true);
    expect(citations.haveRoomFor([said(6), said(7), said(8)])).toBe(false);
    expect(citations.haveRoomFor([said(6, 7, 8)])).toBe(false);
    expect(citations.haveRoomFor([said(6), said(6), said(0), said(7)])).toBe(true);
    expect(citations.haveRoomFor([])).toBe(true);
  });
});

const FALSE: Record<string, Quote> = {
  "other words": { ...boat(0), text: "Boat number 0 sinks." },
  "another line": { ...boat(0), lines: { start: 10, end: 10 } },
  "a line beyond the end": { ...boat(0), lines: { start: 999, end: 999 } },
  "another document": { ...boat(0), document: "other" },
  "no document": { ...boat(0), document: "none" },
  "a quote that is too long": boat(12),
  "no words": { ...boat(0), text: "" },
};

describe("a false quote throws and leaves no citation", () => {
  test.each(Object.entries(FALSE))("%s", (_, quote) => {
    const citations = new Citations(DOCUMENTS);
    expect(() => citations.cite({ text: "It floats.", quotes: [quote] })).toThrow(/does not stand at/);
    expect(citations.list).toEqual([]);
  });

  test("the long quote stands but for its length", () => {
    expect(boat(12).text.length).toBeGreaterThan(QUOTE_LENGTH_MAX);
  });
});
