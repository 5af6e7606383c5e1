// Reads what a person wants out of a Discord message, command, menu or button.

import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type Message,
  MessageFlags,
  MessageType,
  type RepliableInteraction,
} from "discord.js";
import type { Wish } from "../shared/desk.ts";
import { type Press, readPress, type Told } from "./buttons.ts";
import type { Choices } from "./choices.ts";
import { ANSWER_THIS } from "./commands.ts";
import type { Spot } from "./conversation.ts";
import type { Places } from "./places.ts";

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

/** A message that is meant for the bot, as far as it is answered. */
export interface Said extends Heard, Pick<Spot, "guild" | "channel" | "isConversation" | "replyTo"> {
  readonly id: string;
  readonly person: string;
}

/** Null as `hear`. */
export function listenTo(message: Message, self: string): Said | null {
  const heard = hear(message, self);
  if (heard === null) return null;
  const { id, guildId, channelId, channel, author, reference } = message;
  return {
    ...{ ...heard, id, person: author.id, guild: guildId, channel: channelId },
    isConversation: channel.isThread() || channel.isDMBased(),
    replyTo: reference?.messageId ?? null,
  };
}

/** Where an interaction is responded to. */
export interface Addressed {
  readonly id: string;
  readonly application: string;
  /** Lets whoever has it respond, for 15 minutes. */
  readonly token: string;
  readonly guild: string | null;
  readonly channel: string;
  readonly isConversation: boolean;
  readonly person: string;
}

/** What Discord did not say of its channel counts as no conversation. */
export function addressOf(interaction: RepliableInteraction): Addressed {
  const { id, applicationId, token, guildId, channelId, channel, user } = interaction;
  return {
    ...{ id, application: applicationId, token, guild: guildId, channel: channelId ?? "nowhere", person: user.id },
    isConversation: channel !== null && (channel.isThread() || channel.isDMBased()),
  };
}

/** Nobody can send a message that is empty, so one that comes without anything has it kept from the bot. */
const isEmpty = ({ content, attachments, stickers, poll }: Message): boolean =>
  content === "" && attachments.size === 0 && stickers.size === 0 && poll === null;

/** What somebody wrote, without mentions of people, roles, channels and commands, custom emoji and timestamps. */
export const wordsOf = (content: string): string =>
  content.replace(/<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|\/[^:>]+:\d+)>/g, " ").trim();

/** What somebody wants by a command, a menu or a button. */
export type Wanted =
  | (Pick<Spot, "replyTo" | "isHidden"> & { readonly kind: "wish"; readonly entry: string; readonly wish: Wish })
  | { readonly kind: "sources"; readonly isHidden: boolean }
  | { readonly kind: "places"; readonly names: readonly string[] }
  | (Extract<Press, { readonly kind: "vote" }> & Told)
  | Extract<Press, { readonly kind: "why" }>
  | { readonly kind: "hear"; readonly receipt: string; readonly of: Told }
  | (Extract<Press, { readonly kind: "none" }> & Told)
  | { readonly kind: "privacy"; readonly deletes: boolean }
  /** A message to answer that says nothing, a choice or button of documents that have changed, a command of nobody's. */
  | { readonly kind: "no text" | "expired" | "strange" };

/** @param places of the corpus that answers now: what names those of another one has expired */
export function readInteraction(interaction: Interaction, choices: Choices, places: Places): Wanted {
  if (interaction.isChatInputCommand()) return readCommand(interaction, choices);
  if (interaction.isButton()) return readButton(interaction, places);
  if (!interaction.isMessageContextMenuCommand() || interaction.commandName !== ANSWER_THIS) return { kind: "strange" };
  const question = wordsOf(interaction.targetMessage.content);
  if (question === "") return { kind: "no text" };
  return { kind: "wish", entry: "answer this", wish: { kind: "ask", question }, replyTo: null, isHidden: false };
}

function readCommand({ commandName, options }: ChatInputCommandInteraction, choices: Choices): Wanted {
  const isHidden = options.getBoolean("hide") ?? false;
  const read = (option: string, wishFor: (words: string) => Wish): Wanted => {
    const chosen = choices.questionOf(options.getString(option, true));
    if (chosen === null) return { kind: "expired" };
    return { kind: "wish", entry: `/${commandName}`, wish: wishFor(wordsOf(chosen)), replyTo: null, isHidden };
  };
  switch (commandName) {
    case "ask":
      return read("question", (question) => ({ kind: "ask", question }));
    case "compare":
      return read("topic", (topic) => ({ kind: "compare", topic }));
    case "sources":
      return { kind: "sources", isHidden };
    case "privacy":
      return { kind: "privacy", deletes: options.getBoolean("delete") ?? false };
    default:
      return { kind: "strange" };
  }
}

function readButton({ customId, message }: ButtonInteraction, places: Places): Wanted {
  const pressed = readPress(customId);
  const isStale = pressed !== null && "corpus" in pressed && pressed.corpus !== places.hash;
  if (pressed === null || isStale) return { kind: "expired" };
  const isHidden = message.flags.has(MessageFlags.Ephemeral);
  const here = { message: message.id, isHidden };
  switch (pressed.kind) {
    case "ask":
    case "example": {
      const question = pressed.kind === "ask" ? pressed.question : places.example(pressed.name);
      if (question === null) return { kind: "expired" };
      // As hidden as the reply it stands below.
      return { kind: "wish", entry: "button", wish: { kind: "ask", question }, replyTo: message.id, isHidden };
    }
    case "show":
      return { kind: "places", names: pressed.names };
    case "vote":
    case "none":
      return { ...pressed, ...here };
    case "why":
      return pressed;
    case "hear":
      return { ...pressed, of: pressed.of ?? here };
  }
}
