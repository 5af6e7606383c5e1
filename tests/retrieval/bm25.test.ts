import { describe, expect, test } from "vitest";
import { createBm25, indexTexts, presence } from "../../src/retrieval/bm25.ts";
import { fc } from "../fast-check.ts";

const TEXTS = [
  "tea is hot",
  "tea tea tea is hot",
  "ice is cold",
  "tea is hot and a long story of many more words",
  "",
].map((text) => text.split(" ").filter((word) => word !== ""));
const bm25 = createBm25(indexTexts(TEXTS));
const scoreOf = (query: string, at: number): number => bm25.scores(query.split(" "))[at] ?? Number.NaN;

describe("a text's score", () => {
  test("is higher where a term is repeated", () => {
    expect(scoreOf("tea", 1)).toBeGreaterThan(scoreOf("tea", 0));
  });

  test("is lower in a longer text", () => {
    expect(scoreOf("tea", 3)).toBeLessThan(scoreOf("tea", 0));
  });

  test("is higher where more of the query is found", () => {
    expect(scoreOf("tea hot", 0)).toBeGreaterThan(scoreOf("tea cold", 0));
  });

  test("is lower where the query holds what no text has", () => {
    expect(scoreOf("tea rum", 0)).toBeLessThan(scoreOf("tea", 0));
  });

  test("is 0 where nothing is found, and in an empty text", () => {
    expect([scoreOf("rum", 0), scoreOf("tea", 2), scoreOf("tea", 4)]).toEqual([0, 0, 0]);
  });

  test("does not hang on the order of the query", () => {
    expect(scoreOf("tea hot ice", 0)).toBeCloseTo(scoreOf("ice hot tea", 0), 12);
  });

  test("is 0 everywhere for an empty query", () => {
    expect([...bm25.scores([])]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("a term's IDF", () => {
  test("is higher the rarer the term", () => {
    const [everywhere, some, one, none] = ["is", "tea", "ice", "rum"].map(bm25.idf);
    expect(everywhere).toBeLessThan(some ?? 0);
    expect(some).toBeLessThan(one ?? 0);
    expect(one).toBeLessThan(none ?? 0);
    expect(everywhere).toBeGreaterThan(0);
  });

  test("is weighed by what the term tells in general", () => {
    const weighed = createBm25(indexTexts(TEXTS), (term) => (term === "tea" ? 0.5 : 1));
    expect(weighed.idf("tea")).toBeCloseTo(bm25.idf("tea") / 2, 12);
    expect(weighed.idf("ice")).toBe(bm25.idf("ice"));
  });

  test("of 0 for every term scores nothing, and no NaN", () => {
    expect([...createBm25(indexTexts(TEXTS), () => 0).scores(["tea"])]).toEqual([0, 0, 0, 0, 0]);
  });
});

test("no texts have no scores", () => {
  expect(createBm25(indexTexts([])).scores(["tea"])).toHaveLength(0);
});

test("texts without words score 0", () => {
  expect([...createBm25(indexTexts([[], []])).scores(["tea"])]).toEqual([0, 0]);
});

test("whatever the texts and the query, a score lies between 0 and 2.2", () => {
  const term = fc.constantFrom("a", "b", "c", "constructor", "__proto__");
  const text = fc.array(term, { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), text, (texts, query) => {
      const scores = createBm25(indexTexts(texts)).scores(query);
      expect(scores).toHaveLength(texts.length);
      for (const score of scores) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThan(2.2);
      }
    }),
  );
});

test("holding a term at all counts in full in short questions, and ever less in longer ones", () => {
  expect([0, 1, 6].map(presence)).toEqual([1, 1, 1]);
  expect(presence(12)).toBe(0.25);
  for (let terms = 6; terms < 100; terms++) expect(presence(terms + 1)).toBeLessThan(presence(terms));
});
