// Runs an engine as a Slack app: every way in is acknowledged first and answered once.

import { App, type Logger, LogLevel, type RespondFn, SocketModeReceiver, type webApi } from "@slack/bolt";
import type { Engine } from "../../src/engine.ts";
import { OperatorError } from "../../src/errors.ts";
import { createAttend } from "../shared/attend.ts";
import { Desk } from "../shared/desk.ts";
import { createUnderWay, inTime, type UnderWay } from "../shared/in-flight.ts";
import { createJournal, type Log } from "../shared/log.ts";
import { createMemory, type Memory } from "../shared/memory.ts";
import { createLimit, type Limit } from "../shared/rate-limit.ts";
import type { Bot } from "../shared/run-bot.ts";
import type { SlackSettings } from "../shared/settings.ts";
import { explain, failureOf, REFUSED_TOKEN } from "./failure.ts";
import { FrontDoor } from "./front.ts";
import { Handlers } from "./handlers.ts";
import { Pressing } from "./interactions.ts";
import { clientOptions } from "./outgoing.ts";
import { createViews } from "./view.ts";

export interface SlackOptions {
  readonly settings: SlackSettings;
  readonly log: Log;
  /** By default in this process's memory. */
  readonly memory?: Memory;
  readonly limit?: Limit;
  /** Milliseconds; the system's clock by default. */
  readonly now?: () => number;
  /** How long a call to Slack may take; ten seconds by default. */
  readonly callTimeoutMs?: number;
}

export interface SlackApp extends Bot {
  /** @throws OperatorError when Slack refuses a token, or the port is taken */
  start(): Promise<void>;
  /** @param withinMs ten seconds by default */
  stop(withinMs?: number): Promise<boolean>;
  /** The port listened on in HTTP mode; null in Socket Mode. */
  port(): number | null;
}

const STOP_MS_MAX = 10_000;

/** Wires an app; nothing is called or listened on before `start`. */
export function createSlackApp(engine: Engine, { settings, log, ...given }: SlackOptions): SlackApp {
  const now = given.now ?? Date.now;
  const memory = given.memory ?? createMemory(now);
  const limit = given.limit ?? createLimit(settings.questionsPerMinute);
  const { threads, claims } = memory;
  const viewOf = createViews(engine, settings.human);
  const desk = new Desk({
    engine: () => engine,
    memory,
    limit,
    journal: createJournal(log, "slack", settings),
    now,
    isRefusal: (error) => failureOf(error).isRefusal,
  });
  const pressing = new Pressing({ desk, claims, viewOf, human: settings.human, now });
  const attend = createAttend({ platform: "slack", log, explain });
  const door = createDoor(settings, boltLogger(log));
  const app = new App({
    token: settings.botToken,
    receiver: door.receiver,
    clientOptions: clientOptions(settings.apiUrl, given.callTimeoutMs),
    logger: boltLogger(log),
    // `start` calls auth.test itself: begun in the constructor, its refusal could not be caught.
    deferInitialization: true,
    ignoreSelf: true,
    convoStore: false,
  });
  const underWay = createUnderWay();
  const { client } = app;
  listen(app, new Handlers({ engine, settings, desk, pressing, threads, viewOf, attend, client }), underWay);
  app.error(async (error) =>
    log.error({ platform: "slack", code: failureOf(error).code }, "Bolt could not handle an event"),
  );
  return {
    start: async () => {
      await refusedToken("SLACK_BOT_TOKEN", () => app.init());
      await refusedToken("SLACK_APP_TOKEN", () => app.start());
      const { documents, hash } = engine.corpus;
      const mode = settings.connection.kind;
      log.info({ platform: "slack", mode, port: door.port(), documents: documents.length, corpus: hash }, "ready");
    },
    // Slack ends no connection for good: the library makes a new one.
    ended: new Promise(() => {}),
    stop: async (withinMs = STOP_MS_MAX) => {
      const isDrained = await inTime(
        app.stop().then(() => underWay.done()),
        withinMs,
      );
      door.drop();
      return isDrained;
    },
    isHealthy: door.isHealthy,
    port: door.port,
  };
}

/** Everything but an event is acknowledged here, before any work; Bolt does so itself for events. */
function listen(app: App, on: Handlers, underWay: UnderWay): void {
  const botOf = ({ botUserId = "" }: { readonly botUserId?: string }): string => botUserId;
  app.event("app_mention", ({ body, context }) => underWay.add(on.message(body, botOf(context))));
  app.event("message", ({ body, context }) => underWay.add(on.message(body, botOf(context))));
  app.event("app_home_opened", ({ body }) => underWay.add(on.homeOpened(body)));
  app.command(/./, async ({ ack, body, respond }) => {
    await ack();
    await underWay.add(on.command(body, respond));
  });
  app.shortcut({ type: "message_action" }, async ({ ack, body, respond, context }) => {
    await ack();
    await underWay.add(on.shortcut(body, respond, botOf(context)));
  });
  app.action({ type: "block_actions" }, async ({ ack, body, respond }: Pressed) => {
    await ack();
    await underWay.add(on.press(body, respond));
  });
}

/** Bolt leaves `respond` out where there is no response address, as on the Home tab. */
interface Pressed {
  readonly ack: () => Promise<void>;
  readonly body: unknown;
  readonly respond?: RespondFn;
}

interface Door {
  readonly receiver: FrontDoor | SocketModeReceiver;
  readonly isHealthy: () => boolean;
  readonly port: () => number | null;
  readonly drop: () => void;
}

function createDoor({ connection, apiUrl }: SlackSettings, logger: Logger): Door {
  if (connection.kind === "http") {
    const receiver = new FrontDoor(connection.signingSecret, connection.port, logger);
    return { receiver, isHealthy: () => true, port: () => receiver.port, drop: () => receiver.drop() };
  }
  const receiver = new SocketModeReceiver({
    appToken: connection.appToken,
    logger,
    autoReconnectEnabled: true,
    installerOptions: { clientOptions: { ...clientOptions(apiUrl), retryConfig: RECONNECTING } },
  });
  let isConnected = false;
  receiver.client.on("connected", () => {
    isConnected = true;
  });
  for (const lost of ["close", "reconnecting", "disconnected"])
    receiver.client.on(lost, () => {
      isConnected = false;
    });
  return { receiver, isHealthy: () => isConnected, port: () => null, drop: () => {} };
}

/** The library gives up reconnecting for good when opening a connection fails finally, so that must not happen. */
const RECONNECTING: webApi.RetryOptions = { forever: true, factor: 2, minTimeout: 500, maxTimeout: 30_000 };

async function refusedToken(variable: string, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    const { code } = failureOf(error);
    if (!REFUSED_TOKEN.has(code)) throw error;
    throw new OperatorError(
      `Slack refuses ${variable} (${code})`,
      "install the app again and copy the token anew; footnote slack doctor says more",
    );
  }
}

/** Bolt's lines as ours; its debug lines hold whole messages, so they never pass. */
function boltLogger(log: Log): Logger {
  const said = (parts: readonly unknown[]): string =>
    parts.map((part) => (part instanceof Error ? failureOf(part).code : String(part))).join(" ");
  return {
    debug: () => {},
    info: (...parts) => log.debug({ from: "bolt" }, said(parts)),
    warn: (...parts) => log.warn({ from: "bolt" }, said(parts)),
    error: (...parts) => log.error({ from: "bolt" }, said(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
