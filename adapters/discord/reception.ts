// What Discord delivers to its work: kept first where there is a store, attended to, and answered.

import { type AutocompleteInteraction, type Client, DiscordAPIError, type REST } from "discord.js";
import type { Engine } from "../../src/engine.ts";
import { createAttend, ONCE, type Turn } from "../shared/attend.ts";
import { Desk } from "../shared/desk.ts";
import { createUnderWay } from "../shared/in-flight.ts";
import { createJournal, type Log } from "../shared/log.ts";
import { createFeedback } from "../shared/loop/feedback.ts";
import { createHearing, type Hearing } from "../shared/loop/hearing.ts";
import { createWeekly, weekIn } from "../shared/loop/weekly.ts";
import type { Memory } from "../shared/memory.ts";
import { counting, type Metrics } from "../shared/metrics.ts";
import { createPrivacy } from "../shared/privacy.ts";
import type { Limit } from "../shared/rate-limit.ts";
import { shorten } from "../shared/shorten.ts";
import { createIntake, type Intake } from "../shared/state/intake.ts";
import { countingIn, type State } from "../shared/state/state.ts";
import { NOTICE } from "../shared/wording.ts";
import { createBacklog } from "./backlog.ts";
import { workspaceOf } from "./conversation.ts";
import { literal } from "./escape.ts";
import { Listener } from "./handlers.ts";
import type { Addressed } from "./inbound.ts";
import { Responder, type Shelf } from "./interactions.ts";
import { type Delivery, eventOf, QUEUES, type Work, workOf } from "./kept.ts";
import { conversationWith, postLines, Response, tellPerson } from "./outgoing.ts";
import { cardOf, type Telling, tellingOf } from "./telling.ts";

export interface ReceptionOptions {
  readonly metrics?: Metrics;
  readonly memory: Memory;
  readonly limit: Limit;
  /** Where deliveries are kept before they are worked on; left out, they are worked on at once. */
  readonly state?: State;
  /** How long a kept event is one process's own; half a minute by default. */
  readonly leaseMs?: number;
  readonly log: Log;
  readonly logsQuestions: boolean;
  readonly keepDays: number;
  /** Whether questions that were not answered well are kept. */
  readonly keepsMisses: boolean;
  /** Id of the channel that gets a report each week; null for none. */
  readonly reportChannel: string | null;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** Ids of the channels to answer in, their threads included; empty for every one. Direct messages are answered always. */
  readonly channels: readonly string[];
}

/** Nothing that is received here rejects: the person is told, and the log. */
export interface Reception {
  take(delivery: Delivery): void;
  complete(interaction: AutocompleteInteraction): void;
  /** Says in which channels the bot answers. */
  sendElsewhere(addressed: Addressed): void;
  /** Deletes what is kept of a server that the bot has been removed from. */
  leave(guild: string): void;
  /** Works on what was kept before. */
  open(): void;
  /** Takes nothing more that is kept and waits for what is under way. */
  close(): Promise<unknown>;
}

export function createReception(
  engine: () => Engine,
  shelfOf: (engine: Engine) => Shelf,
  client: Client,
  options: ReceptionOptions,
): Reception {
  const { log, channels, memory, limit, state, now } = options;
  const { rest } = client;
  const journal = countingIn(state, "discord", counting(createJournal(log, "discord", options), options.metrics));
  const desk = new Desk({ engine, memory, limit, journal, now, isRefusal, givesReceipts: state !== undefined });
  const privacy = createPrivacy(state, options, log, "discord");
  const feedback = createFeedback(state, "discord", options.keepsMisses);
  const responder = new Responder({ desk, engine, shelfOf, privacy, feedback });
  const listener = new Listener({
    ...{ desk, viewOf: (one) => shelfOf(one).view, claims: memory.claims, backlog: createBacklog(), rest, now },
    self: () => client.user?.id ?? "",
  });
  const attend = createAttend({ platform: "discord", log, explain, isRefusal });
  const underWay = createUnderWay();

  const work = (delivery: Work, turn: Turn): Promise<void> => {
    // They expect nothing just now, so nobody apologises.
    if (delivery.kind === "report" || delivery.kind === "told") {
      const tell = () =>
        delivery.kind === "report"
          ? postReport(engine(), rest, turn, options)
          : tellWaiting(delivery.telling, engine(), shelfOf, rest, turn);
      return attend(delivery.kind, tell, async () => {}, turn);
    }
    if (delivery.kind === "message") {
      const { said } = delivery;
      return attend(
        "message",
        () => listener.hear(said, turn),
        () => listener.apologise(said, turn),
        turn,
      );
    }
    const { addressed, wanted } = delivery;
    const response = new Response(rest, addressed, turn);
    return attend(
      "interaction",
      () => responder.respond(wanted, { addressed, response, turn }),
      () => response.tell(NOTICE.failed),
      turn,
    );
  };
  const intakes =
    state === undefined
      ? null
      : {
          message: createDiscordIntake(QUEUES.message, work, state, options),
          interaction: createDiscordIntake(QUEUES.interaction, work, state, options),
        };
  const untold = state === undefined ? null : tellUnasked(engine, state, options);
  const attended = (entry: string, what: () => Promise<void>): void =>
    void underWay.add(attend(entry, what, async () => {}));

  return {
    take(delivery) {
      if (intakes === null) void underWay.add(work(delivery, ONCE));
      else attended(delivery.kind, () => intakes[delivery.kind].take(eventOf(delivery, now())));
    },
    complete: (interaction) => attended("completion", () => responder.complete(interaction)),
    sendElsewhere: (addressed) =>
      attended("interaction", () => new Response(rest, addressed, ONCE).tell(NOTICE.elsewhere(channels))),
    leave: (guild) => attended("server left", () => privacy.forgetWorkspace(workspaceOf(guild))),
    open() {
      intakes?.message.start();
      intakes?.interaction.start();
      untold?.start();
    },
    close: () => Promise.all([underWay.done(), intakes?.message.stop(), intakes?.interaction.stop(), untold?.stop()]),
  };
}

