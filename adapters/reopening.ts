// A changed corpus folder to what it compiles to, in a thread of its own: questions are answered while it trains.

import { Worker } from "node:worker_threads";
import { OperatorError } from "../src/errors.ts";
import { reopenCorpus } from "../src/open.ts";
import type { Compiled } from "../src/snapshot.ts";

/** What is to be opened. */
export interface Reopening {
  readonly folder: string;
  /** Of the corpus that answers now. */
  readonly hash: string;
  /** Where the compiled form of the folder is looked for. */
  readonly snapshot: string | undefined;
}

/** What came of it. `problem` says what is wrong, where and what to do about it. */
export type Reopened =
  | { readonly kind: "opened"; readonly compiled: Compiled }
  | { readonly kind: "unchanged" }
  | { readonly kind: "refused"; readonly problem: string };

/** Opens a folder where its files are not those of `hash`. */
export async function reopen({ folder, hash, snapshot }: Reopening): Promise<Reopened> {
  try {
    const compiled = await reopenCorpus(folder, hash, snapshot);
    return compiled === null ? { kind: "unchanged" } : { kind: "opened", compiled };
  } catch (error) {
    if (error instanceof OperatorError) return { kind: "refused", problem: error.message };
    throw error;
  }
}

/**
 * The same, in a thread.
 * @param signal ends the thread
 * @throws where the thread fails or is ended
 */
export function reopenAside(reopening: Reopening, signal: AbortSignal): Promise<Reopened> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./reopening-thread.js", import.meta.url), { workerData: reopening });
    const end = (): void => {
      void thread.terminate();
    };
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", () => {
      signal.removeEventListener("abort", end);
      reject(new Error("the thread ended before it was done"));
    });
  });
}
