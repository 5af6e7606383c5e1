// How old what is cited is, in words.

import { expect, test } from "vitest";
import { cautionOf, dateWords } from "../../../adapters/shared/age.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const TEA = { document: "tea", title: "All about tea" };
const COFFEE = { document: "coffee", title: "All about coffee" };
const caution = (updates: Record<string, string>, now = NOW) =>
  cautionOf([TEA, COFFEE, TEA], new Map(Object.entries(updates)), now, (title) => title);

test.each([
  ["2021-03-14", "14 March 2021"],
  ["2021-03", "March 2021"],
  ["last spring", "last spring"],
  ["2021-99-99", "2021-99-99"],
])("%s is told as %s", (updated, words) => expect(dateWords(updated)).toBe(words));

test("what was updated within two years, or says nothing, needs no caution", () => {
  expect(caution({})).toBeNull();
  expect(caution({ tea: "2024-06-01", coffee: "last spring" })).toBeNull();
});

test("the oldest of what is older is named with its age, and the others are counted", () => {
  expect(caution({ tea: "2021-03-14" })).toBe(
    "Check that it still holds: “All about tea” was last updated 14 March 2021, over 4 years ago.",
  );
  expect(caution({ tea: "2021-03-14", coffee: "2019-01" })).toBe(
    "Check that it still holds: “All about coffee” was last updated January 2019, over 7 years ago, and 1 more of these sources over 2 years ago.",
  );
});

test("the clock that is asked decides", () => {
  expect(caution({ tea: "2024-06-01" }, Date.parse("2026-06-02T00:00:00Z"))).toContain("over 2 years ago");
});
