// Reads what a person wants out of what Slack sends: parsed by zod, nothing in it trusted; null concerns nobody here.

import { z } from "zod";
import { asideOf } from "../../src/question/aside.ts";
import { type Pressed, readButton } from "./buttons.ts";
import { OPTION_VALUE_LENGTH_MAX } from "./limits.ts";
import { addresses, addressesOthers, asks, readMessage, textsIn } from "./text.ts";

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
  /** What is forwarded or attached, "" for nothing: what a message that only points at something points at. */
  readonly attached: string;
  /** Whether its author is of another organisation, in a channel shared with that. */
  readonly isExternal: boolean;
}

/** A message that its author took back. */
export interface Deleted {
  readonly team: string;
  readonly channel: string;
  readonly ts: string;
  /** The thread it stood in; null for one at the top. */
  readonly thread: string | null;
}

/** A slash command. */
export interface Command {
  readonly kind: "ask" | "compare" | "privacy";
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
  readonly isExternal: boolean;
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
  /** The window that holds the button, null for the Home tab; undefined for a message. */
  readonly window: string | null | undefined;
  readonly isExternal: boolean;
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
  const { channel, channel_type } = event;
  const changed = event.subtype === "message_changed";
  const said = spokenIn(changed ? event.message : event, bot);
  if (said === null) return null;
  // Of edits only those that address the bot are new to it.
  if (changed && (!addresses(said.text, bot) || addresses(textOf(event.previous_message), bot))) return null;
  // Where the bot hears all messages of a channel, a mention arrives twice, and either may be the first.
  const isMention = event.type === "app_mention" || addresses(said.text, bot);
  const kind = channel_type === "im" ? "direct" : isMention ? "mention" : "channel";
  if (said.isWorkflow && kind !== "mention") return null;
  const attached = readAttachments(said.attachments, bot);
  const written = readMessage(said.text, bot);
  // What only points at what is attached asks that.
  const asksAttached = attached !== "" && (written === "" || asideOf(written) === "pointing");
  const question = asksAttached ? attached : [written, attached].filter((part) => part !== "").join("\n");
  return {
    ...{ kind, event: event_id, team: team_id, channel, person: said.user, question, attached },
    ts: said.ts,
    thread: said.thread_ts ?? null,
    isForBot: asks(question) && !addressesOthers(said.text, bot),
    isExternal: isExternal(read.data, said),
  };
}

/** A message that was deleted, or that is gone but for its thread; null for anything else, and for what bots wrote. */
export function readDeleted(body: unknown): Deleted | null {
  const read = messageEvent.safeParse(body);
  if (!read.success) return null;
  const { team_id, event } = read.data;
  const isGone =
    event.subtype === "message_deleted" ||
    (event.subtype === "message_changed" && event.message?.subtype === "tombstone");
  const gone = event.previous_message;
  if (!isGone || gone?.ts === undefined || gone.bot_id !== undefined) return null;
  return { team: team_id, channel: event.channel, ts: gone.ts, thread: gone.thread_ts ?? null };
}

/** What somebody wrote, in whole; null for what no person did: bots, joins, and what is gone. */
function spokenIn(said: z.infer<typeof message> | undefined, bot: string) {
  const { user, ts, subtype, bot_id, bot_profile } = said ?? {};
  if (said === undefined || ts === undefined) return null;
  // A workflow speaks for whoever started it.
  const isWorkflow = bot_profile?.is_workflow_bot === true || said.workflow_id !== undefined;
  if (user === bot || user === "USLACKBOT") return null;
  if (bot_id !== undefined && !isWorkflow) return null;
  // A file or a thread's copy to the channel is still somebody's message.
  if (subtype !== undefined && !SPOKEN.has(subtype) && !(isWorkflow && subtype === "bot_message")) return null;
  const person = user ?? bot_id;
  return person === undefined ? null : { ...said, ts, user: person, text: textOf(said), isWorkflow };
}

/** Slack's own plain form of a message, else what its blocks say. */
const textOf = (said: z.infer<typeof message> | undefined): string =>
  said === undefined ? "" : said.text.trim() === "" ? textsIn(said.blocks).join(" ") : said.text;

/** Whether the author is of none of the organisations that the bot answers for. */
function isExternal(
  { team_id, enterprise_id, is_ext_shared_channel, authorizations }: z.infer<typeof messageEvent>,
  { user_team, source_team, team }: z.infer<typeof message>,
): boolean {
  const theirs = user_team ?? source_team ?? team;
  if (theirs === undefined || is_ext_shared_channel === false) return false;
  const ours = [team_id, enterprise_id, ...authorizations.flatMap((one) => [one.team_id, one.enterprise_id])];
  return !ours.includes(theirs);
}

/** The same of who used a shortcut or a button. */
const isOutside = ({ user, team, enterprise }: Pick<z.infer<typeof actionsBody>, "user" | "team" | "enterprise">) =>
  ![undefined, team?.id, enterprise?.id].includes(user.team_id);

