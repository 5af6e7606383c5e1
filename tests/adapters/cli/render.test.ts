// What a person reads in a terminal, for every shape of reply.

import { stripVTControlCharacters } from "node:util";
import stringWidth from "fast-string-width";
import { describe, expect, test } from "vitest";
import { renderReply } from "../../../adapters/cli/render.ts";
import type { View } from "../../../adapters/shared/terminal.ts";
import type { Passage, Reading, Reply } from "../../../src/reply.ts";
import { describeRenderer } from "../../contracts/renderer.ts";
import { fc } from "../../fast-check.ts";
import { ANSWER, CLARIFY, COMPARISON, cite, EVERY_KIND, HELP, QUIET, UNKNOWN } from "./replies.ts";

const WIDTHS = [40, 60, 69, 70, 80, 120];
const view = (width: number): View => ({ width, colour: false, names: new Map() });
const plain = (reply: Reply, width = 80): string => renderReply(reply, view(width));

/** Controls and whatever else moves the cursor, hides text or turns it around. */
const STEERS = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

describeRenderer<string>({
  name: "The terminal",
  // Sides are below each other: beside each other, the lines of two statements would alternate.
  render: (reply) => plain(reply, 60),
  brokenLimits: (shown) => shown.split("\n").filter((line) => stringWidth(line) > 60),
  dangers: (shown) => shown.split("\n").filter((line) => STEERS.test(line)),
  read: (shown) => shown,
  hasMore: () => false,
  look: (shown) => (shown.startsWith("No answer:") ? "unknown" : "stating"),
});

