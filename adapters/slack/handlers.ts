// Brings every way into the bot to the desk, or to what else it asks for.

import type { webApi } from "@slack/bolt";
import type { Engine } from "../../src/engine.ts";
import { asideOf } from "../../src/question/aside.ts";
import { asks, asksForSilence } from "../../src/question/asking.ts";
import { type Attend, claimsOf, ONCE, type Turn, type Where } from "../shared/attend.ts";
import { type ChannelSettings, type Channels, UNSET } from "../shared/channels.ts";
import type { Desk, ReadBack } from "../shared/desk.ts";
import { weekIn } from "../shared/loop/weekly.ts";
import type { Claims } from "../shared/memory.ts";
import type { Privacy } from "../shared/privacy.ts";
import type { SlackSettings } from "../shared/settings.ts";
import type { State } from "../shared/state/state.ts";
import { NOTICE } from "../shared/wording.ts";
import { type ChannelAdmin, type Chosen, channelKey, readChosen } from "./channel-settings.ts";
import { keysOf, messageId, PRIVATE, threadKey, workspaceOf } from "./conversation.ts";
import { type Lost, readingBackFrom } from "./earlier.ts";
import { failureOf, RateLimited, REFUSED_TOKEN } from "./failure.ts";
import { prompts, renderHome } from "./home.ts";
import {
  type Command,
  type Deleted,
  type Heard,
  hear,
  readCommand,
  readDeleted,
  readHomeOpened,
  readPointed,
  readPress,
  readUninstalled,
} from "./inbound.ts";
import type { Pressing } from "./interactions.ts";
import type { Delivery } from "./kept.ts";
import { messageOf, say, sections, within } from "./layout.ts";
import { SLACK_NOTICE } from "./notices.ts";
import { type Answering, findAnswers, inChannel, inResponse, type Place, type Respond, type Way } from "./outgoing.ts";
import { outletAt } from "./outlet.ts";
import { readPointedAt } from "./reading.ts";
import { messageTo, readTold } from "./telling.ts";
import { seenAs, type Views } from "./view.ts";
import { inWindow } from "./window.ts";

export interface HandlersOptions {
  readonly engine: () => Engine;
  readonly settings: SlackSettings;
  readonly desk: Desk;
  readonly pressing: Pressing;
  readonly claims: Claims;
  readonly viewsOf: (engine: Engine) => Views;
  readonly attend: Attend;
  readonly privacy: Privacy;
  readonly channels: Channels;
  readonly admin: ChannelAdmin;
  /** Left out where nothing is kept. */
  readonly state: State | undefined;
  /** With the bot's token, for what isn't the response to something. */
  readonly way: Way;
  /** Reads conversations back, and nothing else. */
  readonly reader: webApi.WebClient;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A burst gets one notice in so long. */
const BUSY_NOTICE_MS = 60_000;

/** What the app does on everything that Slack delivers. */
export class Handlers {
  constructor(private readonly options: HandlersOptions) {}

  async message(body: unknown, bot: string, turn = ONCE): Promise<void> {
    const deleted = readDeleted(body);
    if (deleted !== null) return this.takeBack(deleted, turn);
    const heard = hear(body, bot);
    if (heard === null || !this.isOpen(heard.channel)) return;
    const { kind, team, channel, event } = heard;
    const place = this.placeOf(heard, turn);
    const where = { workspace: team, channel, event };
    await this.attend({ entry: kind, place, turn, where }, async () => {
      if (!(await this.isWelcome(heard, heard.kind === "channel" ? null : place))) return;
      const own = await this.settingsOf(team, channel);
      const readBack = this.readBack({ ...heard, isWhole: false, bot });
      const asked =
        kind === "channel"
          ? await this.overheard(heard, own, { place, readBack })
          : await this.addressed(heard, bot, place);
      if (asked !== null) await this.ask(heard, asked, { own, place, turn, readBack });
    });
  }

  /** Says that there is no time for an answer, where somebody asked for one. */
  async refuse({ kind, body, bot }: Delivery, respond: Respond | undefined): Promise<void> {
    const heard = kind === "message" && readDeleted(body) === null ? hear(body, bot) : null;
    const asked =
      heard?.kind === "channel" ? null : (heard ?? readCommand(body) ?? readPointed(body, bot) ?? readPress(body));
    if (asked === null) return;
    const { team, person } = asked;
    const { claims, now } = this.options;
    if (!(await claims.claim(`busy:${team}:${person}:${Math.floor(now() / BUSY_NOTICE_MS)}`))) return;
    const directly = this.directly(person, `${team}:busy`, ONCE);
    const spot = { isPrivate: true, thread: null, root: null };
    const place = respond === undefined ? directly : inResponse(this.options.way, respond, spot, directly);
    await this.attend({ entry: "refusal", place: null, turn: ONCE, where: { workspace: team } }, () =>
      (heard === null ? place : this.placeOf(heard, ONCE)).whisper(say(SLACK_NOTICE.busy)),
    );
  }

