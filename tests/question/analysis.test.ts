import { describe, expect, test } from "vitest";
import { analyseBoats } from "../boats.ts";

const OWN: Record<string, { ask: string; own: readonly string[] }> = {
  "subjects are left out": { ask: "Is a small boat faster?", own: ["faster"] },
  "light words are left out": { ask: "which takes something else instead?", own: [] },
  "the rest stays": { ask: "Does the sail tear?", own: ["sail", "tear"] },
};

describe("a question's own words", () => {
  test.each(Object.entries(OWN))("%s", (_, { ask, own }) => {
    expect(analyseBoats(ask).own.map(({ surface }) => surface)).toEqual(own);
  });
});

test.each([
  ["is it fast?", true],
  ["the former?", true],
  ["Those sails?", true],
  ["is a dinghy fast?", false],
  ["item", false],
])("%s points back: %s", (ask, is) => {
  expect(analyseBoats(ask).pointsBack).toBe(is);
});

test("subjects are named once, mentions as often as they stand there", () => {
  const { subjects, mentions } = analyseBoats("Is a ketch faster than a small boat, or than another Amel?");
  expect(subjects).toEqual(["ketch", "dinghy"]);
  expect(mentions.map(({ surface, isKind }) => [surface, isKind])).toEqual([
    ["ketch", false],
    ["small boat", false],
    ["amel", true],
  ]);
});

test("names and years are those that are written, the first word is no name", () => {
  const { names, years } = analyseBoats("Did Rimelog 3.2 sail to Kiel in 1998?");
  expect(names).toEqual(["Rimelog", "3.2", "Kiel", "1998"]);
  expect(years).toEqual(["1998"]);
});

test("the same text gives the same value, and nobody can change it", () => {
  const first = analyseBoats("how long is a ketch?");
  expect(analyseBoats("how long is a ketch?")).toBe(first);
  expect(Object.isFrozen(first)).toBe(true);
});
