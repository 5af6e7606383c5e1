// Brings every way into the bot to the desk, or to what else it asks for.

import type { webApi } from "@slack/bolt";
import type { Engine } from "../../src/engine.ts";
import { asksForSilence } from "../../src/question/asking.ts";
import { type Attend, claimsOf, ONCE, type Turn } from "../shared/attend.ts";
import { type ChannelSettings, type Channels, UNSET } from "../shared/channels.ts";
import type { Desk } from "../shared/desk.ts";
import type { Threads } from "../shared/memory.ts";
import type { Privacy } from "../shared/privacy.ts";
import type { SlackSettings } from "../shared/settings.ts";
import { NOTICE } from "../shared/wording.ts";
import { type ChannelAdmin, channelKey, readChosen } from "./channel-settings.ts";
import { keysOf, PRIVATE, threadKey, workspaceOf } from "./conversation.ts";
import { prompts, renderHome } from "./home.ts";
import {
  type Command,
  type Heard,
  hear,
  readCommand,
  readHomeOpened,
  readPointed,
  readPress,
  readUninstalled,
} from "./inbound.ts";
import type { Pressing } from "./interactions.ts";
import { say } from "./layout.ts";
import { inChannel, inResponse, type Place, type Respond } from "./outgoing.ts";
import { outletAt } from "./outlet.ts";
import type { Seen, Views } from "./view.ts";

export interface HandlersOptions {
  readonly engine: () => Engine;
  readonly settings: SlackSettings;
  readonly desk: Desk;
  readonly pressing: Pressing;
  readonly threads: Threads;
  readonly viewsOf: (engine: Engine) => Views;
  readonly attend: Attend;
  readonly privacy: Privacy;
  readonly channels: Channels;
  readonly admin: ChannelAdmin;
  /** With the bot's token, for what isn't the response to something. */
  readonly client: webApi.WebClient;
}

/** What the app does on everything that Slack delivers. */
export class Handlers {
  constructor(private readonly options: HandlersOptions) {}

  async message(body: unknown, bot: string, turn = ONCE): Promise<void> {
    const heard = hear(body, bot);
    if (heard === null || !this.isOpen(heard.channel)) return;
    const { client, desk, viewsOf } = this.options;
    const { kind, team, channel, person, question, ts, thread, event } = heard;
    const root = thread ?? ts;
    const place = inChannel(client, { channel, person, thread, root, turn });
    await this.attend(kind, place, turn, async () => {
      const own = await this.settingsOf(team, channel);
      if (kind !== "direct" && asksForSilence(question)) return this.hush(heard, own, place);
      const entry = kind === "channel" ? await this.unmentioned(heard, own) : kind;
      if (entry === null) return;
      const wish = { kind: "ask", question } as const;
      await desk.answer({
        entry,
        ...{ isUnasked: entry === "unasked", audience: own.audience },
        workspace: workspaceOf(team),
        event: turn.key ?? `event:${team}:${event}`,
        claims: claimsOf(turn, [`event:${team}:${event}`, `message:${team}:${channel}:${ts}`]),
        isAgain: turn.attempt > 1,
        person: `${team}:${person}`,
        wish,
        isQuiet: kind === "channel",
        keys: keysOf(team, channel, thread, root),
        outlet: outletAt(place, wish, seenAs({ isPrivate: false, lead: null }, own), viewsOf),
      });
    });
  }

  async command(body: unknown, respond: Respond, turn = ONCE): Promise<void> {
    const command = readCommand(body);
    if (command === null) return;
    const { desk, settings, viewsOf } = this.options;
    const { kind, text, team, channel, person, trigger } = command;
    const place = inResponse(respond, { isPrivate: true, thread: null, root: null });
    await this.attend("command", place, turn, async () => {
      if (kind === "privacy") return this.tellPrivacy(command, place);
      if (kind === "settings") return place.whisper(await this.options.admin.show(command));
      if (!this.isOpen(channel)) return place.whisper(say(NOTICE.elsewhere(settings.channels)));
      const own = await this.settingsOf(team, channel);
      const wish =
        kind === "compare"
          ? ({ kind, topic: text.slice(0, TOPIC_LENGTH_MAX) } as const)
          : ({ kind, question: text } as const);
      await desk.answer({
        entry: "command",
        workspace: workspaceOf(team),
        event: turn.key ?? `trigger:${team}:${trigger}`,
        claims: claimsOf(turn, [`trigger:${team}:${trigger}`]),
        isAgain: turn.attempt > 1,
        person: `${team}:${person}`,
        wish,
        isQuiet: false,
        keys: PRIVATE,
        audience: own.audience,
        outlet: outletAt(
          place,
          wish,
          seenAs({ isPrivate: true, lead: text === "" ? null : leadOf(command) }, own),
          viewsOf,
        ),
      });
    });
  }

  /** @throws StoreError where what was kept can't be deleted just now */
  async left(body: unknown): Promise<void> {
    const team = readUninstalled(body);
    if (team !== null) await this.options.privacy.forgetWorkspace(workspaceOf(team));
  }

  private async tellPrivacy({ text, team, person }: Command, place: Place): Promise<void> {
    const { privacy } = this.options;
    const whose = `${team}:${person}`;
    const wantsDeletion = text.trim().toLowerCase() === "delete";
    await place.whisper(say(await (wantsDeletion ? privacy.forget(whose) : privacy.tell(whose))));
  }