  private placeOf({ team, channel, person, thread, ts }: Heard, turn: Turn): Place {
    const answering = { id: messageId(team, channel, ts), asked: ts, turn };
    return inChannel(this.options.way, { channel, person, thread, root: thread ?? ts, answering });
  }

  private async ask(heard: Heard, asked: Asking, { own, place, turn, readBack }: AskingAt): Promise<void> {
    const { desk, viewsOf } = this.options;
    const { kind, team, channel, person, ts, thread, event } = heard;
    const wish = { kind: "ask", question: asked.question } as const;
    const name = kind === "channel" ? "overheard" : "message";
    await desk.answer({
      entry: kind === "channel" ? (asked.isUnasked ? "unasked" : "follow-up") : kind,
      isUnasked: asked.isUnasked,
      audience: own.audience,
      workspace: workspaceOf(team),
      event: turn.key ?? `event:${team}:${event}`,
      claims: claimsOf(turn, [`event:${team}:${event}`, `${name}:${team}:${channel}:${ts}`]),
      isAgain: turn.attempt > 1,
      person: `${team}:${person}`,
      wish,
      isQuiet: kind === "channel",
      keys: keysOf(team, channel, thread, thread ?? ts),
      readBack,
      outlet: outletAt(place, wish, seenAs({ isPrivate: false, lead: asked.lead }, own), viewsOf),
    });
  }

  /** What a message that speaks to the bot asks; null where it is told something else than a reply. */
  private async addressed(heard: Heard, bot: string, place: Place): Promise<Asking | null> {
    const { way, channels } = this.options;
    const { question, attached, kind, channel, thread, ts } = heard;
    const aside = asideOf(question);
    if (aside === "thanks" || aside === "stop") {
      if (aside === "stop") await channels.hush(quietKey(heard));
      await place.whisper(say(aside === "stop" ? NOTICE.hushed : SLACK_NOTICE.welcome));
      return null;
    }
    const pointsAtOthers = aside === "pointing" || (question === "" && (thread !== null || kind === "mention"));
    if (!pointsAtOthers || attached !== "") return { ...PLAIN, question };
    const pointed = await readPointedAt(way, { channel, thread, ts, bot });
    if (pointed !== null) return { ...PLAIN, question: pointed, lead: `In answer to: ${pointed}` };
    if (aside === null) return { ...PLAIN, question };
    await place.whisper(say(SLACK_NOTICE.unreadable));
    return null;
  }

  /**
   * What a message without a mention asks: where it goes on with something that was asked here, or where the channel wants
   * answers unasked; null where it does neither.
   */
  private async overheard(
    heard: Heard,
    { followsUp, answersUnasked }: ChannelSettings,
    { place, readBack }: { readonly place: Place; readonly readBack: ReadBack | undefined },
  ): Promise<Asking | null> {
    const { settings, desk, channels } = this.options;
    const { team, channel, thread, question } = heard;
    const goesOn = thread !== null && (followsUp ?? settings.followUpChannels.includes(channel));
    if (!goesOn && !answersUnasked) return null;
    const keys = new Set([channelKey(team, channel), quietKey(heard)]);
    for (const key of keys) if (await channels.isHushed(key)) return null;
    const isKnown = goesOn && (await desk.recall(threadKey(team, channel, thread), readBack)).length > 0;
    if (asksForSilence(question) && (isKnown || answersUnasked)) {
      await channels.hush(quietKey(heard));
      await place.whisper(say(NOTICE.hushed));
      return null;
    }
    if (!heard.isForBot || !asks(question)) return null;
    return isKnown || answersUnasked ? { ...PLAIN, question, isUnasked: !isKnown } : null;
  }

  /** Whether somebody is answered at all; who is not is told so once. */
  private async isWelcome(
    { team, channel, person, isExternal }: Pick<Heard, "team" | "channel" | "person" | "isExternal">,
    place: Place | null,
  ): Promise<boolean> {
    const { settings, claims } = this.options;
    if (!isExternal || settings.answersExternal) return true;
    if (place !== null && (await claims.claim(`external:${team}:${channel}:${person}`)))
      await place.whisper(say(SLACK_NOTICE.external));
    return false;
  }

