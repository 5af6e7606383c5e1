// Calls Slack until a call is done: what may have arrived is looked for before it is sent again, and a channel's rate
// limit holds up that channel alone.

import { setTimeout as sleep } from "node:timers/promises";
import { failureOf, RateLimited, retryAfterMsOf } from "./failure.ts";

const RETRIES = 2;
const RETRY_MIN_MS = 250;
/** Slack takes about a message a second in a channel: https://docs.slack.dev/apis/web-api/rate-limits/ */
const LANE_PACE_MS = 1000;
/** Nobody waits longer for an answer. */
const LANE_WAIT_MS_MAX = 5 * 60 * 1000;

/** Lets others work while something only waits. */
export type Aside = (wait: () => Promise<void>) => Promise<void>;
const waiting: Aside = (wait) => wait();

export interface CallOptions {
  /** What shares a rate limit, e.g. a channel; left out for what is limited by itself. */
  readonly lane?: string;
  /** Whether what the call does is done already, asked after every failure of which nobody can tell. */
  readonly isDone?: () => Promise<boolean>;
  readonly aside?: Aside;
}

export class Calls {
  /** When the next call of a lane that met its limit may be made. */
  private readonly lanes = new Map<string, number>();

  /** @param onError hears of everything that Slack did not take */
  constructor(
    private readonly onError: (error: unknown) => void = () => {},
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @returns what the call returns; undefined where it was found to be done
   * @throws what the call throws, where trying again would not help; RateLimited where its turn would come too late
   */
  async make<T>(call: () => Promise<T>, { lane, isDone, aside = waiting }: CallOptions = {}): Promise<T | undefined> {
    let isUncertain = false;
    for (let failures = 0; ; ) {
      if (lane !== undefined) await this.turnIn(lane, aside);
      try {
        if (isUncertain && (await isDone?.()) === true) return undefined;
        isUncertain = false;
        return await call();
      } catch (error) {
        this.onError(error);
        const toldMs = retryAfterMsOf(error);
        if (toldMs !== null) {
          if (toldMs > LANE_WAIT_MS_MAX) throw new RateLimited(toldMs);
          if (lane === undefined) await aside(() => sleep(toldMs));
          else this.lanes.set(lane, Math.max(this.lanes.get(lane) ?? 0, this.now() + toldMs));
          continue;
        }
        if (failureOf(error).isRefusal) throw error;
        isUncertain = true;
        failures += 1;
        if (failures > RETRIES) {
          if ((await isDone?.().catch(() => false)) === true) return undefined;
          throw error;
        }
        await aside(() => sleep(RETRY_MIN_MS * 2 ** (failures - 1)));
      }
    }
  }

  /** Waits for a lane that met its limit, one after the other. */
  private async turnIn(lane: string, aside: Aside): Promise<void> {
    const next = this.lanes.get(lane);
    if (next === undefined) return;
    const waitMs = next - this.now();
    if (waitMs <= 0) {
      this.lanes.delete(lane);
      return;
    }
    if (waitMs > LANE_WAIT_MS_MAX) throw new RateLimited(waitMs);
    this.lanes.set(lane, next + LANE_PACE_MS);
    await aside(() => sleep(waitMs));
  }
}
