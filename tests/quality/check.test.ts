import { beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { createEngine } from "../../src/engine.ts";
import { parseCorpus } from "../../src/ingest/library.ts";
import { type CheckReport, checkCorpus } from "../../src/quality/check.ts";
import { train } from "../../src/train.ts";

const GUIDE = `---
title: Boats of the AquaLine yard
---

## Sizes under NordSee rules

<!-- restates 12-14 -->
A dinghy is rigged in five minutes.
A ketch carries 1,200 litres of water and needs dozens of lines.
A dinghy does not need an engine.
A dinghy rights itself less reliably than a ketch.
The GPS of the Laser dinghy weighs 300 grams.
A sailing boat can be steered by hand.

| Boat | Ready after minutes |
|---|---|
| Ketch | Two, by an OS of its own |
`;

const HARBOUR = "# Harbour\n\nThe harbour of Kiel opens at dawn.\n";

interface StatementCase {
  readonly says: string;
  readonly quote: string;
  readonly declared?: Record<string, string>;
  /** The problems found; none for a supported statement. */
  readonly problems: readonly RegExp[];
}

const FIVE = "A dinghy is rigged in five minutes.";
const WATER = "A ketch carries 1,200 litres of water and needs dozens of lines.";
const LASER = "The GPS of the Laser dinghy weighs 300 grams.";
const BY_HAND = "A sailing boat can be steered by hand.";
const NO_ENGINE = "A dinghy does not need an engine.";

const STATEMENTS: Record<string, StatementCase> = {
  "what the quote says passes": { says: "Rigging a dinghy takes five minutes.", quote: FIVE, problems: [] },
  "a number word and its digits are one": { says: "A dinghy needs 5 minutes.", quote: FIVE, problems: [] },
  "digits pass with and without a thousands separator": { says: "Up to 1200 litres fit.", quote: WATER, problems: [] },
  "another number is found": {
    says: "Rigging takes 6 minutes.",
    quote: FIVE,
    problems: [/^number "6" stands in no quote/],
  },
  "part of a number is another number": {
    says: "A ketch holds 200 litres.",
    quote: WATER,
    problems: [/^number "200"/],
  },
  "another number word is found": { says: "Rigging takes six minutes.", quote: FIVE, problems: [/^number "six"/] },
  "a magnitude is a number": {
    says: "A ketch needs thousands of lines.",
    quote: WATER,
    problems: [/^number "thousands"/],
  },
  "a magnitude passes in the singular": { says: "A ketch needs a dozen lines.", quote: WATER, problems: [] },
  '"one" is no number': { says: "A dinghy is the one that takes five minutes.", quote: FIVE, problems: [] },
  "another unit is found": { says: "Rigging takes five seconds.", quote: FIVE, problems: [/^unit "seconds"/] },
  "a short unit is its long one": { says: "Rigged in 5 min, a dinghy is fast.", quote: FIVE, problems: [] },
  "every missing detail is found": {
    says: "Rigging takes 9 hours.",
    quote: FIVE,
    problems: [/number "9"/, /unit "hours"/],
  },
  "any denial proves a negation": { says: "A dinghy sails without an engine.", quote: NO_ENGINE, problems: [] },
  "a contraction is a negation": {
    says: "A dinghy isn't rigged slowly.",
    quote: FIVE,
    problems: [/^negation "isn't"/],
  },
  "a negation that no quote has is found": {
    says: "A dinghy needs no crew.",
    quote: FIVE,
    problems: [/^negation "no"/],
  },
  "a lesser degree proves a negation": {
    says: "A dinghy does not right itself as reliably as a ketch.",
    quote: "A dinghy rights itself less reliably than a ketch.",
    problems: [],
  },
  "a kind passes as itself": { says: "A Laser has a GPS.", quote: LASER, problems: [] },
  "a kind does not stand for its subject's other names": {
    says: "A Laser can be steered by hand.",
    quote: BY_HAND,
    problems: [/^name "Laser"/],
  },
  "a name that no document has is found at the start": {
    says: "Wayfarer dinghies are rigged in five minutes.",
    quote: FIVE,
    problems: [/^name "Wayfarer"/],
  },
  "a common word at the start is no name": { says: "Swiftly rigged: five minutes.", quote: FIVE, problems: [] },
  "a plural acronym is its singular": { says: "The GPSes weigh 300 grams.", quote: LASER, problems: [] },
  "an alias in capitals is its subject": { says: "An SB can be steered by hand.", quote: BY_HAND, problems: [] },
  "a word with digits is a name": {
    says: "The x86 dinghy takes five minutes.",
    quote: FIVE,
    problems: [/^name "x86"/],
  },
  "the heading counts as quoted": {
    says: "Under NordSee rules, rigging takes five minutes.",
    quote: FIVE,
    problems: [],
  },
  "the document's title counts as quoted": { says: "At AquaLine it takes five minutes.", quote: FIVE, problems: [] },
  "a table's header counts as quoted, a synonym as its group": {
    says: "The ketch with its operating system (OS) is ready after 2 minutes.",
    quote: "Two, by an OS of its own",
    problems: [],
  },
  "a declared detail passes": {
    says: "Rigging takes twelve minutes.",
    quote: FIVE,
    declared: { twelve: "counted with the mooring" },
    problems: [],
  },
  "a declaration that nothing needs is told": {
    says: "Rigging still takes five minutes.",
    quote: FIVE,
    declared: { five: "the quote has it" },
    problems: [/^"five" is declared without need/],
  },
};

/** A faq.yaml of one topic, a point for each statement; a statement's text stands in one line. */
function faqOf(statements: readonly StatementCase[], next: readonly string[] = []): string {
  const topic = {
    id: "rigging",
    title: "Rigging time",
    examples: ["How long does it take to rig a dinghy?", "rigging a dinghy, how many minutes?"],
    verdict: { text: FIVE, quotes: [{ guide: FIVE }] },
    points: statements.map(({ says, quote, declared = {} }) => ({ text: says, declared, quotes: [{ guide: quote }] })),
    comparison: [{ aspect: "Engine", sail: { text: "Not needed", quotes: [{ guide: NO_ENGINE }] } }],
    next,
  };
  const subjects = [
    { id: "sail", name: "Sailing boats", aliases: ["sailing boat", "SB"], kinds: ["Laser"] },
    { id: "motor", name: "Motor boats", aliases: ["motor boat"] },
  ];
  return stringify({ subjects, synonyms: [["operating system", "OS"]], topics: [topic] }, { lineWidth: 0 });
}

async function check(files: Record<string, string>): Promise<CheckReport> {
  const corpus = await parseCorpus(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  return checkCorpus(corpus, await createEngine(corpus, await train(corpus)));
}

describe("statements and their quotes", () => {
  let report: CheckReport;
  const faq = faqOf(Object.values(STATEMENTS));
  const lineOf = (text: string): number =>
    faq.split("\n").findIndex((line) => line.includes(`text: ${text}`) || line.includes(`text: "${text}`)) + 1;
  beforeAll(async () => {
    report = await check({ "documents/guide.md": GUIDE, "faq.yaml": faq });
  });

  test.each(Object.entries(STATEMENTS))("%s", (_, { says, problems }) => {
    const line = lineOf(says);
    expect(line).toBeGreaterThan(0);
    const found = report.findings.filter((finding) => finding.line === line);
    expect(found.map(({ problem }) => problem)).toEqual(problems.map((problem) => expect.stringMatching(problem)));
    for (const { file, remedy } of found)
      expect({ file, remedy }).toEqual({ file: "faq.yaml", remedy: expect.stringMatching(/\w/) });
  });

  test("a missing detail is an error, a needless declaration a warning", () => {
    const levels = new Set(
      report.findings.map(({ level, problem }) => `${level} ${/without need|no quote/.exec(problem)?.[0]}`),
    );
    expect(levels).toEqual(new Set(["error no quote", "warning without need"]));
  });

  test("findings come in the order of their lines", () => {
    const lines = report.findings.map(({ line }) => line ?? 0);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });

  test("counts what it looked at and lists what restates its original", () => {
    const statements = Object.keys(STATEMENTS).length + 2;
    expect(report.counts).toEqual({ documents: 1, topics: 1, statements, quotes: statements, questions: 2 });
    expect(report.restated).toEqual([
      { document: "guide", section: "Sizes under NordSee rules", lines: { start: 8, end: 13 }, restates: "12-14" },
    ]);
  });
});

describe("what is offered", () => {
  const NEXT: [string, string, RegExp[]][] = [
    ["a suggestion that is answered passes", "Does rigging a dinghy take five minutes?", []],
    [
      "a suggestion that is not answered is found",
      "Who won the World Cup in 1954?",
      [/^the next question "Who won.*of topic "rigging" gets no answer/],
    ],
  ];
  test.each(NEXT)("%s", async (_, next, problems) => {
    const { findings } = await check({ "documents/guide.md": GUIDE, "faq.yaml": faqOf([], [next]) });
    expect(findings.map(({ problem }) => problem)).toEqual(problems.map((problem) => expect.stringMatching(problem)));
  });
});

describe("documents that nothing quotes", () => {
  test("is an error where the FAQ alone answers", async () => {
    const { findings } = await check({
      "documents/guide.md": GUIDE,
      "documents/harbour.md": HARBOUR,
      "faq.yaml": `elsewhere: silent\n${faqOf([])}`,
    });
    expect(findings).toEqual([
      {
        level: "error",
        file: "documents/harbour.md",
        line: null,
        problem: "no statement quotes it, so no reply can cite it",
        remedy: "add a topic or point that quotes it, or set `elsewhere: quote`",
      },
    ]);
  });

  test("is nothing to tell where the documents are quoted besides", async () => {
    const files = { "documents/guide.md": GUIDE, "documents/harbour.md": HARBOUR, "faq.yaml": faqOf([]) };
    expect((await check(files)).findings).toEqual([]);
  });

  test("is nothing to tell in a folder without FAQ", async () => {
    const report = await check({ "guide.md": GUIDE, "harbour.md": HARBOUR });
    expect(report.findings).toEqual([]);
    expect(report.counts).toEqual({ documents: 2, topics: 0, statements: 0, quotes: 0, questions: 0 });
  });
});

test("who documents are kept for is listed, and a statement that hardly anybody may see is named", async () => {
  const file = (name: string, audience: string, text: string) => ({
    path: `documents/${name}.md`,
    bytes: Buffer.from(`---\naudience: [${audience}]\n---\n\n${text}\n`),
  });
  const topic = (id: string, quotes: readonly object[]) => ({
    ...{ id, title: id, examples: [`What about ${id}?`] },
    verdict: { text: "The harbour opens at dawn.", quotes },
  });
  const faq = stringify({
    topics: [
      topic("both", [{ one: "The harbour opens at dawn." }, { two: "At dawn the harbour is open." }]),
      topic("shared", [{ one: "The harbour opens at dawn." }, { three: "Dawn opens the harbour." }]),
    ],
  });
  const corpus = await parseCorpus([
    file("one", "hr, board", "The harbour opens at dawn."),
    file("two", "crew", "At dawn the harbour is open."),
    file("three", "board", "Dawn opens the harbour."),
    { path: "faq.yaml", bytes: Buffer.from(faq) },
  ]);
  const { audiences, findings } = await checkCorpus(corpus, await createEngine(corpus, await train(corpus)));
  expect(audiences).toEqual([
    { name: "board", documents: ["one", "three"] },
    { name: "crew", documents: ["two"] },
    { name: "hr", documents: ["one"] },
  ]);
  expect(findings.filter(({ problem }) => problem.includes("no one audience")).map(({ problem }) => problem)).toEqual([
    '"The harbour opens at dawn." quotes documents that no one audience sees all of (board, hr; crew)',
  ]);
});
