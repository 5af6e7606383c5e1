import { describe, expect, test } from "vitest";
import { inMemory } from "../../src/ingest/passages.ts";
import { indexCompactly } from "../../src/retrieval/compact-index.ts";
import { createCompactRetriever, storedOrder } from "../../src/retrieval/compact-search.ts";
import { createRetriever, indexPassages } from "../../src/retrieval/minisearch.ts";
import { PAIRED_HITS, readOrder, type TermOrder, withProximity } from "../../src/retrieval/proximity.ts";
import type { Hit, Retriever } from "../../src/retrieval/retriever.ts";
import { EMPTY_LEXICON, queryTerms } from "../../src/text/analyzer.ts";
import { describeRetriever } from "../contracts/retriever.ts";

const idf = (): number => 1;

describeRetriever("a small index with pairs", (passages, lexicon) =>
  withProximity(createRetriever(indexPassages(passages, lexicon)), readOrder(inMemory(passages), lexicon), idf),
);
describeRetriever("a compact index with pairs", (passages, lexicon) => {
  const index = indexCompactly(passages, lexicon);
  return withProximity(createCompactRetriever(index), storedOrder(index), idf);
});

const TEXTS = [
  "The master of the harbour keeps the lighthouse.",
  "The harbour master keeps a boat.",
  "A master keeps to the rule of the harbour.",
  "The boat of the harbour is rowed by a master.",
];
const LIST = TEXTS.map((text, number) => ({ number, text, heading: "Boats" }));
const order = readOrder({ at: async (number) => LIST[number] ?? { text: "" } }, EMPTY_LEXICON);

/** An index that finds all passages as good as each other. */
const indifferent = (count: number): Retriever => ({
  search: async (_, limit) =>
    Array.from({ length: count }, (_, passage): Hit => ({ passage, score: 1 })).slice(0, limit),
});
const search = (question: string, retriever = indifferent(TEXTS.length), limit = 10): Promise<readonly Hit[]> =>
  withProximity(retriever, order, idf).search(queryTerms(question, EMPTY_LEXICON), limit);

const FIRST: Record<string, { ask: string; first: number }> = {
  "what stands side by side": { ask: "harbour master", first: 1 },
  "what stands side by side but for words that only frame": { ask: "boat harbour", first: 3 },
  "what stands in the order of the question": { ask: "keeps lighthouse", first: 0 },
  "the first of equals where nothing stands side by side": { ask: "lighthouse boat", first: 0 },
  "the first of equals for a single word": { ask: "master", first: 0 },
};

describe("first comes", () => {
  test.each(Object.entries(FIRST))("%s", async (_, { ask, first }) => {
    expect((await search(ask))[0]?.passage).toBe(first);
  });
});

test("a pair adds to a score, and no pair leaves it as it was", async () => {
  const hits = await search("harbour master");
  const scores = new Map(hits.map(({ passage, score }) => [passage, score]));
  expect(scores.get(1)).toBeGreaterThan(1);
  expect([0, 2, 3].map((passage) => scores.get(passage))).toEqual([1, 1, 1]);
});

test("a pair that stands twice counts more than once, and less than twice", async () => {
  const texts = ["harbour master, harbour master", "harbour master and harbour boat", "a boat and its four long oars"];
  const told = readOrder({ at: async (number) => ({ text: texts[number] ?? "" }) }, EMPTY_LEXICON);
  const hits = await withProximity(indifferent(texts.length), told, idf).search(["harbour", "master"], 3);
  const [twice = 0, once = 0] = hits.map(({ score }) => score - 1);
  expect(hits.map(({ passage }) => passage)).toEqual([0, 1, 2]);
  expect(twice).toBeGreaterThan(once);
  expect(twice).toBeLessThan(2 * once);
});

test("the rarer its terms, the more a pair counts", async () => {
  const weightOf = (term: string): number => (term === "master" || term === "harbour" ? 3 : 1);
  const hits = await withProximity(indifferent(TEXTS.length), order, weightOf).search(
    ["keep", "lighthous", "harbour", "master"],
    4,
  );
  expect(hits.slice(0, 2).map(({ passage }) => passage)).toEqual([1, 0]);
});

test("no more than the best are read, and those below keep their order", async () => {
  const read: number[] = [];
  const counting: TermOrder = {
    pairsOf: async (_, passages) => passages.map((passage) => ({ counts: [read.push(passage) * 0], length: 1 })),
  };
  const hits = await withProximity(indifferent(3 * PAIRED_HITS), counting, idf).search(
    ["harbour", "master"],
    2 * PAIRED_HITS,
  );
  expect(read).toHaveLength(PAIRED_HITS);
  expect(hits.map(({ passage }) => passage)).toEqual(Array.from({ length: 2 * PAIRED_HITS }, (_, at) => at));
});

test("a passage from below those that are given comes up by its pairs", async () => {
  expect((await search("harbour master", undefined, 1)).map(({ passage }) => passage)).toEqual([1]);
});
