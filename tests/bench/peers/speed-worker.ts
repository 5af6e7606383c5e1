// A process of its own that builds and saves one index, or loads it and answers: prints what that took.

import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { quantile } from "../frame/suite.ts";
import type { SearchEngine, Text } from "./engine.ts";
import { PEERS } from "./engines.ts";
import { FOOTNOTE_INDEXES } from "./ours.ts";
import { type Built, type Loaded, SIZES, type Size, workloadOf } from "./workload.ts";

const MB = 2 ** 20;
const FOUND_MAX = 10;
/** Asked for so long before any is timed, so that no engine pays for being compiled. */
const WARM_UP_MS = 2000;

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
  const buildMegabytes = process.resourceUsage().maxRSS / 1024;
  let notSaved: string | null = null;
  try {
    await index.save(file);
  } catch (error) {
    notSaved = error instanceof Error ? error.message : String(error);
  }
  index.close?.();
  writeFileSync(questionsFile, JSON.stringify(questions));
  return { buildSeconds, buildMegabytes, savedMegabytes: existsSync(file) ? statSync(file).size / MB : 0, notSaved };
}

async function load(engine: SearchEngine): Promise<Loaded> {
  const questions = z.array(z.string()).parse(JSON.parse(readFileSync(questionsFile, "utf8")));
  globalThis.gc?.();
  const baseMegabytes = process.memoryUsage().rss / MB;
  const start = performance.now();
  const index = await engine.load(file);
  const [first = ""] = questions;
  index.search(first, FOUND_MAX);
  const loadSeconds = (performance.now() - start) / 1000;
  for (let at = 0; performance.now() - start < 1000 * loadSeconds + WARM_UP_MS; at = (at + 1) % questions.length)
    index.search(questions[at] ?? "", FOUND_MAX);
  const times = questions.map((question) => {
    const before = performance.now();
    index.search(question, FOUND_MAX);
    return performance.now() - before;
  });
  globalThis.gc?.();
  const loadedMegabytes = process.memoryUsage().rss / MB;
  index.close?.();
  return { loadSeconds, baseMegabytes, loadedMegabytes, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
