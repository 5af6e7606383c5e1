import { beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../../src/engine.ts";
import type { Faq } from "../../src/ingest/faq.ts";
import { parseCase } from "../../src/quality/cases.ts";
import { draftTopicFor } from "../../src/quality/draft-topic.ts";
import { judgeFix } from "../../src/quality/fix.ts";
import { groupMisses } from "../../src/quality/misses.ts";
import { teach } from "../../src/quality/teach.ts";
import { openCorpus } from "../../src/store/open.ts";
import type { Compiled } from "../../src/store/snapshot.ts";
import { folderWith, TOPICAL } from "../adapters/cli/corpora.ts";

let compiled: Compiled;
let before: Engine;
beforeAll(async () => {
  const faq = `${TOPICAL["faq.yaml"]}outside: [{ title: Prices, examples: ["What does green tea cost?"] }]\nelsewhere: leads\n`;
  compiled = await openCorpus(folderWith({ ...TOPICAL, "faq.yaml": faq }));
  before = await teach(compiled.corpus.faq, compiled);
});

const adding = (faq: Faq, topic: string, questions: readonly string[]): Faq => ({
  ...faq,
  topics: faq.topics.map((one) => {
    const [verdict, ...rest] = one.statements;
    const examples = [...verdict.examples, ...questions.map((question) => ({ question }))];
    return one.id === topic ? { ...one, statements: [{ ...verdict, examples }, ...rest] } : one;
  }),
});
const MISSED = "what tin should the leaves go into";

describe("a fix", () => {
  test("that mends what it is for and nothing else says so", async () => {
    const now = await teach(adding(compiled.corpus.faq, "storage", [MISSED]), compiled);
    const report = await judgeFix(before, now, [{ question: MISSED, after: [], topic: "storage" }], []);
    expect(report).toMatchObject({ asked: 8, mended: 1, wanted: 1 });
    expect(report.changes).toMatchObject([
      { kind: "miss", question: MISSED, before: "no answer (not-in-documents)", effect: "better" },
    ]);
  });
  test("that takes a question away from its topic is worse, for examples, cases and what is outside alike", async () => {
    const wrong = [
      "Where is tea stored?",
      "What does green tea cost?",
      "How do I store tea?",
      "What do I keep tea in?",
    ];
    const { faq } = compiled.corpus;
    const stolen: Faq = { ...faq, topics: adding(faq, "brewing", wrong).topics.filter(({ id }) => id === "brewing") };
    const cases = [
      parseCase({ id: "tin", question: "Where is tea stored?", kind: "answer", topic: "storage", facts: ["tin"] }),
      parseCase({ id: "egg", question: "How do I fry an egg?", kind: "answer", topic: "storage", facts: ["pan"] }),
    ];
    const report = await judgeFix(before, await teach(stolen, compiled), [], cases);
    const worse = report.changes
      .filter(({ effect }) => effect === "worse")
      .map(({ kind, id, question }) => [kind, id ?? question]);
    expect(worse).toContainEqual(["case", "tin"]);
    expect(worse).toContainEqual(["example", "How do I store tea?"]);
    expect(worse).toContainEqual(["outside", "What does green tea cost?"]);
    expect(worse).not.toContainEqual(["case", "egg"]);
  });
  test("of nothing changes nothing", async () => {
    const report = await judgeFix(before, await teach(compiled.corpus.faq, compiled), [], []);
    expect(report.changes).toEqual([]);
  });
});

describe("misses", () => {
  const missed = (...questions: readonly string[]) =>
    questions.map((question, at) => ({ id: `id${at}`, question, after: [] }));

  test("that say the same in other marks, or most of the same words, are one group, the most asked first", async () => {
    const groups = await groupMisses(
      missed(
        "How do I fry an egg?",
        MISSED,
        `${MISSED}?`,
        "which tin should the leaves go in",
        "What tin should the leaves go into!",
      ),
      before,
    );
    expect(groups.map(({ id, ids }) => [id, ids.length])).toEqual([
      ["id1", 4],
      ["id0", 1],
    ]);
    expect(groups[0]?.wordings).toMatchObject([{ question: MISSED, count: 3 }, { count: 1 }]);
  });
  test("have no group without a question, and a question without words has one of its own", async () => {
    expect(await groupMisses([], before)).toEqual([]);
    expect(await groupMisses(missed("…", "?!"), before)).toHaveLength(1);
  });
});

describe("a draft", () => {
  test("states only sentences that the documents hold, and is called by no other topic's name", async () => {
    const draft = await draftTopicFor([MISSED, "which tin"], [], before);
    expect(draft).toMatchObject({ id: "what-tin-should-the-leaves", document: "tea", examples: [MISSED, "which tin"] });
    expect(draft?.statements[0]).toBe("Tea is stored in a dark tin.");
    expect(draft?.title).toBe(MISSED);
  });
  test("is none where nothing comes near", async () => {
    expect(await draftTopicFor(["…"], [], before)).toBeNull();
  });
});
