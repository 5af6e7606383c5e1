import { describe, expect, test } from "vitest";
import { isAtLeastOne, locate, type Quote, quoteSentence, stands } from "../src/document.ts";
import { documentOf } from "./documents.ts";
import { fc } from "./fast-check.ts";

const YARD = await documentOf(
  "documents/yard.md",
  `# Yard

A dinghy is *rigged* in
five minutes. A ketch needs an hour. It needs a crew.

Boats float. Boats sink.

Boats float.

| Boat | Crew |
|---|---|
| Ketch | Four |

- Laser dinghy
`,
);

const FOUND: Record<string, { fragment: string; text: string; lines: [number, number] }> = {
  "a whole sentence": { fragment: "A ketch needs an hour.", text: "A ketch needs an hour.", lines: [4, 4] },
  "a fragment is widened to its sentence": { fragment: "a crew", text: "It needs a crew.", lines: [4, 4] },
  "a fragment over a line end knows both lines": {
    fragment: "rigged in five",
    text: "A dinghy is rigged in five minutes.",
    lines: [3, 4],
  },
  "a fragment over two sentences is widened to both": {
    fragment: "an hour. It needs",
    text: "A ketch needs an hour. It needs a crew.",
    lines: [4, 4],
  },
  "markup in the fragment is read away": {
    fragment: "A dinghy is **rigged**\n  in `five` minutes.",
    text: "A dinghy is rigged in five minutes.",
    lines: [3, 4],
  },
  "a link in the fragment is read away": {
    fragment: "A [ketch](https://boats.example/ketch) needs an <b>hour</b>. [It][1] needs a crew.",
    text: "A ketch needs an hour. It needs a crew.",
    lines: [4, 4],
  },
  "a table row": { fragment: "Ketch | Four", text: "Ketch | Four", lines: [12, 12] },
  "a list item": { fragment: "Laser", text: "Laser dinghy", lines: [14, 14] },
};

describe("a fragment that stands once is found", () => {
  test.each(Object.entries(FOUND))("%s", (_, { fragment, text, lines: [start, end] }) => {
    const located = locate(YARD, fragment);
    expect(located).toEqual({ ok: true, quote: { document: "yard", section: "", lines: { start, end }, text } });
    expect(located.ok && stands(YARD, located.quote)).toBe(true);
  });
});

const NOT_ONCE: Record<string, { fragment: string; found: number }> = {
  "what stands nowhere": { fragment: "A submarine dives.", found: 0 },
  "what stands twice in two blocks": { fragment: "Boats float.", found: 2 },
  "what stands twice in one block": { fragment: "needs a", found: 2 },
  "a sentence with another word": { fragment: "A ketch needs a minute.", found: 0 },
  "other capitals": { fragment: "a KETCH needs an hour.", found: 0 },
  "sentences of two blocks": { fragment: "It needs a crew. Boats float.", found: 0 },
  "a heading": { fragment: "Yard", found: 0 },
  nothing: { fragment: "", found: 0 },
  "marks alone": { fragment: " ** | ", found: 0 },
};

describe("a fragment that does not stand once says how often it does", () => {
  test.each(Object.entries(NOT_ONCE))("%s", (_, { fragment, found }) => {
    expect(locate(YARD, fragment)).toMatchObject({ ok: false, found });
  });
});

describe("a fragment under a heading", () => {
  const TOWN = documentOf(
    "documents/town.md",
    "# Town\n\n## Baths\n\nOpen daily.\n\n### Sauna\n\nOpen daily.\n\n## Library\n\nOpen daily.\n\nOpen daily.\n",
  );

  test.each([
    ["Sauna", 9],
    ["sauna", 9],
    ["Baths › Sauna", 9],
  ])("%s is found there alone", async (heading, line) => {
    expect(locate(await TOWN, "Open daily.", heading)).toMatchObject({ ok: true, quote: { lines: { start: line } } });
  });

  test("is not found under another, and says where it stands when it does so more than once", async () => {
    expect(locate(await TOWN, "Open daily.", "Park")).toEqual({ ok: false, found: 0, headings: [] });
    expect(locate(await TOWN, "Open daily.", "Library")).toMatchObject({ ok: false, found: 2 });
    expect(locate(await TOWN, "Open daily.", "Baths")).toMatchObject({ ok: false, found: 2 });
    const everywhere = locate(await TOWN, "Open daily.");
    expect(!everywhere.ok && everywhere.headings).toEqual(["Baths", "Baths › Sauna", "Library"]);
  });
});

const HOUR: Quote = { document: "yard", section: "", lines: { start: 4, end: 4 }, text: "A ketch needs an hour." };
const STANDING: Record<string, { quote: Quote; is: boolean }> = {
  "a sentence at its line": { quote: HOUR, is: true },
  "two sentences side by side": { quote: { ...HOUR, text: "A ketch needs an hour. It needs a crew." }, is: true },
  "another word": { quote: { ...HOUR, text: "A ketch needs a minute." }, is: false },
  "another line": { quote: { ...HOUR, lines: { start: 6, end: 6 } }, is: false },
  "a line beyond the end": { quote: { ...HOUR, lines: { start: 400, end: 400 } }, is: false },
  "lines that run into another block": { quote: { ...HOUR, lines: { start: 4, end: 6 } }, is: false },
  "lines turned around": { quote: { ...HOUR, lines: { start: 4, end: 3 } }, is: false },
  "the first line of a sentence of two": {
    quote: { ...HOUR, lines: { start: 3, end: 3 }, text: "A dinghy is rigged in five minutes." },
    is: false,
  },
  "two sentences that are not side by side": {
    quote: { ...HOUR, text: "A dinghy is rigged in five minutes. It needs a crew." },
    is: false,
  },
  "an empty quote": { quote: { ...HOUR, text: " " }, is: false },
};

describe("whether a quote stands", () => {
  test.each(Object.entries(STANDING))("%s", (_, { quote, is }) => {
    expect(stands(YARD, quote)).toBe(is);
  });

  test("a quote of no document does not", () => {
    expect(stands(undefined, HOUR)).toBe(false);
  });

  test("every sentence's own quote does", () => {
    for (const block of YARD.blocks)
      for (const sentence of block.sentences) expect(stands(YARD, quoteSentence(YARD, block, sentence))).toBe(true);
  });

  test("no text of other letters does", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[qxz0-9]{1,20}$/), (text) => {
        expect(stands(YARD, { ...HOUR, text })).toBe(false);
      }),
    );
  });
});

test("whatever part of a block is looked for, what is found stands and holds it", () => {
  const [first] = YARD.blocks;
  const whole = first?.sentences.map(({ text }) => text).join(" ") ?? "";
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 60 }), (from, length) => {
      const fragment = whole.slice(from, from + length);
      const located = locate(YARD, fragment);
      if (!located.ok) return;
      expect(located.quote.text).toContain(fragment.trim());
      expect(stands(YARD, located.quote)).toBe(true);
    }),
  );
});

test("an empty list is not at least one", () => {
  expect([isAtLeastOne([]), isAtLeastOne([1])]).toEqual([false, true]);
});