  async shortcut(body: unknown, respond: Respond, bot: string, turn = ONCE): Promise<void> {
    const pointed = readPointed(body, bot);
    if (pointed === null) return;
    const { desk, settings, viewsOf } = this.options;
    const { team, channel, person, question, thread, trigger } = pointed;
    const place = inResponse(respond, { isPrivate: true, thread, root: thread });
    await this.attend("shortcut", place, turn, async () => {
      if (!this.isOpen(channel)) return place.whisper(say(NOTICE.elsewhere(settings.channels)));
      if (question === "") return place.whisper(say(NOTICE.noText));
      const own = await this.settingsOf(team, channel);
      const wish = { kind: "ask", question } as const;
      await desk.answer({
        entry: "shortcut",
        audience: own.audience,
        workspace: workspaceOf(team),
        event: turn.key ?? `trigger:${team}:${trigger}`,
        claims: claimsOf(turn, [`trigger:${team}:${trigger}`]),
        isAgain: turn.attempt > 1,
        person: `${team}:${person}`,
        wish,
        isQuiet: false,
        // It was said in the thread, so it may lean on that.
        keys: thread === null ? PRIVATE : { ...PRIVATE, recalls: threadKey(team, channel, thread) },
        outlet: outletAt(
          place,
          wish,
          seenAs({ isPrivate: true, lead: `Answering the message: ${question}` }, own),
          viewsOf,
        ),
      });
    });
  }

  async press(body: unknown, respond: Respond | undefined, turn = ONCE): Promise<void> {
    const chosen = readChosen(body);
    if (chosen !== null && respond !== undefined) {
      const place = inResponse(respond, { isPrivate: true, thread: null, root: null });
      return this.attend("setting", place, turn, async () => {
        const message = await this.options.admin.change(chosen);
        await respond({ ...message, replace_original: true, response_type: "ephemeral" });
      });
    }
    const pressed = readPress(body);
    if (pressed === null) return;
    const { client, pressing } = this.options;
    const { person, isPrivate, thread, message } = pressed;
    const root = isPrivate ? thread : (thread ?? message);
    // On the Home tab there is nothing to respond to, so the answer opens under Messages.
    const here =
      respond === undefined
        ? inChannel(client, { channel: person, person, thread: null, root: null, turn })
        : inResponse(respond, { isPrivate, thread, root });
    const everybody = respond === undefined ? here : inResponse(respond, { isPrivate: false, thread, root: thread });
    await this.attend("button", here, turn, async () => {
      const { team, channel } = pressed;
      const own = channel === null ? UNSET : await this.settingsOf(team, channel);
      await pressing.press(pressed, { here, everybody }, own, turn);
    });
  }

  async homeOpened(body: unknown): Promise<void> {
    const opened = readHomeOpened(body);
    if (opened === null) return;
    const { client, engine, settings } = this.options;
    const { person, channel, tab } = opened;
    await this.attend("home", null, ONCE, async () => {
      if (tab === "home") await client.views.publish({ user_id: person, view: renderHome(engine(), settings) });
      // Without `thread_ts`: under `agent_view` prompts stand above all threads, and with one the call does nothing.
      else await client.assistant.threads.setSuggestedPrompts({ channel_id: channel, prompts: prompts(engine()) });
    });
  }

  private isOpen(channel: string): boolean {
    const { channels } = this.options.settings;
    return channels.length === 0 || channel.startsWith("D") || channels.includes(channel);
  }

  private attend(entry: string, place: Place | null, turn: Turn, work: () => Promise<void>): Promise<void> {
    return this.options.attend(entry, work, async () => place?.whisper(say(NOTICE.failed)), turn);
  }

  private settingsOf(team: string, channel: string): Promise<ChannelSettings> {
    return this.options.channels.of(channelKey(team, channel));
  }

  /** What a message without a mention is to the bot: null for nothing. */
  private async unmentioned(
    { team, channel, thread, isForBot }: Heard,
    { followsUp, answersUnasked }: ChannelSettings,
  ): Promise<"follow-up" | "unasked" | null> {
    const { settings, threads, channels } = this.options;
    if (!isForBot) return null;
    const keys = [channelKey(team, channel), ...(thread === null ? [] : [threadKey(team, channel, thread)])];
    for (const key of keys) if (await channels.isHushed(key)) return null;
    const goesOn = thread !== null && (followsUp ?? settings.followUpChannels.includes(channel));
    if (goesOn && (await threads.recall(threadKey(team, channel, thread))).length > 0) return "follow-up";
    return answersUnasked ? "unasked" : null;
  }

  /** For a day, in this thread; at the top, in this channel. Who says so to the bot is told that it was heard. */
  private async hush(heard: Heard, { followsUp, answersUnasked }: ChannelSettings, place: Place): Promise<void> {
    const { kind, team, channel, thread } = heard;
    const { settings, channels } = this.options;
    const speaksUnbidden = answersUnasked || (followsUp ?? settings.followUpChannels.includes(channel));
    if (kind === "channel" && !speaksUnbidden) return;
    await channels.hush(thread === null ? channelKey(team, channel) : threadKey(team, channel, thread));
    if (kind === "mention") await place.whisper(say(NOTICE.hushed));
  }
}

/** Whom to ask may be the channel's own. */
const seenAs = (seen: Seen, { human }: ChannelSettings): Seen => (human === null ? seen : { ...seen, human });

/** Longer than any topic's name, and short enough for every button to carry. */
const TOPIC_LENGTH_MAX = 300;

const leadOf = ({ kind, text }: Command): string =>
  kind === "compare" ? `You asked to compare: ${text}` : `You asked: ${text}`;
