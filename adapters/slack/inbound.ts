// Reads what a person wants out of what Slack sends: parsed by zod, nothing in it trusted; null concerns nobody here.

import { z } from "zod";
import { asks } from "../../src/question/asking.ts";
import { type Pressed, readButton } from "./buttons.ts";

/** A message that somebody wrote. */
export interface Heard {
  readonly kind: "mention" | "direct" | "channel";
  readonly event: string;
  readonly team: string;
  readonly channel: string;
  readonly person: string;
  readonly question: string;
  readonly ts: string;
  /** The thread it was written in; null at the top of a channel. */
  readonly thread: string | null;
  /** Whether something is asked, and of nobody else than the bot. */
  readonly isForBot: boolean;
}

/** A slash command. */
export interface Command {
  readonly kind: "ask" | "compare" | "privacy" | "settings";
  readonly name: string;
  readonly text: string;
  readonly team: string;
  readonly channel: string;
  readonly person: string;
  readonly trigger: string;
}

/** A message that the shortcut was used on. */
export interface Pointed {
  readonly team: string;
  readonly channel: string;
  readonly person: string;
  readonly question: string;
  readonly ts: string;
  readonly thread: string | null;
  readonly trigger: string;
}

/** A button that somebody pressed; `pressed` is null for one that is not ours any more. */
export interface Press {
  readonly pressed: Pressed | null;
  readonly team: string;
  /** Null on the Home tab. */
  readonly channel: string | null;
  readonly person: string;
  readonly personName: string;
  /** The message that holds the button; null on the Home tab. */
  readonly message: string | null;
  readonly thread: string | null;
  /** Whether only this person sees the message. */
  readonly isPrivate: boolean;
  readonly trigger: string;
}

export interface HomeOpened {
  readonly person: string;
  readonly channel: string;
  readonly tab: "home" | "messages";
}

/** @param bot id of the bot's own user */
export function hear(body: unknown, bot: string): Heard | null {
  const read = messageEvent.safeParse(body);
  if (!read.success) return null;
  const { event_id, team_id, event } = read.data;
  const { channel, user, text, ts, thread_ts, channel_type } = event;
  // Bots, joins, edits and deletions all say so; a file or a thread's copy to the channel is still somebody's message.
  if (event.bot_id !== undefined || event.edited !== undefined || user === bot || user === "USLACKBOT") return null;
  if (event.subtype !== undefined && !SPOKEN.has(event.subtype)) return null;
  // Where the bot hears all messages of a channel, a mention arrives twice, and either may be the first.
  const isMention = event.type === "app_mention" || addresses(text, bot);
  const kind = channel_type === "im" ? "direct" : isMention ? "mention" : "channel";
  const question = readMessage(text, bot);
  return {
    kind,
    event: event_id,
    team: team_id,
    channel,
    person: user,
    question,
    ts,
    thread: thread_ts ?? null,
    isForBot: asks(question) && !addressesOthers(text, bot),
  };
}

/** Of a command's name; `/footnote settings` is the one that is told by what follows. */
const kindOf = (command: string, text: string): Command["kind"] =>
  /settings$/i.test(command) || (/^\/footnote$/i.test(command) && /^\s*(?:settings)?\s*$/i.test(text))
    ? "settings"
    : /privacy$/i.test(command)
      ? "privacy"
      : /compare$/i.test(command)
        ? "compare"
        : "ask";

/** The command's name may be prefixed where it collides, so only its end counts. */
export function readCommand(body: unknown): Command | null {
  const read = commandBody.safeParse(body);
  if (!read.success) return null;
  const { command, text, team_id, channel_id, user_id, trigger_id } = read.data;
  return {
    kind: kindOf(command, text),
    name: command,
    text: readMessage(text),
    team: team_id,
    channel: channel_id,
    person: user_id,
    trigger: trigger_id,
  };
}

export function readPointed(body: unknown, bot: string): Pointed | null {
  const read = shortcutBody.safeParse(body);
  if (!read.success) return null;
  const { team, channel, user, message, trigger_id } = read.data;
  return {
    team: team?.id ?? user.team_id ?? "",
    channel: channel.id,
    person: user.id,
    question: readMessage(message.text, bot),
    ts: message.ts,
    thread: message.thread_ts ?? null,
    trigger: trigger_id,
  };
}

