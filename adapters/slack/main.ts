// Runs `footnote slack` from its environment and corpus until a signal ends it.

import { type FollowingOptions, openFollowing } from "../shared/following.ts";
import { createLog } from "../shared/log.ts";
import { createMetrics } from "../shared/metrics.ts";
import { closingAfter, runBot, watchBot } from "../shared/run-bot.ts";
import { readSlackSettings } from "../shared/settings.ts";
import { openState } from "../shared/state/state.ts";
import { createSlackApp } from "./bot.ts";
import { explain } from "./failure.ts";

/**
 * Runs the bot until it is stopped.
 * @returns the exit status: 0 after a signal
 * @throws OperatorError when corpus, environment or a token is wrong
 */
export async function run(options: FollowingOptions): Promise<number> {
  const settings = readSlackSettings();
  const log = createLog(settings);
  const metrics = createMetrics("slack");
  const { botToken, connection } = settings;
  const tokens = [botToken, connection.kind === "socket" ? connection.appToken : connection.signingSecret];
  return runBot({ platform: "slack", settings, tokens, log, metrics, explain }, async () => {
    const following = await openFollowing(options, log, "slack");
    const state = await openState({ ...settings, platform: "slack", log });
    const app = createSlackApp(following.engine, { settings, log, state, metrics });
    watchBot(metrics, app, state, following.corpus);
    return closingAfter(app, following, state);
  });
}
