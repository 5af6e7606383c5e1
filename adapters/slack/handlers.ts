// Every way into the bot to an inquiry. The one place where whatever goes wrong is caught, logged and told.

import type { RespondFn, webApi } from "@slack/bolt";
import { NOTICE } from "../shared/wording.ts";
import type { Answering, Surroundings } from "./answering.ts";
import { conversationOf, PRIVATE, threadKey } from "./conversation.ts";
import { failureOf } from "./failure.ts";
import { prompts, renderHome } from "./home.ts";
import { type Command, type Heard, hear, readCommand, readHomeOpened, readPointed, readPress } from "./inbound.ts";
import type { Pressing } from "./interactions.ts";
import { inChannel, inResponse, type Place } from "./outgoing.ts";
import { say } from "./render.ts";

/** What the app does on everything that Slack delivers. */
export class Handlers {
  /** @param client with the bot's token, for what isn't the response to something */
  constructor(
    private readonly surroundings: Surroundings,
    private readonly answering: Answering,
    private readonly pressing: Pressing,
    private readonly client: webApi.WebClient,
  ) {}

  async message(body: unknown, bot: string): Promise<void> {
    const heard = hear(body, bot);
    if (heard === null || !this.isOpen(heard.channel)) return;
    const { kind, team, channel, person, question, ts, thread, event } = heard;
    const root = thread ?? ts;
    const place = inChannel(this.client, { channel, person, thread, root });
    await this.guarded(kind, place, async () => {
      if (kind === "channel" && !(await this.followsUp(heard))) return;
      await this.answering.answer({
        entry: kind === "channel" ? "follow-up" : kind,
        claims: [`event:${team}:${event}`, `message:${team}:${channel}:${ts}`],
        person: `${team}:${person}`,
        asked: { kind: "ask", question },
        conversation: conversationOf(team, channel, thread, root),
        lead: null,
        isPrivate: false,
        isQuiet: kind === "channel",
        place,
      });
    });
  }

  async command(body: unknown, respond: RespondFn): Promise<void> {
    const command = readCommand(body);
    if (command === null) return;
    const { kind, text, team, channel, person, trigger } = command;
    const place = inResponse(respond, { isPrivate: true, thread: null, root: null });
    await this.guarded("command", place, async () => {
      if (!this.isOpen(channel)) return place.whisper(say(NOTICE.elsewhere(this.surroundings.settings.channels)));
      await this.answering.answer({
        entry: "command",
        claims: [`trigger:${team}:${trigger}`],
        person: `${team}:${person}`,
        asked: kind === "compare" ? { kind, topic: text.slice(0, TOPIC_LENGTH_MAX) } : { kind, question: text },
        conversation: PRIVATE,
        lead: text === "" ? null : leadOf(command),
        isPrivate: true,
        isQuiet: false,
        place,
      });
    });
  }

  async shortcut(body: unknown, respond: RespondFn, bot: string): Promise<void> {
    const pointed = readPointed(body, bot);
    if (pointed === null) return;
    const { team, channel, person, question, thread, trigger } = pointed;
    const place = inResponse(respond, { isPrivate: true, thread, root: thread });
    await this.guarded("shortcut", place, async () => {
      if (!this.isOpen(channel)) return place.whisper(say(NOTICE.elsewhere(this.surroundings.settings.channels)));
      if (question === "") return place.whisper(say(NOTICE.noText));
      await this.answering.answer({
        entry: "shortcut",
        claims: [`trigger:${team}:${trigger}`],
        person: `${team}:${person}`,
        asked: { kind: "ask", question },
        // It was said in the thread, so it may lean on that.
        conversation: thread === null ? PRIVATE : { ...PRIVATE, recalls: threadKey(team, channel, thread) },
        lead: `Answering the message: ${question}`,
        isPrivate: true,
        isQuiet: false,
        place,
      });
    });
  }

  async press(body: unknown, respond: RespondFn | undefined): Promise<void> {
    const pressed = readPress(body);
    if (pressed === null) return;
    const { person, isPrivate, thread, message } = pressed;
    const root = isPrivate ? thread : (thread ?? message);
    // On the Home tab there is nothing to respond to, so the answer opens under Messages.
    const here =
      respond === undefined
        ? inChannel(this.client, { channel: person, person, thread: null, root: null })
        : inResponse(respond, { isPrivate, thread, root });
    const everybody = respond === undefined ? here : inResponse(respond, { isPrivate: false, thread, root: thread });
    await this.guarded("button", here, () => this.pressing.press(pressed, { here, everybody }));
  }

  async homeOpened(body: unknown): Promise<void> {
    const opened = readHomeOpened(body);
    if (opened === null) return;
    const { person, channel, tab } = opened;
    await this.guarded("home", null, async () => {
      if (tab === "home")
        await this.client.views.publish({
          user_id: person,
          view: renderHome(this.surroundings.engine, this.surroundings.settings),
        });
      // Without `thread_ts`: under `agent_view` prompts stand above all threads, and with one the call does nothing.
      else
        await this.client.assistant.threads.setSuggestedPrompts({
          channel_id: channel,
          prompts: prompts(this.surroundings.engine),
        });
    });
  }

  private isOpen(channel: string): boolean {
    const { channels } = this.surroundings.settings;
    return channels.length === 0 || channel.startsWith("D") || channels.includes(channel);
  }

  /** Does the work; what fails is logged with its remedy and told to the person where that is possible. */
  private async guarded(entry: string, place: Place | null, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { code, remedy } = failureOf(error);
      this.surroundings.log.error(
        { platform: "slack", entry, code, remedy, ...(code === "unexpected" ? { err: error } : {}) },
        "not answered",
      );
      await place?.whisper(say(NOTICE.failed)).catch((second: unknown) => {
        this.surroundings.log.warn(
          { platform: "slack", entry, code: failureOf(second).code },
          "the person could not be told",
        );
      });
    }
  }

  /** Whether a message without a mention goes on with something that was asked here. */
  private async followsUp({ team, channel, thread, isForBot }: Heard): Promise<boolean> {
    if (thread === null || !isForBot || !this.surroundings.settings.followUpChannels.includes(channel)) return false;
    return (await this.surroundings.memory.threads.recall(threadKey(team, channel, thread))).length > 0;
  }
}

/** Longer than any topic's name, and short enough for every button to carry. */
const TOPIC_LENGTH_MAX = 300;

const leadOf = ({ kind, text }: Command): string =>
  kind === "compare" ? `You asked to compare: ${text}` : `You asked: ${text}`;