describe.each(WIDTHS)("at %i columns", (width) => {
  test.each(EVERY_KIND)("no line of $kind is wider, with or without colour", (reply) => {
    for (const colour of [true, false])
      for (const line of renderReply(reply, { ...view(width), colour }).split("\n"))
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  test.each(EVERY_KIND)("$kind says the same with and without colour", (reply) => {
    expect(stripVTControlCharacters(renderReply(reply, { ...view(width), colour: true }))).toBe(plain(reply, width));
  });
});

test("prose stays within 100 columns however wide the terminal is", () => {
  for (const line of plain(ANSWER, 250).split("\n")) expect(line.length).toBeLessThanOrEqual(100);
});

test("an answer reads verdict, support, disagreement, sources, what to ask next", () => {
  expect(plain(ANSWER, 72)).toBe(
    `Green tea is brewed with water that has cooled down a little after
boiling. [1][2]

  • Two minutes are enough, and a longer time draws out bitterness that
    no sugar covers. [3]
  • Leaves can be used again. [2]

The sources differ on: How hot the water should be
  – Eighty degrees are right for every green tea. [1]
  – Sixty degrees are right for fine ones. [3]

Sources
[1] All about tea › Brewing › Green tea
    documents/tea.md:11
    “Green tea wants water well below boiling, and leaf number 1 wants
    no more than two minutes in it.”
[2] All about tea › Brewing › Green tea
    documents/tea.md:20-22
    https://tea.example/green
    “Green tea wants water well below boiling, and leaf number 2 wants
    no more than two minutes in it.”
[3] All about tea
    documents/tea.md:13
    “Green tea wants water well below boiling, and leaf number 3 wants
    no more than two minutes in it.”

Ask next
  • How long does black tea take?
  • Which water is best?`,
  );
});

test("a comparison is a table where two sides fit beside each other", () => {
  const table = plain(COMPARISON, 80).split("\n\n")[1];
  expect(table).toBe(
    `                  │ Green tea                    │ Black tea
──────────────────┼──────────────────────────────┼─────────────────────────────
Time in the water │ Two minutes at most,         │ Four minutes [2]
                  │ whatever the leaf [1]        │
──────────────────┼──────────────────────────────┼─────────────────────────────
Origin            │ the documents do not say     │ Assam and Ceylon, in most
                  │                              │ blends that are sold as
                  │                              │ breakfast tea [2]`,
  );
});

test("a comparison is stacked on a narrow terminal", () => {
  expect(plain(COMPARISON, 60).split("\n\n")[1]).toBe(
    `Time in the water
  Green tea: Two minutes at most, whatever the leaf [1]
  Black tea: Four minutes [2]
Origin
  Green tea: the documents do not say
  Black tea: Assam and Ceylon, in most blends that are sold
  as breakfast tea [2]`,
  );
});

test("a comparison without verdict or rows still has its title", () => {
  const bare = { ...COMPARISON, verdict: null, rows: [], citations: [] };
  expect(plain(bare)).toBe("Brewing time");
});

test("an unknown is told apart without colour", () => {
  expect(plain(UNKNOWN)).toBe(
    `No answer: The documents do not answer that. They do not mention “kettle”.

Nearest sections
  • All about tea › Brewing
  • All about tea

You can ask
  • Which water is best?`,
  );
});

test("a question back has numbers; a question equal to its label is not repeated", () => {
  expect(plain(CLARIFY)).toBe(
    `Which of these do you mean?

  1. Green tea
     How is green tea brewed?
  2. Black tea`,
  );
});

test("suggestions have numbers only where one can be picked", () => {
  expect(plain(HELP)).toContain("• Which water is best?");
  expect(renderReply(HELP, { ...view(80), isPickable: true })).toContain("1. Which water is best?");
});

describe("the reading", () => {
  const read: readonly { says: string; reading: Partial<Reading>; of?: Reply }[] = [
    { says: "Read “dokcer” as “docker”", reading: { corrected: [{ from: "dokcer", to: "docker" }] } },
    { says: "Continuing with: Startup time, vm", reading: { fromThread: ["startup-time", "vm"] } },
    { says: "Your message is long: only its beginning was read", reading: { notes: ["cut"] } },
    { says: "Several questions: answered the first that the documents answer", reading: { notes: ["one-of-several"] } },
    {
      says: "Several questions: the documents answer none of them",
      reading: { notes: ["one-of-several"] },
      of: UNKNOWN,
    },
    { says: "Your message was not read as English", reading: { notes: ["other-language"] }, of: UNKNOWN },
    {
      says: "Read “a” as “b” · your message is long: only its beginning was read",
      reading: { corrected: [{ from: "a", to: "b" }], notes: ["cut"] },
    },
  ];
  test.each(read)("says: $says", ({ says, reading, of = ANSWER }) => {
    const names = new Map([["startup-time", "Startup time"]]);
    const shown = renderReply({ ...of, reading: { ...QUIET, ...reading } }, { ...view(100), names });
    expect(shown.split("\n").at(-1)).toBe(says);
  });

  test("is not shown where nothing was corrected, carried over or noted", () => {
    const reading = { ...QUIET, topic: "brewing", subjects: ["green-tea"] };
    expect(plain({ ...ANSWER, reading })).toBe(plain(ANSWER));
  });
});

/** One reply of every kind, with the text wherever a text can stand. */
function everyKindWith(text: string): Reply[] {
  const reading: Reading = { ...QUIET, corrected: [{ from: text, to: text }], fromThread: [text], notes: ["cut"] };
  const frame = { corpus: "0", reading };
  const statement = { text, citations: [1] as const };
  const rest = {
    disagreement: { text, sides: [statement, statement] },
    citations: [cite(1, { title: text, section: text, quote: text, file: text, url: text })],
    suggestions: [text],
  };
  const passage: Passage = {
    citation: 1,
    section: text,
    lines: { start: 1, end: 9 },
    kind: "text",
    parts: [
      { kind: "text", text, marked: true },
      { kind: "item", number: 1, depth: 1, text, marked: false },
      { kind: "code", language: text, text },
      { kind: "row", cells: [text, text], header: true, marked: false },
      { kind: "row", cells: [text, text], header: false, marked: true },
    ],
    cut: false,
  };
  const rows = [{ aspect: text, cells: [statement, null] as const }];
  const nearest = [{ title: text, document: text, section: text }];
  return [
    { ...frame, kind: "answer", topic: null, verdict: statement, support: [statement], passage, ...rest },
    { ...frame, kind: "comparison", topic: null, title: text, verdict: null, sides: [text, text], rows, ...rest },
    { ...frame, kind: "leads", text, passages: [passage], citations: rest.citations, suggestions: [text] },
    { ...frame, kind: "unknown", reason: "unclear", text, nearest, suggestions: [text] },
    { ...frame, kind: "clarify", text, options: [{ label: text, question: `${text}?` }] },
    { ...frame, kind: "help", text, suggestions: [text] },
  ];
}

const widths = fc.integer({ min: 24, max: 130 });

test("no text of a reply can steer the terminal", () => {
  const sequences = fc.constantFrom(
    "\u001b[31mred\u001b[0m",
    "\u001b]8;;http://x\u0007link\u001b]8;;\u0007",
    "\u001b\u001b[0m[2J",
    "a\rb\nc\td",
    "\u202Eabc",
    "\u009B2J",
  );
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 120 }), sequences);
  fc.assert(
    fc.property(text, widths, (written, width) => {
      for (const reply of everyKindWith(written))
        for (const line of plain(reply, width).split("\n")) expect(line).not.toMatch(STEERS);
    }),
  );
});

test("no text of a reply makes a line too wide or is lost", () => {
  const unit = fc.constantFrom("a", "long", " ", " ", "ü", "茶", "한", "🍵", "–", ".", "[1]");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 120 }), widths, (written, width) => {
      for (const reply of everyKindWith(written)) {
        const drawn = plain(reply, width);
        for (const line of drawn.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(drawn).not.toContain("…");
      }
    }),
  );
});
