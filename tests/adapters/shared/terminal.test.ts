// What an output can show.

import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { linesOf } from "../../../adapters/cli/lines.ts";
import { takesColour, widthOf } from "../../../adapters/shared/terminal.ts";
import { fc } from "../../fast-check.ts";

const outputs = [
  { colour: true, says: "a terminal", environment: {}, isTTY: true },
  { colour: false, says: "a pipe", environment: {}, isTTY: false },
  { colour: false, says: "a pipe in CI", environment: { CI: "1" }, isTTY: false },
  { colour: false, says: "a terminal with NO_COLOR", environment: { NO_COLOR: "1" }, isTTY: true },
  { colour: true, says: "a terminal with an empty NO_COLOR", environment: { NO_COLOR: "" }, isTTY: true },
  { colour: true, says: "a pipe with FORCE_COLOR", environment: { FORCE_COLOR: "1" }, isTTY: false },
  { colour: false, says: "a terminal with FORCE_COLOR=0", environment: { FORCE_COLOR: "0" }, isTTY: true },
  {
    colour: false,
    says: "NO_COLOR against FORCE_COLOR",
    environment: { NO_COLOR: "1", FORCE_COLOR: "1" },
    isTTY: true,
  },
  { colour: false, says: "a dumb terminal", environment: { TERM: "dumb" }, isTTY: true },
];
test.each(outputs)("colour is $colour for $says", ({ colour, environment, isTTY }) => {
  expect(takesColour(environment, { isTTY, columns: 80 })).toBe(colour);
});

test("a pipe is 80 columns wide, a terminal what it says, but never too narrow to read", () => {
  expect(widthOf({ isTTY: false, columns: 200 })).toBe(80);
  expect(widthOf({ isTTY: true, columns: 133 })).toBe(133);
  expect(widthOf({ isTTY: true, columns: 0 })).toBe(80);
  expect(widthOf({ isTTY: true, columns: 3 })).toBe(24);
});

test("lines are the same however the bytes arrive", async () => {
  const text = fc
    .array(fc.string({ unit: fc.constantFrom("a", "ü", "😀", "\u2028", "\r", "\n", "\r\n") }))
    .map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (written, size) => {
      const bytes = Buffer.from(written);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      const lines: string[] = [];
      for await (const line of linesOf(Readable.from(chunks))) lines.push(line);
      const expected = written.split("\n");
      if (expected.at(-1) === "") expected.pop();
      expect(lines).toEqual(expected.map((line) => line.replace(/\r$/, "")));
    }),
  );
});

test("a byte order mark is no part of the first line", async () => {
  const lines: string[] = [];
  for await (const line of linesOf(Readable.from([Buffer.from("\uFEFFa\nb")]))) lines.push(line);
  expect(lines).toEqual(["a", "b"]);
});
