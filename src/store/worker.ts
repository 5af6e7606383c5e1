// Has the snapshot of a corpus folder made in a thread of its own, so that nobody who is being answered waits.

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { CorpusError, OperatorError } from "../errors.ts";
import type { OpenEvent, OpenOptions } from "./open-options.ts";
import type { Sealed } from "./snapshot.ts";

/** What the thread is asked for. */
export interface WorkerRequest {
  readonly folder: string;
  /** Hash of a corpus that is open already: nothing is made where it is still that. */
  readonly unless: string | null;
  readonly options: Omit<OpenOptions, "apart" | "signal" | keyof Hearing>;
}

/** Who is told what goes on. */
export type Hearing = Pick<OpenOptions, "onEvent" | "onProgress">;

/** What the thread says: errors of the operator as the arguments they are made of, since only data passes. */
export type Told =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "event"; readonly event: OpenEvent }
  | { readonly kind: "sealed"; readonly sealed: Sealed | null }
  | { readonly kind: "operator-error"; readonly made: ConstructorParameters<typeof OperatorError> }
  | { readonly kind: "corpus-error"; readonly made: ConstructorParameters<typeof CorpusError> };

/** Run from the sources, as tests do, the thread is that of the last build: Node reads no TypeScript. */
const SCRIPT = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/src/store/worker-main.js" : "./worker-main.js",
  import.meta.url,
);

/**
 * @param signal ends the thread
 * @throws OperatorError, CorpusError as they were thrown in the thread, or when it ran out of memory
 * @throws Error where the thread was ended
 */
export async function inWorker(asked: WorkerRequest, hears: Hearing, signal?: AbortSignal): Promise<Sealed | null> {
  signal?.throwIfAborted();
  const worker = new Worker(SCRIPT, { workerData: asked, name: "footnote index", execArgv: [] });
  const end = (): void => void worker.terminate();
  signal?.addEventListener("abort", end, { once: true });
  let last: Told | null = null;
  worker.on("message", (told: Told) => {
    if (told.kind === "progress") hears.onProgress?.(told.done, told.total);
    else if (told.kind === "event") hears.onEvent?.(told.event);
    else last = told;
  });
  try {
    await once(worker, "exit");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")) throw error;
    throw new OperatorError(
      `there is not enough memory to index ${asked.folder}`,
      "give more with NODE_OPTIONS=--max-old-space-size=4096, or take fewer documents",
    );
  } finally {
    signal?.removeEventListener("abort", end);
  }
  return resultOf(last, asked.folder);
}

function resultOf(last: Told | null, folder: string): Sealed | null {
  switch (last?.kind) {
    case "sealed":
      return last.sealed;
    case "corpus-error":
      throw new CorpusError(...last.made);
    case "operator-error":
      throw new OperatorError(...last.made);
    default:
      throw new Error(`the thread that indexed ${folder} ended before it was done`);
  }
}
