// What Discord delivers to its work: kept first where there is a store, attended to, and answered.

import { type AutocompleteInteraction, type Client, DiscordAPIError, type REST } from "discord.js";
import type { Engine } from "../../src/engine.ts";
import { createAttend, ONCE, type Turn } from "../shared/attend.ts";
import { type Choosing, loggedChannels } from "../shared/channel-controls.ts";
import { type Channels, createChannels } from "../shared/channels.ts";
import { Desk } from "../shared/desk.ts";
import { createUnderWay } from "../shared/in-flight.ts";
import { createJournal, type Log } from "../shared/log.ts";
import { createFeedback } from "../shared/loop/feedback.ts";
import type { Memory } from "../shared/memory.ts";
import { counting, type Metrics } from "../shared/metrics.ts";
import { createPrivacy } from "../shared/privacy.ts";
import type { Limit } from "../shared/rate-limit.ts";
import { createIntake, type Intake } from "../shared/state/intake.ts";
import { countingIn, type State } from "../shared/state/state.ts";
import { NOTICE } from "../shared/wording.ts";
import { createAcknowledging } from "./acknowledging.ts";
import { createAnswered } from "./answered.ts";
import { createBacklog } from "./backlog.ts";
import { settingsAt } from "./channel-settings.ts";
import { workspaceOf } from "./conversation.ts";
import { createReader } from "./earlier.ts";
import { Listener } from "./handlers.ts";
import { type Addressed, isHidden, type Said, type Wanted } from "./inbound.ts";
import { Responder, type Shelf } from "./interactions.ts";
import { type Delivery, eventOf, QUEUES, type Work, workOf } from "./kept.ts";
import { Response } from "./outgoing.ts";
import { createReading } from "./reading.ts";
import { Answers } from "./standing.ts";
import { tellUnasked, watchUnasked } from "./unasked.ts";

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
  /** The settings of channels: by default those of the state, else this process's. */
  readonly channelSettings?: Channels;
  /** Whether the bot has the privileged intent Message Content, so that Discord shows it what mentions nobody. */
  readonly readsContent?: boolean;
  /** Whether a mention in a channel is answered in a thread of its own. */
  readonly opensThreads?: boolean;
}

/** The lines to Discord. */
export interface Lines {
  readonly client: Client;
  /** For responses to interactions, which no limit on the bot's requests holds up. */
  readonly responses: REST;
}

/** Nothing that is received here rejects: the person is told, and the log. */
export interface Reception {
  /** Of what nobody put to the bot only what its channel wants answered is taken. */
  hear(said: Said): void;
  /** @param wantedOf an interaction as it is to be understood in its channel */
  call(addressed: Addressed, wantedOf: (shelf: Shelf) => Wanted): void;
  complete(interaction: AutocompleteInteraction): void;
  /** Says in which channels the bot answers. */
  sendElsewhere(addressed: Addressed): void;
  /** Deletes what is kept of a server that the bot has been removed from. */
  leave(guild: string): void;
  /** Takes the answer to a message that is deleted away. */
  takeBack(channel: string, message: string): void;
  /** Works on what was kept before. */
  open(): void;
  /** Takes nothing more that is kept and waits for what is under way. */
  close(): Promise<unknown>;
}

export function createReception(
  engine: () => Engine,
  shelfOf: (engine: Engine) => Shelf,
  { client, responses }: Lines,
  options: ReceptionOptions,
): Reception {
  const { log, channels, state, now } = options;
  const { rest } = client;
  const { responder, listener, privacy, own } = createAnswerers(engine, shelfOf, client, options);
  const attend = createAttend({ platform: "discord", log, explain, isRefusal });
  const underWay = createUnderWay();
  const acknowledging = createAcknowledging(responses);

  const work = async (delivery: Work, turn: Turn): Promise<void> => {
    // An answer takes a while in which nothing else runs: what others wait to see acknowledged goes first.
    await acknowledging.idle();
    // They expect nothing just now, so nobody apologises.
    if (delivery.kind === "report" || delivery.kind === "told") {
      return attend(
        delivery.kind,
        () => tellUnasked(delivery, turn, { engine, shelfOf, rest }, options),
        silence,
        turn,
      );
    }
    if (delivery.kind === "message") {
      const { said } = delivery;
      const hearing = noting(() => listener.hear(said, turn));
      return attend("message", hearing.work, () => listener.apologise(said, turn, hearing.error()), turn);
    }
    const { addressed, wanted, isDeferred } = delivery;
    const deferral = isDeferred ? { isHidden: isHidden(wanted), sent: acknowledging.sentTo(addressed.id) } : null;
    const response = new Response({ responses, rest }, addressed, turn, deferral);
    const responding = noting(() => responder.respond(wanted, { addressed, response, turn }));
    acknowledging.done(addressed.id);
    return attend("interaction", responding.work, () => response.apologise(NOTICE.failed, responding.error()), turn);
  };
  const queues = state === undefined ? null : createQueues(engine, work, state, options);
  function take(delivery: Delivery): void {
    if (queues === null) void underWay.add(work(delivery, ONCE));
    else attended(delivery.kind, () => queues[delivery.kind].take(eventOf(delivery, now())));
  }
  const attended = (entry: string, what: () => Promise<void>): void => void underWay.add(attend(entry, what, silence));

  return {
    hear: (said) => {
      if (said.entry !== "unasked") return take({ kind: "message", said });
      attended("message", async () => {
        const { answersUnasked, followsUp } = await settingsAt(own, said);
        if (answersUnasked || followsUp === true) take({ kind: "message", said });
      });
    },
    call: (addressed, wantedOf) =>
      attended("interaction", async () => {
        const among = acknowledging.isOneOfMany(addressed.id);
        const wanted = wantedOf(await responder.shelfAt(addressed));
        const isDeferred = (await among) && mayWait(wanted);
        if (isDeferred) acknowledging.send(addressed, isHidden(wanted));
        take({ kind: "interaction", addressed, wanted, isDeferred });
      }),
    complete: (interaction) => attended("completion", () => responder.complete(interaction)),
    sendElsewhere: (addressed) =>
      attended("interaction", () =>
        new Response({ responses, rest }, addressed, ONCE).tell(NOTICE.elsewhere(channels)),
      ),
    leave: (guild) => attended("server left", () => privacy.forgetWorkspace(workspaceOf(guild))),
    takeBack: (channel, message) => attended("deleted", () => listener.takeBack(channel, message)),
    open: () => queues?.start(),
    close: () => Promise.all([underWay.done(), queues?.stop()]),
  };
}

