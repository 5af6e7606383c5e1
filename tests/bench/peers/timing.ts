// Questions to how long each takes, once what answers them is compiled.

import { inTurn, median, quantile, timeMs } from "../frame/suite.ts";

/** Asked for so long before any is timed, so that no engine pays for being compiled. */
const WARM_UP_MS = 2000;

/** The median and the 99th percentile, in milliseconds. */
export async function timeQuestions(
  questions: readonly string[],
  ask: (question: string) => unknown,
): Promise<{ readonly p50: number; readonly p99: number }> {
  const start = performance.now();
  for (let at = 0; performance.now() - start < WARM_UP_MS; at = (at + 1) % questions.length)
    await ask(questions[at] ?? "");
  const times = await inTurn(questions, (question) => timeMs(() => ask(question)));
  return { p50: median(times), p99: quantile(times, 0.99) };
}
