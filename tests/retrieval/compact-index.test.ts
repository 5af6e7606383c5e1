import { describe, expect, test } from "vitest";
import { indexCompactly } from "../../src/retrieval/compact-index.ts";
import { createCompactRetriever, storedOrder } from "../../src/retrieval/compact-search.ts";
import { readOrder } from "../../src/retrieval/proximity.ts";
import { EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { describeRetriever } from "../contracts/retriever.ts";
import { fc } from "../fast-check.ts";

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
  test("gives the hits it would give if it had added up every posting", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyCollection,
        fc.subarray(WORDS, { minLength: 2 }),
        fc.integer({ min: 1, max: 5 }),
        async (list, asked, limit) => {
          const retriever = createCompactRetriever(indexCompactly(list, EMPTY_LEXICON));
          // With room for every passage nothing is left out of the sums.
          const all = await retriever.search(asked, list.length);
          expect(await retriever.search(asked, limit)).toEqual(all.slice(0, limit));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("leaves nothing of one search to the next", async () => {
    const retriever = createCompactRetriever(indexCompactly([passageOf([0.1]), passageOf([0.9])], EMPTY_LEXICON));
    const before = await retriever.search(["ship"], 2);
    await retriever.search(["yawl", "ship", "reef"], 1);
    expect(await retriever.search(["ship"], 2)).toEqual(before);
  });

  test("counts a term that is asked twice once", async () => {
    const retriever = createCompactRetriever(indexCompactly([passageOf([0.1]), passageOf([0.9])], EMPTY_LEXICON));
    expect(await retriever.search(["ship", "ship"], 2)).toEqual(await retriever.search(["ship"], 2));
  });

  test("ranks by how often a word is said, among how many others, and in the text before the heading", async () => {
    const list = [
      { text: "A ketch is a ship.", heading: "Boats" },
      { text: "A ship is a ship.", heading: "Boats" },
      { text: "A buoy floats.", heading: "Ship" },
      { text: "A ship may be long, wide, fast or slow.", heading: "Boats" },
    ];
    const compact = createCompactRetriever(indexCompactly(list, EMPTY_LEXICON));
    const found = await compact.search(["ship"], 4);
    expect(found.map(({ passage }) => passage)).toEqual([1, 0, 3, 2]);
  });

  test("counts words beyond the 255th of a passage as no more than 255", async () => {
    const long = { text: "ship ".repeat(1000), heading: "" };
    const [hit] = await createCompactRetriever(indexCompactly([long], EMPTY_LEXICON)).search(["ship"], 1);
    expect(hit?.score).toBeGreaterThan(0);
  });

  test("keeps the order of the terms as it stands in the text", async () => {
    await fc.assert(
      fc.asyncProperty(anyCollection, fc.subarray(WORDS), async (list, asked) => {
        const stored = storedOrder(indexCompactly(list, EMPTY_LEXICON));
        const read = readOrder({ at: async (number) => list[number] ?? passageOf([]) }, EMPTY_LEXICON);
        const all = [...list.keys()];
        const pairs = await stored.pairsOf(asked, all);
        expect(pairs).toHaveLength(list.length);
        expect(pairs).toEqual(await read.pairsOf(asked, all));
      }),
      { numRuns: 5 },
    );
  });
});
