import { describe, expect, test } from "vitest";
import { EMPTY_FAQ } from "../../src/ingest/faq.ts";
import { createSubjectFinder } from "../../src/ingest/subjects.ts";
import { analyze, EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { BOAT_LEXICON, BOAT_SUBJECTS } from "../boats.ts";

const MENTIONED: Record<string, { text: string; mentions: readonly string[] }> = {
  "its id": { text: "a dinghy sails", mentions: ["dinghy: dinghy"] },
  "its plural": { text: "dinghies and ketches", mentions: ["dinghy: dinghies", "ketch: ketches"] },
  "an alias of two words": { text: "a Small Boat", mentions: ["dinghy: small boat"] },
  "an alias with a hyphen": {
    text: "a two-master or two master",
    mentions: ["ketch: two master", "ketch: two master"],
  },
  "a kind": { text: "a Laser", mentions: ["dinghy: laser"] },
  "a kind of two words": { text: "an Optimist-Class", mentions: ["dinghy: optimist class"] },
  "both, in the order of the text": { text: "ketch or dinghy", mentions: ["ketch: ketch", "dinghy: dinghy"] },
  "half an alias is none": { text: "a small master", mentions: [] },
  "part of a word is none": { text: "a dinghyman", mentions: [] },
  "no subject": { text: "the harbour", mentions: [] },
  nothing: { text: "", mentions: [] },
};

describe("a subject is named by", () => {
  test.each(Object.entries(MENTIONED))("%s", (_, { text, mentions }) => {
    expect(BOAT_SUBJECTS.mentions(text).map(({ subject, surface }) => `${subject}: ${surface}`)).toEqual(mentions);
  });
});

test("a mention knows its place among the words", () => {
  expect(BOAT_SUBJECTS.mentions("is a small boat a ketch").map(({ at }) => at)).toEqual([2, 4]);
});

test("an alias counts as its subject, a kind stays itself", () => {
  const terms = analyze("small boat, dinghy, Laser", BOAT_LEXICON).map(({ term }) => term);
  expect(terms[0]).toBe(terms[1]);
  expect(terms[2]).not.toBe(terms[1]);
  expect(terms.map(BOAT_SUBJECTS.isSubject)).toEqual([true, true, true]);
  expect(BOAT_SUBJECTS.isSubject("harbour")).toBe(false);
});

test("without subjects nothing is mentioned", () => {
  expect(createSubjectFinder(EMPTY_FAQ, EMPTY_LEXICON).mentions("a dinghy")).toEqual([]);
});
