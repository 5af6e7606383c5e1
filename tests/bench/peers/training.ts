// Sets of examples to how long a fresh process takes to learn them.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { quantile } from "../frame/suite.ts";
import { examplesOf, type IntentSet, type LabelledQuestion, OUT_OF_SCOPE } from "./data.ts";
import { grouped } from "./grouped.ts";
import type { Ledger } from "./ledger.ts";
import { FOOTNOTE_TOPICS, NLP_JS } from "./topics.ts";

const FRESH = { topics: 30, examplesEach: 12, runs: 5 };

export async function measureTraining(sets: readonly IntentSet[], isQuick: boolean, ledger: Ledger): Promise<void> {
  const worker = join(import.meta.dirname, "train-worker.js");
  for (const set of sets) {
    const training = set.questions.filter(({ split, intent }) => split === "train" && intent !== OUT_OF_SCOPE);
    const few = [...grouped(training, ({ intent }) => intent).values()]
      .slice(0, FRESH.topics)
      .flatMap((list) => list.slice(0, FRESH.examplesEach));
    const parts: readonly (readonly [string, readonly LabelledQuestion[], number])[] = isQuick
      ? [["30 topics, 12 examples each", few, 1]]
      : [
          ["30 topics, 12 examples each", few, FRESH.runs],
          ["all", training, 1],
        ];
    for (const [which, examples, runs] of parts)
      for (const matcher of [FOOTNOTE_TOPICS, NLP_JS])
        await ledger.measure({ table: "training", group: `${set.name}, ${which}`, row: matcher.name }, () => {
          const seconds = Array.from({ length: runs }, () => {
            const input = JSON.stringify({ matcher: matcher.name, examples: examplesOf(examples) });
            const { stdout, stderr, status } = spawnSync(process.execPath, [worker], { input, encoding: "utf8" });
            if (status !== 0) throw new Error(`training ended with ${status}: ${stderr}`);
            return Number(stdout) / 1000;
          });
          const topics = new Set(examples.map(({ intent }) => intent)).size;
          return { seconds: quantile(seconds, 0.5), examples: examples.length, topics };
        });
  }
}
