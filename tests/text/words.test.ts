import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { oneOf, oneOfPhrases } from "../../src/text/words.ts";

const FOLDER = join(import.meta.dirname, "../../src/text/words");
const LISTS = readdirSync(FOLDER).map((name) => ({
  name,
  list: z.looseObject({ source: z.string() }).parse(JSON.parse(readFileSync(join(FOLDER, name), "utf8"))),
}));

/** Every list of words in a value, however deep. */
function wordsIn(value: unknown): string[][] {
  if (Array.isArray(value))
    return value.every((one) => typeof one === "string") ? [value] : value.flatMap((one) => wordsIn(one));
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(wordsIn) : [];
}

describe("each list of words", () => {
  test("says where it is from", () => {
    expect(LISTS.length).toBeGreaterThan(15);
    for (const { name, list } of LISTS) expect(list.source.length, name).toBeGreaterThan(10);
  });

  test("holds no word twice and none in capitals", () => {
    for (const { name, list } of LISTS)
      for (const words of wordsIn(list)) {
        expect(new Set(words).size, name).toBe(words.length);
        expect(
          words.filter((word) => word !== word.toLowerCase() || word.trim() === ""),
          name,
        ).toEqual([]);
      }
  });
});

const PHRASES: Record<string, { phrase: string; are: readonly string[]; areNot: readonly string[] }> = {
  "one of several": {
    phrase: "quick (one|question)",
    are: ["quick one", "quick question"],
    areNot: ["quick", "quick onequestion"],
  },
  "a part that may be missing": {
    phrase: "just [a ][quick ]question",
    are: ["just question", "just a question", "just a quick question"],
    areNot: ["just a quick quick question", "a question"],
  },
  "a part that may recur": {
    phrase: "you{ please| kindly} tell",
    are: ["you tell", "you please tell", "you kindly please tell"],
    areNot: ["you maybe tell"],
  },
  "one in another": {
    phrase: "thanks[ (a lot|all)]",
    are: ["thanks", "thanks a lot", "thanks all"],
    areNot: ["thanks a", "thanks (all)"],
  },
  "signs that mean something in a pattern": {
    phrase: "what's up. $5?",
    are: ["what's up. $5?"],
    areNot: ["what's upx $5?", "what's up. $"],
  },
};

describe("a phrase with parts that vary is", () => {
  test.each(Object.entries(PHRASES))("%s", (_, { phrase, are, areNot }) => {
    const pattern = new RegExp(`^${oneOfPhrases([phrase, "else"])}$`);
    expect(are.filter((text) => !pattern.test(text))).toEqual([]);
    expect(areNot.filter((text) => pattern.test(text))).toEqual([]);
  });
});

test("a word is matched as it is written", () => {
  const pattern = new RegExp(`^${oneOf(["e.g", "c++"])}$`);
  expect(["e.g", "c++"].filter((word) => !pattern.test(word))).toEqual([]);
  expect(["eeg", "c", "cc"].filter((word) => pattern.test(word))).toEqual([]);
});
