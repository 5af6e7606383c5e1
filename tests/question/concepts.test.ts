import { describe, expect, test } from "vitest";
import { conceptsOf, createThesaurus } from "../../src/question/concepts.ts";
import { everydayLexicon, everydayThesaurus } from "../../src/question/everyday.ts";
import { EMPTY_LEXICON } from "../../src/text/analyzer.ts";

const EMPTY_THESAURUS = createThesaurus({}, EMPTY_LEXICON);
const THESAURUS = createThesaurus(
  { "get rid of": ["remove", "delete for good"], quit: ["resign"], "get in": ["log on"] },
  EMPTY_LEXICON,
);
const told = (text: string, thesaurus = THESAURUS) =>
  conceptsOf(text, EMPTY_LEXICON, thesaurus).map(({ own, alternatives, count }) => ({
    own: own.join(" "),
    instead: alternatives.map(({ terms }) => terms.join(" ")),
    count,
  }));

describe("a question's concepts are", () => {
  test("its words without those that say nothing", () => {
    expect(told("How do I clean the kettle?").map(({ own }) => own)).toEqual(["clean", "kettl"]);
  });

  test("a phrase as one, though stop words stand in it, with what documents say instead", () => {
    expect(told("how do I get rid of the kettle?")).toMatchObject([
      { instead: ["remov", "delet good"] },
      { own: "kettl" },
    ]);
  });

  test("a phrase of which no word says anything by itself, where it stands for something", () => {
    expect(told("get in")).toMatchObject([{ instead: ["log"], count: 1 }]);
  });

  test("what people say where the question has the document's word, for less", () => {
    const [concept] = conceptsOf("when may I resign?", EMPTY_LEXICON, THESAURUS);
    const weights = concept?.alternatives.map(({ weight }) => weight) ?? [];
    expect(concept?.alternatives.map(({ terms }) => terms.join(" "))).toEqual(["quit"]);
    expect(Math.max(...weights)).toBeLessThan(1);
  });

  test("the same asked twice as one that counts twice", () => {
    expect(told("kettle or kettle?")).toMatchObject([{ own: "kettl", count: 2 }]);
    expect(told("quit or quit?")).toMatchObject([{ own: "quit", instead: ["resign"], count: 2 }]);
  });

  test("all its words where none says anything", () => {
    expect(told("what is it?", EMPTY_THESAURUS).length).toBeGreaterThan(0);
  });

  test("none of an empty text", () => {
    expect(told("")).toEqual([]);
    expect(told("?!")).toEqual([]);
  });
});

describe("the everyday lists", () => {
  const lexicon = everydayLexicon({ names: [], synonyms: [] });
  const termsOf = (text: string) => conceptsOf(text, lexicon, EMPTY_THESAURUS).flatMap(({ own }) => own);

  test.each([
    ["paid", "pay"],
    ["written", "write"],
    ["co-working", "coworking"],
    ["co working", "coworking"],
  ])("%s counts as %s", (one, other) => {
    expect(termsOf(`${one} kettle`)).toEqual(termsOf(`${other} kettle`));
  });

  test("know a phrasal verb by what documents say", () => {
    const concepts = conceptsOf("how do I get rid of it", lexicon, everydayThesaurus(lexicon));
    const instead = concepts.flatMap(({ alternatives }) => alternatives.map(({ terms }) => terms.join(" ")));
    expect(instead).toEqual(expect.arrayContaining([expect.stringMatching(/^(?:remov|delet)/)]));
  });
});
