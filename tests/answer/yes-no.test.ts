import { describe, expect, test } from "vitest";
import { createYesNo } from "../../src/answer/yes-no.ts";
import { analyseBoats, BOAT_FAQ, BOAT_LEXICON, BOAT_SUBJECTS } from "../boats.ts";

const yesNo = createYesNo(BOAT_FAQ, BOAT_LEXICON, BOAT_SUBJECTS);
const point = BOAT_FAQ.topics[0]?.statements[0];

const READ: Record<string, readonly (readonly [ask: string, says: "yes" | "no" | null])[]> = {
  "the same question": [
    ["Is a dinghy faster than a ketch?", "yes"],
    ["is a DINGHY faster than a ketch", "yes"],
    ["Is a small boat quicker than a two-master?", "yes"],
    ["Are dinghies faster than ketches?", "yes"],
    ["Isn't a dinghy faster than a ketch?", "yes"],
    ["A dinghy is faster than a ketch, right?", "yes"],
    ["Does a dinghy need an engine?", "no"],
    ["Is a dinghy bigger than a ketch?", "no"],
  ],
  "the opposite of a yes is a no": [
    ["Is a dinghy slower than a ketch?", "no"],
    ["Isn't a dinghy slower than a ketch?", "no"],
  ],
  "the opposite of a chain of opposites": [["Is a dinghy swifter than a ketch?", "yes"]],
  "the order swapped is a no": [["Is a ketch faster than a dinghy?", "no"]],
  "the opposite in swapped order is a yes": [["Is a ketch slower than a dinghy?", "yes"]],
  'a "no" is never turned around': [
    ["Is a dinghy smaller than a ketch?", null],
    ["Is a ketch bigger than a dinghy?", null],
  ],
  'a "no" in swapped order of opposites stays': [["Is a ketch smaller than a dinghy?", "no"]],
  "a denied question is another": [
    ["Is a dinghy not faster than a ketch?", null],
    ["Can a dinghy not race?", null],
  ],
  "a limiting word makes another question": [
    ["Is a dinghy always faster than a ketch?", null],
    ["Can only a dinghy race?", null],
    ["Can every dinghy race?", null],
  ],
  "a further condition makes another question": [
    ["Is a dinghy faster than a ketch in a storm?", null],
    ["Can a dinghy race at night?", null],
  ],
  "another subject makes another question": [
    ["Can a ketch race?", null],
    ["Does a ketch need an engine?", null],
    ["Is a dinghy faster than a submarine?", null],
  ],
  "a question of less is another": [
    ["Is a dinghy faster?", null],
    ["Is it faster?", null],
  ],
  "what asks for no yes or no": [
    ["Which is faster?", null],
    ["How much faster is a dinghy than a ketch?", null],
    ["Is a dinghy faster or slower than a ketch?", null],
    ["", null],
  ],
};
const ROWS = Object.entries(READ).flatMap(([rule, list]) => list.map(([ask, says]) => ({ rule, ask, says })));

describe("yes and no", () => {
  test.each(ROWS)("$rule: $ask → $says", ({ ask, says }) => {
    expect(point && yesNo.read(analyseBoats(ask), point)).toBe(says);
  });

  test("known questions that contradict each other say nothing", () => {
    if (point === undefined) throw new Error("the FAQ has no topic");
    const question = "Is a dinghy faster than a ketch?";
    const torn = {
      ...point,
      examples: [
        { question, says: "yes" },
        { question, says: "no" },
      ] as const,
    };
    expect(yesNo.read(analyseBoats(question), torn)).toBeNull();
  });

  test("known questions that say neither say nothing", () => {
    if (point === undefined) throw new Error("the FAQ has no topic");
    const question = "Is a dinghy faster than a ketch?";
    expect(yesNo.read(analyseBoats(question), { ...point, examples: [{ question, says: null }] })).toBeNull();
  });
});
