// A program to its output, unless it takes too long or holds too much memory.

import { spawn } from "node:child_process";
import { residentBytes } from "./memory.ts";

export interface Bounds {
  readonly timeMaxMs: number;
  /** How the bound on time is named: what is left of it may be less. */
  readonly timeInWords: string;
  readonly memoryMaxBytes: number;
}

export interface Ran {
  readonly output: string;
  /** The bound at which it was stopped, in words; null where it ended by itself. */
  readonly stopped: string | null;
}

const LOOK_EVERY_MS = 200;

/** Runs Node with these arguments; what a process that fails says last stands for its bound, so that the others are measured. */
export function runBounded(args: readonly string[], { timeMaxMs, timeInWords, memoryMaxBytes }: Bounds): Promise<Ran> {
  const heapMb = Math.round(memoryMaxBytes / 2 ** 20);
  const child = spawn(process.execPath, ["--expose-gc", `--max-old-space-size=${heapMb}`, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let said = "";
  let stopped: string | null = null;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-20_000);
  });
  const stop = (why: string): void => {
    stopped ??= why;
    child.kill("SIGKILL");
  };
  const deadline = setTimeout(() => stop(timeInWords), Math.max(0, timeMaxMs));
  const watch = setInterval(() => {
    if (child.pid !== undefined && residentBytes(child.pid) > memoryMaxBytes) stop(`${memoryMaxBytes / 2 ** 30} GB`);
  }, LOOK_EVERY_MS);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(deadline);
      clearInterval(watch);
      if (stopped === null && code !== 0)
        stopped = /heap out of memory/.test(said) ? `${memoryMaxBytes / 2 ** 30} GB` : lastError(said);
      resolve({ output, stopped });
    });
  });
}

const lastError = (said: string): string =>
  /^\w*Error(?: \[\w+\])?: .*$/m.exec(said)?.[0] ?? "an error that it does not tell";
