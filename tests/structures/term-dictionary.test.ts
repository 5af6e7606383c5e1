import { expect, test } from "vitest";
import { numberOf, packDictionary, wordAt } from "../../src/structures/term-dictionary.ts";
import { fc } from "../fast-check.ts";

const anyWord = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("", "constructor", "\ud83d", "a\0"),
);

test("every word is found by its number, every number by its word, and no other word", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyWord, { maxLength: 300 }), anyWord, (list, other) => {
      const dictionary = packDictionary(new Set(list));
      expect(dictionary.starts).toHaveLength(list.length + 1);
      for (const [number, word] of list.entries()) {
        expect(numberOf(dictionary, word)).toBe(number);
        expect(wordAt(dictionary, number)).toBe(word);
      }
      if (!list.includes(other)) expect(numberOf(dictionary, other)).toBe(-1);
    }),
  );
});

test("the same words make the same arrays", () => {
  const words = new Set(["keel", "hull", "mast"]);
  expect(packDictionary(words)).toEqual(packDictionary(words));
});

test("a hundred thousand words are found", () => {
  const words = new Set(Array.from({ length: 100_000 }, (_, at) => `word${at}`));
  const dictionary = packDictionary(words);
  for (const number of [0, 1, 65_535, 99_999]) expect(numberOf(dictionary, `word${number}`)).toBe(number);
  expect(numberOf(dictionary, "word100000")).toBe(-1);
});
