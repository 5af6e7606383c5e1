// @module-tag slow

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isOneEditAway } from "../src/text/spelling.ts";
import { stratified } from "./bench/peers/accuracy.ts";
import { judge } from "./bench/peers/aims.ts";
import { behind } from "./bench/peers/behind.ts";
import { runBounded } from "./bench/peers/bounded.ts";
import { answerableOf, nearMissesOf, readData } from "./bench/peers/data.ts";
import { createGenerator } from "./bench/peers/generate.ts";
import { type Measured, openLedger } from "./bench/peers/ledger.ts";
import { peakBytes, residentBytes } from "./bench/peers/memory.ts";
import {
  auroc,
  bestThreshold,
  coverageAt,
  ndcgAt10,
  passedAt,
  recallAt,
  reciprocalRankAt10,
  standardError,
} from "./bench/peers/metrics.ts";
import { documentsOf } from "./bench/peers/ours.ts";
import { asShare, type Part } from "./bench/peers/part.ts";
import { randomFrom, sample, shuffled } from "./bench/peers/random.ts";
import { report } from "./bench/peers/report.ts";
import { withTypo } from "./bench/peers/typos.ts";
import { fc } from "./fast-check.ts";

const folder = mkdtempSync(join(tmpdir(), "footnote-peers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, lines: readonly unknown[]): string => {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
  return file;
};

describe("figures are those one computes by hand", () => {
  const FIGURES: Record<string, [computed: number, expected: number]> = {
    "recall counts what stands among the first": [recallAt([1, 3, 6, null], 5), 0.5],
    "a reciprocal rank beyond ten is nothing": [reciprocalRankAt10([1, 4, 11, null]), 1.25 / 4],
    "every positive above every negative is an area of one": [auroc([3, 2], [1, 0]), 1],
    "the other way round is none": [auroc([0], [1, 2]), 0],
    "ties count half": [auroc([1, 2], [1]), 0.75],
    "the threshold that half of the positives pass": [passedAt([4, 3, 2, 1], [5, 3, 2.5, 0], 0.5), 0.5],
    "all positives must pass": [passedAt([4, 1], [3, 1, 0], 1), 2 / 3],
    "what nothing was found for passes with nothing": [passedAt([1, 1], [Number.NEGATIVE_INFINITY], 1), 0],
    "the ideal order gains all": [ndcgAt10(["a", "b"], new Map(Object.entries({ a: 2, b: 1 }))), 1],
    "the other order gains less": [
      ndcgAt10(["b", "a"], new Map(Object.entries({ a: 2, b: 1 }))),
      (1 + 2 / Math.log2(3)) / (2 + 1 / Math.log2(3)),
    ],
    "what is not judged takes a place and gains nothing": [ndcgAt10(["x", "a"], new Map([["a", 1]])), 1 / Math.log2(3)],
    "grades below nothing are nothing": [
      ndcgAt10(["b", "a"], new Map(Object.entries({ a: 1, b: -2 }))),
      1 / Math.log2(3),
    ],
    "the standard error of 0 and 2": [standardError([0, 2]), 1],
  };

  test.each(Object.entries(FIGURES))("%s", (_, [computed, expected]) => {
    expect(computed).toBeCloseTo(expected, 12);
  });

  const scored = [
    { score: 9, isRight: true, isInScope: true },
    { score: 8, isRight: false, isInScope: false },
    { score: 7, isRight: true, isInScope: true },
    { score: 6, isRight: true, isInScope: true },
    { score: 5, isRight: false, isInScope: true },
  ];

  test("coverage is the largest share that keeps the precision, though less precise ones come before it", () => {
    expect(coverageAt(0.95, scored)).toBe(1 / 4);
    expect(coverageAt(0.75, scored)).toBe(3 / 4);
  });

  test("no threshold parts questions with the same score", () => {
    expect(
      coverageAt(
        0.9,
        [scored[0], scored[1]].flatMap((one) => (one ? [{ ...one, score: 1 }] : [])),
      ),
    ).toBe(0);
  });

  test("the best threshold stands between the last that is rightly answered and the next", () => {
    expect(bestThreshold(scored)).toBe(5.5);
    expect(bestThreshold([{ score: 1, isRight: false, isInScope: true }])).toBe(Number.POSITIVE_INFINITY);
  });

  test("an area does not change with the scale of the scores, and turned round it is the rest of one", () => {
    const scores = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(scores, scores, (own, others) => {
        const area = auroc(own, others);
        expect(
          auroc(
            own.map((score) => score ** 3),
            others.map((score) => score ** 3),
          ),
        ).toBeCloseTo(area, 12);
        expect(auroc(others, own)).toBeCloseTo(1 - area, 12);
      }),
    );
  });
});

