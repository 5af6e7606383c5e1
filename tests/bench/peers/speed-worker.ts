// A process of its own that builds and saves one index, or loads it and answers: prints what that took.

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { SearchEngine, Text } from "./engine.ts";
import { PEERS } from "./engines.ts";
import { peakBytes } from "./memory.ts";
import { FOOTNOTE_INDEXES } from "./ours.ts";
import { timeQuestions } from "./timing.ts";
import { type Built, type Loaded, SIZES, type Size, workloadOf } from "./workload.ts";

const MB = 2 ** 20;
const FOUND_MAX = 10;

const [step = "", name = "", wanted = "", file = ""] = process.argv.slice(2);
const questionsFile = `${file}.questions.json`;
const engine = [...FOOTNOTE_INDEXES, ...PEERS].find((one) => one.name === name);
const size = SIZES.find((one) => one === wanted);
if (engine === undefined || size === undefined) throw new Error(`no engine ${name} at ${wanted}`);
process.stdout.write(JSON.stringify(step === "build" ? await build(engine, size) : await load(engine)));

async function build(engine: SearchEngine, size: Size): Promise<Built> {
  const { texts, questions } = await workloadOf(size);
  // What the passages cost to make is no cost of the engine's.
  let madeMs = 0;
  const timed = function* (): Generator<Text> {
    const each = texts[Symbol.iterator]();
    for (;;) {
      const before = performance.now();
      const { done, value } = each.next();
      madeMs += performance.now() - before;
      if (done) return;
      yield value;
    }
  };
  const start = performance.now();
  const index = await engine.build(timed(), file);
  const buildSeconds = (performance.now() - start - madeMs) / 1000;
  const buildMegabytes = peakBytes() / MB;
  let notSaved: string | null = null;
  try {
    await index.save(file);
  } catch (error) {
    notSaved = error instanceof Error ? error.message : String(error);
  }
  index.close?.();
  writeFileSync(questionsFile, JSON.stringify(questions));
  const savedMegabytes = notSaved === null ? statSync(file).size / MB : null;
  return { buildSeconds, buildMegabytes, savedMegabytes, notSaved };
}

async function load(engine: SearchEngine): Promise<Loaded> {
  const questions = z.array(z.string()).parse(JSON.parse(readFileSync(questionsFile, "utf8")));
  globalThis.gc?.();
  const baseMegabytes = process.memoryUsage().rss / MB;
  const start = performance.now();
  const index = await engine.load(file);
  const [first = ""] = questions;
  await index.search(first, FOUND_MAX);
  const loadSeconds = (performance.now() - start) / 1000;
  const times = await timeQuestions(questions, (question) => index.search(question, FOUND_MAX));
  globalThis.gc?.();
  const loadedMegabytes = process.memoryUsage().rss / MB;
  index.close?.();
  return { loadSeconds, baseMegabytes, loadedMegabytes, ...times };
}
