// Brings a Discord message that is meant for the bot to the desk, and shows the outcome below it.

import { type REST, SnowflakeUtil } from "discord.js";
import type { Engine } from "../../src/engine.ts";
import { claimsOf, ONCE, type Turn } from "../shared/attend.ts";
import type { ChannelSettings, Channels } from "../shared/channels.ts";
import type { Desk } from "../shared/desk.ts";
import type { Claims } from "../shared/memory.ts";
import { clean } from "../shared/one-line.ts";
import { shorten } from "../shared/shorten.ts";
import { NOTICE } from "../shared/wording.ts";
import type { Answered } from "./answered.ts";
import type { Backlog } from "./backlog.ts";
import { channelKey, settingsAt } from "./channel-settings.ts";
import { keysOf, workspaceOf } from "./conversation.ts";
import type { Reader } from "./earlier.ts";
import type { Said } from "./inbound.ts";
import type { Card } from "./layout.ts";
import { THREAD_NAME_MAX } from "./limits.ts";
import { DISCORD_NOTICE } from "./notices.ts";
import { Below, isForbidden } from "./outgoing.ts";
import type { Reading } from "./reading.ts";
import { renderReply } from "./render.ts";
import { type View, viewAs, viewFor } from "./view.ts";

export interface MessageOptions {
  readonly desk: Desk;
  readonly viewOf: (engine: Engine) => View;
  readonly claims: Claims;
  readonly channels: Channels;
  readonly readBack: Reader;
  readonly backlog: Backlog;
  readonly rest: REST;
  /** Id of the bot's user. */
  readonly self: () => string;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
  readonly reading: Reading;
  readonly answered: Answered;
  /** Whether Discord shows the bot what is said without a mention. */
  readonly readsContent: boolean;
  /** Whether a mention in a channel is answered in a thread of its own. */
  readonly opensThreads: boolean;
}

/** How a message is answered. */
interface Asking {
  /** What another message asks; null for what the message asks itself. */
  readonly pointed: string | null;
  readonly own: ChannelSettings;
  /** Whether nobody asked the bot, and nothing that it answered is gone on with. */
  readonly isUnasked: boolean;
}

/** A burst gets one notice in so long. */
const BUSY_NOTICE_MS = 10_000;
/** A person gets one notice of a kind in so long. */
const PERSON_NOTICE_MS = 60_000;

/** So long a person is told once that a channel is closed to the bot. */
const FORBIDDEN_NOTICE_MS = 60 * 60 * 1000;
/** What was asked longer ago keeps its answer. */
const TAKEN_BACK_MS = 60 * 60 * 1000;

/** What the bot does on a message. */
export class Listener {
  private readonly begunAt: number;

  constructor(private readonly options: MessageOptions) {
    this.begunAt = options.now();
  }

  async hear(said: Said, turn: Turn): Promise<void> {
    const { answered, backlog } = this.options;
    // What was answered unasked may be put to the bot after that by an edit.
    if (answered.isGone(said.id) || (turn.attempt === 1 && answered.has(said.id))) return;
    const wasTaken = await backlog.run(said.channel, () => this.answer(said, turn));
    if (!wasTaken && said.entry !== "unasked" && (await this.isFirst(`busy:${said.channel}`, BUSY_NOTICE_MS)))
      await this.below(said, turn).notify(DISCORD_NOTICE.busy);
  }

  /** Tells who asked that there will be no answer, where they can be told; who did not ask is told nothing. */
  async apologise(said: Said, turn: Turn, error: unknown): Promise<void> {
    if (said.entry === "unasked") return;
    const below = this.below(said, turn);
    if (!isForbidden(error)) return below.notify(NOTICE.failed);
    if (await this.isFirst(`forbidden:${said.channel}:${said.person}`, FORBIDDEN_NOTICE_MS))
      await below.write(said.person, DISCORD_NOTICE.forbidden(said.channel));
  }

  /** Takes away what was answered to a message that is deleted; what is under way sees to it itself. */
  async takeBack(channel: string, id: string): Promise<void> {
    const { answered, rest, self, now } = this.options;
    const known = answered.remove(id);
    // Of what was asked before this process began only Discord knows the answer.
    const isOld = known === null && wasAskedBefore(id, this.begunAt, now());
    const below = new Below(rest, { id, channel }, ONCE, self());
    const answer = isOld ? await below.find(channel) : known;
    if (answer !== null) await below.remove(answer);
  }

  private async answer(said: Said, turn: Turn): Promise<void> {
    const { question, aside } = said;
    if (question === null) return this.notifyOnce(said, turn, "unheard", DISCORD_NOTICE.unheard);
    if (aside === "thanks") return this.notifyOnce(said, turn, aside, DISCORD_NOTICE.welcome);
    const own = await settingsAt(this.options.channels, said);
    if (aside === "stop") return this.hush(said, turn, own);
    const bidding = said.entry === "unasked" ? await this.unbidden(said, own) : "asked";
    if (bidding === null) return;
    const pointed = aside === "pointing" || question === "" ? await this.pointedAt(said) : null;
    if (aside === "pointing" && pointed === null)
      return this.notifyOnce(said, turn, "unreadable", DISCORD_NOTICE.unreadable);
    await this.ask(said, turn, { pointed, own, isUnasked: bidding === "unasked" });
  }

