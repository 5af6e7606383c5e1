// Runs a chat bot as a process: tells its health, and on a signal lets answers under way arrive before it ends.

import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { OperatorError } from "../../src/errors.ts";
import { type Health, serveHealth } from "./health.ts";
import type { Log, Platform } from "./log.ts";
import type { Metrics, Watched } from "./metrics.ts";
import { createRefusal, type Refusal } from "./refusal.ts";
import type { CommonSettings } from "./settings.ts";
import type { State } from "./state/state.ts";
import { growingWait } from "./waits.ts";

export interface Bot {
  /** Does once what the first answers would have to wait for. */
  warm?(): Promise<void>;
  /**
   * Connects; resolves when it can be asked. May be called again after it failed.
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
  readonly settings: Pick<CommonSettings, "healthPort" | "host" | "data">;
  /** What it proves to the platform who it is with: a refused one is not tried again at once. */
  readonly tokens: readonly string[];
  readonly log: Log;
  readonly metrics?: Metrics;
  /** What the log says of an error; without a token. */
  explain(error: unknown): Readonly<Record<string, unknown>>;
  /** Ends the process where something still runs after the end; `process.exit` by default. */
  readonly leave?: () => void;
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
  warm: async () => bot.warm?.(),
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
 * @returns the exit status: 0 after a signal, 1 where the platform has ended the connection
 * @throws OperatorError where a setting or a token is wrong
 */
export async function runBot(
  { platform, settings, tokens, log, metrics, explain, leave = () => process.exit() }: RunOptions,
  open: () => Promise<Bot>,
): Promise<number> {
  const signalled = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]).then(() => null);
  process.on("unhandledRejection", (reason) =>
    log.error({ platform, ...explain(reason) }, "a promise was rejected unheard"),
  );
  const refusal = createRefusal(settings.data, platform, tokens);
  const bot = await open();
  let health: Health | null = null;
  const end = async (): Promise<boolean> => {
    const isDrained = await bot.stop();
    await health?.close();
    setTimeout(leave, LINGER_MS).unref();
    return isDrained;
  };
  try {
    const { healthPort, host } = settings;
    if (healthPort !== null)
      health = await serveHealth({ isHealthy: () => bot.isHealthy(), port: healthPort, host, metrics });
    const running = connect(bot, { platform, log, explain, refusal }, signalled).then(() => bot.ended);
    const problem = await Promise.race([signalled, running]);
    if (problem !== null) throw problem;
  } catch (error) {
    await end();
    if (error instanceof OperatorError) {
      await refusal.note();
      throw error;
    }
    log.fatal({ platform, ...explain(error) }, "ended");
    return 1;
  }
  log.info({ platform, isDrained: await end() }, "stopped");
  return 0;
}

interface Connecting extends Pick<RunOptions, "platform" | "log" | "explain"> {
  readonly refusal: Refusal;
}

/**
 * Connects, however long it takes: a platform or network that is away comes back.
 * @throws OperatorError where the operator must change something first
 */
async function connect(
  bot: Bot,
  { platform, log, explain, refusal }: Connecting,
  signalled: Promise<unknown>,
): Promise<void> {
  let isOver = false;
  void signalled.then(() => {
    isOver = true;
  });
  const pause = (ms: number): Promise<unknown> => Promise.race([sleep(ms), signalled]);
  const waitMs = await refusal.waitMs();
  if (waitMs > 0) {
    const remedy = "set another token and start again, or wait";
    log.warn({ platform, waitMs, remedy }, "these tokens were refused a moment ago, so they are not tried yet");
    await pause(waitMs);
  }
  if (!isOver) await bot.warm?.();
  for (let tries = 0; !isOver; tries++) {
    try {
      await bot.start();
      await refusal.clear();
      return;
    } catch (error) {
      if (error instanceof OperatorError || isOver) throw error;
      const retryMs = growingWait(tries);
      log.warn({ platform, ...explain(error), tries: tries + 1, retryMs }, "not connected, tried again");
      await pause(retryMs);
    }
  }
}
