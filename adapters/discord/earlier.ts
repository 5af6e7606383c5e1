// Reads the questions of a conversation that memory has lost back from Discord, as far as it shows them to the bot.

import { type Client, ComponentType, DiscordAPIError, DiscordjsError, type Message, SnowflakeUtil } from "discord.js";
import type { Earlier, ReadBack } from "../shared/desk.ts";
import { inTime } from "../shared/in-flight.ts";
import { KEPT_MS } from "../shared/memory.ts";
import type { Spot } from "./conversation.ts";
import { readAsked } from "./escape.ts";
import { hear } from "./inbound.ts";

/** Where to look. */
export interface Lost extends Spot {
  /** Of the message or interaction that somebody waits with. */
  readonly id: string;
}

/** Undefined where nothing can have been lost: what begins a conversation leans on nothing. */
export type Reader = (lost: Lost) => ReadBack | undefined;

/** A response to a command must be there within three seconds. */
const READ_TIMEOUT_MS = 1000;
/** The most that Discord tells at once. */
const MESSAGES_MAX = 100;

/**
 * Without the privileged intent Discord shows the bot its own messages, those that mention it, and direct ones.
 * https://docs.discord.com/developers/events/gateway#message-content-intent
 */
export const createReader =
  (client: Client): Reader =>
  (lost) => {
    const isWhole = lost.isConversation && !lost.isHidden;
    return isWhole || lost.replyTo !== null ? () => read(client, lost, isWhole ? null : lost.replyTo) : undefined;
  };

/** @param from the end of the chain of replies that it is about; null for all of the conversation */
async function read(client: Client, { channel, id }: Lost, from: string | null): Promise<readonly Earlier[] | null> {
  const since = SnowflakeUtil.timestampFrom(id) - KEPT_MS;
  const isFresh = (message: string): boolean => SnowflakeUtil.timestampFrom(message) > since;
  if (from !== null && !isFresh(from)) return [];
  const self = client.user?.id ?? "";
  let shown: readonly Message[] | null = null;
  try {
    const reading = messagesBefore(client, channel, from === null ? id : following(from)).then((messages) => {
      shown = messages.filter((message) => isFresh(message.id));
    });
    if (!(await inTime(reading, READ_TIMEOUT_MS))) return null;
  } catch (error) {
    return error instanceof DiscordAPIError || error instanceof DiscordjsError ? [] : null;
  }
  return questionsOf(shown ?? [], from, self);
}

/** The newest first. */
async function messagesBefore(client: Client, channel: string, before: string): Promise<readonly Message[]> {
  const there = await client.channels.fetch(channel);
  if (there === null || !there.isTextBased() || !("messages" in there)) return [];
  const messages = await there.messages.fetch({ before, limit: MESSAGES_MAX, cache: false });
  return [...messages.values()];
}

/** Where the bot never answered there is nothing that it could have forgotten. */
function questionsOf(shown: readonly Message[], from: string | null, self: string): Earlier[] {
  const conversation = from === null ? shown : chainTo(from, shown);
  if (!conversation.some(({ author }) => author.id === self)) return [];
  return conversation.flatMap((message) => askedIn(message, self) ?? []).reverse();
}

/** A message, what it replies to, and so on: the newest first, as far as it is among those shown. */
function chainTo(end: string, shown: readonly Message[]): readonly Message[] {
  const byId = new Map(shown.map((message) => [message.id, message]));
  const chain: Message[] = [];
  for (let at = byId.get(end); at !== undefined; at = byId.get(repliedTo(at) ?? "")) chain.push(at);
  return chain;
}

/** What a message replies to, or the one whose button it is the response to. */
const repliedTo = ({ reference, interactionMetadata }: Message): string | null =>
  reference?.messageId ?? interactionMetadata?.interactedMessageId ?? null;

/** What somebody asked by a message; of the bot's own, what it says that it was asked by a command or button. */
function askedIn(message: Message, self: string): Earlier | null {
  const { author, interactionMetadata } = message;
  const isOwn = author.id === self;
  const question = isOwn ? readAsked(textOf(message)) : (hear(message, self)?.question ?? "");
  const person = isOwn ? (interactionMetadata?.user.id ?? null) : author.id;
  return question === null || question === "" || person === null ? null : { question, person };
}

/** The first text of a card; "" for any other message. */
function textOf({ components: [card] }: Message): string {
  if (card?.type !== ComponentType.Container) return "";
  const [first] = card.components;
  if (first?.type === ComponentType.Section) return first.components[0]?.content ?? "";
  return first?.type === ComponentType.TextDisplay ? first.content : "";
}

/** The id after this one: what is asked for before it includes this one. */
const following = (id: string): string => String(BigInt(id) + 1n);
