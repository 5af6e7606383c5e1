import { beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { createEngine, type Engine } from "../../src/engine.ts";
import { OperatorError } from "../../src/errors.ts";
import { parseCorpus } from "../../src/ingest/library.ts";
import { parseCase } from "../../src/quality/cases.ts";
import { type EvalReport, evaluate } from "../../src/quality/evaluate.ts";
import { leaveOneOut } from "../../src/quality/leave-one-out.ts";
import type { Answer, Citation, Clarify, Comparison, Help, Unknown } from "../../src/reply.ts";
import type { Compiled } from "../../src/store/snapshot.ts";
import { train } from "../../src/train.ts";

const ALPHA = `# Alpha

A kettle boils in two minutes.
A kettle is made of steel.
`;
const BETA = `# Beta

A kettle boils in five minutes.
A pan is lighter than a kettle.
`;

const TOPICS = [
  {
    id: "boiling",
    title: "Boiling time",
    examples: [
      "How long does a kettle take to boil?",
      "kettle boiling time",
      "how many minutes until the kettle boils?",
      "Does a kettle boil fast?",
    ],
    verdict: { text: "A kettle boils in two minutes.", quotes: [{ alpha: "A kettle boils in two minutes." }] },
  },
  {
    id: "material",
    title: "Material",
    examples: ["What is a kettle made of?", "which metal is the kettle?", "Is a kettle made of steel?"],
    verdict: { text: "A kettle is made of steel.", quotes: [{ alpha: "A kettle is made of steel." }] },
  },
];

async function compiled(topics: unknown[] = TOPICS): Promise<Compiled> {
  const files = { "documents/alpha.md": ALPHA, "documents/beta.md": BETA, "faq.yaml": stringify({ topics }) };
  const corpus = await parseCorpus(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  return { corpus, model: await train(corpus) };
}

let small: Compiled;
let engine: Engine;
beforeAll(async () => {
  small = await compiled();
  engine = await createEngine(small.corpus, small.model);
});

type Body = Answer | Comparison | Unknown | Clarify | Help;

/** An engine over the same documents that always gives the same reply. */
const replying = (reply: Body): Engine => ({
  ...engine,
  corpus: engine.corpus,
  answer: async () => ({ ...reply, corpus: engine.corpus.hash, reading: NO_READING }),
});
const NO_READING = { topic: null, subjects: [], corrected: [], fromThread: [], notes: [] };

const cite = (number: number, document: "alpha" | "beta", line: number, quote: string): Citation => ({
  number,
  document,
  title: document,
  origin: document,
  url: null,
  file: `documents/${document}.md`,
  section: "",
  lines: { start: line, end: line },
  page: null,
  quote,
});
const TWO = cite(1, "alpha", 3, "A kettle boils in two minutes.");
const FIVE = cite(2, "beta", 3, "A kettle boils in five minutes.");

const ANSWER: Answer = {
  kind: "answer",
  topic: "boiling",
  verdict: { text: "A kettle boils fast.", citations: [1] },
  support: [{ text: "It takes two minutes.", citations: [1] }],
  passage: null,
  disagreement: null,
  citations: [TWO],
  suggestions: [],
};
const DISPUTED: Answer = {
  ...ANSWER,
  disagreement: {
    text: "How long a kettle takes",
    sides: [
      { text: "Two minutes.", citations: [1] },
      { text: "Five minutes.", citations: [2] },
    ],
  },
  citations: [TWO, FIVE],
};
const COMPARISON: Comparison = {
  kind: "comparison",
  topic: "boiling",
  title: "Boiling time",
  verdict: null,
  sides: ["Kettles", "Pans"],
  rows: [
    {
      aspect: "Weight",
      cells: [
        { text: "Heavier", citations: [2] },
        { text: "Lighter", citations: [2] },
      ],
    },
  ],
  disagreement: null,
  citations: [cite(2, "beta", 4, "A pan is lighter than a kettle.")],
  suggestions: [],
};
const UNKNOWN: Unknown = {
  kind: "unknown",
  reason: "off-topic",
  text: "I don't know about tea.",
  nearest: [],
  suggestions: [],
};
const HELP: Help = { kind: "help", text: "Ask me.", suggestions: [] };
const clarify = (options: number): Clarify => ({
  kind: "clarify",
  text: "Which one?",
  options: Array.from({ length: options }, (_, at) => ({ label: `${at}`, question: `${at}?` })),
});
const BOTH = [["alpha"], ["beta"]];

/** What is asked for, what is given, and why that is not right; nothing for a right reply. */
const JUDGED: [name: string, asked: object, reply: Body, reasons: RegExp[]][] = [
  ["facts in the verdict", { kind: "answer", facts: ["fast"] }, ANSWER, []],
  ["facts in the support, in any case", { kind: "answer", facts: ["TWO minutes|120 s"] }, ANSWER, []],
  ["facts in a quote", { kind: "answer", facts: ["boils in two"] }, ANSWER, []],
  ["facts in a comparison's heads", { kind: "answer", facts: ["kettles", "weight"] }, COMPARISON, []],
  ["every fact is needed", { kind: "answer", facts: ["two", "steel"] }, ANSWER, [/^fact missing: steel$/]],
  [
    "facts beyond what a person sees",
    { kind: "answer", facts: ["two minutes"] },
    { ...ANSWER, verdict: { text: "x".repeat(2000), citations: [1] } },
    [/^fact missing: two minutes$/],
  ],
  ["a wrong claim in the verdict", { kind: "answer", never: ["boils fast"] }, ANSWER, [/^wrong claim: boils fast$/]],
  ["a wrong claim elsewhere counts not", { kind: "answer", never: ["two minutes"] }, ANSWER, []],
  [
    "a comparison's title where it has no verdict",
    { kind: "comparison", never: ["^boiling"] },
    COMPARISON,
    [/^wrong claim/],
  ],
  ["one of the sources", { kind: "answer", sources: ["gamma", "alpha"] }, ANSWER, []],
  ["none of the sources", { kind: "answer", sources: ["beta"] }, ANSWER, [/^cites none of beta$/]],
  ["a comparison for an answer", { kind: "answer", sources: ["beta"] }, COMPARISON, []],
  ["an answer for a comparison", { kind: "comparison", facts: ["fast"] }, ANSWER, []],
  [
    "a comparison with one side",
    { kind: "comparison" },
    { ...COMPARISON, rows: [{ aspect: "Weight", cells: [null, { text: "Lighter", citations: [2] }] }] },
    [/^no row with both sides$/],
  ],
  ["no answer", { kind: "answer" }, UNKNOWN, [/^kind is unknown$/]],
  ["no answer where that is as right", { kind: "answer", facts: ["tea"], also: ["unknown"] }, UNKNOWN, []],
  ["both sides of a conflict", { kind: "conflict", sources: BOTH }, DISPUTED, []],
  ["a conflict that is not shown", { kind: "conflict", sources: BOTH }, ANSWER, [/^no disagreement shown$/]],
  [
    "a conflict without one source",
    { kind: "conflict", sources: [["alpha"], ["gamma"]] },
    DISPUTED,
    [/^no side cites gamma$/],
  ],
  [
    "a conflict with both sources on one side",
    { kind: "conflict", sources: BOTH },
    {
      ...DISPUTED,
      citations: [TWO, FIVE, cite(3, "alpha", 4, "A kettle is made of steel.")],
      disagreement: {
        text: "",
        sides: [
          { text: "Two or five.", citations: [1, 2] },
          { text: "Nothing.", citations: [9] },
        ],
      },
    },
    [/^both groups of sources on one side$/],
  ],
  ["what is not known", { kind: "unknown" }, UNKNOWN, []],
  ["a claim with what is not known", { kind: "unknown", never: ["tea"] }, UNKNOWN, [/^wrong claim: tea$/]],
  ["an answer to what is not known", { kind: "unknown" }, ANSWER, [/^answered \(answer\): A kettle boils fast\.$/]],
  ["two options", { kind: "clarify" }, clarify(2), []],
  ["one option", { kind: "clarify" }, clarify(1), [/^kind is clarify with 1 option/]],
  ["four options", { kind: "clarify" }, clarify(4), [/^kind is clarify with 4 options/]],
  ["small talk", { kind: "smalltalk" }, HELP, []],
  ["an answer to small talk", { kind: "smalltalk" }, ANSWER, [/^kind is answer$/]],
];

const caseOf = (value: object): ReturnType<typeof parseCase> => parseCase({ id: "case", question: "?", ...value });

describe("replies", () => {
  test.each(JUDGED)("%s", async (_, asked, reply, reasons) => {
    const report = await evaluate([caseOf(asked)], replying(reply));
    expect(report.right).toBe(reasons.length === 0 ? 1 : 0);
    expect(report.misses.flatMap((miss) => miss.reasons)).toEqual(
      reasons.map((reason) => expect.stringMatching(reason)),
    );
  });
});

const DIRECT: [string, object, Body, { total: number; right: number } | null][] = [
  ["the verdict", { kind: "answer", facts: ["fast"] }, ANSWER, { total: 1, right: 1 }],
  ["the first support", { kind: "answer", facts: ["two"] }, ANSWER, { total: 1, right: 1 }],
  ["a side", { kind: "conflict", facts: ["five minutes"], sources: BOTH }, DISPUTED, { total: 1, right: 1 }],
  ["only a quote", { kind: "answer", facts: ["boils in two"] }, ANSWER, { total: 1, right: 0 }],
  ["nothing, as the reply is wrong", { kind: "answer", facts: ["steel"] }, ANSWER, null],
  ["nothing, as none is asked of a comparison", { kind: "comparison" }, ANSWER, null],
];

test.each(DIRECT)("direct is what has its facts in %s", async (_, asked, reply, direct) => {
  const report = await evaluate([caseOf(asked)], replying(reply));
  expect(report.rows[0]?.direct).toEqual(direct);
  expect(report.directShare).toBe(direct && direct.right / direct.total);
});

test.each([
  ["fast", 1],
  ["two", 0],
  ["steel", 0],
])("all at once is what has its facts in the verdict: %s", async (fact, share) => {
  const report = await evaluate([caseOf({ kind: "answer", facts: [fact] })], replying(ANSWER));
  expect(report.headlineShare).toBe(share);
});

/** Replies with faults that the types rule out inside the engine. */
const FAULTS: [string, object, RegExp[]][] = [
  ["none where every quote stands", ANSWER, []],
  ["none in what cites nothing", UNKNOWN, []],
  [
    "a quote at another line",
    { ...ANSWER, citations: [{ ...TWO, lines: { start: 4, end: 4 } }] },
    [/^quote is not at alpha:4-4$/],
  ],
  [
    "a quote that no document has",
    { ...ANSWER, citations: [{ ...TWO, quote: "A kettle sings." }] },
    [/^quote is not at/],
  ],
  ["an empty quote", { ...ANSWER, citations: [{ ...TWO, quote: " " }] }, [/^quote is not at/]],
  ["an unknown document", { ...ANSWER, citations: [{ ...TWO, document: "gamma" }] }, [/^quote is not at gamma/]],
  [
    "an uncited statement",
    { ...ANSWER, support: [{ text: "It sings.", citations: [] }] },
    [/^uncited statement: It sings\.$/],
  ],
  [
    "a number without citation",
    { ...ANSWER, support: [{ text: "It sings.", citations: [7] }] },
    [/^citation \[7\] is not in the list$/],
  ],
  [
    "too many citations",
    { ...ANSWER, citations: Array.from({ length: 9 }, (_, at) => ({ ...TWO, number: at + 1 })) },
    [/^9 citations$/],
  ],
  ["a citation of what claims nothing", { ...UNKNOWN, citations: [TWO] }, [/^a reply of kind unknown cites$/]],
];

test.each(FAULTS)("citation faults: %s", async (_, reply, faults) => {
  const report = await evaluate(
    [caseOf({ kind: "answer", also: ["unknown"] })],
    replying(JSON.parse(JSON.stringify(reply))),
  );
  expect(report.citationFaults).toBe(faults.length === 0 ? 0 : 1);
  expect(report.misses.flatMap((miss) => miss.faults)).toEqual(faults.map((fault) => expect.stringMatching(fault)));
  expect(report.right).toBe(1);
});

describe("the report", () => {
  const CASES = [
    {
      id: "a",
      question: "How long does a kettle take to boil?",
      kind: "answer",
      topic: "boiling",
      facts: ["two"],
      sources: ["alpha"],
    },
    {
      id: "b",
      question: "What is a kettle made of?",
      kind: "answer",
      topic: "boiling",
      facts: ["copper"],
      never: ["steel"],
    },
    {
      id: "c",
      question: "Which metal is the kettle?",
      after: ["hi"],
      kind: "answer",
      topic: "material",
      facts: ["steel"],
    },
    { id: "d", question: "What is a kettle made of?", kind: "unknown", topic: "other" },
    { id: "e", question: "thanks!", kind: "smalltalk" },
  ];
  let report: EvalReport;
  beforeAll(async () => {
    report = await evaluate(CASES.map(parseCase), engine);
  });

  test("counts by kind, cases with a thread apart", () => {
    expect(report.rows).toEqual([
      { kind: "answer", total: 2, right: 1, direct: { total: 1, right: 1 } },
      { kind: "answer+thread", total: 1, right: 1, direct: { total: 1, right: 1 } },
      { kind: "unknown", total: 1, right: 0, direct: null },
      { kind: "smalltalk", total: 1, right: 1, direct: null },
    ]);
    expect(report).toMatchObject({
      total: 5,
      right: 3,
      rightShare: 0.6,
      wrongClaims: 1,
      falseAnswers: 1,
      citationFaults: 0,
      led: { answerable: 0, unknown: 0 },
    });
  });

  test("names every miss with its reasons", () => {
    expect(report.misses.map(({ id, reasons }) => [id, reasons])).toEqual([
      ["b", ["fact missing: copper", "wrong claim: steel"]],
      ["d", ["answered (answer): A kettle is made of steel."]],
    ]);
  });

  test("tells topics that were taken for others, where the corpus has them", () => {
    expect(report.confusions).toEqual([{ expected: "boiling", given: "material", ids: ["b"] }]);
  });

  test("of no case says nothing is wrong", async () => {
    expect(await evaluate([], engine)).toMatchObject({
      total: 0,
      right: 0,
      rightShare: 1,
      directShare: null,
      headlineShare: null,
      rows: [],
      misses: [],
    });
  });
});

const REFUSED: [string, unknown, RegExp][] = [
  ["no object", 7, /^a case without id: the case: /],
  ["no id", { question: "?", kind: "answer" }, /^a case without id: id: /],
  ["no question", { id: "x", kind: "answer" }, /^case "x": question: /],
  ["a kind that there is not", { id: "x", question: "?", kind: "riddle" }, /^case "x": kind: /],
  [
    "a broken pattern",
    { id: "x", question: "?", kind: "answer", facts: ["a", "("] },
    /^case "x": facts\.1: "\(" is no regular expression/,
  ],
  [
    "a conflict with one side",
    { id: "x", question: "?", kind: "conflict", sources: ["alpha"] },
    /^case "x": sources: a conflict has two sides/,
  ],
];

describe("a line of the cases", () => {
  test.each(REFUSED)("is refused with %s", (_, value, message) => {
    expect(() => parseCase(value)).toThrow(OperatorError);
    expect(() => parseCase(value)).toThrow(message);
  });

  test("is read with what it leaves out, and with keys that are not known", () => {
    expect(parseCase({ id: "x", question: "?", kind: "smalltalk", note: "later" })).toEqual({
      id: "x",
      question: "?",
      kind: "smalltalk",
      after: [],
      also: [],
      topic: "other",
      facts: [],
      never: [],
      offtopic: false,
      sources: [],
    });
  });
});

describe("leave-one-out", { tags: ["slow"] }, () => {
  test("asks every example question of an engine that does not know it", async () => {
    const steps: string[] = [];
    const report = await leaveOneOut(small, (done, total) => void steps.push(`${done}/${total}`));
    expect(report.asked).toBe(7);
    const { rightShare, sameQuotesShare, wrongShare, unansweredShare } = report;
    expect(rightShare + sameQuotesShare + wrongShare + unansweredShare).toBeCloseTo(1);
    expect(steps).toEqual(["1/7", "2/7", "3/7", "4/7", "5/7", "6/7", "7/7"]);
  });

  test("gives the same report twice", async () => {
    expect(await leaveOneOut(small)).toEqual(await leaveOneOut(small));
  });

  test("does not let a question answer itself", async () => {
    const stranger = { ...TOPICS[1], examples: ["What is a kettle made of?", "zorbing quux frobnicate"] };
    const report = await leaveOneOut(await compiled([TOPICS[0], stranger]));
    expect(report.unanswered).toContainEqual({ question: "zorbing quux frobnicate", expected: "material" });
  });

  test("counts an answer from the wrong topic, unless it rests on the same quote", async () => {
    const [boiling, material] = TOPICS;
    const odd = { ...material, examples: ["how many minutes does the kettle boil?", ...(material?.examples ?? [])] };
    const question = { question: "how many minutes does the kettle boil?", expected: "material", given: "boiling" };
    expect((await leaveOneOut(await compiled([boiling, odd]))).confusions).toContainEqual(question);
    const shared = { ...odd, verdict: { ...boiling?.verdict, text: "It boils." } };
    const report = await leaveOneOut(await compiled([boiling, shared]));
    expect(report.confusions).not.toContainEqual(question);
    expect(report.sameQuotesShare).toBeGreaterThan(0);
  });

  test("of a corpus without topics asks nothing", async () => {
    expect(await leaveOneOut(await compiled([]))).toEqual({
      asked: 0,
      rightShare: 1,
      sameQuotesShare: 0,
      wrongShare: 0,
      unansweredShare: 0,
      confusions: [],
      unanswered: [],
    });
  });
});
