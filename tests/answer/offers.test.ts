import { describe, expect, test } from "vitest";
import { createEngine } from "../../src/engine.ts";
import { parseCorpus } from "../../src/ingest/library.ts";
import { train } from "../../src/train.ts";

const FILES = {
  "leave.md":
    "# Leave\n\n## Holidays\n\nEverybody has 28 days.\n\n## Sick leave\n\nTell your lead before nine.\n\n## Help\n\nAsk the office.\n",
  "office.md":
    "# Office\n\n## Holidays\n\nThe office is closed on holidays.\n\n## Only a heading\n\n## Keys\n\n| | Front door | Back door |\n|---|---|---|\n| Opens | At eight | Never |\n",
};
const corpus = await parseCorpus(Object.entries(FILES).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
const engine = await createEngine(corpus, await train(corpus));

test("a folder without topics offers its tables and the headings that say something", () => {
  expect(engine.offers.map(({ question, comparison }) => [question, comparison])).toEqual([
    ["Front door vs Back door", "Front door vs Back door"],
    ["Leave: Holidays", null],
    ["Sick leave", null],
    ["Office: Holidays", null],
    ["Keys", null],
  ]);
});

test("every offer is answered, first and in a thread", async () => {
  for (const { question } of engine.offers)
    for (const after of [[], ["Sick leave"], ["pizza?"], ["What opens at eight?", "Front door vs Back door"]])
      expect(["answer", "comparison"], question).toContain((await engine.answer(question, after)).kind);
});

test("a heading gets what its section opens with, and what follows on the page as next questions", async () => {
  expect(await engine.answer("sick leave?")).toMatchObject({
    kind: "answer",
    verdict: { text: "Tell your lead before nine.", citations: [1] },
    citations: [{ document: "leave", section: "Sick leave", lines: { start: 9, end: 9 } }],
    suggestions: ["Leave: Holidays"],
  });
});

test("a question that compares gets the table", async () => {
  expect(await engine.answer("What is the difference between the front door and the back door?")).toMatchObject({
    kind: "comparison",
    title: "Opens: Front door and Back door",
    sides: ["Front door", "Back door"],
    rows: [{ aspect: "Opens", cells: [{ text: "At eight" }, { text: "Never" }] }],
  });
});

describe("compare", () => {
  test.each(["front door or back door", "opens"])("finds a table by “%s”", async (phrase) => {
    expect(await engine.compare(phrase)).toMatchObject({
      kind: "comparison",
      title: "Opens: Front door and Back door",
    });
  });
  test.each(["", "zebras"])("asks back for “%s”", async (phrase) => {
    expect(await engine.compare(phrase)).toMatchObject({
      kind: "clarify",
      options: [{ label: "Front door and Back door", question: "Front door vs Back door" }],
    });
  });
});

test("help and silence suggest what is answered", async () => {
  for (const question of ["hello", "who won the cup final?"]) {
    const reply = await engine.answer(question);
    const suggestions = "suggestions" in reply ? reply.suggestions : [];
    expect(suggestions.length).toBeGreaterThan(0);
    for (const suggestion of suggestions)
      expect(["answer", "comparison"], suggestion).toContain((await engine.answer(suggestion, [question])).kind);
  }
});
