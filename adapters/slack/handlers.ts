// Brings every way into the bot to the desk, or to what else it asks for.

import type { webApi } from "@slack/bolt";
import type { Engine } from "../../src/engine.ts";
import { type Attend, claimsOf, ONCE, type Turn } from "../shared/attend.ts";
import type { Desk } from "../shared/desk.ts";
import { weekIn } from "../shared/loop/weekly.ts";
import type { Threads } from "../shared/memory.ts";
import type { Privacy } from "../shared/privacy.ts";
import type { SlackSettings } from "../shared/settings.ts";
import type { State } from "../shared/state/state.ts";
import { NOTICE } from "../shared/wording.ts";
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
import { messageOf, say, sections, within } from "./layout.ts";
import { inChannel, inResponse, type Place, type Respond } from "./outgoing.ts";
import { outletAt } from "./outlet.ts";
import { messageTo, readTold } from "./telling.ts";
import type { Views } from "./view.ts";

export interface HandlersOptions {
  readonly engine: () => Engine;
  readonly settings: SlackSettings;
  readonly desk: Desk;
  readonly pressing: Pressing;
  readonly threads: Threads;
  readonly viewsOf: (engine: Engine) => Views;
  readonly attend: Attend;
  readonly privacy: Privacy;
  /** Left out where nothing is kept. */
  readonly state: State | undefined;
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
      if (kind === "channel" && !(await this.followsUp(heard))) return;
      const wish = { kind: "ask", question } as const;
      await desk.answer({
        entry: kind === "channel" ? "follow-up" : kind,
        workspace: workspaceOf(team),
        event: turn.key ?? `event:${team}:${event}`,
        claims: claimsOf(turn, [`event:${team}:${event}`, `message:${team}:${channel}:${ts}`]),
        isAgain: turn.attempt > 1,
        person: `${team}:${person}`,
        wish,
        isQuiet: kind === "channel",
        keys: keysOf(team, channel, thread, root),
        outlet: outletAt(place, wish, { isPrivate: false, lead: null }, viewsOf),
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
      if (!this.isOpen(channel)) return place.whisper(say(NOTICE.elsewhere(settings.channels)));
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
        outlet: outletAt(place, wish, { isPrivate: true, lead: text === "" ? null : leadOf(command) }, viewsOf),
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
      const wish = { kind: "ask", question } as const;
      await desk.answer({
        entry: "shortcut",
        workspace: workspaceOf(team),
        event: turn.key ?? `trigger:${team}:${trigger}`,
        claims: claimsOf(turn, [`trigger:${team}:${trigger}`]),
        isAgain: turn.attempt > 1,
        person: `${team}:${person}`,
        wish,
        isQuiet: false,
        // It was said in the thread, so it may lean on that.
        keys: thread === null ? PRIVATE : { ...PRIVATE, recalls: threadKey(team, channel, thread) },
        outlet: outletAt(place, wish, { isPrivate: true, lead: `Answering the message: ${question}` }, viewsOf),
      });
    });
  }

  async press(body: unknown, respond: Respond | undefined, turn = ONCE): Promise<void> {
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
    await this.attend("button", here, turn, () => pressing.press(pressed, { here, everybody }, turn));
  }

  /** Tells somebody who waited for it that their question is answered. */
  async tell(body: unknown, turn = ONCE): Promise<void> {
    const told = readTold(body);
    if (told === null) return;
    const { client, engine, viewsOf } = this.options;
    const { channel, thread, person } = told.address;
    const place = inChannel(client, { channel, person, thread, root: thread, turn });
    await this.options.attend(
      "told",
      async () => {
        const answering = engine();
        const message = await messageTo(told, answering, viewsOf(answering));
        if (message !== null) await place.post(message);
      },
      // They expect nothing just now.
      async () => {},
      turn,
    );
  }

  /** Posts the week's report to the operators. */
  async report(turn = ONCE): Promise<void> {
    const { client, engine, settings, state } = this.options;
    const { reportChannel: channel } = settings;
    if (channel === null || state === undefined) return;
    const place = inChannel(client, { channel, person: "", thread: null, root: null, turn });
    await this.options.attend(
      "report",
      async () => {
        const lines = await weekIn(state, engine());
        if (lines !== null) await place.post(messageOf(sections(lines.map((line) => within(line)))));
      },
      async () => {},
      turn,
    );
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

  /** Whether a message without a mention goes on with something that was asked here. */
  private async followsUp({ team, channel, thread, isForBot }: Heard): Promise<boolean> {
    const { settings, threads } = this.options;
    if (thread === null || !isForBot || !settings.followUpChannels.includes(channel)) return false;
    return (await threads.recall(threadKey(team, channel, thread))).length > 0;
  }
}

/** Longer than any topic's name, and short enough for every button to carry. */
const TOPIC_LENGTH_MAX = 300;

const leadOf = ({ kind, text }: Command): string =>
  kind === "compare" ? `You asked to compare: ${text}` : `You asked: ${text}`;
