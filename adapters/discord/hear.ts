// A Discord message to the question it puts to the bot, if it puts one.

import { type Message, MessageType } from "discord.js";

export interface Heard {
  readonly entry: "mention" | "reply" | "direct message";
  /** Empty for a bare mention. */
  readonly question: string;
}

/**
 * Null for what is not meant for the bot: other bots, webhooks, system messages, and messages that mention it only as
 * @everyone or a role. Without the privileged intent Discord sends no content but that of direct messages and of
 * messages that mention the bot, so a reply with its ping switched off is not heard.
 */
export function hear(message: Message, self: string): Heard | null {
  const { author, webhookId, type, mentions, content } = message;
  if (author.bot || author.system || webhookId !== null) return null;
  if (type !== MessageType.Default && type !== MessageType.Reply) return null;
  const question = withoutMentions(content);
  if (message.guildId === null) return question === "" ? null : { entry: "direct message", question };
  if (!mentions.users.has(self)) return null;
  const names = new RegExp(`<@!?${self}>`);
  if (!names.test(content)) return question === "" ? null : { entry: "reply", question };
  return { entry: mentions.repliedUser?.id === self ? "reply" : "mention", question };
}

/** Without mentions of people, roles, channels and commands, custom emoji and timestamps: they are no words. */
const withoutMentions = (content: string): string =>
  content.replace(/<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|\/[^:>]+:\d+)>/g, " ").trim();