/** What was forwarded or attached, in words; the previews that Slack makes of links are nobody's words. */
const readAttachments = (attachments: z.infer<typeof message>["attachments"], bot: string): string =>
  attachments
    .filter(({ is_share, is_msg_unfurl, from_url }) => is_share || is_msg_unfurl || from_url === undefined)
    .map(({ pretext, title, text, fallback }) =>
      [pretext, title, text === "" ? fallback : text]
        .map((part) => readMessage(part, bot))
        .filter((part) => part !== ""),
    )
    .map((parts) => parts.join("\n"))
    .filter((text) => text !== "")
    .join("\n");

/** Of a command's name. */
const kindOf = (command: string): Command["kind"] =>
  /privacy$/i.test(command) ? "privacy" : /compare$/i.test(command) ? "compare" : "ask";

/** The command's name may be prefixed where it collides, so only its end counts. */
export function readCommand(body: unknown): Command | null {
  const read = commandBody.safeParse(body);
  if (!read.success) return null;
  const { command, text, team_id, channel_id, user_id, trigger_id } = read.data;
  return {
    kind: kindOf(command),
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
    question: readPosted(message, bot),
    ts: message.ts,
    thread: message.thread_ts ?? null,
    trigger: trigger_id,
    isExternal: isOutside(read.data),
  };
}

/** What a message says, whoever wrote it, with what is forwarded in it. */
export const readPosted = (posted: unknown, bot: string): string => {
  const read = message.safeParse(posted);
  if (!read.success) return "";
  const parts = [readMessage(textOf(read.data), bot), readAttachments(read.data.attachments, bot)];
  return parts.filter((part) => part !== "").join("\n");
};

export function readPress(body: unknown): Press | null {
  const read = actionsBody.safeParse(body);
  if (!read.success) return null;
  const { team, channel, user, container, message, trigger_id, actions, view } = read.data;
  const [{ action_id, value, selected_option }] = actions;
  return {
    pressed: readButton(action_id, selected_option?.value ?? value),
    team: team?.id ?? user.team_id ?? "",
    channel: channel?.id ?? null,
    person: user.id,
    personName: user.name ?? user.username ?? "Somebody",
    message: container.message_ts ?? null,
    thread: message?.thread_ts ?? container.thread_ts ?? null,
    isPrivate: container.is_ephemeral,
    trigger: trigger_id,
    window: view === undefined ? (channel == null ? null : undefined) : view.type === "modal" ? view.id : null,
    isExternal: isOutside(read.data),
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

const SPOKEN = new Set(["file_share", "thread_broadcast"]);
const ATTACHMENTS_MAX = 20;

const id = z.string().min(1).max(64);
const ts = z.string().regex(/^\d+\.\d+$/);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const attachment = z.object({
  is_share: z.boolean().catch(false),
  is_msg_unfurl: z.boolean().catch(false),
  from_url: z.string().optional().catch(undefined),
  ...{ pretext: text.catch(""), title: text.catch(""), text: text.catch(""), fallback: text.catch("") },
});

/** A message, or what is left of one. */
const message = z.object({
  ...{ user: id.optional(), text, ts: ts.optional(), thread_ts: ts.optional(), subtype: z.string().optional() },
  ...{
    bot_id: z.string().optional(),
    bot_profile: z.object({ is_workflow_bot: z.unknown() }).optional().catch(undefined),
  },
  workflow_id: z.string().optional().catch(undefined),
  ...{ user_team: id.optional().catch(undefined), source_team: id.optional().catch(undefined) },
  team: id.optional().catch(undefined),
  blocks: z.array(z.unknown()).catch([]),
  attachments: z.array(attachment).max(ATTACHMENTS_MAX).catch([]),
});

const messageEvent = z.object({
  event_id: id,
  team_id: id,
  enterprise_id: id.nullish().catch(undefined),
  is_ext_shared_channel: z.boolean().optional().catch(undefined),
  authorizations: z.array(z.object({ team_id: id.nullish(), enterprise_id: id.nullish() })).catch([]),
  event: message.extend({
    type: z.enum(["app_mention", "message"]),
    channel: id,
    channel_type: z.string().optional(),
    message: message.optional(),
    previous_message: message.optional(),
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
const enterprise = z.object({ id }).nullish().catch(undefined);
const user = z.object({ id, name: z.string().optional(), username: z.string().optional(), team_id: id.optional() });

const shortcutBody = z.object({
  type: z.literal("message_action"),
  team,
  user,
  channel: z.object({ id }),
  message: message.extend({ ts }),
  enterprise,
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
  view: z.object({ id, type: z.string() }).optional().catch(undefined),
  enterprise,
  trigger_id: z.string().min(1),
  // Whatever an earlier version put there, the person is told.
  actions: z.tuple(
    [
      z.object({
        action_id: z.string().catch(""),
        value: z.string().catch(""),
        // Of a menu.
        selected_option: z
          .object({ value: z.string().max(OPTION_VALUE_LENGTH_MAX) })
          .nullish()
          .catch(null),
      }),
    ],
    z.unknown(),
  ),
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
