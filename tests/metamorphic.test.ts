// A question asked in other words, other letters or a politer way is the same question: measured on example questions
// that the engine was not taught.

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createEngine, type Engine } from "../src/engine.ts";
import type { Point, Topic } from "../src/faq.ts";
import type { Corpus } from "../src/library.ts";
import { train } from "../src/model.ts";
import { openCorpus } from "../src/open.ts";
import { questionsOf } from "./questions.ts";
import { type Relation, relationsOf } from "./relations.ts";

const root = join(import.meta.dirname, "..");

/** One in so many example questions is held out. */
const FOLDS = 8;
const FOLD = Number(process.env.FOOTNOTE_FOLD ?? 3);
/** Share of the changed questions that must be read as before. */
const KEPT_MIN = 0.97;

let engine: Engine;
let heldOut: readonly string[];
let relations: Readonly<Record<string, Relation>>;
beforeAll(async () => {
  const { corpus } = await openCorpus(join(root, "corpus"), join(root, "dist", "corpus.snapshot"));
  heldOut = questionsOf(corpus.faq).filter((_, at) => at % FOLDS === FOLD);
  engine = await engineWithout(new Set(heldOut), corpus);
  relations = relationsOf(corpus.faq);
});

/** The engine of the same corpus whose FAQ was never asked these questions. */
async function engineWithout(unknown: ReadonlySet<string>, corpus: Corpus): Promise<Engine> {
  const without = (point: Point): Point => ({
    ...point,
    asked: point.asked.filter(({ question }) => !unknown.has(question)),
  });
  const topics = corpus.faq.topics.map((topic): Topic => {
    const [verdict, ...others] = topic.points;
    return { ...topic, points: [without(verdict), ...others.map(without)] };
  });
  const smaller: Corpus = { ...corpus, faq: { ...corpus.faq, topics } };
  return createEngine(smaller, await train(smaller));
}

const readingOf = (question: string): string => {
  const { kind, reading } = engine.answer(question);
  return `${kind} ${reading.topic ?? "without topic"}`;
};

/** Asks every held-out question that the relation can change, before and after. */
function check(name: string): void {
  const relation = relations[name];
  const pairs = heldOut.flatMap((question, at) => {
    const changed = relation?.(question, at) ?? null;
    return changed === null || changed === question ? [] : [{ question, changed }];
  });
  const broken = pairs.flatMap(({ question, changed }) => {
    const [before, after] = [readingOf(question), readingOf(changed)];
    return before === after ? [] : [`"${question}": ${before}; "${changed}": ${after}`];
  });
  const kept = 1 - broken.length / pairs.length;
  const report = `${name}: ${(100 * kept).toFixed(1)} % of ${pairs.length} kept`;
  if (process.env.FOOTNOTE_SHOW_SHARES !== undefined) console.log([report, ...broken].join("\n  "));
  expect(pairs.length).toBeGreaterThan(40);
  expect(kept, [report, ...broken.slice(0, 10)].join("\n")).toBeGreaterThanOrEqual(KEPT_MIN);
}

describe("topic and kind of reply stay when a question that was not taught", () => {
  test.each([
    "is in upper case",
    "is in lower case",
    "has lost its punctuation",
    "has gained punctuation",
    "follows a greeting",
    "is asked politely",
    "has a typo in one of its longer words",
    "uses a synonym",
    "names its subject in front",
    "is a sentence that wants to be told",
  ])("%s", check);
});
