import { describe, expect, test } from "vitest";
import type { Concept } from "../../src/question/concepts.ts";
import { indexCompactly } from "../../src/retrieval/compact-index.ts";
import { createConceptSearch } from "../../src/retrieval/concept-search.ts";
import { EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { fc } from "../fast-check.ts";

const searchOf = (...texts: string[]) =>
  createConceptSearch(
    indexCompactly(
      texts.map((text) => ({ text, heading: "" })),
      EMPTY_LEXICON,
    ),
  );
const word = (own: string, ...instead: string[]): Concept => ({
  own: [own],
  alternatives: instead.map((phrase) => ({ terms: phrase.split(" "), weight: 1 })),
  count: 1,
});
const scores = (search: ReturnType<typeof searchOf>, concepts: readonly Concept[], count: number): number[] => {
  const found = search.score(concepts);
  return Array.from({ length: count }, (_, at) => found.of(at));
};

const BOATS = ["ship sail", "ketch sail", "ketch ship", "oar", "long oar"];

describe("a search for concepts", () => {
  const search = searchOf(...BOATS);

  test("finds a text by the word itself, and for less by what stands for it", () => {
    const [own = 0, instead = 0, , none = 0] = scores(search, [word("ship", "ketch")], BOATS.length);
    expect(own).toBeGreaterThan(instead);
    expect(instead).toBeGreaterThan(0);
    expect(none).toBe(0);
  });

  test("counts a word and what stands for it once where a text has both", () => {
    expect(scores(search, [word("ship", "ketch")], 5)[2]).toBe(scores(search, [word("ship")], 5)[2]);
  });

  test("finds a phrase only where all of its words stand", () => {
    expect(scores(search, [word("paddle", "long oar")], 5).map((score) => score > 0)).toEqual([
      ...[false, false, false, false, true],
    ]);
  });

  test("counts what is asked twice twice", () => {
    const once = scores(search, [word("ship")], 5);
    const twice = scores(search, [{ ...word("ship"), count: 2 }], 5);
    expect(twice.map((score) => score.toFixed(4))).toEqual(once.map((score) => (2 * score).toFixed(4)));
  });

  test("leaves nothing of one question to the next", () => {
    const before = scores(search, [word("oar")], 5);
    search.score([word("ship", "ketch"), word("sail")]);
    expect(scores(search, [word("oar")], 5)).toEqual(before);
  });

  test("names each text that holds something once", () => {
    const { touched } = search.score([word("ship", "ketch"), word("sail")]);
    expect([...touched].sort()).toEqual([0, 1, 2]);
  });

  test("finds nothing for nothing, and in nothing", () => {
    expect([...search.score([]).touched]).toEqual([]);
    expect([...searchOf().score([word("ship")]).touched]).toEqual([]);
    expect(search.knows("yawl")).toBe(false);
    expect(search.holds(0, "sail")).toBe(true);
    expect(search.holds(3, "sail")).toBe(false);
  });

  const WORDS = ["ship", "sail", "mast", "hull", "keel", "oar"];
  const anyText = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));

  test("never gives what stands for a word more than the word tells, in any collection", () => {
    fc.assert(
      fc.property(
        fc.array(anyText, { minLength: 3, maxLength: 12 }),
        fc.constantFrom(...WORDS),
        fc.subarray(WORDS, { minLength: 1 }),
        (texts, own, instead) => {
          const any = searchOf(...texts);
          const plain = scores(any, [word(own)], texts.length);
          const both = scores(any, [word(own, ...instead)], texts.length);
          // BM25 counts a word at most k1 + 1 times what it tells.
          const most = any.idf([own]) * 2.2;
          for (const [at, score] of both.entries()) {
            expect(score).toBeGreaterThanOrEqual(plain[at] ?? 0);
            if (any.knows(own)) expect(score).toBeLessThanOrEqual(Math.max(plain[at] ?? 0, most * 0.4 + 1e-4));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
