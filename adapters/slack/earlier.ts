// Reads the questions of a conversation that memory has lost back from Slack, where the bot may read it.

import { type Logger, webApi } from "@slack/bolt";
import { z } from "zod";
import type { Earlier, ReadBack } from "../shared/desk.ts";
import { KEPT_MS } from "../shared/memory.ts";
import { messageId } from "./conversation.ts";
import { failureOf, retryAfterMsOf } from "./failure.ts";
import { hear } from "./inbound.ts";
import { answeredKey, clientOptions } from "./outgoing.ts";

/** Where to look. */
export interface Lost {
  readonly team: string;
  readonly channel: string;
  /** Null for the top of a direct conversation. */
  readonly thread: string | null;
  /** Stamp of the message that somebody waits with; it is not read itself, nor what is a day older. */
  readonly ts: string;
  /** What was said after it counts too. */
  readonly isWhole: boolean;
  /** Id of the bot's own user. */
  readonly bot: string;
}

/** Somebody waits for an answer meanwhile. */
const READ_TIMEOUT_MS = 2000;
/** Slack gives no more at once, and may give fewer. */
const MESSAGES_MAX = 999;

/**
 * What reads: it gives up sooner than what posts. https://docs.slack.dev/apis/web-api/rate-limits
 * @param send by way of a proxy
 */
export const createReader = (token: string, apiUrl: string, logger: Logger, send?: typeof fetch): webApi.WebClient =>
  new webApi.WebClient(token, { ...clientOptions(apiUrl, READ_TIMEOUT_MS, send), logger });

/**
 * For threads of channels this needs `channels:history` or `groups:history`; for direct conversations the bot has what it
 * needs. https://docs.slack.dev/reference/methods/conversations.replies
 */
export const readingBackFrom =
  (client: webApi.WebClient, lost: Lost): ReadBack =>
  async () => {
    const { channel, thread, ts, isWhole } = lost;
    const within = { channel, limit: MESSAGES_MAX, oldest: dayBefore(ts), ...(isWhole ? {} : { latest: ts }) };
    try {
      const told =
        thread === null
          ? await client.conversations.history(within)
          : await client.conversations.replies({ ...within, ts: thread, include_all_metadata: true });
      return questionsOf(shown.parse(told).messages, lost);
    } catch (error) {
      return failureOf(error).isRefusal && retryAfterMsOf(error) === null ? [] : null;
    }
  };

type Shown = z.infer<typeof shown>["messages"][number];

/** What the bot took for questions: what was said to it, and what it answered without having been spoken to. */
function questionsOf(messages: readonly Shown[], { team, channel, thread, ts, isWhole, bot }: Lost): Earlier[] {
  const own = messages.filter(({ user }) => user === bot);
  // Where it never answered there is nothing that it could have forgotten. At the top its answers are in threads.
  if (thread !== null && own.length === 0) return [];
  const answered = new Set(own.map(answeredKey));
  return messages
    .filter((message) => message.ts !== ts && message.ts > dayBefore(ts) && (isWhole || message.ts < ts))
    .sort((one, other) => (one.ts < other.ts ? -1 : 1))
    .flatMap((message) => {
      const heard = hear(deliveredAs(message, team, channel), bot);
      if (heard === null || heard.question === "") return [];
      const wasTaken = heard.kind !== "channel" || answered.has(messageId(team, channel, message.ts));
      return wasTaken ? [{ question: heard.question, person: `${team}:${heard.person}` }] : [];
    });
}

/** A message as it was delivered; that it was edited later is no reason to leave it out. */
const deliveredAs = ({ edited: _, ...message }: Shown, team: string, channel: string) => ({
  ...{ event_id: message.ts, team_id: team },
  event: { ...message, type: "message", channel, channel_type: channel.startsWith("D") ? "im" : "channel" },
});

/** The stamp of a day earlier. */
const dayBefore = (ts: string): string => `${Number(ts.split(".")[0]) - KEPT_MS / 1000}.000000`;

const shown = z.object({
  messages: z
    .array(z.looseObject({ ts: z.string(), user: z.string().optional(), edited: z.unknown().optional() }))
    .default([]),
});
