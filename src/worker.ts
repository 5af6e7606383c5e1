// A corpus folder to its snapshot, made in a thread of its own: whoever answers meanwhile does not wait.

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { CorpusError, OperatorError } from "./errors.ts";
import type { OpenEvent, OpenOptions } from "./opening.ts";
import type { Sealed } from "./snapshot.ts";

/** What the thread is asked for. */
export interface Asked {
  readonly folder: string;
  readonly reuses: boolean;
  readonly options: Omit<OpenOptions, "onEvent" | "onProgress" | "apart">;
}

/** What the thread says: errors of the operator as the arguments they are made of, since only data passes. */
export type Told =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "event"; readonly event: OpenEvent }
  | { readonly kind: "sealed"; readonly sealed: Sealed }
  | { readonly kind: "operator-error"; readonly made: ConstructorParameters<typeof OperatorError> }
  | { readonly kind: "corpus-error"; readonly made: ConstructorParameters<typeof CorpusError> };

/** Run from the sources, as tests do, the thread is that of the last build: Node reads no TypeScript. */
const SCRIPT = new URL(
  import.meta.url.endsWith(".ts") ? "../dist/src/worker-main.js" : "./worker-main.js",
  import.meta.url,
);

/**
 * @throws OperatorError, CorpusError as they were thrown in the thread, or when it ran out of memory
 */
export async function inWorker(folder: string, reuses: boolean, options: OpenOptions): Promise<Sealed> {
  const { onEvent, onProgress, apart: _, ...rest } = options;
  const asked: Asked = { folder, reuses, options: rest };
  const worker = new Worker(SCRIPT, { workerData: asked, name: "footnote index", execArgv: [] });
  let sealed: Sealed | null = null;
  let refusal: OperatorError | null = null;
  worker.on("message", (told: Told) => {
    if (told.kind === "progress") onProgress?.(told.done, told.total);
    else if (told.kind === "event") onEvent?.(told.event);
    else if (told.kind === "sealed") sealed = told.sealed;
    else refusal = told.kind === "corpus-error" ? new CorpusError(...told.made) : new OperatorError(...told.made);
  });
  try {
    await once(worker, "exit");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")) throw error;
    throw new OperatorError(
      `there is not enough memory to index ${folder}`,
      "give more with NODE_OPTIONS=--max-old-space-size=4096, or take fewer documents",
    );
  }
  if (refusal !== null) throw refusal;
  if (sealed === null) throw new Error(`the thread that indexed ${folder} ended without a result`);
  return sealed;
}
