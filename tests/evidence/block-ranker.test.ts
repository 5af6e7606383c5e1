import { describe, expect, test } from "vitest";
import {
  askConcepts,
  BLOCK_FEATURES,
  type BlockFeatures,
  type ReadUnit,
  readUnits,
} from "../../src/evidence/block-features.ts";
import { oddsBy, rankUnits } from "../../src/evidence/block-ranker.ts";
import BLOCK_WEIGHTS from "../../src/evidence/block-weights.json" with { type: "json" };
import { SPEAKING_FEATURES, speakingFeatures } from "../../src/evidence/speaking.ts";
import { indexUnits, UNIT_KINDS } from "../../src/evidence/unit-index.ts";
import { createUnitSearch } from "../../src/evidence/unit-search.ts";
import type { UnitSentences } from "../../src/evidence/unit-sentences.ts";
import { conceptsOf, createThesaurus } from "../../src/question/concepts.ts";
import { EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { documentOf } from "../documents.ts";
import { fc } from "../fast-check.ts";

const EMPTY_THESAURUS = createThesaurus({}, EMPTY_LEXICON);
const NO_SENTENCES: UnitSentences = { first: null, best: new Map() };

const SEARCH = createUnitSearch(
  indexUnits(
    [
      await documentOf(
        "kettle.md",
        "# Kettle\n\n## Cleaning the kettle\n\nVinegar removes the scale.\n\n1. Fill the kettle.\n2. Boil it for 5 minutes.\n\n## Price\n\nThe kettle costs 30 euros, because it is made of steel.\n\n## Starting\n\nRun:\n\n```\nkettle\n```\n",
      ),
      await documentOf("release-notes.md", "# Release notes\n\nThe kettle has a new lid.\n"),
    ],
    EMPTY_LEXICON,
  ),
  EMPTY_LEXICON,
);

function read(question: string) {
  const concepts = conceptsOf(question, EMPTY_LEXICON, EMPTY_THESAURUS);
  const asked = askConcepts(question, concepts, SEARCH);
  return { asked, units: readUnits(asked, SEARCH.search(concepts), SEARCH, NO_SENTENCES) };
}

/** The features of the first unit of a kind. */
function featuresOf(question: string, kind: string): BlockFeatures {
  const found = read(question).units.find(({ unit }) => UNIT_KINDS[SEARCH.index.kinds[unit] ?? -1] === kind);
  if (found === undefined) throw new Error(`no ${kind} was found`);
  return found.features;
}

describe("what tells the right unit", () => {
  test.each([
    ["how do I clean the kettle?", "list", { howList: 1, howAction: 1, code: 0 }],
    ["what is the price of the kettle?", "list", { howList: 0 }],
    ["how do I start the kettle?", "code", { howCode: 1, code: 1 }],
    ["how many minutes does the kettle boil?", "list", { figureDigits: 1, figureNone: 0 }],
    ["how much does the kettle cost?", "text", { moneyMoney: 1 }],
    ["why does the kettle cost 30 euros?", "text", { whyReason: 1 }],
  ])("%s %s", (question, kind, features) => {
    expect(featuresOf(question, kind)).toMatchObject(features);
  });

  test("is how much of what is asked stands in the heading, the text and the section", () => {
    const { heading, own, section } = featuresOf("cleaning the kettle with vinegar", "list");
    expect(heading).toBeGreaterThan(0);
    expect(own).toBeLessThan(section);
    expect(section).toBeCloseTo(1);
  });

  test("is whether it is told as history", () => {
    const { units } = read("what lid does the kettle have?");
    expect(units.filter(({ features }) => features.history === 1).map(({ page }) => page)).toEqual([1]);
  });

  test("is between 0 and 1 wherever it is a share", () => {
    const shares = [
      "score",
      "name",
      "heading",
      "lastHeading",
      "headingAsked",
      "own",
      "section",
      "sectionShare",
    ] as const;
    for (const { features } of read("how do I clean the kettle with vinegar?").units)
      for (const name of shares) {
        expect(features[name]).toBeGreaterThanOrEqual(0);
        expect(features[name]).toBeLessThanOrEqual(1 + 1e-9);
      }
  });

  test("is nothing where nothing is asked", () => {
    expect(read("").units).toEqual([]);
  });
});

const NO_FEATURES = Object.fromEntries(BLOCK_FEATURES.map((name) => [name, 0])) as BlockFeatures;
const unitOf = (unit: number, features: Partial<BlockFeatures>): ReadUnit => ({
  ...{ unit, section: unit, page: 0, score: 1, pageScore: 0, leaning: 0, covered: [], coveredInSection: [] },
  features: { ...NO_FEATURES, ...features },
});

describe("the order of units", () => {
  test("is the same in whatever order they were found, and how likely each is sums to 1", () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(shares, (list) => {
        const units = list.map((score, unit) => unitOf(unit, { score, own: 1 - score }));
        const ranked = rankUnits(units, BLOCK_WEIGHTS.ranker);
        expect(rankUnits([...units].reverse(), BLOCK_WEIGHTS.ranker).map(({ unit }) => unit)).toEqual(
          ranked.map(({ unit }) => unit),
        );
        expect(ranked.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1);
      }),
    );
  });

  test("is none of no units", () => {
    expect(rankUnits([], BLOCK_WEIGHTS.ranker)).toEqual([]);
  });
});

describe("whether to speak", () => {
  const speak = (question: string) => {
    const { asked, units } = read(question);
    return speakingFeatures(asked, rankUnits(units, BLOCK_WEIGHTS.ranker), SEARCH, NO_SENTENCES);
  };

  test("is told by how much is there, and how much is known at all", () => {
    const [whole, half] = [speak("kettle vinegar scale"), speak("kettle vinegar zeppelin")];
    expect(whole).toMatchObject({ unknown: 0 });
    expect(half?.unknown).toBeGreaterThan(0.2);
    expect(half?.covered).toBeLessThan(whole?.covered ?? 0);
    expect(half?.unknownInMany).toBeGreaterThan(half?.unknown ?? 0);
  });

  test("is not a question where nothing was found", () => {
    expect(speak("zeppelin")).toBeNull();
    expect(speak("")).toBeNull();
  });

  test("is one weighted sum of finite numbers", () => {
    const features = speak("how do I clean the kettle?");
    const values = SPEAKING_FEATURES.map((name) => features?.[name]);
    expect(values.every(Number.isFinite)).toBe(true);
    const weights = Object.fromEntries(SPEAKING_FEATURES.map((name) => [name, name === "covered" ? 2 : 0]));
    const model = { ...BLOCK_WEIGHTS.right, weights: weights as typeof BLOCK_WEIGHTS.right.weights, bias: -1 };
    expect(features === null ? null : oddsBy(model, features)).toBeCloseTo(2 * (features?.covered ?? 0) - 1);
  });

  test("every weight that was fitted is that of a feature that there is", () => {
    expect(Object.keys(BLOCK_WEIGHTS.ranker).sort()).toEqual([...BLOCK_FEATURES].sort());
    for (const { weights } of [BLOCK_WEIGHTS.right, BLOCK_WEIGHTS.answerable])
      expect(Object.keys(weights).sort()).toEqual([...SPEAKING_FEATURES].sort());
  });
});