/** Posts the week's report to the operators. */
async function postReport(
  engine: Engine,
  rest: REST,
  turn: Turn,
  { state, reportChannel }: ReceptionOptions,
): Promise<void> {
  const lines = state === undefined || reportChannel === null ? null : await weekIn(state, engine);
  if (lines === null || reportChannel === null) return;
  if (!(await turn.isOurs())) throw new Error("another process has taken this over");
  const { text } = shorten(lines.map(literal).join("\n"), CONTENT_LENGTH_MAX);
  await postLines(rest, reportChannel, text, `report${(turn.key ?? "").slice(-10)}`);
}

/** https://docs.discord.com/developers/resources/message#create-message */
const CONTENT_LENGTH_MAX = 2000;

/** Tells somebody who waited for it that their question is answered. */
async function tellWaiting(
  telling: Telling,
  engine: Engine,
  shelfOf: (engine: Engine) => Shelf,
  rest: REST,
  turn: Turn,
): Promise<void> {
  const card = await cardOf(telling, engine, shelfOf(engine).view);
  if (card === null) return;
  const { person, below } = telling.address;
  const where = below ?? { id: null, channel: await conversationWith(person, rest) };
  if (!(await turn.isOurs())) throw new Error("another process has taken this over");
  await tellPerson(rest, where, card, person, telling.receipt);
}

/** What is told without being asked for just then: to those who wait for an answer, and each week to the operators. */
function tellUnasked(engine: () => Engine, state: State, { reportChannel, log, now }: ReceptionOptions): Hearing {
  const about = { state, platform: "discord", log };
  const hearing = createHearing({
    ...{ ...about, engine },
    eventOf: (waiting) => tellingOf(waiting, QUEUES.message, now()),
  });
  const body = JSON.stringify({ kind: "report" } satisfies Work);
  const weekly =
    reportChannel === null
      ? null
      : createWeekly({
          ...{ ...about, now },
          eventOf: (key) => ({ key, platform: QUEUES.message, body, person: null, expiresAt: null }),
        });
  return {
    start() {
      hearing.start();
      weekly?.start();
    },
    async stop() {
      weekly?.stop();
      await hearing.stop();
    },
  };
}

function createDiscordIntake(
  queue: string,
  work: (delivery: Work, turn: Turn) => Promise<void>,
  state: State,
  { log, metrics, leaseMs }: ReceptionOptions,
): Intake {
  return createIntake({
    ...{ platform: "discord", queue, log, store: state.store, onAway: state.away },
    // The desk claims what is not kept.
    isFirst: async () => true,
    work: (event, held) => {
      const { key, attempt } = event;
      return work(workOf(event), held === null ? ONCE : { key, attempt, isOurs: held.isOurs });
    },
    onRetry: () => metrics?.retried(),
    ...(leaseMs === undefined ? {} : { leaseMs }),
  });
}

/** Whether Discord said no: a 5xx may have been taken all the same, and comes as another error. */
const isRefusal = (error: unknown): boolean => error instanceof DiscordAPIError;

/** What the log says of an error: not the request, whose address may hold a token. */
export const explain = (error: unknown): { readonly error: string } => ({
  error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});
