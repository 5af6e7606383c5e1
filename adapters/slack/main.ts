// `footnote slack`: environment and corpus to a running bot, until a signal ends it.

import { once } from "node:events";
import { open } from "../cli/corpus.ts";
import { readSlackSettings } from "../environment.ts";
import { type Health, serveHealth } from "../health.ts";
import { createLog } from "../log.ts";
import { createSlackApp } from "./app.ts";
import { failureOf } from "./failure.ts";

const DRAIN_MS = 10_000;

/**
 * Runs the bot until SIGTERM or SIGINT, then lets answers on their way arrive.
 * @returns the exit status: 0 after a signal, 1 where Slack could not be reached at the start
 * @throws OperatorError when corpus, environment or a token is wrong
 */
export async function runSlack(options: { readonly corpus?: string }): Promise<number> {
  const settings = readSlackSettings();
  const log = createLog(settings);
  process.on("unhandledRejection", (reason) => {
    log.error({ platform: "slack", code: failureOf(reason).code, err: reason }, "a promise was rejected unheard");
  });
  // Heard from the very start: a supervisor may give up on a bot before it is up.
  const signalled = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  const corpus = options.corpus ?? settings.corpus;
  const engine = await open(corpus === null ? {} : { corpus });
  const app = createSlackApp(engine, { settings, log });
  let health: Health | null = null;
  try {
    if (settings.healthPort !== null) health = await serveHealth(() => app.isHealthy(), settings.healthPort);
    await app.start();
  } catch (error) {
    await health?.close();
    const { code, remedy } = failureOf(error);
    if (code === "unexpected") throw error;
    log.fatal({ platform: "slack", code, remedy }, "Slack can't be reached");
    return 1;
  }
  const { documents, hash } = engine.corpus;
  const mode = settings.connection.kind;
  log.info({ platform: "slack", mode, port: app.port(), documents: documents.length, corpus: hash }, "ready");
  await signalled;
  const isDrained = await app.stop(DRAIN_MS);
  await health?.close();
  log.info({ platform: "slack", isDrained }, "stopped");
  // What was left behind waits inside a library's retry, which nothing can call off.
  if (!isDrained) process.exit(0);
  return 0;
}
