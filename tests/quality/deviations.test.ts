import { describe, expect, test } from "vitest";
import { areOpposite, plainForm } from "../../src/quality/antonyms.ts";
import { readAssertion } from "../../src/quality/assertion.ts";
import { type Deviation, deviationsOf, type Naming } from "../../src/quality/deviations.ts";
import { EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { BOAT_LEXICON, BOAT_SUBJECTS } from "../boats.ts";

const BOATS: Naming = {
  sideOf: ({ term }) => BOAT_SUBJECTS.subjectOf(term),
  senseOf: ({ term }) => term,
  areOpposite: (one, other) => areOpposite(one.form, other.form),
};

const found = (statement: string, quotes: readonly string[], aside: string | null = null): Deviation["kind"][] => [
  ...new Set(
    deviationsOf(
      readAssertion(statement, BOAT_LEXICON),
      quotes.map((quote) => readAssertion(quote, BOAT_LEXICON)),
      BOATS,
      aside,
    ).map(({ kind }) => kind),
  ),
];

const HEAVIER = "A ketch is heavier than a dinghy, because a ketch has a deck.";
const CALM = "In calm weather, a dinghy usually needs no engine, while a ketch needs one.";
const TIMES = "A dinghy is rigged within minutes, while a ketch is rigged within hours.";
const CHART = "The pilot hands the chart of the harbour to the skipper.";

const CASES: Record<string, readonly [statement: string, quotes: readonly string[], kinds: Deviation["kind"][]][]> = {
  "the quote itself passes": [
    [HEAVIER, [HEAVIER], []],
    [CALM, [CALM], []],
    [TIMES, [TIMES], []],
    [CHART, [CHART], []],
  ],
  "what the quote implies passes": [
    ["A dinghy is lighter than a ketch.", [HEAVIER], []],
    ["A dinghy usually needs no engine in calm weather.", [CALM], []],
    ["Within hours a ketch is rigged.", [TIMES], []],
    ["The skipper is handed a chart by the pilot.", [CHART], []],
    ["A dinghy is not as reliable as a ketch.", ["A dinghy is less reliable than a ketch."], []],
  ],
  "a denial that was dropped is found": [
    ["A dinghy is a full keelboat.", ["A dinghy is not a full keelboat but has a fin."], ["negation"]],
    ["Dinghies have charts.", ["Dinghies lack charts."], ["negation"]],
    ["The yard advises sailing alone.", ["The yard advises against sailing alone."], ["negation"]],
  ],
  "a denial that was added is found": [
    ["A ketch does not have a deck.", ["A ketch has a deck."], ["negation"]],
    ["A dinghy needs no mooring.", ["A dinghy needs less mooring than a ketch."], ["negation"]],
  ],
  "an opposite is found": [
    ["A ketch is lighter than a dinghy.", [HEAVIER], ["opposite"]],
    ["The mast is raised quickly.", ["The mast is raised slowly."], ["opposite"]],
    ["The deck is unstable.", ["The deck is stable."], ["opposite"]],
    ["The fin is useless in wind.", ["The fin is useful in wind."], ["opposite"]],
  ],
  "an opposite that is denied is none": [["The mast is not raised slowly.", ["The mast is raised quickly."], []]],
  "sides that were swapped are found": [
    ["A dinghy is heavier than a ketch.", [HEAVIER], ["negation", "side"]],
    ["A ketch is rigged within minutes, while a dinghy is rigged within hours.", [TIMES], ["side"]],
  ],
  "two things that change their parts are found": [
    ["The skipper hands the chart of the harbour to the pilot.", [CHART], ["side"]],
  ],
  "a side that no quote speaks of is found": [["A ketch has a fin.", ["A dinghy has a fin."], ["side"]]],
  "what is listed has no order": [["It carries sails, ropes and water.", ["It carries water, ropes and sails."], []]],
  "a hedge that was dropped or raised is found": [
    ["A dinghy needs no engine in calm weather.", [CALM], ["strength"]],
    ["In calm weather, a dinghy never needs an engine.", [CALM], ["strength"]],
    ["All skippers carry charts.", ["Some skippers carry charts."], ["strength"]],
    ["The fin must be lifted.", ["The fin can be lifted."], ["strength"]],
    ["The wind is certain to turn.", ["The wind may turn."], ["strength"]],
  ],
  "a weaker claim passes": [
    ["Some skippers carry charts.", ["All skippers carry charts."], []],
    ["The wind may turn.", ["The wind always turns."], []],
  ],
  "nothing is told of words that no quote has": [["A yawl has two masts.", [HEAVIER], []]],
};

describe("a statement beside its quotes", () => {
  const rows = Object.entries(CASES).flatMap(([rule, list]) =>
    list.map(([statement, quotes, kinds]) => ({ rule, statement, quotes, kinds })),
  );
  test.each(rows)("$rule: $statement", ({ statement, quotes, kinds }) => {
    expect(found(statement, quotes).sort()).toEqual(kinds);
  });

  test("a cell speaks of its side", () => {
    expect(found("Lighter", [HEAVIER], "dinghy")).toEqual([]);
    expect(found("Lighter", [HEAVIER], "ketch")).toEqual(["opposite"]);
  });
});

describe("the forms of a word", () => {
  const FORMS: Record<string, string> = {
    heavier: "heavy",
    biggest: "big",
    safer: "safe",
    quickly: "quick",
    better: "good",
    fewer: "less",
    server: "server",
    container: "container",
    only: "only",
  };
  test.each(Object.entries(FORMS))("%s → %s", (word, form) => {
    expect(plainForm(word).form).toBe(form);
  });
});

describe("opposites", () => {
  const PAIRS: readonly (readonly [string, string, boolean])[] = [
    ["increase", "reduce", true],
    ["strengthens", "weakened", true],
    ["complete", "incomplete", true],
    ["encrypted", "unencrypted", true],
    ["harmful", "harmless", true],
    ["fast", "fast", false],
    ["boat", "harbour", false],
  ];
  test.each(PAIRS)("%s and %s: %s", (one, other, are) => {
    expect(areOpposite(one, other)).toBe(are);
    expect(areOpposite(other, one)).toBe(are);
  });
});

describe("what an assertion denies", () => {
  const denied = (text: string): string[] =>
    readAssertion(text, EMPTY_LEXICON).words.flatMap(({ surface, polarity, isLight }) =>
      polarity === -1 && !isLight ? [surface] : [],
    );
  const DENIED: Record<string, readonly string[]> = {
    "It is not a full boat but a toy": ["full", "boat"],
    "It runs without engine and carries sails": ["engine"],
    "Less isolated and more limited": ["isolated"],
    "It is not unable to sail": [],
    "Charts are lacking": ["charts"],
    "It at least floats": [],
  };
  test.each(Object.entries(DENIED))("%s", (text, words) => {
    expect(denied(text)).toEqual(words);
  });
});
