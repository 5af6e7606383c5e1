// Runs `footnote discord` from its environment and corpus until a signal or Discord ends it.

import { type FollowingOptions, openFollowing } from "../shared/following.ts";
import { createLog } from "../shared/log.ts";
import { createMetrics } from "../shared/metrics.ts";
import { closingAfter, runBot, watchBot } from "../shared/run-bot.ts";
import { readDiscordSettings } from "../shared/settings.ts";
import { openState } from "../shared/state/state.ts";
import { warm } from "../shared/warm.ts";
import { createDiscordBot } from "./bot.ts";
import { explain } from "./reception.ts";

/**
 * Runs the bot until it is stopped.
 * @returns the exit status: 0 after a signal, 1 where Discord can't be reached or has ended the connection
 * @throws OperatorError when corpus or environment is wrong, or Discord refuses token or intents
 */
export async function run(options: FollowingOptions): Promise<number> {
  const settings = readDiscordSettings();
  const log = createLog(settings);
  const metrics = createMetrics("discord");
  return runBot({ platform: "discord", settings, tokens: [settings.token], log, metrics, explain }, async () => {
    const following = await openFollowing(options, log, "discord");
    const state = await openState({ ...settings, platform: "discord", log });
    const { memory, limit } = state;
    const bot = createDiscordBot(following.engine, {
      ...settings,
      addresses: settings,
      memory,
      limit,
      state,
      metrics,
      log,
      now: Date.now,
    });
    watchBot(metrics, bot, state, following.corpus);
    const warmed = { ...bot, warm: () => warm(following.engine(), () => {}) };
    return closingAfter(warmed, following, state);
  });
}
