// Collects garbage at a chosen moment, so that a test or a measurement sees only what is held.

import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Node shows this only where it was started with --expose-gc; a context made after the flag was set has it too. */
function exposed(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("this Node can't be told to collect garbage");
  return () => void collect();
}

const collect = exposed();

/** Twice, a turn apart: a weak reference that was looked at is held until the turn's end, and finalizers run between. */
export async function collectGarbage(): Promise<void> {
  for (let times = 0; times < 2; times++) {
    await nextTurn();
    collect();
  }
}
