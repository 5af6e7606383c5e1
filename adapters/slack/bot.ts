// Runs an engine as a Slack app: every way in is acknowledged first and answered once.

import { App, type RespondFn, type webApi } from "@slack/bolt";
import { z } from "zod";
import type { Engine } from "../../src/engine.ts";
import { OperatorError } from "../../src/errors.ts";
import { createAttend, ONCE, type Turn, type Where } from "../shared/attend.ts";
import { loggedChannels } from "../shared/channel-controls.ts";
import { type Channels, createChannels } from "../shared/channels.ts";
import { Desk } from "../shared/desk.ts";
import { createUnderWay, inTime, type UnderWay } from "../shared/in-flight.ts";
import { createJournal, type Log } from "../shared/log.ts";
import { createFeedback } from "../shared/loop/feedback.ts";
import { createHearing, type Hearing } from "../shared/loop/hearing.ts";
import { createWeekly, type Weekly } from "../shared/loop/weekly.ts";
import { createMemory, type Memory } from "../shared/memory.ts";
import { counting, type Metrics } from "../shared/metrics.ts";
import { perEngine } from "../shared/per-engine.ts";
import { createPrivacy } from "../shared/privacy.ts";
import { createLimit, type Limit } from "../shared/rate-limit.ts";
import type { Bot } from "../shared/run-bot.ts";
import type { SlackSettings } from "../shared/settings.ts";
import { createIntake, type Intake } from "../shared/state/intake.ts";
import { countingIn, type State } from "../shared/state/state.ts";
import { warm } from "../shared/warm.ts";
import { boltLogger } from "./bolt-log.ts";
import { askedOf } from "./buttons.ts";
import { Calls } from "./calls.ts";
import { ChannelAdmin } from "./channel-settings.ts";
import { createDoor } from "./door.ts";
import { createReader } from "./earlier.ts";
import { explain, failureOf, REFUSED_TOKEN } from "./failure.ts";
import { Handlers } from "./handlers.ts";
import { Pressing } from "./interactions.ts";
import { type Delivery, deliveryOf, eventOf, respondTo } from "./kept.ts";
import { clientOptions, type Respond, type Way } from "./outgoing.ts";
import { detour } from "./proxy.ts";
import { renderReply } from "./render.ts";
import { tellingOf } from "./telling.ts";
import { TokenWatch } from "./token.ts";
import { createViews } from "./view.ts";

export interface SlackOptions {
  readonly settings: SlackSettings;
  readonly log: Log;
  /** Where deliveries are kept before they are acknowledged; left out, they are acknowledged and then answered. */
  readonly state?: State;
  readonly metrics?: Metrics;
  /** How long a kept event is one process's own; half a minute by default. */
  readonly leaseMs?: number;
  /** By default that of the state, else this process's. */
  readonly memory?: Memory;
  readonly limit?: Limit;
  /** By default those of the state, else this process's. */
  readonly channels?: Channels;
  /** Milliseconds; the system's clock by default. */
  readonly now?: () => number;
  /** How long a call to Slack may take; ten seconds by default. */
  readonly callTimeoutMs?: number;
  /** How often the bot's token is tried; five minutes by default. */
  readonly tokenCheckMs?: number;
}

export interface SlackApp extends Bot {
  warm(): Promise<void>;
  /** @throws OperatorError when Slack refuses a token, or the port is taken */
  start(): Promise<void>;
  /** @param withinMs ten seconds by default */
  stop(withinMs?: number): Promise<boolean>;
  /** The port listened on in HTTP mode; null in Socket Mode. */
  port(): number | null;
}

const STOP_MS_MAX = 10_000;

