import { describe, expect, test } from "vitest";
import { alignRows, drawPieces, itemLead, readPassage, rowLine } from "../../../adapters/shared/passage-text.ts";
import type { CitedStatement, Part, Passage } from "../../../src/reply.ts";

const passageOf = (...parts: Part[]): Passage => ({
  ...{ citation: 1, section: "Tea", lines: { start: 1, end: 9 }, kind: "text", cut: false },
  parts,
});
const text = (said: string, marked = false): Part => ({ kind: "text", text: said, marked });
const item = (said: string, number: number | null = null, marked = false): Part => ({
  ...{ kind: "item", number, depth: 0, text: said, marked },
});
const row = (cells: string[], header = false) => ({ kind: "row" as const, cells, header, marked: false });
const verdict = (said: string): CitedStatement => ({ text: said, citations: [1] });

/** As one line for each stretch of text or items: what is marked between asterisks, the verdict with its number. */
function drawn(passage: Passage, stated: CitedStatement | null): string[] {
  const say = (pieces: Parameters<typeof drawPieces>[0]) =>
    drawPieces(
      pieces,
      (said) => said,
      (said) => `*${said}*`,
      " [1]",
    );
  return readPassage(passage, stated).stretches.flatMap((stretch) => {
    if (stretch.kind === "text") return [say(stretch.pieces)];
    return stretch.kind === "items" ? stretch.items.map((one) => itemLead(one, "-") + say(one.pieces)) : [stretch.kind];
  });
}

const TOLD: Record<string, { passage: Passage; stated: string | null; lines: readonly string[]; says: boolean }> = {
  "a sentence of a text": {
    passage: passageOf(text("Tea is hot. It is green.", true), text("It is old.")),
    stated: "It is green.",
    lines: ["Tea is hot. *It is green.* [1] It is old."],
    says: true,
  },
  "what is in several parts of one text": {
    passage: passageOf(text("Boil water."), text("Then do this:", true), item("Wait.")),
    stated: "Boil water. Then do this:",
    lines: ["*Boil water. Then do this:* [1]", "- Wait."],
    says: true,
  },
  "an item of a list": {
    passage: passageOf(text("Of tea:"), item("It is hot. It is green.", 1, true), item("It is green.", 2)),
    stated: "It is green.",
    lines: ["Of tea:", "1. It is hot. *It is green.* [1]", "2. It is green."],
    says: true,
  },
  "nothing where the passage does not say it": {
    passage: passageOf(text("Tea is hot.", true)),
    stated: "Brewing",
    lines: ["*Tea is hot.*"],
    says: false,
  },
  "nothing where nothing is stated": {
    passage: passageOf(text("Tea is hot.", true)),
    stated: null,
    lines: ["*Tea is hot.*"],
    says: false,
  },
};

describe("the verdict is set apart where a passage says it, once:", () => {
  test.each(Object.entries(TOLD))("%s", (_, { passage, stated, lines, says }) => {
    const said = stated === null ? null : verdict(stated);
    expect(drawn(passage, said)).toEqual(lines);
    expect(readPassage(passage, said).saysVerdict).toBe(says);
  });
});

test("code keeps its indents and its empty lines, and loses what steers a terminal", () => {
  const [stretch] = readPassage(
    passageOf({ kind: "code", language: "sh", text: "if x\n\tthen\u001b[2J\n\n  fi" }),
    null,
  ).stretches;
  expect(stretch).toMatchObject({ kind: "code", language: "sh" });
  const lines = stretch?.kind === "code" ? stretch.lines : [];
  expect(lines).toEqual(["if x", expect.stringMatching(/^ {4}then/), "", "  fi"]);
  expect(lines.join("")).not.toContain("\u001b");
});

test("rows that belong together are drawn together", () => {
  const { stretches } = readPassage(passageOf(text("Prices:"), row(["Tea", "Price"], true), row(["Green", "3"])), null);
  expect(stretches.map(({ kind }) => kind)).toEqual(["text", "rows"]);
});

describe("rows", () => {
  const ROWS = [row(["Tea", "Price"], true), row(["Green", "3"])];

  test("stand in columns under a rule", () => {
    expect(alignRows(ROWS, 40)).toEqual(["Tea    Price", "-----  -----", "Green  3"]);
  });

  test("don't where they are too wide, or hold signs of unknown width", () => {
    expect(alignRows(ROWS, 10)).toBeNull();
    expect(alignRows([row(["緑茶", "3"])], 40)).toBeNull();
  });

  test("are else a line each, every cell behind what heads it", () => {
    expect(rowLine(row(["Green", "3", ""]), ["Tea", "Price", "Note"])).toBe("Green – Price: 3");
    expect(rowLine(row(["Green", "3"]), [])).toBe("Green – 3");
  });
});
