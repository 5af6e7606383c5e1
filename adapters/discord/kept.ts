// What Discord delivers to an event that can be kept until it is answered, and back to what is answered.

import { z } from "zod";
import { VOTE_REASONS } from "../shared/memory.ts";
import type { Event } from "../shared/state/store.ts";
import { workspaceOf } from "./conversation.ts";
import type { Addressed, Said, Wanted } from "./inbound.ts";
import { type Telling, telling } from "./telling.ts";

/** What Discord delivers: what somebody wants, without the library's objects: it outlives its process. */
export type Delivery =
  | { readonly kind: "message"; readonly said: Said }
  | {
      readonly kind: "interaction";
      readonly addressed: Addressed;
      readonly wanted: Wanted;
      /** Whether it is acknowledged before it is answered, since others came at the same time. */
      readonly isDeferred: boolean;
    };

/** What is worked on: the same, and what is told without being asked for just then. */
export type Work =
  | Delivery
  | { readonly kind: "told"; readonly telling: Telling }
  /** The week's report to the operators. */
  | { readonly kind: "report" };

/** Queues: one that waits for a channel's limit must not hold up the other, whose time is short. */
export const QUEUES = { message: "discord", interaction: "discord-interaction" } as const;

/** Nobody waits longer for an answer in a channel. */
const MESSAGE_MS = 60 * 60 * 1000;
/** After that Discord takes no response. https://docs.discord.com/developers/interactions/receiving-and-responding */
const RESPONSE_MS = 3000;
/** What is acknowledged can be answered as long as Discord's token for it lives; a vote counts also where nobody is told. */
const TOKEN_MS = 15 * 60 * 1000;

/**
 * The event that a delivery is; its key begins with where it happened, and is the same each time Discord sends it.
 * @param now milliseconds since 1970
 */
export function eventOf(delivery: Delivery, now: number): Event {
  const { id, guild, person } = delivery.kind === "message" ? delivery.said : delivery.addressed;
  return {
    key: `${workspaceOf(guild)}${nameOf(delivery)}:${id}`,
    platform: QUEUES[delivery.kind],
    body: JSON.stringify(delivery),
    person,
    expiresAt: now + livesMs(delivery),
  };
}

/** What was passed over as nobody's question may become one by an edit: that is another event. */
const nameOf = (delivery: Delivery): string =>
  delivery.kind === "message" && delivery.said.entry === "unasked" ? "overheard" : delivery.kind;

function livesMs(delivery: Delivery): number {
  if (delivery.kind === "message") return MESSAGE_MS;
  return delivery.isDeferred || KEPT_WITHOUT_A_WORD.has(delivery.wanted.kind) ? TOKEN_MS : RESPONSE_MS;
}

/** What counts also where nobody can be told any more that it does. */
const KEPT_WITHOUT_A_WORD: ReadonlySet<Wanted["kind"]> = new Set(["vote", "why", "hear", "none"]);

const spot = {
  ...{ guild: z.string().nullable(), channel: z.string(), isConversation: z.boolean() },
  home: z.string().nullable().default(null),
};

const said = z.object({
  ...spot,
  id: z.string(),
  person: z.string(),
  replyTo: z.string().nullable(),
  entry: z.enum(["mention", "reply", "direct message", "unasked"]),
  question: z.string().nullable(),
  // What an earlier version kept has none of these.
  aside: z.enum(["pointing", "thanks", "stop"]).nullable().default(null),
  pointedAt: z.string().nullable().default(null),
  post: z.string().nullable().default(null),
});

const addressed = z.object({
  ...spot,
  id: z.string(),
  application: z.string(),
  token: z.string(),
  person: z.string(),
  isAdmin: z.boolean().default(false),
});

const wish = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ask"), question: z.string() }),
  z.object({ kind: z.literal("compare"), topic: z.string() }),
]);

const votedOn = { topic: z.string().nullable(), receipt: z.string().exactOptional() };
const of = { message: z.string(), isHidden: z.boolean().default(false) };

const wanted = z.discriminatedUnion("kind", [
  z.object({
    ...{ kind: z.literal("wish"), entry: z.string(), wish },
    ...{ replyTo: z.string().nullable(), isHidden: z.boolean() },
    forPerson: z.string().nullable().default(null),
  }),
  z.object({
    kind: z.enum(["delete", "solved"]),
    answer: z.object({
      ...{ message: z.string(), isOwn: z.boolean(), mayModerate: z.boolean(), shown: z.unknown() },
      ...{ asker: z.string().nullable(), question: z.string().nullable() },
    }),
  }),
  z.object({ kind: z.literal("share"), shown: z.unknown() }),
  z.object({ kind: z.literal("sources"), isHidden: z.boolean() }),
  z.object({ kind: z.enum(["places", "quotes"]), names: z.array(z.string()) }),
  z.object({ kind: z.literal("vote"), value: z.enum(["up", "down"]), ...votedOn, ...of }),
  z.object({ kind: z.literal("why"), reason: z.enum(VOTE_REASONS), ...votedOn, of: z.object(of) }),
  z.object({ kind: z.literal("hear"), receipt: z.string(), of: z.object(of) }),
  z.object({ kind: z.literal("none"), receipt: z.string(), ...of }),
  z.object({ kind: z.literal("privacy"), deletes: z.boolean() }),
  z.object({ kind: z.literal("settings") }),
  z.object({ kind: z.literal("setting"), name: z.string(), values: z.array(z.string()) }),
  z.object({ kind: z.enum(["no text", "expired", "strange"]) }),
]);

const work = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("told"), telling }),
  z.object({ kind: z.literal("report") }),
  z.object({ kind: z.literal("message"), said }),
  z.object({ kind: z.literal("interaction"), addressed, wanted, isDeferred: z.boolean().default(false) }),
]);

/** @throws where the event is none of `eventOf` and `tellingOf` */
export const workOf = ({ body }: Pick<Event, "body">): Work => work.parse(JSON.parse(body));
