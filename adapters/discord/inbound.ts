// Reads what a person wants out of a Discord message, command, menu or button.

import {
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type Interaction,
  type Message,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  PermissionFlagsBits,
  type RepliableInteraction,
} from "discord.js";
import { type Aside, asideOf } from "../../src/question/aside.ts";
import { asks } from "../../src/question/asking.ts";
import type { Wish } from "../shared/desk.ts";
import { type Press, readPress, settingOfMenu, type Told } from "./buttons.ts";
import type { Choices } from "./choices.ts";
import { ANSWER_THIS, DELETE_ANSWER, MARK_SOLVED } from "./commands.ts";
import type { Spot } from "./conversation.ts";
import type { Places } from "./places.ts";

export interface Heard {
  readonly entry: "mention" | "reply" | "direct message" | "unasked";
  /** Empty for a bare mention; null where Discord keeps from the bot what the message says. */
  readonly question: string | null;
  /** What the message is where it asks nothing itself. */
  readonly aside: Aside | null;
}

/** The message that one replies to, as Discord delivers it beside the reply. */
export interface Referenced {
  /** Whose it is. */
  readonly author: string;
  /** Empty where Discord keeps it from the bot. */
  readonly words: string;
}

/** What there is to a message besides itself. */
export interface Hearing {
  /** What it replies to; null where Discord does not tell. */
  readonly referenced?: Referenced | null;
  /** Whether the bot has the privileged intent: what is put to nobody in particular is heard too. */
  readonly readsContent?: boolean | undefined;
}

/**
 * Null for what is not meant for the bot: other bots, webhooks, system messages, and messages that mention neither it
 * nor the role that Discord made for it. Without the privileged intent Discord sends no content but that of direct
 * messages, of messages that mention the bot, and of replies to it with their ping on, if what they reply to is no
 * response to a command.
 * https://docs.discord.com/developers/gateway/you-might-not-need-a-privileged-intent
 */
export function hear(
  message: Message,
  self: string,
  { referenced = null, readsContent = false }: Hearing = {},
): Heard | null {
  const { author, webhookId, type, mentions, content } = message;
  // An edit of what is not known any more comes without its author.
  if (author === null || author.bot || author.system || webhookId !== null) return null;
  if (type !== MessageType.Default && type !== MessageType.Reply) return null;
  const question = textOf(message);
  const aside = asideOf(question);
  if (message.guildId === null) return question === "" ? null : { entry: "direct message", question, aside };
  // Next to the bot Discord offers its role, which has the same name.
  const isByRole = mentions.roles.some(({ tags }) => tags?.botId === self);
  const isReply = mentions.repliedUser?.id === self || (referenced?.author === self && content !== "");
  if (!mentions.users.has(self) && !isByRole && !isReply)
    return readsContent && isToNobody(message) ? toNobody(question, aside) : null;
  const entry = isReply ? "reply" : "mention";
  if (isEmpty(message)) return { entry, question: null, aside: null };
  const isNamed = isByRole || new RegExp(`<@!?${self}>`).test(content);
  if (question === "" && !isNamed) return null;
  // A mention alone, in reply to somebody, is about what they said.
  const isBare = question === "" && message.type === MessageType.Reply && !isReply;
  return { entry, question, aside: isBare ? "pointing" : pointsAway(aside, isReply) };
}

/** Whether no person, role or message is spoken to. */
const isToNobody = ({ mentions, reference }: Message): boolean =>
  !mentions.everyone && mentions.users.size === 0 && mentions.roles.size === 0 && reference === null;

/** Of what people say to each other, questions are heard, and that the bot is to be silent. */
function toNobody(question: string, aside: Aside | null): Heard | null {
  if (aside === "stop") return { entry: "unasked", question, aside };
  return asks(question) ? { entry: "unasked", question, aside: null } : null;
}

/** What points at the bot's own message is a follow-up to it. */
const pointsAway = (aside: Aside | null, isReply: boolean): Aside | null =>
  aside === "pointing" && isReply ? null : aside;