export function readPress(body: unknown): Press | null {
  const read = actionsBody.safeParse(body);
  if (!read.success) return null;
  const { team, channel, user, container, message, trigger_id, actions } = read.data;
  const [{ action_id, value }] = actions;
  return {
    pressed: readButton(action_id, value),
    team: team?.id ?? user.team_id ?? "",
    channel: channel?.id ?? null,
    person: user.id,
    personName: user.name ?? user.username ?? "Somebody",
    message: container.message_ts ?? null,
    thread: message?.thread_ts ?? container.thread_ts ?? null,
    isPrivate: container.is_ephemeral,
    trigger: trigger_id,
  };
}

export function readHomeOpened(body: unknown): HomeOpened | null {
  const read = homeEvent.safeParse(body);
  if (!read.success) return null;
  const { user, channel, tab } = read.data.event;
  return { person: user, channel, tab };
}

/** The workspace that the bot was removed from; null for anything else. */
export function readUninstalled(body: unknown): string | null {
  const read = uninstalledEvent.safeParse(body);
  return read.success ? read.data.team_id : null;
}

/**
 * What a person wrote, in words: Slack's markup and emoji read away, its escapes undone.
 * https://docs.slack.dev/messaging/formatting-message-text/
 * @param bot id of the bot's user, whose mention says only that it is addressed
 */
export const readMessage = (text: string, bot: string | null = null): string =>
  text
    .replace(/[^\S\n]*<@([A-Z0-9]+)(?:\|([^<>]*))?>(?=([\s,.;:!?]?))/g, (_, id: string, name = "", stop: string) =>
      id === bot || name === "" ? " ".slice(stop.length) : ` ${name}`,
    )
    .replace(/<#[A-Z0-9]+\|([^<>]*)>/g, "#$1")
    .replace(/<!(?:subteam|date)\^[^<>|]*\|([^<>]*)>/g, "$1")
    .replace(/<(?:#[A-Z0-9]+|![^<>]*)>/g, " ")
    .replace(/<(?:https?|mailto|tel):[^<>|]*\|([^<>]*)>/g, "$1")
    .replace(/<((?:https?|mailto|tel):[^<>|]*)>/g, "$1")
    .replace(/[^\S\n]?(?<!\w):(?:[a-z][\w+-]*|[+-]1|100):(?::skin-tone-\d:)?(?!\w)/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();

/** Whether a message mentions the bot. */
export const addresses = (text: string, bot: string): boolean =>
  text.includes(`<@${bot}>`) || text.includes(`<@${bot}|`);

/** Whether a message addresses somebody other than the bot. */
export const addressesOthers = (text: string, bot: string): boolean =>
  [...text.matchAll(/<(?:@([A-Z0-9]+)|!(?:here|channel|everyone|subteam))/g)].some(([, id]) => id !== bot);

const SPOKEN = new Set(["file_share", "thread_broadcast"]);

const id = z.string().min(1).max(64);
const ts = z.string().regex(/^\d+\.\d+$/);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const messageEvent = z.object({
  event_id: id,
  team_id: id,
  event: z.object({
    type: z.enum(["app_mention", "message"]),
    channel: id,
    channel_type: z.string().optional(),
    user: id,
    text,
    ts,
    thread_ts: ts.optional(),
    subtype: z.string().optional(),
    bot_id: z.string().optional(),
    edited: z.unknown().optional(),
  }),
});

const commandBody = z.object({
  command: z.string().max(100),
  text,
  team_id: id,
  channel_id: id,
  user_id: id,
  trigger_id: z.string().min(1),
});

const team = z.object({ id }).nullish();
const user = z.object({ id, name: z.string().optional(), username: z.string().optional(), team_id: id.optional() });

const shortcutBody = z.object({
  type: z.literal("message_action"),
  team,
  user,
  channel: z.object({ id }),
  message: z.object({ text, ts, thread_ts: ts.optional() }),
  trigger_id: z.string().min(1),
});

const actionsBody = z.object({
  type: z.literal("block_actions"),
  team,
  user,
  channel: z.object({ id }).optional(),
  container: z.object({
    message_ts: ts.optional(),
    thread_ts: ts.optional(),
    is_ephemeral: z.boolean().default(false),
  }),
  message: z.object({ thread_ts: ts.optional() }).optional(),
  trigger_id: z.string().min(1),
  // Whatever an earlier version put there, the person is told.
  actions: z.tuple([z.object({ action_id: z.string().catch(""), value: z.string().catch("") })], z.unknown()),
});

const uninstalledEvent = z.object({ team_id: id, event: z.object({ type: z.literal("app_uninstalled") }) });

const homeEvent = z.object({
  event: z.object({
    type: z.literal("app_home_opened"),
    user: id,
    channel: id,
    tab: z.enum(["home", "messages"]).default("home"),
  }),
});