  private async ask(said: Said, turn: Turn, { pointed, own, isUnasked }: Asking): Promise<void> {
    const { desk, viewOf, readBack } = this.options;
    const { id, guild, channel, isConversation, person, replyTo, entry, question } = said;
    const asked = pointed ?? question ?? "";
    const opensThread = this.options.opensThreads && guild !== null && !isConversation;
    // A thread has the id of the message that it stands below.
    const spot = opensThread ? { channel: id, isConversation: true } : { channel, isConversation };
    const thread = opensThread ? shorten(clean(asked), THREAD_NAME_MAX).text || "Answer" : null;
    await desk.answer({
      audience: own.audience,
      isUnasked,
      entry,
      workspace: workspaceOf(guild),
      event: turn.key ?? `discord:message:${id}`,
      // After a lost connection Discord may send again what it has sent.
      claims: claimsOf(turn, [`discord:${entry === "unasked" ? "overheard" : "message"}:${id}`]),
      isAgain: turn.attempt > 1,
      person,
      wish: { kind: "ask", question: asked },
      isQuiet: entry === "unasked",
      keys: keysOf({ guild, ...spot, replyTo, isHidden: false }),
      readBack: readBack({ guild, ...spot, replyTo, isHidden: false, id }),
      outlet: {
        // Whose question it was is not seen from the reply alone.
        post: ({ reply, engine, receipt }) => {
          const view = { ...viewFor(viewAs(viewOf(engine), own), receipt), question: pointed };
          return this.post(said, turn, renderReply(reply, view), thread);
        },
        holdOff: (retryAfterMs) => this.notifyOnce(said, turn, "limit", NOTICE.limited(retryAfterMs)),
      },
    });
  }

  /** What a message without a mention is to the bot: null for nothing. */
  private async unbidden(said: Said, own: ChannelSettings): Promise<"follow-up" | "unasked" | null> {
    const { channels, desk, readBack } = this.options;
    const { id, guild, channel, isConversation } = said;
    const whole = `${workspaceOf(guild)}${channel}`;
    for (const key of new Set([whole, channelKey(said) ?? whole])) if (await channels.isHushed(key)) return null;
    if (own.followsUp === true && isConversation) {
      const lost = readBack({ guild, channel, isConversation, replyTo: null, isHidden: false, id });
      if ((await desk.recall(whole, lost)).length > 0) return "follow-up";
    }
    return own.answersUnasked ? "unasked" : null;
  }

  /** For a day, in this thread; outside of threads, in this channel. Who says so to the bot is told that it was heard. */
  private async hush(said: Said, turn: Turn, { answersUnasked, followsUp }: ChannelSettings): Promise<void> {
    const { guild, channel, entry } = said;
    if (guild !== null) await this.options.channels.hush(`${workspaceOf(guild)}${channel}`);
    if (entry === "unasked") return;
    const speaksUnbidden = answersUnasked || followsUp === true;
    await this.notifyOnce(said, turn, "stop", speaksUnbidden ? NOTICE.hushed : DISCORD_NOTICE.quiet);
  }

  private async post(said: Said, turn: Turn, card: Card, thread: string | null): Promise<string> {
    const below = this.below(said, turn);
    const answer = await below.answer(card, thread);
    if (!this.options.answered.add(said.id, answer)) await below.remove(answer);
    return answer.message;
  }

  /** What the message that is pointed at says: the one replied to, else the forum post, else the last one; null for none. */
  private async pointedAt({ aside, channel, id, pointedAt, post, replyTo }: Said): Promise<string | null> {
    const { reading, readsContent } = this.options;
    if (pointedAt !== null) return pointedAt;
    if (replyTo !== null) return aside === null ? null : reading.message(channel, replyTo);
    if (post !== null) {
      // A post's first message has the id of its thread.
      const body = readsContent ? await reading.message(channel, channel) : null;
      return [post, body ?? ""].filter((part) => part !== "").join("\n");
    }
    return readsContent ? reading.before(channel, id) : null;
  }

  private async notifyOnce(said: Said, turn: Turn, kind: string, notice: string): Promise<void> {
    if (await this.isFirst(`${kind}:${said.person}`, PERSON_NOTICE_MS)) await this.below(said, turn).notify(notice);
  }

  /** Whether this is the first of its kind in a while. */
  private isFirst(what: string, everyMs: number): Promise<boolean> {
    const { claims, now } = this.options;
    return claims.claim(`discord:${what}:${Math.floor(now() / everyMs)}`);
  }

  private below(said: Said, turn: Turn): Below {
    return new Below(this.options.rest, said, turn, this.options.self());
  }
}

/** Whether a message is of the hour before a time and older than that; an id says when it was made. */
function wasAskedBefore(id: string, begunAt: number, now: number): boolean {
  const askedAt = /^\d{15,21}$/.test(id) ? SnowflakeUtil.timestampFrom(id) : 0;
  return askedAt < begunAt && now - askedAt < TAKEN_BACK_MS;
}