describe("a folder of data", () => {
  write("all/boats/passages.jsonl", [
    { id: "p1", title: "Boats", text: "A ketch sails." },
    { id: 2, text: "A yawl waits." },
  ]);
  write("all/boats/questions.jsonl", [
    { id: "q1", question: "What sails?", passage: "p1", answerable: true, answers: [{ text: "A ketch", start: 0 }] },
    { id: "q2", question: "What sinks?", passage: "p1", answerable: false, answers: null },
    { id: "q3", question: "yawl" },
    "",
  ]);
  write("all/boats/judgements.jsonl", [
    { question: "q3", passage: 2, grade: 2 },
    { question: "q3", passage: "p1", grade: 0 },
  ]);
  write("all/intents/small.jsonl", [
    { text: "How fast?", intent: "speed", split: "train" },
    { text: "Ahoy", intent: "oos" },
  ]);

  test("is read to collections and sets of labelled questions, ids as text", () => {
    const { collections, intents } = readData(join(folder, "all"));
    const [boats] = collections;
    expect(collections.map(({ name }) => name)).toEqual(["boats"]);
    expect(boats?.passages.map(({ id, title }) => [id, title])).toEqual([
      ["p1", "Boats"],
      ["2", ""],
    ]);
    expect(boats && answerableOf(boats).map(({ id }) => id)).toEqual(["q1"]);
    expect(boats && nearMissesOf(boats).map(({ id }) => id)).toEqual(["q2"]);
    expect(boats?.judgements?.get("q3")?.get("2")).toBe(2);
    expect(intents.map(({ name, questions }) => [name, questions.length])).toEqual([["small", 2]]);
    expect(intents[0]?.questions[1]?.split).toBe("train");
  });

  test("takes TREC's own judgements, and names a line that is none", () => {
    write("trec/passages.jsonl", [{ id: 7, text: "A ketch sails." }]);
    write("trec/questions.jsonl", [{ id: 1, question: "ketch" }]);
    write("trec/qrels.txt", ["1 0 7 3", "1\t0\t8\t-1", ""]);
    const [trec] = readData(join(folder, "trec")).collections;
    expect([...(trec?.judgements?.get("1") ?? [])]).toEqual([
      ["7", 3],
      ["8", -1],
    ]);
    write("trec/qrels.txt", ["1 0 7"]);
    expect(() => readData(join(folder, "trec"))).toThrow(/line 1 is no judgement/);
  });

  const WRONG: Record<string, { lines: readonly unknown[]; message: RegExp }> = {
    "a line that is no JSON": { lines: [{ id: "p", text: "" }, "{"], message: /line 2/ },
    "a passage without text": { lines: [{ id: "p" }], message: /line 1: text/ },
  };
  test.each(Object.entries(WRONG))("%s is named", (name, { lines, message }) => {
    const file = write(`${name}/passages.jsonl`, lines);
    expect(() => readData(dirname(file))).toThrow(message);
  });

  test("a folder that is none, and one without data, are refused", () => {
    expect(() => readData(join(folder, "nowhere"))).toThrow(/no folder/);
    mkdirSync(join(folder, "empty"));
    expect(() => readData(join(folder, "empty"))).toThrow(/nothing to measure/);
  });
});

