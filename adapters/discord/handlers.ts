// Brings a Discord message that is meant for the bot to the desk, and shows the outcome below it.

import { DiscordAPIError, type Message, type MessageCreateOptions, MessageFlags, RESTJSONErrorCodes } from "discord.js";
import type { Desk } from "../shared/desk.ts";
import type { Claims } from "../shared/memory.ts";
import { NOTICE } from "../shared/wording.ts";
import type { Backlog } from "./backlog.ts";
import { keysOf } from "./conversation.ts";
import { type Heard, hear } from "./inbound.ts";
import type { Card } from "./layout.ts";
import { DISCORD_NOTICE } from "./pages.ts";
import { renderReply } from "./render.ts";
import type { View } from "./view.ts";

export interface MessageOptions {
  readonly desk: Desk;
  readonly view: View;
  readonly claims: Claims;
  readonly backlog: Backlog;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
}

export type Listen = (message: Message) => Promise<void>;

/** A burst gets one notice in so long. */
const BUSY_NOTICE_MS = 10_000;
/** A person gets one notice of a kind in so long. */
const PERSON_NOTICE_MS = 60_000;

export function createListener({ desk, view, claims, backlog, now }: MessageOptions): Listen {
  /** Whether this is the first of its kind in a while. */
  const isFirst = (what: string, everyMs: number): Promise<boolean> =>
    claims.claim(`discord:${what}:${Math.floor(now() / everyMs)}`);
  const notifyOnce = async (message: Message, kind: string, notice: string): Promise<void> => {
    if (await isFirst(`${kind}:${message.author.id}`, PERSON_NOTICE_MS)) await notify(message, notice);
  };

  async function answer(message: Message, { entry, question }: Heard): Promise<void> {
    const { id, guildId, channelId, channel, author, reference } = message;
    if (question === null) return notifyOnce(message, "unheard", DISCORD_NOTICE.unheard);
    await desk.answer({
      entry,
      // After a lost connection Discord may send again what it has sent.
      claims: [`discord:message:${id}`],
      person: author.id,
      wish: { kind: "ask", question },
      isQuiet: false,
      keys: keysOf({
        guild: guildId,
        channel: channelId,
        isConversation: channel.isThread() || channel.isDMBased(),
        replyTo: reference?.messageId ?? null,
        isHidden: false,
      }),
      outlet: {
        post: ({ reply }) => postCard(message, renderReply(reply, view)),
        holdOff: (retryAfterMs) => notifyOnce(message, "limit", NOTICE.limited(retryAfterMs)),
      },
    });
  }

  return async (message) => {
    const heard = hear(message, message.client.user.id);
    if (heard === null) return;
    const wasTaken = await backlog.run(message.channelId, () => answer(message, heard));
    if (!wasTaken && (await isFirst(`busy:${message.channelId}`, BUSY_NOTICE_MS)))
      await notify(message, DISCORD_NOTICE.busy);
  };
}

async function postCard(message: Message, { flags, components }: Card): Promise<string | null> {
  const { id } = await postBelow(message, { flags, components });
  return id;
}

/** A plain line below a message. */
export async function notify(message: Message, content: string): Promise<void> {
  await postBelow(message, { content, flags: MessageFlags.SuppressEmbeds });
}

/** As a reply; where the bot may not read what stands in the channel, it may not reply to it, but post. */
async function postBelow(message: Message, post: Pick<MessageCreateOptions, "content" | "components" | "flags">) {
  try {
    return await message.reply({ ...post, failIfNotExists: false });
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || !message.channel.isSendable()) throw error;
    if (error.code !== RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory) throw error;
    return message.channel.send(post);
  }
}
