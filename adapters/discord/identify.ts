// A brake on identifying: Discord lets a bot do so a number of times a day, and resets its token where it does more.

import { setTimeout as wait } from "node:timers/promises";
import { type IIdentifyThrottler, type REST, Routes } from "discord.js";
import { z } from "zod";
import type { Log } from "../shared/log.ts";

export interface IdentifyBrake {
  /** Resolves when Discord may be identified with, after what is left of the day where nothing is left to spend. */
  ready(signal?: AbortSignal): Promise<void>;
  /** The same before each turn of a throttler, which spaces them. */
  before(spacing: IIdentifyThrottler): IIdentifyThrottler;
}

/**
 * What a loop of restarts must leave of a day's 1,000: a person needs some to mend it.
 * https://docs.discord.com/developers/events/gateway#session-start-limit-object
 */
const KEPT_BACK = 100;
/** Where Discord says that the day is over, it is asked again after so long. */
const ASKED_AGAIN_MS = 5_000;
/** A timer holds no more than 24 days, and the clock of a machine that slept is not to be trusted for longer. */
const WAIT_MS_MAX = 60 * 60 * 1000;

/**
 * Discord itself counts, over all restarts and processes of a token; it is asked before each identify.
 * @param rest with the bot's token
 */
export function createIdentifyBrake(rest: REST, log: Log): IdentifyBrake {
  const ready = async (signal?: AbortSignal): Promise<void> => {
    for (;;) {
      const { remaining, reset_after: resetMs } = gateway.parse(
        await rest.get(Routes.gatewayBot()),
      ).session_start_limit;
      if (remaining > KEPT_BACK) return;
      const waitMs = Math.min(WAIT_MS_MAX, resetMs > 0 ? resetMs : ASKED_AGAIN_MS);
      const remedy = "look in the log for why it connects so often; it goes on by itself";
      log.error(
        { platform: "discord", remaining, resetMs, waitMs, remedy },
        "Discord lets the bot connect no more today",
      );
      await wait(waitMs, undefined, signal === undefined ? {} : { signal });
    }
  };
  return {
    ready,
    before: (spacing) => ({
      async waitForIdentify(shard, signal) {
        await ready(signal);
        await spacing.waitForIdentify(shard, signal);
      },
    }),
  };
}

const gateway = z.object({ session_start_limit: z.object({ remaining: z.number(), reset_after: z.number() }) });
