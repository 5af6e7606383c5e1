// The thread of `reopenAside`: what it was started with to what came of it, and an end.

import { parentPort, workerData } from "node:worker_threads";
import { reopen } from "./reopening.ts";

parentPort?.postMessage(await reopen(workerData));