/** Wires an app; nothing is called or listened on before `start`. */
export function createSlackApp(engine: () => Engine, options: SlackOptions): SlackApp {
  const { settings, log, callTimeoutMs } = options;
  const way = detour(settings.proxy);
  const client = clientOptions(settings.apiUrl, callTimeoutMs, way?.fetch);
  let token: TokenWatch | null = null;
  const door = createDoor(options, client, way?.dispatcher, () => token?.isHealthy() !== false);
  const app = new App({
    ...{ token: settings.botToken, receiver: door.receiver, clientOptions: client, logger: boltLogger(log) },
    // `start` calls auth.test itself: begun in the constructor, its refusal could not be caught.
    deferInitialization: true,
    ignoreSelf: true,
    convoStore: false,
    extendedErrorHandler: true,
  });
  token = new TokenWatch({ client: app.client, log, checkMs: options.tokenCheckMs });
  const watch = token;
  const underWay = createUnderWay();
  const calls = new Calls((error) => watch.heard(error));
  const handlers = createHandlers(engine, { client: app.client, calls, log }, way?.fetch, options);
  const intake = options.state === undefined ? null : createSlackIntake(handlers, options.state, client.fetch, options);
  const beforeAck = intake === null ? atOnce : holdingBack(app);
  const hearing = options.state === undefined ? null : createSlackHearing(engine, options.state, options);
  const weekly = options.state === undefined ? null : createSlackWeekly(options.state, options);
  const deliver = intake === null ? null : keepingIn(intake, beforeAck, options.now ?? Date.now);
  listen(app, handlers, underWay, deliver);
  app.event("app_uninstalled", ({ body }) => beforeAck(body, () => handlers.left(body)));
  const failed = async ({ error, body }: Unhandled): Promise<void> =>
    log.error({ platform: "slack", ...placeOf(body), code: failureOf(error).code }, "Bolt could not handle an event");
  app.error(failed);
  return {
    warm: () =>
      warm(engine(), (reply) => renderReply(reply, createViews(engine(), outlookOf(options))(askedOf(""), ALONE))),
    start: async () => {
      await refusedToken(() => app.init());
      await door.connect(app);
      watch.start();
      intake?.start();
      hearing?.start();
      weekly?.start();
      const { documents, hash } = engine().corpus;
      const mode = settings.connection.kind;
      log.info({ platform: "slack", mode, port: door.port(), documents: documents.length, corpus: hash }, "ready");
    },
    ended: door.ended,
    stop: async (withinMs = STOP_MS_MAX) => {
      weekly?.stop();
      watch.stop();
      door.stopping();
      const isDrained = await inTime(
        app.stop().then(() => Promise.all([underWay.done(), intake?.stop(), hearing?.stop()])),
        withinMs,
      );
      door.drop();
      await way?.dispatcher.destroy();
      return isDrained;
    },
    isHealthy: () => door.isHealthy() && watch.isHealthy(),
    port: door.port,
  };
}

/** As Bolt's extended error handler is told. */
interface Unhandled {
  readonly error: Error;
  readonly body: unknown;
}

const outlookOf = ({ settings, now = Date.now }: SlackOptions) => ({ human: settings.human, addresses: settings, now });
/** What the first reply is drawn with, which nobody sees. */
const ALONE = { isPrivate: true, lead: null };

function createHandlers(
  engine: () => Engine,
  way: Way,
  send: typeof fetch | undefined,
  options: SlackOptions,
): Handlers {
  const { settings, log, ...given } = options;
  const now = given.now ?? Date.now;
  const memory = given.memory ?? given.state?.memory ?? createMemory(now);
  const limit = given.limit ?? given.state?.limit ?? createLimit(settings.questionsPerMinute);
  const { claims } = memory;
  const feedback = createFeedback(given.state, "slack", settings.keepsMisses);
  const canTellLater = feedback?.canTellLater === true;
  const viewsOf = perEngine((one) => createViews(one, { ...outlookOf(options), canTellLater }));
  const desk = new Desk({
    engine,
    memory,
    limit,
    journal: countingIn(given.state, "slack", counting(createJournal(log, "slack", settings), given.metrics)),
    now,
    isRefusal,
    givesReceipts: given.state !== undefined,
  });
  const pressing = new Pressing({ desk, claims, viewsOf, feedback, human: settings.human, now });
  const attend = createAttend({ platform: "slack", log, explain, isRefusal });
  const privacy = createPrivacy(given.state, settings, log, "slack");
  const reader = createReader(settings.botToken, settings.apiUrl, boltLogger(log), send);
  const audiences = (): readonly string[] => engine().corpus.audiences;
  const channels = loggedChannels(
    given.state?.channels ?? given.channels ?? createChannels(now),
    audiences,
    log,
    "slack",
  );
  const choosing = (channel: string) => ({
    ...{ audiences: audiences(), hearsAll: true, followsUp: settings.followUpChannels.includes(channel) },
  });
  const admin = new ChannelAdmin({ channels, way, choosing });
  const told = { attend, privacy, channels, admin, state: given.state };
  return new Handlers({ engine, settings, desk, pressing, claims, viewsOf, way, reader, now, ...told });
}

function createSlackIntake(
  handlers: Handlers,
  state: State,
  send: webApi.FetchFunction,
  { log, metrics, leaseMs }: SlackOptions,
): Intake {
  return createIntake({
    platform: "slack",
    log,
    store: state.store,
    onAway: state.away,
    // The desk claims what is not kept.
    isFirst: async () => true,
    work: (event, held) => {
      const { key, attempt } = event;
      const turn = held === null ? ONCE : { key, attempt, isOurs: held.isOurs, aside: held.aside };
      return work(handlers, deliveryOf(event), (body) => respondTo(body, send), turn);
    },
    onRetry: () => metrics?.retried(),
    refuse: (event) => {
      const delivery = deliveryOf(event);
      return handlers.refuse(delivery, respondTo(delivery.body, send));
    },
    ...(leaseMs === undefined ? {} : { leaseMs }),
  });
}