  /** Takes away what was answered to a message that is deleted. */
  private async takeBack({ team, channel, ts, thread }: Deleted, turn: Turn): Promise<void> {
    const { way } = this.options;
    const where = { workspace: team, channel };
    await this.attend({ entry: "deletion", place: null, turn, where }, async () => {
      const answers = { channel, root: thread ?? ts, asked: ts, id: messageId(team, channel, ts) };
      for (const answer of (await findAnswers(way, answers)) ?? [])
        await way.calls.make(() => way.client.chat.delete({ channel, ts: answer }));
    });
  }

  async command(body: unknown, respond: Respond, turn = ONCE): Promise<void> {
    const command = readCommand(body);
    if (command === null) return;
    const { desk, settings, viewsOf } = this.options;
    const { kind, text, team, channel, person, trigger } = command;
    const spot = { isPrivate: true, thread: null, root: null };
    const place = inResponse(
      this.options.way,
      respond,
      spot,
      this.directly(person, `${team}:command:${trigger}`, turn),
    );
    const where = { workspace: team, channel, event: trigger };
    await this.attend({ entry: "command", place, turn, where }, async () => {
      if (kind === "privacy") return this.tellPrivacy(command, place);
      if (kind === "settings") return place.whisper(await this.options.admin.show(command));
      if (!this.isOpen(channel)) return place.whisper(say(NOTICE.elsewhere(settings.channels)));
      const own = await this.settingsOf(team, channel);
      const seen = seenAs({ isPrivate: true, lead: text === "" ? null : leadOf(command) }, own);
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
        outlet: outletAt(place, wish, seen, viewsOf),
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
    const { team, channel, person, question, ts, thread, trigger } = pointed;
    const spot = { isPrivate: true, thread, root: thread };
    const place = inResponse(
      this.options.way,
      respond,
      spot,
      this.directly(person, `${team}:shortcut:${trigger}`, turn),
    );
    const where = { workspace: team, channel, event: trigger };
    await this.attend({ entry: "shortcut", place, turn, where }, async () => {
      if (!(await this.isWelcome(pointed, place))) return;
      if (!this.isOpen(channel)) return place.whisper(say(NOTICE.elsewhere(settings.channels)));
      if (question === "") return place.whisper(say(NOTICE.noText));
      const own = await this.settingsOf(team, channel);
      const seen = seenAs({ isPrivate: true, lead: `Answering the message: ${question}` }, own);
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
        readBack: this.readBack({ team, channel, thread, ts, isWhole: true, bot }),
        outlet: outletAt(place, wish, seen, viewsOf),
      });
    });
  }

  async press(body: unknown, respond: Respond | undefined, turn = ONCE): Promise<void> {
    const chosen = readChosen(body);
    if (chosen !== null && respond !== undefined) return this.change(chosen, respond, turn);
    const pressed = readPress(body);
    if (pressed === null) return;
    const { way, pressing } = this.options;
    const { team, channel, person, isPrivate, thread, message, trigger, window } = pressed;
    const root = isPrivate ? thread : (thread ?? message);
    const directly = this.directly(person, `${team}:press:${trigger}`, turn);
    const inMessage = (isAlone: boolean, at: string | null): Place =>
      respond === undefined ? directly : inResponse(way, respond, { isPrivate: isAlone, thread, root: at }, directly);
    // What is pressed on the Home tab, or in a window, is answered in one.
    const here =
      window === undefined
        ? inMessage(isPrivate, root)
        : inWindow(way.client, way.calls, { trigger, window, otherwise: directly });
    const everybody = window === undefined ? inMessage(false, thread) : here;
    const where = { workspace: team, event: trigger, ...(channel === null ? {} : { channel }) };
    await this.attend({ entry: "button", place: here, turn, where }, async () => {
      if (!(await this.isWelcome({ ...pressed, channel: channel ?? person }, here))) return;
      const own = channel === null ? UNSET : await this.settingsOf(team, channel);
      await pressing.press(pressed, { here, everybody }, own, turn);
    });
  }

  private change(chosen: Chosen, respond: Respond, turn: Turn): Promise<void> {
    const { team, channel, person } = chosen;
    const { way } = this.options;
    const directly = this.directly(person, `${team}:settings`, turn);
    const place = inResponse(way, respond, { isPrivate: true, thread: null, root: null }, directly);
    return this.attend({ entry: "setting", place, turn, where: { workspace: team, channel } }, async () => {
      const message = await this.options.admin.change(chosen);
      await way.calls.make(() => respond({ ...message, replace_original: true, response_type: "ephemeral" }));
    });
  }