/** A message that is meant for the bot, as far as it is answered. */
export interface Said extends Heard, Pick<Spot, "guild" | "channel" | "isConversation" | "replyTo"> {
  /** The channel that a thread is in; null outside of threads. */
  readonly home: string | null;
  readonly id: string;
  readonly person: string;
  /** What the message that it replies to says; null where Discord does not show it. */
  readonly pointedAt: string | null;
  /** The title of the forum post that it stands in. */
  readonly post: string | null;
}

/** Null as `hear`. */
export function listenTo(message: Message, self: string, hearing: Hearing = {}): Said | null {
  const { referenced = null } = hearing;
  const heard = hear(message, self, hearing);
  if (heard === null) return null;
  const { id, guildId, channelId, channel, author, reference } = message;
  return {
    ...{ ...heard, id, person: author.id, guild: guildId, channel: channelId },
    isConversation: channel.isThread() || channel.isDMBased(),
    home: homeOf(channel),
    replyTo: reference?.type === MessageReferenceType.Forward ? null : (reference?.messageId ?? null),
    pointedAt: heard.aside === "pointing" && referenced !== null && referenced.words !== "" ? referenced.words : null,
    post: channel.isThread() && channel.parent?.type === ChannelType.GuildForum ? channel.name : null,
  };
}

/** The channel that a thread is in. */
const homeOf = (channel: Message["channel"] | Interaction["channel"]): string | null =>
  channel?.isThread() ? channel.parentId : null;

/** What a message says: its own words, else those of the message that it forwards. */
export const textOf = ({ content, messageSnapshots }: Pick<Message, "content" | "messageSnapshots">): string =>
  wordsOf(content) || wordsOf(messageSnapshots.map((forwarded) => forwarded.content ?? "").join("\n"));

/** Where an interaction is responded to. */
export interface Addressed {
  readonly home: string | null;
  /** Whether the person may manage the server. */
  readonly isAdmin: boolean;
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
    home: homeOf(channel),
    isAdmin: interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false,
  };
}

/** Nobody can send a message that is empty, so one that comes without anything has it kept from the bot. */
const isEmpty = ({ content, attachments, stickers, poll, messageSnapshots }: Message): boolean =>
  content === "" && attachments.size === 0 && stickers.size === 0 && poll === null && messageSnapshots.size === 0;

/**
 * What somebody wrote, without mentions of people, roles, channels and commands, custom emoji and timestamps; what stands
 * between fences where nothing stands outside of them.
 */
export function wordsOf(content: string): string {
  const words = content.replace(/<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|\/[^:>]+:\d+)>/g, " ").trim();
  const parts = words.split(FENCE);
  const isFenced = parts.length > 1 && parts.every((part, at) => at % 2 === 1 || part.trim() === "");
  return isFenced
    ? parts
        .map((part) => part.replace(LANGUAGE, "").trim())
        .join("\n")
        .trim()
    : words;
}

