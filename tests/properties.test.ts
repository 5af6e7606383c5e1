import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createEngine, type Engine } from "../src/engine.ts";
import { cleanMessage } from "../src/question/parse.ts";
import { openCorpus } from "../src/store/open.ts";
import { brokenRules, type CorpusFiles, filesOf, unansweredSuggestions } from "./contract-rules.ts";
import { fc } from "./fast-check.ts";
import { messages, threads } from "./questions.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "corpus");

/** Enough for every day; 10,000 before a release. */
const RUNS = Number(process.env.FOOTNOTE_PROPERTY_RUNS ?? 500);
const SEED = 20_261_121;
const TIMEOUT_MS = 60_000 + RUNS * 300;

let engine: Engine;
/** Made of the same corpus and model, and asked in another order. */
let twin: Engine;
let files: CorpusFiles;
beforeAll(async () => {
  const { corpus, model } = await openCorpus(folder, join(root, "dist", "corpus.snapshot"));
  engine = await createEngine(corpus, model);
  twin = await createEngine(corpus, model);
  files = filesOf(corpus, folder);
});

/** Runs a check on random messages in random threads; a failure names the shortest message that breaks it. */
async function check(runs: number, holds: (message: string, after: readonly string[]) => Promise<void>): Promise<void> {
  const message = messages(engine.corpus.faq);
  await fc.assert(fc.asyncProperty(message, threads(message), holds), { seed: SEED, numRuns: runs });
}

describe("whatever is asked", () => {
  test(
    "every rule of the contract holds",
    () =>
      check(RUNS, async (message, after) => {
        const reply = await engine.answer(message, after);
        expect(brokenRules(reply, files)).toEqual([]);
        const typed = cleanMessage(message).text;
        for (const { from } of reply.reading.corrected) expect(typed).toContain(from);
        expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
      }),
    TIMEOUT_MS,
  );

  test(
    "asked twice, and asked of another engine of the same corpus, it gets the same bytes",
    { timeout: TIMEOUT_MS, tags: ["slow"] },
    () =>
      check(RUNS, async (message, after) => {
        const other = JSON.stringify(await twin.answer(message, after));
        const first = JSON.stringify(await engine.answer(message, after));
        expect(other).toBe(first);
        expect(JSON.stringify(await engine.answer(message, after))).toBe(first);
      }),
  );

  test(
    "of the earlier questions the last ten count",
    () =>
      check(Math.ceil(RUNS / 10), async (message, after) => {
        const ten = Array.from({ length: 10 }, (_, at) => after[at % after.length] ?? "hi");
        const reply = await engine.answer(message, ten);
        expect(await engine.answer(message, ["Is Docker faster than KVM?", ...after, ...ten])).toEqual(reply);
      }),
    TIMEOUT_MS,
  );

  test(
    "every suggestion and option gets an answer or a comparison in the same thread",
    () =>
      check(Math.ceil(RUNS / 5), async (message, after) => {
        const reply = await engine.answer(message, after);
        expect(await unansweredSuggestions(reply, engine, [...after, message])).toEqual([]);
      }),
    TIMEOUT_MS,
  );

  test(
    "a comparison is made, or topics are offered that can be compared",
    () =>
      check(Math.ceil(RUNS / 5), async (message) => {
        const reply = await engine.compare(message);
        expect(brokenRules(reply, files)).toEqual([]);
        expect(JSON.stringify(await twin.compare(message))).toBe(JSON.stringify(reply));
        if (reply.kind !== "clarify") return;
        for (const { question } of reply.options)
          expect(["comparison", "answer"]).toContain((await engine.compare(question)).kind);
      }),
    TIMEOUT_MS,
  );
});