describe("generated passages", async () => {
  const generator = await createGenerator(1);

  test("are the same for the same seed and number, in whatever order", async () => {
    const again = await createGenerator(1);
    const numbers = [7, 0, 123_456, 8];
    const backwards = new Map([...numbers].reverse().map((number) => [number, again.passage(number)]));
    for (const number of numbers) expect(generator.passage(number)).toEqual(backwards.get(number));
    expect(generator.question(7)).toBe(again.question(7));
    expect((await createGenerator(2)).passage(7)).not.toEqual(generator.passage(7));
  });

  test("are as long as paragraphs, in sentences, twenty to a title", () => {
    const passages = Array.from({ length: 60 }, (_, number) => generator.passage(number));
    expect(new Set(passages.map(({ title }) => title)).size).toBe(3);
    for (const { text } of passages) {
      expect(text.split(" ").length).toBeGreaterThanOrEqual(60);
      expect(text.split(" ").length).toBeLessThanOrEqual(140);
      expect(text).toMatch(/^(?:\p{L}|\d)[^.]*\.(?: [^.]+\.)*$/u);
    }
  });

  test("bring new words as they grow, and common words again and again", () => {
    const wordsOf = (from: number, to: number): string[] =>
      Array.from(
        { length: to - from },
        (_, at) =>
          generator
            .passage(from + at)
            .text.toLowerCase()
            .match(/\w+/g) ?? [],
      ).flat();
    const first = new Set(wordsOf(0, 500));
    const fresh = new Set(wordsOf(500, 1000).filter((word) => !first.has(word)));
    expect(fresh.size).toBeGreaterThan(first.size / 4);
    expect(wordsOf(0, 100).filter((word) => word === "the").length).toBeGreaterThan(50);
  });

  test("are asked for in their own words", () => {
    for (let number = 0; number < 50; number++) {
      const text = generator.passage(number).text.toLowerCase();
      const asked = generator.question(number).toLowerCase().replace("?", "").split(" ");
      expect(asked.filter((word) => text.includes(word)).length).toBeGreaterThanOrEqual(2);
    }
  });
});

describe("chance with a seed", () => {
  test("a typo is one edit in one word, its first letter kept", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const words = "Which Normans conquered southern England in 1066?".split(" ");
        const wrong = withTypo(words.join(" "), randomFrom(seed))?.split(" ") ?? [];
        const changed = words.flatMap((word, at) => (wrong[at] === word ? [] : [[word, wrong[at] ?? ""] as const]));
        expect(changed).toHaveLength(1);
        for (const [word, typed] of changed) {
          expect(isOneEditAway(word, typed)).toBe(true);
          expect(typed[0]).toBe(word[0]);
        }
      }),
    );
  });

  test("short words are not mistyped", () => {
    expect(withTypo("Who ran it in 1066?", randomFrom(1))).toBeNull();
  });

  test("shuffling and sampling lose and add nothing, and repeat themselves", () => {
    const list = Array.from({ length: 40 }, (_, at) => at);
    expect(shuffled(list, randomFrom(3)).sort((a, b) => a - b)).toEqual(list);
    expect(shuffled(list, randomFrom(3))).toEqual(shuffled(list, randomFrom(3)));
    const drawn = sample(list, 10, randomFrom(4));
    expect(new Set(drawn).size).toBe(10);
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  });

  test("folds hold as many of each topic, give or take one", () => {
    const questions = ["a", "b", "b", "a", "c", "a", "b", "c", "a", "a", "c"].map((intent) => ({
      text: "",
      intent,
      split: "train",
    }));
    const foldOf = stratified(questions, 3, 1);
    for (const topic of ["a", "b", "c"]) {
      const sizes = [0, 1, 2].map(
        (fold) => questions.filter(({ intent }, at) => intent === topic && foldOf[at] === fold).length,
      );
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });
});

