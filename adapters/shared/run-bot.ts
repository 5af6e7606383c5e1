// Runs a chat bot as a process: tells its health, and on a signal lets answers under way arrive before it ends.

import { once } from "node:events";
import { OperatorError } from "../../src/errors.ts";
import { type Health, serveHealth } from "./health.ts";
import type { Log, Platform } from "./log.ts";
import type { Metrics, Watched } from "./metrics.ts";
import type { CommonSettings } from "./settings.ts";
import type { State } from "./state/state.ts";

export interface Bot {
  /**
   * Connects; resolves when it can be asked.
   * @throws OperatorError where the platform refuses a token
   */
  start(): Promise<void>;
  /** Whether questions reach it. */
  isHealthy(): boolean;
  /** Resolves where the platform has ended the connection for good. */
  readonly ended: Promise<Error>;
  /**
   * Takes nothing new and waits for what is under way, within its time.
   * @returns whether all of it was done
   */
  stop(): Promise<boolean>;
}

export interface RunOptions {
  readonly platform: Platform;
  readonly settings: Pick<CommonSettings, "healthPort" | "host">;
  readonly log: Log;
  readonly metrics?: Metrics;
  /** What the log says of an error; without a token. */
  explain(error: unknown): Readonly<Record<string, unknown>>;
}

/** Tells those who read the metrics what a bot and its store are at. */
export const watchBot = (metrics: Metrics, bot: Bot, state: State, corpus: Watched["corpus"]): void =>
  metrics.watch({
    depth: async () => (await state.store()?.outbox.depth()) ?? null,
    isHealthy: () => bot.isHealthy(),
    corpus,
  });

/** A bot whose end is also that of what it answers and remembers with. */
export const closingAfter = (bot: Bot, ...owned: readonly { close(): Promise<void> }[]): Bot => ({
  start: () => bot.start(),
  isHealthy: () => bot.isHealthy(),
  ended: bot.ended,
  stop: async () => {
    const isDrained = await bot.stop();
    for (const one of owned) await one.close();
    return isDrained;
  },
});

/** What a library still waits for or tries again after the end is not waited for. */
const LINGER_MS = 500;

/**
 * Runs a bot until SIGTERM or SIGINT.
 * @param open makes the bot; signals are heard before, since a supervisor may give up on it early
 * @returns the exit status: 0 after a signal, 1 where the platform can't be reached or has ended the connection
 * @throws OperatorError where a setting or a token is wrong
 */
export async function runBot(
  { platform, settings, log, metrics, explain }: RunOptions,
  open: () => Promise<Bot>,
): Promise<number> {
  const signalled = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]).then(() => null);
  process.on("unhandledRejection", (reason) =>
    log.error({ platform, ...explain(reason) }, "a promise was rejected unheard"),
  );
  const bot = await open();
  let health: Health | null = null;
  const end = async (): Promise<boolean> => {
    const isDrained = await bot.stop();
    await health?.close();
    setTimeout(() => process.exit(), LINGER_MS).unref();
    return isDrained;
  };
  try {
    const { healthPort, host } = settings;
    if (healthPort !== null)
      health = await serveHealth({ isHealthy: () => bot.isHealthy(), port: healthPort, host, metrics });
    const problem = await Promise.race([signalled, bot.start().then(() => bot.ended)]);
    if (problem !== null) throw problem;
  } catch (error) {
    await end();
    if (error instanceof OperatorError) throw error;
    log.fatal({ platform, ...explain(error) }, "ended");
    return 1;
  }
  log.info({ platform, isDrained: await end() }, "stopped");
  return 0;
}
