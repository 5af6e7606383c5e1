import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { indexCompactly } from "../../src/retrieval/compact-index.ts";
import { createCompactRetriever, storedOrder } from "../../src/retrieval/compact-search.ts";
import { readOrder } from "../../src/retrieval/proximity.ts";
import { EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { describeRetriever } from "../contracts/retriever.ts";

describeRetriever("a compact index", (passages, lexicon) => createCompactRetriever(indexCompactly(passages, lexicon)));

/** Words of which the first are in most passages and the last in few. */
const WORDS = ["ship", "sail", "mast", "hull", "keel", "oar", "buoy", "reef", "gaff", "yawl"];
const passageOf = (seeds: readonly number[]) => ({
  text: seeds.map((seed) => WORDS[Math.floor(seed * seed * WORDS.length)] ?? "ship").join(" "),
  heading: "Boats",
});
const anyCollection = fc.array(
  fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 8 }).map(passageOf),
  { minLength: 200, maxLength: 400 },
);

describe("a compact index", () => {
  test("gives the hits it would give if it had added up every posting", () => {
    fc.assert(
      fc.property(
        anyCollection,
        fc.subarray(WORDS, { minLength: 2 }),
        fc.integer({ min: 1, max: 5 }),
        (list, asked, limit) => {
          const retriever = createCompactRetriever(indexCompactly(list, EMPTY_LEXICON));
          // With room for every passage nothing is left out of the sums.
          expect(retriever.search(asked, limit)).toEqual(retriever.search(asked, list.length).slice(0, limit));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("leaves nothing of one search to the next", () => {
    const retriever = createCompactRetriever(indexCompactly([passageOf([0.1]), passageOf([0.9])], EMPTY_LEXICON));
    const before = retriever.search(["ship"], 2);
    retriever.search(["yawl", "ship", "reef"], 1);
    expect(retriever.search(["ship"], 2)).toEqual(before);
  });

  test("counts a term that is asked twice once", () => {
    const retriever = createCompactRetriever(indexCompactly([passageOf([0.1]), passageOf([0.9])], EMPTY_LEXICON));
    expect(retriever.search(["ship", "ship"], 2)).toEqual(retriever.search(["ship"], 2));
  });

  test("ranks by how often a word is said, among how many others, and in the text before the heading", () => {
    const list = [
      { text: "A ketch is a ship.", heading: "Boats" },
      { text: "A ship is a ship.", heading: "Boats" },
      { text: "A buoy floats.", heading: "Ship" },
      { text: "A ship may be long, wide, fast or slow.", heading: "Boats" },
    ];
    const compact = createCompactRetriever(indexCompactly(list, EMPTY_LEXICON));
    const found = compact.search(["ship"], 4).map(({ passage }) => passage);
    expect(found).toEqual([1, 0, 3, 2]);
  });

  test("counts words beyond the 255th of a passage as no more than 255", () => {
    const long = { text: "ship ".repeat(1000), heading: "" };
    const [hit] = createCompactRetriever(indexCompactly([long], EMPTY_LEXICON)).search(["ship"], 1);
    expect(hit?.score).toBeGreaterThan(0);
  });

  test("keeps the order of the terms as it stands in the text", () => {
    fc.assert(
      fc.property(anyCollection, fc.subarray(WORDS), (list, asked) => {
        const stored = storedOrder(indexCompactly(list, EMPTY_LEXICON)).pairsOf(asked);
        const read = readOrder({ at: (number) => list[number] ?? passageOf([]) }, EMPTY_LEXICON).pairsOf(asked);
        for (const number of list.keys()) expect(stored(number)).toEqual(read(number));
      }),
      { numRuns: 5 },
    );
  });
});
