// Does the work of an inbound event; whatever goes wrong is logged, and the person is told.

import type { Log, Platform } from "./log.ts";

export interface AttendOptions {
  readonly platform: Platform;
  readonly log: Log;
  /** What the log says of an error; without a token. */
  readonly explain: (error: unknown) => Readonly<Record<string, unknown>>;
}

/**
 * The one catch of an event; never rejects.
 * @param entry the way the event came in, e.g. "mention"
 * @param apologise tells the person that there will be no answer
 */
export type Attend = (entry: string, work: () => Promise<void>, apologise: () => Promise<void>) => Promise<void>;

export function createAttend({ platform, log, explain }: AttendOptions): Attend {
  return async (entry, work, apologise) => {
    try {
      await work();
    } catch (error) {
      log.error({ platform, entry, ...explain(error) }, "not answered");
      await apologise().catch((second: unknown) =>
        log.error({ platform, entry, ...explain(second) }, "the person could not be told"),
      );
    }
  };
}