const createSlackHearing = (engine: () => Engine, state: State, { log, now = Date.now }: SlackOptions): Hearing =>
  createHearing({ engine, state, platform: "slack", log, eventOf: (waiting) => tellingOf(waiting, now()) });

const createSlackWeekly = (state: State, { settings, log, now = Date.now }: SlackOptions): Weekly | null =>
  settings.reportChannel === null
    ? null
    : createWeekly({
        ...{ state, platform: "slack", log, now },
        eventOf: (key) => {
          const body = JSON.stringify({ kind: "report", body: {}, bot: "" } satisfies Delivery);
          return { key, platform: "slack", body, person: null, expiresAt: null };
        },
      });

const isRefusal = (error: unknown): boolean => failureOf(error).isRefusal;

/** Keeps a delivery. */
type Deliver = (delivery: Delivery) => Promise<void>;

/** Does what must be done before a delivery is acknowledged. */
type BeforeAck = (body: unknown, work: () => Promise<void>) => Promise<void>;

/** Without a store, nothing hangs on the acknowledgement. */
const atOnce: BeforeAck = (_body, work) => work();

/**
 * Bolt acknowledges events before anything else happens to them, so what dies afterwards is lost. Here Slack hears that
 * something arrived once it is dealt with, and nothing where it can't be: then it is delivered again.
 */
function holdingBack(app: App): BeforeAck {
  const refused = new WeakSet<object>();
  const through = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    await through({ ...event, ack: async () => {} });
    if (refused.has(event.body)) throw new Error("what was delivered could not be kept");
    await event.ack();
  };
  return async (body, work) => {
    try {
      await work();
    } catch (error) {
      if (typeof body === "object" && body !== null) refused.add(body);
      throw error;
    }
  };
}

const keepingIn =
  (intake: Intake, beforeAck: BeforeAck, now: () => number): Deliver =>
  async (delivery) => {
    const event = eventOf(delivery, now());
    if (event !== null) await beforeAck(delivery.body, () => intake.take(event));
  };

/** Answers what was delivered. */
function work(
  on: Handlers,
  { kind, body, bot }: Delivery,
  respondAt: (body: unknown) => Respond | undefined,
  turn: Turn,
): Promise<void> {
  const respond = respondAt(body);
  switch (kind) {
    case "message":
      return on.message(body, bot, turn);
    case "command":
      return respond === undefined ? Promise.resolve() : on.command(body, respond, turn);
    case "shortcut":
      return respond === undefined ? Promise.resolve() : on.shortcut(body, respond, bot, turn);
    case "press":
      return on.press(body, respond, turn);
    case "told":
      return on.tell(body, turn);
    case "report":
      return on.report(turn);
  }
}

/** @param deliver keeps everything that is answered; without it, it is acknowledged here before any work */
function listen(app: App, on: Handlers, underWay: UnderWay, deliver: Deliver | null): void {
  const botOf = ({ botUserId = "" }: { readonly botUserId?: string }): string => botUserId;
  for (const name of ["app_mention", "message"])
    app.event(name, ({ body, context }) => {
      const bot = botOf(context);
      return deliver?.({ kind: "message", body, bot }) ?? underWay.add(on.message(body, bot));
    });
  app.event("app_home_opened", ({ body }) => underWay.add(on.homeOpened(body)));
  app.command(/./, async ({ ack, body, respond }) => {
    if (deliver !== null) return deliver({ kind: "command", body, bot: "" });
    await ack();
    await underWay.add(on.command(body, respond));
  });
  app.shortcut({ type: "message_action" }, async ({ ack, body, respond, context }) => {
    if (deliver !== null) return deliver({ kind: "shortcut", body, bot: botOf(context) });
    await ack();
    await underWay.add(on.shortcut(body, respond, botOf(context)));
  });
  app.action({ type: "block_actions" }, async ({ ack, body, respond }: Pressed) => {
    if (deliver !== null) return deliver({ kind: "press", body, bot: "" });
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

async function refusedToken(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    const { code } = failureOf(error);
    if (!REFUSED_TOKEN.has(code)) throw error;
    throw new OperatorError(
      `Slack refuses SLACK_BOT_TOKEN (${code})`,
      "install the app again and copy the token anew; footnote slack doctor says more",
    );
  }
}

/** Where something happened that nobody here could read. */
function placeOf(body: unknown): Where {
  const read = z
    .object({
      team_id: z.string().optional(),
      event_id: z.string().optional(),
      event: z.object({ channel: z.string().optional() }).optional().catch(undefined),
    })
    .catch({})
    .parse(body);
  const { team_id: workspace, event_id: event } = read;
  const channel = read.event?.channel;
  return {
    ...(workspace === undefined ? {} : { workspace }),
    ...(channel === undefined ? {} : { channel }),
    ...(event === undefined ? {} : { event }),
  };
}
