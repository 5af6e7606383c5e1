// What Slack delivers to an event that can be kept until it is answered, and back to what is answered.

import { z } from "zod";
import type { Event } from "../shared/state/store.ts";
import { hear, readCommand, readPointed, readPress } from "./inbound.ts";
import { clientOptions, type Respond } from "./outgoing.ts";

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

function tell({ kind, body, bot }: Delivery): { key: string; person: string; forMs: number } | null {
  switch (kind) {
    case "message": {
      const heard = hear(body, bot);
      if (heard === null) return null;
      const { team, channel, ts, person } = heard;
      return { key: `${team}:message:${channel}:${ts}`, person: `${team}:${person}`, forMs: MESSAGE_MS };
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

/** What answers a delivery at the address that Slack gave for it; undefined where it gave none. */
export function respondTo(body: unknown, apiUrl: string, timeoutMs?: number): Respond | undefined {
  const read = z.object({ response_url: z.url() }).safeParse(body);
  if (!read.success) return undefined;
  const { fetch: send } = clientOptions(apiUrl, timeoutMs);
  return (response) =>
    send(read.data.response_url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(response),
    });
}
