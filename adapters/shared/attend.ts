// Does the work of an inbound event; whatever goes wrong is logged, and the person is told.

import type { Log, Platform } from "./log.ts";
import { ATTEMPTS_MAX } from "./state/store.ts";

export interface AttendOptions {
  readonly platform: Platform;
  readonly log: Log;
  /** What the log says of an error; without a token. */
  readonly explain: (error: unknown) => Readonly<Record<string, unknown>>;
  /** Whether an error is the platform's no, which a further attempt would hear again. */
  readonly isRefusal: (error: unknown) => boolean;
}

/**
 * The one catch of an event; rejects only where the event is kept, so that it is tried again or given up.
 * @param entry the way the event came in, e.g. "mention"
 * @param apologise tells the person that there will be no answer
 * @param where for the log alone
 */
export type Attend = (
  entry: string,
  work: () => Promise<void>,
  apologise: (error: unknown) => Promise<void>,
  turn?: Turn,
  where?: Where,
) => Promise<void>;

/** Where an event happened, as the log names it when something goes wrong. */
export interface Where {
  /** Slack's workspace, Discord's server. */
  readonly workspace?: string;
  readonly channel?: string;
  /** The platform's name for what happened. */
  readonly event?: string;
}

/** Which of its attempts an event is at, and whether it is kept for another one. */
export interface Turn {
  /** Of the kept event; null for one that is not kept, and so has one attempt only. */
  readonly key: string | null;
  /** From 1. */
  readonly attempt: number;
  /** Whether it is this process's still: another one may have taken it over while this one slept. */
  isOurs(): Promise<boolean>;
  /** Lets others be answered while this one only waits. */
  aside?(wait: () => Promise<void>): Promise<void>;
}

export const ONCE: Turn = { key: null, attempt: 1, isOurs: async () => true };

/** What an event must be the first to claim: one that is kept was the first to be. */
export const claimsOf = ({ key }: Turn, claims: readonly string[]): readonly string[] => (key === null ? claims : []);

export function createAttend({ platform, log, explain, isRefusal }: AttendOptions): Attend {
  return async (entry, work, apologise, { key, attempt } = ONCE, where = {}) => {
    try {
      await work();
    } catch (error) {
      const named = { ...where, ...(key === null ? {} : { event: key }) };
      const isKept = key !== null && !isRefusal(error);
      if (isKept && attempt < ATTEMPTS_MAX) throw error;
      log.error({ platform, entry, ...named, ...explain(error) }, "not answered");
      await apologise(error).catch((second: unknown) =>
        log.error({ platform, entry, ...named, ...explain(second) }, "the person could not be told"),
      );
      if (isKept) throw error;
    }
  };
}