  /** Tells somebody who waited for it that their question is answered. */
  async tell(body: unknown, turn = ONCE): Promise<void> {
    const told = readTold(body);
    if (told === null) return;
    const { way, engine, viewsOf } = this.options;
    const { team, channel, thread, person } = told.address;
    const answering = { id: turn.key ?? `${team}:told:${person}`, asked: null, turn };
    const place = inChannel(way, { channel, person, thread, root: thread, answering });
    // They expect nothing just now, so nobody apologises.
    await this.attend({ entry: "told", place: null, turn, where: { workspace: team, channel } }, async () => {
      const current = engine();
      const message = await messageTo(told, current, viewsOf(current));
      if (message !== null) await place.post(message);
    });
  }

  /** Posts the week's report to the operators. */
  async report(turn = ONCE): Promise<void> {
    const { way, engine, settings, state } = this.options;
    const { reportChannel: channel } = settings;
    if (channel === null || state === undefined) return;
    const answering = { id: turn.key ?? "report", asked: null, turn };
    const place = inChannel(way, { channel, person: "", thread: null, root: null, answering });
    await this.attend({ entry: "report", place: null, turn, where: { channel } }, async () => {
      const lines = await weekIn(state, engine());
      if (lines !== null) await place.post(messageOf(sections(lines.map((line) => within(line)))));
    });
  }

  async homeOpened(body: unknown): Promise<void> {
    const opened = readHomeOpened(body);
    if (opened === null) return;
    const { way, engine, settings } = this.options;
    const { person, channel, tab } = opened;
    const { client, calls } = way;
    await this.attend({ entry: "home", place: null, turn: ONCE, where: { channel } }, async () => {
      if (tab === "home")
        await calls.make(() => client.views.publish({ user_id: person, view: renderHome(engine(), settings) }));
      // Without `thread_ts`: under `agent_view` prompts stand above all threads, and with one the call does nothing.
      else
        await calls.make(() =>
          client.assistant.threads.setSuggestedPrompts({ channel_id: channel, prompts: prompts(engine()) }),
        );
    });
  }

  /** Under Messages, where the bot can always write to a person. */
  private directly(person: string, id: string, turn: Turn): Place {
    const answering: Answering = { id, asked: null, turn };
    return inChannel(this.options.way, { channel: person, person, thread: null, root: null, answering });
  }

  private isOpen(channel: string): boolean {
    const { channels } = this.options.settings;
    return channels.length === 0 || channel.startsWith("D") || channels.includes(channel);
  }

  private attend(
    { entry, place, turn, where }: { entry: string; place: Place | null; turn: Turn; where: Where },
    work: () => Promise<void>,
  ): Promise<void> {
    const apologise = async (error: unknown): Promise<void> => {
      const { code } = failureOf(error);
      // With a dead token nobody can be told anything.
      if (REFUSED_TOKEN.has(code)) return;
      await place?.whisper(say(error instanceof RateLimited ? SLACK_NOTICE.busy : NOTICE.failed));
    };
    return this.options.attend(entry, work, apologise, turn, where);
  }

  private settingsOf(team: string, channel: string): Promise<ChannelSettings> {
    return this.options.channels.of(channelKey(team, channel));
  }

  /** What opens a thread in a channel has nothing before it. */
  private readBack(lost: Lost): ReadBack | undefined {
    if (lost.thread === null && !lost.channel.startsWith("D")) return undefined;
    return readingBackFrom(this.options.reader, lost);
  }
}

/** A question, and what is said of it where it is not on the screen. */
interface Asking {
  readonly question: string;
  readonly lead: string | null;
  /** Whether nobody put it to the bot. */
  readonly isUnasked: boolean;
}

const PLAIN = { lead: null, isUnasked: false };

/** Where a question is answered, and how that place is set. */
interface AskingAt {
  readonly own: ChannelSettings;
  readonly place: Place;
  readonly turn: Turn;
  readonly readBack: ReadBack | undefined;
}

/** Longer than any topic's name, and short enough for every button to carry. */
const TOPIC_LENGTH_MAX = 300;

/** Where somebody who wants quiet gets it: in this thread; at the top, in this channel. */
const quietKey = ({ team, channel, thread }: Heard): string =>
  thread === null ? channelKey(team, channel) : threadKey(team, channel, thread);

const leadOf = ({ kind, text }: Command): string =>
  kind === "compare" ? `You asked to compare: ${text}` : `You asked: ${text}`;
