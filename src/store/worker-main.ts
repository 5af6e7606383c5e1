// Makes the snapshot of a corpus folder inside the thread that `worker.ts` starts.

import { parentPort, workerData } from "node:worker_threads";
import { CorpusError, OperatorError } from "../errors.ts";
import { seal } from "./open.ts";
import type { Told, WorkerRequest } from "./worker.ts";

/** Only `worker.ts` starts this. */
const asked = workerData as WorkerRequest;

function tell(told: Told, transferred: ArrayBuffer[] = []): void {
  parentPort?.postMessage(told, transferred);
}

try {
  const sealed = await seal(asked, {
    onEvent: (event) => tell({ kind: "event", event }),
    onProgress: (done, total) => tell({ kind: "progress", done, total }),
  });
  const bytes = sealed?.snapshot;
  tell({ kind: "sealed", sealed }, bytes instanceof Uint8Array ? [bytes.buffer] : []);
} catch (error) {
  if (error instanceof CorpusError)
    tell({ kind: "corpus-error", made: [error.file, error.line, error.problem, error.remedy] });
  else if (error instanceof OperatorError) tell({ kind: "operator-error", made: [error.what, error.remedy] });
  else throw error;
}
