// What Discord delivers to its work: kept first where there is a store, attended to, and answered.

import { type AutocompleteInteraction, type Client, DiscordAPIError } from "discord.js";
import type { Engine } from "../../src/engine.ts";
import { createAttend, ONCE, type Turn } from "../shared/attend.ts";
import { type Choosing, loggedChannels } from "../shared/channel-controls.ts";
import { type Channels, createChannels } from "../shared/channels.ts";
import { Desk } from "../shared/desk.ts";
import { createUnderWay } from "../shared/in-flight.ts";
import { createJournal, type Log } from "../shared/log.ts";
import type { Memory } from "../shared/memory.ts";
import { counting, type Metrics } from "../shared/metrics.ts";
import { createPrivacy } from "../shared/privacy.ts";
import type { Limit } from "../shared/rate-limit.ts";
import { createIntake, type Intake } from "../shared/state/intake.ts";
import { countingIn, type State } from "../shared/state/state.ts";
import { NOTICE } from "../shared/wording.ts";
import { createBacklog } from "./backlog.ts";
import { settingsAt } from "./channel-settings.ts";
import { workspaceOf } from "./conversation.ts";
import { Listener } from "./handlers.ts";
import type { Addressed, Said, Wanted } from "./inbound.ts";
import { Responder, type Shelf } from "./interactions.ts";
import { type Delivery, deliveryOf, eventOf, QUEUES } from "./kept.ts";
import { Response } from "./outgoing.ts";

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
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** Ids of the channels to answer in, their threads included; empty for every one. Direct messages are answered always. */
  readonly channels: readonly string[];
  /** The settings of channels: by default those of the state, else this process's. */
  readonly channelSettings?: Channels;
  /** Whether Discord tells the bot what is said to nobody in particular. */
  readonly hearsAll?: boolean;
}

/** Nothing that is received here rejects: the person is told, and the log. */
export interface Reception {
  take(delivery: Delivery): void;
  /** What nobody put to the bot, where its channel wants that answered. */
  overhear(said: Said): void;
  /** An interaction as it is to be understood in its channel. */
  read(addressed: Addressed, wantedOf: (shelf: Shelf) => Wanted): void;
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
  const desk = new Desk({ engine, memory, limit, journal, now, isRefusal });
  const privacy = createPrivacy(state, options, log, "discord");
  const { own, choosing } = settingsOf(engine, options);
  const responder = new Responder({ desk, engine, shelfOf, privacy, channels: own, choosing });
  const listener = new Listener({
    ...{ threads: memory.threads, channels: own },
    ...{ desk, viewOf: (one) => shelfOf(one).view, claims: memory.claims, backlog: createBacklog(), rest, now },
    self: () => client.user?.id ?? "",
  });
  const attend = createAttend({ platform: "discord", log, explain, isRefusal });
  const underWay = createUnderWay();

  const work = (delivery: Delivery, turn: Turn): Promise<void> => {
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
  const attended = (entry: string, what: () => Promise<void>): void =>
    void underWay.add(attend(entry, what, async () => {}));

  const take = (delivery: Delivery): void => {
    if (intakes === null) void underWay.add(work(delivery, ONCE));
    else attended(delivery.kind, () => intakes[delivery.kind].take(eventOf(delivery, now())));
  };

  return {
    take,
    overhear: (said) =>
      attended("message", async () => {
        const { answersUnasked, followsUp } = await settingsAt(own, said);
        if (answersUnasked || followsUp === true) take({ kind: "message", said });
      }),
    read: (addressed, wantedOf) =>
      attended("interaction", async () => {
        take({ kind: "interaction", addressed, wanted: wantedOf(await responder.shelfAt(addressed)) });
      }),
    complete: (interaction) => attended("completion", () => responder.complete(interaction)),
    sendElsewhere: (addressed) =>
      attended("interaction", () => new Response(rest, addressed, ONCE).tell(NOTICE.elsewhere(channels))),
    leave: (guild) => attended("server left", () => privacy.forgetWorkspace(workspaceOf(guild))),
    open() {
      intakes?.message.start();
      intakes?.interaction.start();
    },
    close: () => Promise.all([underWay.done(), intakes?.message.stop(), intakes?.interaction.stop()]),
  };
}

/** The settings of channels, and what there is to choose from. */
function settingsOf(
  engine: () => Engine,
  { state, channelSettings, hearsAll = false, now, log }: ReceptionOptions,
): { readonly own: Channels; readonly choosing: () => Choosing } {
  const audiences = (): readonly string[] => engine().corpus.audiences;
  const kept = state?.channels ?? channelSettings ?? createChannels(now);
  return {
    own: loggedChannels(kept, audiences, log, "discord"),
    choosing: () => ({ audiences: audiences(), hearsAll, followsUp: hearsAll ? false : null }),
  };
}

function createDiscordIntake(
  queue: string,
  work: (delivery: Delivery, turn: Turn) => Promise<void>,
  state: State,
  { log, metrics, leaseMs }: ReceptionOptions,
): Intake {
  return createIntake({
    ...{ platform: "discord", queue, log, store: state.store, onAway: state.away },
    // The desk claims what is not kept.
    isFirst: async () => true,
    work: (event, held) => {
      const { key, attempt } = event;
      return work(deliveryOf(event), held === null ? ONCE : { key, attempt, isOurs: held.isOurs });
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