describe("rows that were measured", () => {
  const place = { table: "speed", group: "1k", row: "lunr" };

  test("are not measured again by the run that takes them up, nor taken up by another", async () => {
    const file = join(folder, "rows.jsonl");
    await openLedger(file, "one", () => {}).measure(place, () => ({ p50: 1, note: "x", none: null }));
    const again = openLedger(file, "one", () => expect.unreachable());
    expect(again.resumed).toBe(1);
    await again.measure(place, () => expect.unreachable());
    expect(again.rows).toEqual([{ ...place, values: { p50: 1, note: "x", none: null } }]);
    expect(openLedger(file, "other", () => {}).rows).toEqual([]);
  });

  test("are taken up without the line that was cut off", () => {
    const file = write("cut.jsonl", [{ run: "one" }, { ...place, values: { p50: 1 } }, '{"table":"speed","gro']);
    expect(openLedger(file, "one", () => {}).resumed).toBe(1);
  });

  const row = (table: string, group: string, name: string, values: Measured["values"]): Measured => ({
    table,
    group,
    row: name,
    values,
  });
  const part: Part = {
    name: "ranking",
    title: "Passage ranking",
    tables: [
      {
        id: "ranking",
        title: "Right",
        about: "About it.",
        of: "engine",
        columns: [{ key: "recall1", title: "recall@1", print: asShare, better: "high" }],
      },
    ],
    measure: async () => {},
  };
  const rows = [
    row("ranking", "boats", "Footnote", { recall1: 0.81234 }),
    row("ranking", "boats", "MiniSearch, default", { recall1: 0.74 }),
    row("ranking", "boats", "lunr", { recall1: null }),
  ];

  test("become tables of Markdown, empty where nothing was measured", () => {
    const text = report([part], rows, [], { command: "npm run bench", isQuick: false, versions: { lunr: "2.3.9" } });
    expect(text).toContain("**boats**\n\n| engine | recall@1 |\n| --- | ---: |\n| Footnote | .812 |");
    expect(text).toContain("| lunr |  |");
    expect(text).not.toContain("quick run");
  });

  test("tell where a peer does better, and only there", () => {
    const better = row("ranking", "boats", "wink", { recall1: 0.9 });
    const text = report([part], [...rows, better], [], { command: "npm run bench", isQuick: false, versions: {} });
    expect(text).toContain("| Right, boats: recall@1 | .812 | wink .900 |");
    expect(behind([part], rows)).toEqual([]);
    // What is printed alike is as good.
    expect(behind([part], [...rows, row("ranking", "boats", "wink", { recall1: 0.81239 })])).toEqual([]);
  });

  test("are held against the aims that they tell something of", () => {
    const judged = judge(rows);
    expect(judged.map(({ aim, isReached }) => [aim.slice(0, 21), isReached])).toEqual([
      ["recall@1: 8 points ov", false],
    ]);
    expect(judge([])).toEqual([]);
  });

  test("are held against those of a table without groups too", () => {
    const speed = row("speed", "200k", "Footnote, compact index", {
      p50: 0.1,
      p99: 2.5,
      loadedMegabytes: 250,
      loadSeconds: 0.1,
    });
    const judged = judge([speed, row("whole", "", "200k", { delayP99: 3.7 })]);
    expect(judged.map(({ measured, isReached }) => [measured, isReached])).toEqual([
      ["2.50 ms", false],
      ["250 MB", true],
      ["0.10 s", true],
      ["3.70 ms", true],
    ]);
  });
});

describe("a program that is bounded", () => {
  const bounds = { timeMaxMs: 20_000, timeInWords: "20 seconds", memoryMaxBytes: 2 ** 30 };

  test("gives its output", async () => {
    expect(await runBounded(["-p", "6 * 7"], bounds)).toEqual({ output: "42\n", stopped: null });
  });

  test("is stopped when it takes too long", async () => {
    const { stopped } = await runBounded(["-e", "for (;;);"], { ...bounds, timeMaxMs: 300 });
    expect(stopped).toBe("20 seconds");
  });

  test("is stopped when it holds too much", async () => {
    const hog = "const held = []; setInterval(() => held.push(Buffer.alloc(2 ** 24, 1)), 1)";
    const { stopped } = await runBounded(["-e", hog], { ...bounds, memoryMaxBytes: 2 ** 28 });
    expect(stopped).toBe("0.25 GB");
  });

  test("says what it failed of", async () => {
    expect((await runBounded(["-e", "throw new RangeError('too long')"], bounds)).stopped).toBe("RangeError: too long");
  });
});

test("the peak of what a process holds covers what it has let go since", () => {
  const before = residentBytes(process.pid);
  const size = 2 ** 28;
  let held: Buffer | null = Buffer.alloc(size, 1);
  expect(residentBytes(process.pid)).toBeGreaterThan(before + size / 2);
  expect(held.length).toBe(size);
  held = null;
  expect(peakBytes()).toBeGreaterThan(before + size / 2);
});

test("a document's lines are its characters, so that a sentence tells in which text it stands, and where", () => {
  const texts = ["A ketch sails. A yawl waits.", "It shines. A yawl waits."].map((text) => ({ title: "Boats", text }));
  const { documents, textAt } = documentsOf([...texts, { title: "Ports", text: "It rains." }]);
  expect(documents.map(({ title, blocks }) => [title, blocks.length])).toEqual([
    ["Boats", 2],
    ["Ports", 1],
  ]);
  for (const { id, blocks } of documents)
    for (const { text, lines } of blocks.flatMap(({ sentences }) => sentences)) {
      const at = textAt(id, lines.start);
      const whole = [...texts, { text: "It rains." }][at?.place ?? -1]?.text ?? "";
      expect(whole.slice(lines.start - (at?.firstLine ?? 0), lines.end - (at?.firstLine ?? 0) + 1)).toBe(text);
    }
});
