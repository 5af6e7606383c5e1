// A Discord message to the question it puts to the bot, if it puts one.

import { type Message, MessageType } from "discord.js";

export interface Heard {
  readonly entry: "mention" | "reply" | "direct message";
  /** Empty for a bare mention; null where Discord keeps from the bot what the message says. */
  readonly question: string | null;
}

/**
 * Null for what is not meant for the bot: other bots, webhooks, system messages, and messages that mention neither it
 * nor the role that Discord made for it. Without the privileged intent Discord sends no content but that of direct
 * messages, of messages that mention the bot, and of replies to it with their ping on, if what they reply to is no
 * response to a command.
 * https://docs.discord.com/developers/gateway/you-might-not-need-a-privileged-intent
 */
export function hear(message: Message, self: string): Heard | null {
  const { author, webhookId, type, mentions, content } = message;
  if (author.bot || author.system || webhookId !== null) return null;
  if (type !== MessageType.Default && type !== MessageType.Reply) return null;
  const question = wordsOf(content);
  if (message.guildId === null) return question === "" ? null : { entry: "direct message", question };
  // Next to the bot Discord offers its role, which has the same name.
  const isByRole = mentions.roles.some(({ tags }) => tags?.botId === self);
  if (!mentions.users.has(self) && !isByRole) return null;
  const entry = mentions.repliedUser?.id === self ? "reply" : "mention";
  if (isEmpty(message)) return { entry, question: null };
  const isNamed = isByRole || new RegExp(`<@!?${self}>`).test(content);
  return question === "" && !isNamed ? null : { entry, question };
}

/** Nobody can send a message that is empty, so one that comes without anything has it kept from the bot. */
const isEmpty = ({ content, attachments, stickers, poll }: Message): boolean =>
  content === "" && attachments.size === 0 && stickers.size === 0 && poll === null;

/** What somebody wrote, without mentions of people, roles, channels and commands, custom emoji and timestamps. */
export const wordsOf = (content: string): string =>
  content.replace(/<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|\/[^:>]+:\d+)>/g, " ").trim();