/** What is kept until it is worked on, and what is put there without being asked for just then. */
function createQueues(
  engine: () => Engine,
  work: (delivery: Work, turn: Turn) => Promise<void>,
  state: State,
  options: ReceptionOptions,
) {
  const message = createDiscordIntake(QUEUES.message, work, state, options);
  const interaction = createDiscordIntake(QUEUES.interaction, work, state, options);
  const unasked = watchUnasked(engine, state, options);
  const all = [message, interaction, unasked];
  return {
    message,
    interaction,
    start() {
      for (const one of all) one.start();
    },
    stop: () => Promise.all(all.map((one) => one.stop())),
  };
}

/** What answers messages and interactions. */
function createAnswerers(
  engine: () => Engine,
  shelfOf: (engine: Engine) => Shelf,
  client: Client,
  options: ReceptionOptions,
) {
  const { log, memory, limit, state, now } = options;
  const { rest } = client;
  const journal = countingIn(state, "discord", counting(createJournal(log, "discord", options), options.metrics));
  const desk = new Desk({ engine, memory, limit, journal, now, isRefusal, givesReceipts: state !== undefined });
  const privacy = createPrivacy(state, options, log, "discord");
  const { own, choosing } = settingsOf(engine, options);
  const reading = createReading(rest);
  const self = (): string => client.user?.id ?? "";
  const readBack = createReader(client);
  const answers = new Answers({ rest, reading, self });
  const feedback = createFeedback(state, "discord", options.keepsMisses);
  const responder = new Responder({
    ...{ desk, engine, shelfOf, privacy, readBack, feedback, answers, channels: own, choosing },
  });
  const listener = new Listener({
    ...{ desk, viewOf: (one) => shelfOf(one).view, claims: memory.claims, channels: own, backlog: createBacklog() },
    ...{ rest, now, self, reading, answered: createAnswered(), readBack },
    readsContent: options.readsContent === true,
    opensThreads: options.opensThreads === true,
  });
  return { responder, listener, privacy, own };
}

/** Nobody is notified by what takes the place of an acknowledgement, and no menu is replaced by it. */
const mayWait = (wanted: Wanted): boolean =>
  wanted.kind !== "setting" && (wanted.kind !== "wish" || wanted.forPerson === null);

/** The settings of channels, and what there is to choose from. */
function settingsOf(
  engine: () => Engine,
  { state, channelSettings, readsContent = false, now, log }: ReceptionOptions,
): { readonly own: Channels; readonly choosing: () => Choosing } {
  const audiences = (): readonly string[] => engine().corpus.audiences;
  const kept = state?.channels ?? channelSettings ?? createChannels(now);
  return {
    own: loggedChannels(kept, audiences, log, "discord"),
    choosing: () => ({ audiences: audiences(), hearsAll: readsContent, followsUp: readsContent ? false : null }),
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

/** Tells nobody. */
const silence = async (): Promise<void> => {};

/** Work that remembers what it was ended by: what can still be told, and where, depends on it. */
function noting(work: () => Promise<void>): { work(): Promise<void>; error(): unknown } {
  let met: unknown = null;
  return {
    work: () =>
      work().catch((error: unknown) => {
        met = error;
        throw error;
      }),
    error: () => met,
  };
}

/** Whether Discord said no: a 5xx may have been taken all the same, and comes as another error. */
const isRefusal = (error: unknown): boolean => error instanceof DiscordAPIError;

/** What the log says of an error: not the request, whose address may hold a token. */
export const explain = (error: unknown): { readonly error: string } => ({
  error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
});