const FENCE = "```";
/** The language that a fence may name in its own line. */
const LANGUAGE = /^[a-z0-9+#-]*\n/i;

/** What somebody wants by a command, a menu or a button. */
export type Wanted =
  | (Pick<Spot, "replyTo" | "isHidden"> & {
      readonly kind: "wish";
      readonly entry: string;
      readonly wish: Wish;
      /** Whom it is asked for: they are notified; null for nobody, and in hiding. */
      readonly forPerson: string | null;
    })
  /** What somebody wants of an answer of the bot's. */
  | { readonly kind: "delete" | "solved"; readonly answer: Standing }
  /** A hidden reply, for all to see. */
  | { readonly kind: "share"; readonly shown: unknown }
  | { readonly kind: "sources"; readonly isHidden: boolean }
  /** Places of the documents, or the sources of a reply. */
  | { readonly kind: "places" | "quotes"; readonly names: readonly string[] }
  | (Extract<Press, { readonly kind: "vote" }> & Told)
  | Extract<Press, { readonly kind: "why" }>
  | { readonly kind: "hear"; readonly receipt: string; readonly of: Told }
  | (Extract<Press, { readonly kind: "none" }> & Told)
  | { readonly kind: "privacy"; readonly deletes: boolean }
  | { readonly kind: "settings" }
  | { readonly kind: "setting"; readonly name: string; readonly values: readonly string[] }
  /** A message to answer that says nothing, a choice or button of documents that have changed, a command of nobody's. */
  | { readonly kind: "no text" | "expired" | "strange" };

/** A message of the bot's, as somebody points at it. */
export interface Standing {
  readonly message: string;
  readonly isOwn: boolean;
  /** Who used the command that it responds to; null where it responds to none. */
  readonly asker: string | null;
  /** The message that it replies to. */
  readonly question: string | null;
  /** Whether who points at it may delete messages of others. */
  readonly mayModerate: boolean;
  /** Its components. */
  readonly shown: unknown;
}

/** Whether only who asked sees what comes of it. */
export function isHidden(wanted: Wanted): boolean {
  if (wanted.kind === "wish" || wanted.kind === "sources") return wanted.isHidden;
  return wanted.kind !== "share";
}

/** @param places of the corpus that answers now: what names those of another one has expired */
export function readInteraction(interaction: Interaction, choices: Choices, places: Places): Wanted {
  if (interaction.isChatInputCommand()) return readCommand(interaction, choices);
  if (interaction.isButton()) return readButton(interaction, places);
  if (interaction.isStringSelectMenu() || interaction.isChannelSelectMenu()) {
    const name = settingOfMenu(interaction.customId);
    return name === null ? { kind: "strange" } : { kind: "setting", name, values: interaction.values };
  }
  if (!interaction.isMessageContextMenuCommand()) return { kind: "strange" };
  switch (interaction.commandName) {
    case ANSWER_THIS: {
      const question = textOf(interaction.targetMessage);
      if (question === "") return { kind: "no text" };
      const wish = { kind: "ask", question } as const;
      return { ...{ kind: "wish", entry: "answer this", wish }, replyTo: null, isHidden: false, forPerson: null };
    }
    case DELETE_ANSWER:
      return { kind: "delete", answer: standingOf(interaction) };
    case MARK_SOLVED:
      return { kind: "solved", answer: standingOf(interaction) };
    default:
      return { kind: "strange" };
  }
}

function standingOf({ applicationId, client, memberPermissions, targetMessage }: MessageContextMenuCommandInteraction) {
  const { id, author, components, interactionMetadata, reference } = targetMessage;
  return {
    ...{ message: id, isOwn: author.id === client.user.id || author.id === applicationId },
    ...{ asker: interactionMetadata?.user.id ?? null, question: reference?.messageId ?? null },
    mayModerate: memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false,
    shown: components.map((one) => one.toJSON()),
  };
}

function readCommand({ commandName, options }: ChatInputCommandInteraction, choices: Choices): Wanted {
  const isHidden = options.getBoolean("hide") ?? false;
  const read = (option: string, wishFor: (words: string) => Wish): Wanted => {
    const chosen = choices.questionOf(options.getString(option, true));
    if (chosen === null) return { kind: "expired" };
    const forPerson = isHidden || commandName !== "ask" ? null : (options.getUser("for")?.id ?? null);
    const wish = wishFor(wordsOf(chosen));
    return { kind: "wish", entry: `/${commandName}`, wish, replyTo: null, isHidden, forPerson };
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
    case "settings":
      return { kind: "settings" };
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
      const wish = { kind: "ask", question } as const;
      return { kind: "wish", entry: "button", wish, replyTo: message.id, isHidden, forPerson: null };
    }
    case "show":
      return { kind: "places", names: pressed.names };
    case "sources":
      return { kind: "quotes", names: pressed.names };
    case "share":
      return { kind: "share", shown: message.components.map((one) => one.toJSON()) };
    case "vote":
    case "none":
      return { ...pressed, ...here };
    case "why":
      return pressed;
    case "hear":
      return { ...pressed, of: pressed.of ?? here };
  }
}
