// A question asked in other words, other letters or a politer way is the same question: measured on example questions
// that the engine was not taught.
// @module-tag slow

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../src/engine.ts";
import { engineWithout } from "../src/quality/leave-one-out.ts";
import { openCorpus } from "../src/store/open.ts";
import { questionsOf } from "./questions.ts";
import { type Relation, relationsOf } from "./relations.ts";

const root = join(import.meta.dirname, "..");

/** One in so many example questions is held out at a time; so many times, or all of them with FOOTNOTE_ALL_FOLDS. */
const FOLDS = 8;
const FOLDS_ASKED = process.env.FOOTNOTE_ALL_FOLDS === undefined ? 3 : FOLDS;
/** Share of the changed questions that must be read as before. */
const KEPT_MIN = 0.97;

interface Fold {
  readonly engine: Engine;
  readonly heldOut: readonly string[];
}

let folds: readonly Fold[];
let relations: Readonly<Record<string, Relation>>;
beforeAll(async () => {
  const compiled = await openCorpus(join(root, "corpus"), join(root, "dist", "corpus.snapshot"));
  const questions = questionsOf(compiled.corpus.faq);
  folds = await Promise.all(
    Array.from({ length: FOLDS_ASKED }, async (_, fold): Promise<Fold> => {
      const heldOut = questions.filter((_, at) => at % FOLDS === fold);
      return { heldOut, engine: await engineWithout(new Set(heldOut), compiled) };
    }),
  );
  relations = relationsOf(compiled.corpus.faq);
});

async function readingOf(engine: Engine, question: string): Promise<string> {
  const { kind, reading } = await engine.answer(question);
  return `${kind} ${reading.topic ?? "without topic"}`;
}

/** Asks every held-out question that the relation can change, before and after. */
async function check(name: string): Promise<void> {
  const relation = relations[name];
  const pairs = folds.flatMap(({ engine, heldOut }) =>
    heldOut.flatMap((question, at) => {
      const changed = relation?.(question, at) ?? null;
      return changed === null || changed === question ? [] : [{ engine, question, changed }];
    }),
  );
  const broken: string[] = [];
  for (const { engine, question, changed } of pairs) {
    const [before, after] = [await readingOf(engine, question), await readingOf(engine, changed)];
    if (before !== after) broken.push(`"${question}": ${before}; "${changed}": ${after}`);
  }
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
