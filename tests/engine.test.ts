// An engine whose documents can't be searched: what it still says, what it says instead, and what it keeps of that.

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SearchUnavailable } from "../src/errors.ts";
import { TOPICAL } from "./adapters/cli/corpora.ts";
import { type Remote, remoteOf } from "./unreachable.ts";

const FILES = {
  ...TOPICAL,
  "documents/kettle.md": `# Kettle

## Boiling

The steel kettle boils a litre of water in four minutes. It switches itself off.

## Lids

| | Steel kettle | Glass kettle |
|---|---|---|
| Lid | Screwed | Loose |
`,
};
const AWAY = new SearchUnavailable("the connection was refused");
const OF_DOCUMENTS = "How long does the steel kettle take to boil a litre of water?";
const OF_A_TOPIC = "Where is tea stored?";
/** Says little of its own: what is meant by it is in the question before. */
const FOLLOW_UP = "how heavy is it?";
const OFFERS = [
  "How long is tea brewed?",
  OF_A_TOPIC,
  "Steel kettle vs Glass kettle",
  "Boiling",
  "Lids",
  "Brewing",
  "Storage",
];

const open = await remoteOf(FILES);
let remote: Remote;
beforeAll(async () => {
  remote = await open();
});
beforeEach(() => remote.fail(null));

const NOT_SEARCHED = {
  kind: "unknown",
  reason: "not-searched",
  text: "The documents can't be searched right now, so I can't tell whether they answer that. Please ask again later.",
  nearest: [],
  suggestions: OFFERS.slice(0, 3),
};
const quiet = { topic: null, subjects: [], corrected: [], fromThread: [], notes: [] };

describe("an engine that is opened", () => {
  test("has its offers before anything is asked, and no others later", async () => {
    const { engine } = await open();
    const { offers } = engine;
    expect(offers.map(({ question }) => question)).toEqual(OFFERS);
    await engine.answer(OF_DOCUMENTS);
    expect(engine.offers).toBe(offers);
  });

  test("has them where its documents can't be searched then", async () => {
    const { engine } = await open(AWAY);
    expect(engine.offers).toEqual(remote.engine.offers);
  });
});

describe("while the documents can't be searched", () => {
  beforeEach(() => remote.fail(AWAY));

  test("what no topic answers gets fixed words and no citation", async () => {
    const { corpus } = remote.engine;
    expect(await remote.engine.answer(OF_DOCUMENTS)).toEqual({ ...NOT_SEARCHED, corpus: corpus.hash, reading: quiet });
  });

  test("so does a comparison of what nothing sets side by side", async () => {
    expect(await remote.engine.compare(OF_DOCUMENTS)).toMatchObject(NOT_SEARCHED);
  });

  test("topics, headings and tables go on answering, alone and in a thread", async () => {
    for (const question of OFFERS)
      for (const after of [[], [OF_DOCUMENTS]])
        expect(["answer", "comparison"], question).toContain((await remote.engine.answer(question, after)).kind);
    expect(await remote.engine.compare("brewing")).toMatchObject({ kind: "comparison", topic: "brewing" });
    expect(await remote.engine.compare("steel kettle or glass kettle")).toMatchObject({ kind: "comparison" });
  });

  test("a topic's answer is the same to the byte", async () => {
    const said = JSON.stringify(await remote.engine.answer(OF_A_TOPIC));
    remote.fail(null);
    expect(JSON.stringify(await remote.engine.answer(OF_A_TOPIC))).toBe(said);
  });

  test("one of several questions that a topic answers is answered", async () => {
    const reply = await remote.engine.answer(`${OF_DOCUMENTS} ${OF_A_TOPIC}`);
    expect(reply).toMatchObject({ kind: "answer", topic: "storage", reading: { notes: ["one-of-several"] } });
  });

  test("it is told why, and no evidence is there", async () => {
    const { resolutions } = await remote.engine.explain(OF_DOCUMENTS);
    expect(resolutions).toMatchObject([{ because: expect.stringContaining("the connection was refused") }]);
    expect(await resolutions[0]?.evidence()).toEqual([]);
  });
});

describe("once they can be searched again", () => {
  test("the same question in the same thread gets what an engine says that never failed", async () => {
    const threads = [[], [OF_DOCUMENTS], [OF_A_TOPIC, OF_DOCUMENTS], [OF_DOCUMENTS, "thanks"]];
    const fresh = await open();
    const { engine, fail } = await open(AWAY);
    for (const after of threads) for (const ask of [OF_DOCUMENTS, FOLLOW_UP]) await engine.answer(ask, after);
    fail(null);
    for (const after of threads)
      for (const ask of [OF_DOCUMENTS, FOLLOW_UP])
        expect(await engine.answer(ask, after)).toEqual(await fresh.engine.answer(ask, after));
    expect(await engine.answer(FOLLOW_UP, [OF_DOCUMENTS])).toMatchObject({ kind: "answer" });
  });
});

describe("any other error", () => {
  const broken = new RangeError("passage 7 of 5");
  let failing: Remote;
  beforeAll(async () => {
    failing = await open();
    failing.fail(broken);
  });

  test.each([OF_DOCUMENTS, "green tea vs zeppelins"])("is thrown by “%s”", async (ask) => {
    await expect(failing.engine.answer(ask)).rejects.toBe(broken);
    await expect(failing.engine.answer(FOLLOW_UP, [OF_DOCUMENTS])).rejects.toBe(broken);
  });

  test("is thrown by a comparison", async () => {
    await expect(failing.engine.compare(OF_DOCUMENTS)).rejects.toBe(broken);
  });

  test("is no matter where nothing is searched", async () => {
    expect(await failing.engine.answer(OF_A_TOPIC)).toMatchObject({ kind: "answer", topic: "storage" });
  });
});
