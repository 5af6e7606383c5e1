import { beforeAll, describe, expect, test } from "vitest";
import { leanOn } from "../../src/evidence/thread-leaning.ts";
import { indexUnits } from "../../src/evidence/unit-index.ts";
import { createUnitSearch, type UnitSearch } from "../../src/evidence/unit-search.ts";
import { conceptsOf, createThesaurus } from "../../src/question/concepts.ts";
import { EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { documentOf } from "../documents.ts";

const EMPTY_THESAURUS = createThesaurus({}, EMPTY_LEXICON);

const PAGES = ["kettle", "toaster", "grinder"].map(
  (name) => `# The ${name}

## Cleaning

Wipe the ${name} with a cloth. Vinegar removes the scale.

## Warranty

The ${name} has a warranty of two years. Send it to the maker.
`,
);
const TRAVEL = `# Travel

Trains are booked by the office. A hotel may cost 140 euros.
`;
const [KETTLE, TOASTER, , TRIP] = [0, 1, 2, 3];

let search: UnitSearch;
beforeAll(async () => {
  const files = [...PAGES, TRAVEL].map((text, at) => documentOf(`page-${at}.md`, text));
  search = createUnitSearch(indexUnits(await Promise.all(files), EMPTY_LEXICON), EMPTY_LEXICON);
});

const read = (text: string) => conceptsOf(text, EMPTY_LEXICON, EMPTY_THESAURUS);

/** The page of the best unit. */
function pageOf(question: string, ...earlier: string[]): number | undefined {
  const asked = read(question);
  const lean = leanOn(earlier.map(read), asked, search.search(asked), search);
  return search.search(lean.concepts, lean.pages)[0]?.page;
}

describe("a question in a thread", () => {
  test("of few words is looked for on the page that the thread is about", () => {
    expect(pageOf("and the warranty?", "how do I clean the toaster?")).toBe(TOASTER);
    expect(pageOf("vinegar?", "what is the warranty of the kettle?")).toBe(KETTLE);
  });

  test("without a word of the documents is looked for with the thread's words", () => {
    expect(pageOf("since when?", "how do I clean the toaster?")).toBe(TOASTER);
  });

  test("leans on what was asked last more than on what was asked before", () => {
    expect(pageOf("and the warranty?", "how do I clean the kettle?", "how do I clean the toaster?")).toBe(TOASTER);
  });

  test("that names another thing keeps its own best page, as a first question would in a stranger's thread", () => {
    for (const stranger of ["how do I clean the toaster?", "what is the warranty of the grinder?"]) {
      expect(pageOf("how much may a hotel cost, in euros?", stranger)).toBe(TRIP);
      expect(pageOf("who books trains for the office?", stranger)).toBe(TRIP);
      expect(pageOf("how do I clean the kettle with vinegar?", stranger)).toBe(KETTLE);
    }
  });

  test("is what it is without one, and in a thread of which nothing stands in the documents", () => {
    const asked = read("how do I clean the kettle?");
    const found = search.search(asked);
    for (const earlier of [[], ["zeppelin?"], [""]])
      expect(leanOn(earlier.map(read), asked, found, search)).toEqual({ pages: new Map(), concepts: asked });
  });

  test("counts no word twice that the thread said too", () => {
    const asked = read("kettle warranty?");
    const { concepts } = leanOn([read("how do I clean the kettle?")], asked, search.search(asked), search);
    expect(concepts.filter(({ own }) => own.includes("kettl"))).toHaveLength(1);
  });
});
