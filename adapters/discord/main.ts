// `footnote discord`: environment and corpus to a running bot, until a signal or Discord ends it.

import { createLimit } from "../../src/limit.ts";
import { createMemory } from "../../src/ports.ts";
import { type CorpusOptions, open } from "../cli/corpus.ts";
import { readDiscordSettings } from "../environment.ts";
import { createLog, logOpening } from "../log.ts";
import { runBot } from "../run.ts";
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
