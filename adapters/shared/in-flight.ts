// Keeps count of work that has begun, so that a bot can wait for it before it ends.

import { setTimeout as sleep } from "node:timers/promises";

export interface UnderWay {
  /** @param work never rejects: whoever began it catches what goes wrong */
  add(work: Promise<void>): Promise<void>;
  /** Resolves when nothing is under way, what began meanwhile included. */
  done(): Promise<void>;
}

export function createUnderWay(): UnderWay {
  const works = new Set<Promise<void>>();
  return {
    add(work) {
      const whole = work.finally(() => works.delete(whole));
      works.add(whole);
      return whole;
    },
    async done() {
      while (works.size > 0) await Promise.all(works);
    },
  };
}

/** Whether work is done within a time; it goes on where it is not. */
export async function inTime(work: Promise<unknown>, withinMs: number): Promise<boolean> {
  const waited = new AbortController();
  const late = sleep(withinMs, false, { signal: waited.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    waited.abort();
  }
}
