// Runs `footnote discord` from its environment and corpus until a signal or Discord ends it.

import { type CorpusOptions, open } from "../shared/corpus.ts";
import { createLog, logOpening } from "../shared/log.ts";
import { createMemory } from "../shared/memory.ts";
import { createLimit } from "../shared/rate-limit.ts";
import { runBot } from "../shared/run-bot.ts";
import { readDiscordSettings } from "../shared/settings.ts";
import { createDiscordBot, explain } from "./bot.ts";

/**
 * Runs the bot until it is stopped.
 * @returns the exit status: 0 after a signal, 1 where Discord can't be reached or has ended the connection
 * @throws OperatorError when corpus or environment is wrong, or Discord refuses token or intents
 */
export async function run(options: CorpusOptions): Promise<number> {
  const settings = readDiscordSettings();
  const log = createLog(settings);
  const now = Date.now;
  return runBot({ platform: "discord", settings, log, explain }, async () =>
    createDiscordBot(await open(options, logOpening(log, "discord")), {
      ...settings,
      limit: createLimit(settings.questionsPerMinute),
      memory: createMemory(now),
      log,
      now,
    }),
  );
}
