// A Discord message to a reply below it, if it is meant for the bot.

import { DiscordAPIError, type Message, type MessageCreateOptions, MessageFlags, RESTJSONErrorCodes } from "discord.js";
import type { Claims } from "../shared/memory.ts";
import { NOTICE } from "../shared/wording.ts";
import type { Backlog } from "./backlog.ts";
import type { Desk } from "./desk.ts";
import { type Heard, hear } from "./inbound.ts";
import type { Card } from "./layout.ts";
import { DISCORD_NOTICE } from "./pages.ts";

export interface MessageOptions {
  readonly desk: Desk;
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

export function createListener({ desk, claims, backlog, now }: MessageOptions): Listen {
  /** Whether this is the first of its kind in a while. */
  const isFirst = (what: string, everyMs: number): Promise<boolean> =>
    claims.claim(`discord:${what}:${Math.floor(now() / everyMs)}`);

  async function answer(message: Message, { entry, question }: Heard): Promise<void> {
    const { guildId, channelId, channel, author, reference } = message;
    if (question === null) {
      if (await isFirst(`unheard:${author.id}`, PERSON_NOTICE_MS)) await notify(message, DISCORD_NOTICE.unheard);
      return;
    }
    const isConversation = channel.isThread() || channel.isDMBased();
    const spot = {
      guild: guildId,
      channel: channelId,
      isConversation,
      replyTo: reference?.messageId ?? null,
      isHidden: false,
    };
    const asked = { entry, kind: "question", text: question, person: author.id, spot, isShown: true } as const;
    const outcome = await desk.answer(asked, (card) => reply(message, card));
    if (outcome.kind === "limited" && (await isFirst(`limit:${author.id}`, PERSON_NOTICE_MS)))
      await notify(message, NOTICE.limited(outcome.retryAfterMs));
  }

  return async (message) => {
    const heard = hear(message, message.client.user.id);
    // After a lost connection Discord may send again what it has sent.
    if (heard === null || !(await claims.claim(`discord:message:${message.id}`))) return;
    const wasTaken = await backlog.run(message.channelId, () => answer(message, heard));
    if (!wasTaken && (await isFirst(`busy:${message.channelId}`, BUSY_NOTICE_MS)))
      await notify(message, DISCORD_NOTICE.busy);
  };
}

async function reply(message: Message, { flags, components }: Card): Promise<string | null> {
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
