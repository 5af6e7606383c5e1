import { describe, expect, test } from "vitest";
import { stands } from "../../src/document.ts";
import { SearchUnavailable } from "../../src/errors.ts";
import { createEvidenceFinder } from "../../src/evidence/evidence.ts";
import { wordRow } from "../../src/evidence/row-text.ts";
import { EMPTY_FAQ } from "../../src/ingest/faq.ts";
import { inMemory, type Passages, splitPassages } from "../../src/ingest/passages.ts";
import { createSubjectFinder } from "../../src/ingest/subjects.ts";
import { createQuestionAnalyser } from "../../src/question/analysis.ts";
import { countStatistics, createStatistics } from "../../src/retrieval/collection-statistics.ts";
import { createRetriever, indexPassages } from "../../src/retrieval/minisearch.ts";
import { readOrder, withProximity } from "../../src/retrieval/proximity.ts";
import type { Retriever } from "../../src/retrieval/retriever.ts";
import { createLexicon } from "../../src/text/analyzer.ts";
import { documentOf } from "../documents.ts";

const LEXICON = createLexicon({ names: [], synonyms: [["rig", "set up"]] });
const analyse = createQuestionAnalyser(LEXICON, createSubjectFinder(EMPTY_FAQ, LEXICON));
const DOCUMENTS = [
  await documentOf(
    "documents/boats.md",
    `# Boats

## Rigging

A dinghy is rigged in five minutes. A ketch is rigged in an hour. Why does a ketch take longer?

A ketch ${"and another ketch ".repeat(20)}is rigged slowly by a giant.

\`\`\`
rig the dinghy with a marlinspike
\`\`\`

| Boat | Minutes to rig |
|---|---|
| Yawl | Thirty |

## Painting

The hull is blue.
`,
  ),
];
const PASSAGES = splitPassages(DOCUMENTS);
const RETRIEVER = createRetriever(indexPassages(PASSAGES, LEXICON));
const finder = createEvidenceFinder(
  inMemory(PASSAGES),
  RETRIEVER,
  createStatistics(countStatistics(PASSAGES, LEXICON)),
  LEXICON,
  () => 1,
);

const BEST: Record<string, { ask: string; text: string }> = {
  "the sentence that says it": {
    ask: "How long does it take to rig a dinghy?",
    text: "A dinghy is rigged in five minutes.",
  },
  "the other sentence of the same passage": {
    ask: "How long does it take to rig a ketch?",
    text: "A ketch is rigged in an hour.",
  },
  "a sentence with a synonym": {
    ask: "How long does it take to set up a dinghy?",
    text: "A dinghy is rigged in five minutes.",
  },
  "a row, by its header": { ask: "How many minutes to rig a yawl?", text: "Yawl: Thirty" },
  "a sentence under the heading that is asked for": { ask: "painting the hull", text: "The hull is blue." },
};

describe("the best evidence is", () => {
  test.each(Object.entries(BEST))("%s", async (_, { ask, text }) => {
    expect((await finder.gather(analyse(ask)))[0]?.text).toBe(text);
  });
});

const UNSURE: Record<string, { ask: string; surely: string }> = {
  "what is asked for has no name in it": {
    ask: "Which varnish is the blue hull painted with?",
    surely: "Is the painted hull blue?",
  },
  "the year that is asked stands nowhere near": {
    ask: "How long does it take to rig a dinghy in 2031?",
    surely: "How long does it take to rig a dinghy?",
  },
};

describe("a sentence is far less sure to answer where", () => {
  test.each(Object.entries(UNSURE))("%s", async (_, { ask, surely }) => {
    const oddsOf = async (text: string): Promise<number> => (await finder.gather(analyse(text)))[0]?.odds ?? 0;
    const [odds, sureOdds] = [await oddsOf(ask), await oddsOf(surely)];
    expect(odds).toBeLessThan(sureOdds - 5);
  });
});

const NEVER: Record<string, { ask: string; holds: RegExp }> = {
  "a question of the document": { ask: "Why does a ketch take longer?", holds: /\?$/ },
  "a sentence too long to be shown, but for a part of it": {
    ask: "Which ketch is rigged slowly by a giant?",
    holds: /.{301}/,
  },
  "a line of code": { ask: "rig the dinghy with a marlinspike", holds: /marlinspike/ },
};

