// The commands `footnote discord`, `discord register`, `discord doctor` and `ask --as discord` to what they do.

import { OperatorError } from "../../src/errors.ts";
import type { Corpus } from "../../src/library.ts";
import { createLimit } from "../../src/limit.ts";
import { createMemory } from "../../src/ports.ts";
import type { Reply } from "../../src/reply.ts";
import { type CorpusOptions, open } from "../cli/corpus.ts";
import { print, printJson } from "../cli/terminal.ts";
import { readDiscordSettings } from "../environment.ts";
import { type Health, serveHealth } from "../health.ts";
import { createLog } from "../log.ts";
import { createDiscordBot } from "./bot.ts";
import { diagnose } from "./doctor.ts";
import { register as registerCommands } from "./register.ts";
import { renderReply } from "./render.ts";
import { createView } from "./view.ts";

/**
 * Runs the bot until a signal or until Discord ends it.
 * @returns the exit status
 * @throws OperatorError where Discord refuses token or intents
 */
export async function run(options: CorpusOptions): Promise<number> {
  const settings = readDiscordSettings();
  const log = createLog(settings);
  const engine = await open(options);
  const now = Date.now;
  const { questionsPerMinute, healthPort } = settings;
  const bot = createDiscordBot(engine, {
    ...settings,
    limit: createLimit(questionsPerMinute),
    memory: createMemory(now),
    log,
    now,
  });
  const signal = new Promise<null>((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => resolve(null));
  });
  let health: Health | null = null;
  try {
    if (healthPort !== null) health = await serveHealth(bot.isHealthy, healthPort);
    const problem = await Promise.race([signal, bot.start().then(() => bot.ended)]);
    if (problem !== null) throw problem;
    log.info({ platform: "discord" }, "stopping");
    return 0;
  } catch (error) {
    if (error instanceof OperatorError || !(error instanceof Error)) throw error;
    log.fatal({ platform: "discord", error: error.message }, "ended");
    return 1;
  } finally {
    await Promise.all([bot.stop(), health?.close()]);
  }
}

/** Puts the commands in place. */
export const register = (): Promise<void> => registerCommands(readDiscordSettings(), print);

const SIGNS = { good: "✓", warning: "!", bad: "✗" };

/** @returns the exit status: 1 where something is wrong */
export async function doctor({ json }: CorpusOptions): Promise<number> {
  const findings = await diagnose(readDiscordSettings());
  if (json) printJson(findings);
  else print(findings.map(({ level, text }) => `${SIGNS[level]} ${text}`).join("\n"));
  return findings.some(({ level }) => level === "bad") ? 1 : 0;
}

/** The body of the message create request that the reply to a mention becomes. */
export const bodyOf = (reply: Reply, corpus: Corpus): unknown => ({
  ...renderReply(reply, createView(corpus, process.env.DISCORD_HUMAN ?? null)),
  allowed_mentions: { parse: [], replied_user: false },
});
