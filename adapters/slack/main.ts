// Runs `footnote slack` from its environment and corpus until a signal ends it.

import { type CorpusOptions, open } from "../shared/corpus.ts";
import { createLog, logOpening } from "../shared/log.ts";
import { runBot } from "../shared/run-bot.ts";
import { readSlackSettings } from "../shared/settings.ts";
import { createSlackApp } from "./bot.ts";
import { explain } from "./failure.ts";

/**
 * Runs the bot until it is stopped.
 * @returns the exit status: 0 after a signal, 1 where Slack could not be reached at the start
 * @throws OperatorError when corpus, environment or a token is wrong
 */
export async function run(options: CorpusOptions): Promise<number> {
  const settings = readSlackSettings();
  const log = createLog(settings);
  return runBot({ platform: "slack", settings, log, explain }, async () =>
    createSlackApp(await open(options, logOpening(log, "slack")), { settings, log }),
  );
}
