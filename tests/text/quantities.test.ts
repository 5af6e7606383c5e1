import { describe, expect, test } from "vitest";
import { mayBeEqual, type Quantity, type QuantityKind, quantitiesIn, unitsOf } from "../../src/text/quantities.ts";

const READ: Record<string, readonly [kind: QuantityKind, unit: string, value: number | null][]> = {
  "It takes half an hour.": [["time", "hour", 1_800_000]],
  "a 5-minute break, then ten minutes": [
    ["time", "minute", 300_000],
    ["time", "minute", 600_000],
  ],
  "It starts in milliseconds, not seconds.": [
    ["time", "millisecond", null],
    ["time", "second", null],
  ],
  "Default: 7d, then 15 min.": [
    ["time", "day", 604_800_000],
    ["time", "minute", 900_000],
  ],
  "12 hours of work a year": [["time", "hour", 43_200_000]],
  "It is done in a day.": [["time", "day", 86_400_000]],
  "within 10 working days": [["working time", "day", 864_000_000]],
  "on Mondays": [["day", "monday", null]],
  "$1,200.50 or 40 euros.": [
    ["money", "", 1200.5],
    ["money", "", 40],
  ],
  "12.5 % of all": [["share", "", 12.5]],
  "Alarm rules for a probe: 4": [["number", "", 4]],
  "a model NP-20 of 2": [["number", "", 2]],
  "twenty-five minutes, fifty at most": [
    ["time", "minute", 1_500_000],
    ["number", "", 50],
  ],
  "in 5 ms, not 20 µs or 0.1 s": [
    ["time", "millisecond", 5],
    ["time", "microsecond", 0.02],
    ["time", "second", 100],
  ],
  "150 bucks or 50 cents": [
    ["money", "", 150],
    ["money", "", 0.5],
  ],
  "5 per cent": [["share", "", 5]],
  "It is blue.": [],
};

describe("the figures of", () => {
  test.each(Object.entries(READ))("%j", (text, measures) => {
    expect(quantitiesIn(text)).toEqual(measures.map(([kind, unit, value]) => ({ kind, unit, value })));
  });
});

const one = (text: string): Quantity => {
  const [measure] = quantitiesIn(text);
  if (measure === undefined) throw new Error(`no figure in ${text}`);
  return measure;
};

const SAME: readonly (readonly [string, string, boolean])[] = [
  ["four minutes", "240 seconds", true],
  ["in seconds", "5 seconds", true],
  ["in seconds", "in minutes", false],
  ["in ms", "5 milliseconds", true],
  ["two weeks", "14 days", true],
  ["two weeks", "10 working days", false],
  ["30 %", "30 euros", false],
  ["on Monday", "on Mondays", true],
];

describe("two figures", () => {
  test.each(SAME)("%j and %j may be the same: %j", (left, right, isSame) => {
    expect(mayBeEqual(one(left), one(right))).toBe(isSame);
    expect(mayBeEqual(one(right), one(left))).toBe(isSame);
  });
});

const UNITS: Record<string, { text: string; units: readonly string[] }> = {
  "short and long are one": { text: "5 ms or milliseconds", units: ["time"] },
  "several are all named": { text: "10 MB in 2 minutes", units: ["time", "size"] },
  "a sign is a unit": { text: "5 % of $3", units: ["share", "money"] },
  "part of a word is none": { text: "secondary minutely items", units: [] },
  "a text without any": { text: "a container", units: [] },
};

describe("units", () => {
  test.each(Object.entries(UNITS))("%s", (_, { text, units }) => {
    expect(unitsOf(text)).toEqual(units);
  });
});
