// A process of its own that makes the engine of a large folder while it answers from another one, or opens it from its
// snapshot and answers: prints what that took.

import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { openEngine } from "../../../src/store/open.ts";
import { peakBytes } from "./memory.ts";
import { timeQuestions } from "./timing.ts";
import type { Made } from "./whole.ts";
import type { Loaded } from "./workload.ts";

const MB = 2 ** 20;
/** Nanoseconds in a millisecond. */
const NANOSECONDS = 1_000_000;
const DELAY_RESOLUTION_MS = 5;
const ASKED_EVERY_MS = 50;
const ASKED_MEANWHILE = "How fast does a container start compared with a VM?";
/** Asked before the other folder is made, so that the delay is none of compiling. */
const WARM_UP = 20;

const [step = "", folder = "", data = "", questionsFile = ""] = process.argv.slice(2);
const told =
  step === "make"
    ? await make(folder, data)
    : await open(folder, data, JSON.parse(readFileSync(questionsFile, "utf8")));
process.stdout.write(JSON.stringify(told));

/** Makes the engine and its snapshot in a thread of its own, as where a corpus is read again, and answers meanwhile. */
async function make(folder: string, data: string): Promise<Made> {
  const other = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
  for (let round = 0; round < WARM_UP; round++) await other.answer(ASKED_MEANWHILE);
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const start = performance.now();
  let isMade = false;
  const making = openEngine(folder, undefined, { data, apart: true }).finally(() => {
    isMade = true;
  });
  while (!isMade) {
    await other.answer(ASKED_MEANWHILE);
    await wait(ASKED_EVERY_MS);
  }
  await making;
  const buildSeconds = (performance.now() - start) / 1000;
  delay.disable();
  return {
    buildSeconds,
    buildMegabytes: peakBytes() / MB,
    delayP99: delay.percentile(99) / NANOSECONDS - DELAY_RESOLUTION_MS,
    delayMax: delay.max / NANOSECONDS - DELAY_RESOLUTION_MS,
  };
}

async function open(folder: string, data: string, questions: readonly string[]): Promise<Loaded> {
  globalThis.gc?.();
  const baseMegabytes = process.memoryUsage().rss / MB;
  const start = performance.now();
  const engine = await openEngine(folder, undefined, { data });
  const loadSeconds = (performance.now() - start) / 1000;
  const times = await timeQuestions(questions, (question) => engine.answer(question));
  globalThis.gc?.();
  const loadedMegabytes = process.memoryUsage().rss / MB;
  return { loadSeconds, loadedMegabytes, baseMegabytes, ...times };
}
