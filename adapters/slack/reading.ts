// Finds the question that somebody points at: what was said last before it, as far as Slack lets that be read.

import { z } from "zod";
import { failureOf } from "./failure.ts";
import { readPosted } from "./inbound.ts";
import type { Way } from "./outgoing.ts";
import { asks } from "./text.ts";

export interface Pointing {
  readonly channel: string;
  /** Stamp of the thread it is said in; null at the top of a channel. */
  readonly thread: string | null;
  /** Its own. */
  readonly ts: string;
  /** Id of the bot's user. */
  readonly bot: string;
}

const LOOKED_AT_MAX = 20;
/** https://docs.slack.dev/reference/methods/conversations.replies */
const THREAD_LOOKED_AT_MAX = 200;

/**
 * The last question before a message in its thread or channel, else what was said last there; null where there is none, and
 * without the scope to read it.
 */
export async function readPointedAt(
  { client, calls }: Pick<Way, "client" | "calls">,
  { channel, thread, ts, bot }: Pointing,
): Promise<string | null> {
  const until = { channel, latest: ts, inclusive: false };
  try {
    const told = await calls.make<unknown>(() =>
      thread === null
        ? client.conversations.history({ ...until, limit: LOOKED_AT_MAX })
        : client.conversations.replies({ ...until, ts: thread, limit: THREAD_LOOKED_AT_MAX }),
    );
    const said = answer
      .parse(told)
      .messages.filter((one) => one.bot_id === undefined && one.user !== bot && one.subtype === undefined)
      .filter((one) => Number(one.ts) < Number(ts))
      .sort((a, b) => Number(b.ts) - Number(a.ts))
      .map((one) => readPosted(one, bot))
      .filter((text) => text !== "");
    return said.find(asks) ?? said[0] ?? null;
  } catch (error) {
    if (failureOf(error).isRefusal) return null;
    throw error;
  }
}

const answer = z.object({
  messages: z
    .array(
      z.looseObject({
        ts: z.string(),
        user: z.string().optional(),
        bot_id: z.string().optional(),
        subtype: z.string().optional(),
      }),
    )
    .default([]),
});
