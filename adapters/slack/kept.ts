// What Slack delivers to an event that can be kept until it is answered, and back to what is answered.

import type { webApi } from "@slack/bolt";
import { z } from "zod";
import type { Event } from "../shared/state/store.ts";
import { messageId } from "./conversation.ts";
import { type Deleted, hear, readCommand, readDeleted, readPointed, readPress } from "./inbound.ts";
import type { Respond } from "./outgoing.ts";

/** A delivery as Bolt hands it on. */
export interface Delivery {
  readonly kind: "message" | "command" | "shortcut" | "press" | "told" | "report";
  readonly body: unknown;
  /** Id of the bot's own user; "" where the kind of delivery doesn't tell. */
  readonly bot: string;
}

/** Slack takes responses to an interaction for 30 minutes; this leaves time to send one. */
const RESPONSE_MS = 29 * 60 * 1000;
/** Nobody waits longer for an answer in a channel. */
const MESSAGE_MS = 60 * 60 * 1000;

/**
 * The event that a delivery is; null for what concerns nobody here. A message's key is its place, since a mention may be
 * delivered as two events.
 * @param now milliseconds since 1970
 */
export function eventOf(delivery: Delivery, now: number): Event | null {
  const told = tell(delivery);
  if (told === null) return null;
  const { key, person, forMs } = told;
  return { key, platform: "slack", body: JSON.stringify(delivery), person, expiresAt: now + forMs };
}

const idOf = ({ team, channel, ts }: Pick<Deleted, "team" | "channel" | "ts">): string => messageId(team, channel, ts);

function tell({ kind, body, bot }: Delivery): { key: string; person: string | null; forMs: number } | null {
  switch (kind) {
    case "message": {
      const deleted = readDeleted(body);
      if (deleted !== null) return { key: `deleted:${idOf(deleted)}`, person: null, forMs: MESSAGE_MS };
      const heard = hear(body, bot);
      if (heard === null) return null;
      // What was said without a mention may get one in an edit.
      const key = heard.kind === "channel" ? `overheard:${idOf(heard)}` : idOf(heard);
      return { key, person: `${heard.team}:${heard.person}`, forMs: MESSAGE_MS };
    }
    case "command":
      return triggered("command", readCommand(body));
    case "shortcut":
      return triggered("shortcut", readPointed(body, bot));
    case "press":
      return triggered("press", readPress(body));
    case "told":
    case "report":
      // Slack delivers no such thing.
      return null;
  }
}

const triggered = (
  kind: string,
  read: { readonly team: string; readonly person: string; readonly trigger: string } | null,
) =>
  read === null
    ? null
    : { key: `${read.team}:${kind}:${read.trigger}`, person: `${read.team}:${read.person}`, forMs: RESPONSE_MS };

const delivery = z.object({
  kind: z.enum(["message", "command", "shortcut", "press", "told", "report"]),
  body: z.unknown(),
  bot: z.string(),
});

/** @throws where the event is not one of `eventOf` */
export const deliveryOf = ({ body }: Pick<Event, "body">): Delivery => delivery.parse(JSON.parse(body));

/**
 * What answers a delivery at the address that Slack gave for it; undefined where it gave none.
 * @param send as `clientOptions` has it
 */
export function respondTo(body: unknown, send: webApi.FetchFunction): Respond | undefined {
  const read = z.object({ response_url: z.url() }).safeParse(body);
  if (!read.success) return undefined;
  return (response) =>
    send(read.data.response_url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(response),
    });
}
