// What an operator reads of a corpus being opened.

import { describe, expect, test } from "vitest";
import { type OpeningLine, tellOpening } from "../../../adapters/shared/opening-lines.ts";
import type { OpenEvent } from "../../../src/store/open-options.ts";

const FILE = "data/index/ab.snapshot";
const LINES: Record<string, { event: OpenEvent; level: OpeningLine["level"]; text: RegExp }> = {
  "a damaged index": { event: { kind: "damaged", file: FILE }, level: "warn", text: /^the index data.*is damaged/ },
  "one that can't be written": {
    event: { kind: "unwritable", file: FILE, reason: "EACCES" },
    level: "warn",
    text: /can't be written \(EACCES\).*; set FOOTNOTE_DATA/,
  },
  "one that was made": {
    event: { kind: "built", index: "compact", passages: 200_000, file: FILE, bytes: 1 },
    level: "info",
    text: /^compact index of 200,000 passages made$/,
  },
  "one that was read": {
    event: { kind: "loaded", index: "compact", passages: 5_000, file: FILE },
    level: "info",
    text: /^compact index of 5,000 passages read$/,
  },
  "a small one, to whoever asks for every line": {
    event: { kind: "loaded", index: "minisearch", passages: 1, file: FILE },
    level: "debug",
    text: /^minisearch index of 1 passage read$/,
  },
};

test("what is left out is named up to the tenth, counted beyond, and said once", () => {
  const leftOut = Array.from({ length: 12 }, (_, at) => {
    return { file: `${at}.md`, line: at === 0 ? 3 : null, reason: "is not text", remedy: "remove it" };
  });
  const lines: OpeningLine[] = [];
  const tell = tellOpening((line) => lines.push(line));
  tell({ kind: "left-out", leftOut });
  tell({ kind: "left-out", leftOut });
  expect(lines).toHaveLength(11);
  expect(lines.every(({ level }) => level === "warn")).toBe(true);
  expect(lines[0]?.text).toBe("left out: 0.md:3: is not text; remove it");
  expect(lines.at(-1)?.text).toMatch(/^12 documents left out, 2 of them not named here; footnote sources /);
});

describe("one line, said once, tells of", () => {
  test.each(Object.entries(LINES))("%s", (_, { event, level, text }) => {
    const lines: OpeningLine[] = [];
    const tell = tellOpening((line) => lines.push(line));
    tell(event);
    tell(event);
    expect(lines).toEqual([{ level, text: expect.stringMatching(text) }]);
  });
});
