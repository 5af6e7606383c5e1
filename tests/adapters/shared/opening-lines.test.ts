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

describe("one line, said once, tells of", () => {
  test.each(Object.entries(LINES))("%s", (_, { event, level, text }) => {
    const lines: OpeningLine[] = [];
    const tell = tellOpening((line) => lines.push(line));
    tell(event);
    tell(event);
    expect(lines).toEqual([{ level, text: expect.stringMatching(text) }]);
  });
});