describe("evidence is never", () => {
  test.each(Object.entries(NEVER))("%s", async (_, { ask, holds }) => {
    for (const { text } of await finder.gather(analyse(ask))) expect(text).not.toMatch(holds);
  });
});

test.each(["Do submarines dive?", "", "???", "zyxwv"])("%j finds nothing", async (ask) => {
  expect(await finder.gather(analyse(ask))).toEqual([]);
});

const ASKS = [...Object.values(BEST), ...Object.values(NEVER)].map(({ ask }) => ask);

describe("all evidence", () => {
  test.each(ASKS)("for %j is in order, and its one quote stands", async (ask) => {
    const found = await finder.gather(analyse(ask));
    for (const [at, { text, quotes, score, passage }] of found.entries()) {
      expect(score).toBeLessThanOrEqual(found[at - 1]?.score ?? Number.POSITIVE_INFINITY);
      expect(quotes).toHaveLength(1);
      expect(text.replace(/^… | …$/g, "")).toBe(wordRow(passage.block, quotes[0].text));
      expect(stands(passage.document, quotes[0])).toBe(true);
    }
  });

  test("is the same when it is gathered again", async () => {
    for (const ask of ASKS) expect(await finder.gather(analyse(ask))).toEqual(await finder.gather(analyse(ask)));
  });
});

describe("what is covered", () => {
  const coveredBy = async (ask: string): Promise<number> => (await finder.gather(analyse(ask)))[0]?.covered ?? 0;

  test("is all where the passage holds all that is asked", async () => {
    expect(await coveredBy("Is a dinghy rigged in five minutes?")).toBeCloseTo(1, 9);
  });

  test("counts the headings", async () => {
    expect(await coveredBy("painting the hull blue")).toBeCloseTo(1, 9);
  });

  test("is less where something asked for stands nowhere", async () => {
    const covered = await coveredBy("Is a dinghy rigged by submarines?");
    expect(covered).toBeGreaterThan(0);
    expect(covered).toBeLessThan(0.8);
  });
});

const COUNTED: Record<string, { ask: string; text: string }> = {
  "a price for a price": { ask: "How much does the dinghy cost?", text: "It costs 900 euros." },
  "what defines for what is": { ask: "What is a dinghy?", text: "A dinghy is a small open boat." },
  "a day for when": { ask: "When is the dinghy race?", text: "The dinghy race is on Sunday." },
};

describe("of sentences that hold as many words, the best holds", async () => {
  const passages = splitPassages([
    await documentOf(
      "race.md",
      "# Dinghy\n\nThe dinghy race is held for fun. The dinghy race is on Sunday.\n\nNobody owns the dinghy. It costs 900 euros.\n\nThe sail of a dinghy is white. A dinghy is a small open boat.\n",
    ),
  ]);
  const race = createEvidenceFinder(
    inMemory(passages),
    createRetriever(indexPassages(passages, LEXICON)),
    createStatistics(countStatistics(passages, LEXICON)),
    LEXICON,
    () => 1,
  );
  test.each(Object.entries(COUNTED))("%s", async (_, { ask, text }) => {
    expect((await race.gather(analyse(ask)))[0]?.text).toBe(text);
  });
});

describe("where a search fails", () => {
  const failure = new SearchUnavailable("the connection was refused");
  const fails = async (): Promise<never> => {
    throw failure;
  };
  const away: Passages = { count: PASSAGES.length, at: fails };
  const over = (passages: Passages, retriever: Retriever) =>
    createEvidenceFinder(passages, retriever, createStatistics(countStatistics(PASSAGES, LEXICON)), LEXICON, () => 1);
  const idf = (): number => 1;
  const FINDERS = {
    "the index": over(inMemory(PASSAGES), { search: fails }),
    "what holds the passages": over(away, RETRIEVER),
    "the index below the pairs": over(
      inMemory(PASSAGES),
      withProximity({ search: fails }, readOrder(inMemory(PASSAGES), LEXICON), idf),
    ),
    "what holds the order of terms": over(inMemory(PASSAGES), withProximity(RETRIEVER, readOrder(away, LEXICON), idf)),
  };
  test.each(Object.entries(FINDERS))("of %s, nothing is gathered but the error", async (_, failing) => {
    await expect(failing.gather(analyse("How long does it take to rig a dinghy?"))).rejects.toBe(failure);
  });

  test("what asks for nothing is not searched for", async () => {
    expect(await FINDERS["the index"].gather(analyse("???"))).toEqual([]);
  });
});
