// A question to its one reply: claimed, within the limit, answered from the thread, posted, remembered, logged.

import { setImmediate as nextTurn } from "node:timers/promises";
import type { Engine } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import { type Log, logAnswered, logLimited } from "../shared/log.ts";
import type { Memory } from "../shared/memory.ts";
import { titleOf } from "../shared/names.ts";
import type { Limit } from "../shared/rate-limit.ts";
import type { SlackSettings } from "../shared/settings.ts";
import { NOTICE } from "../shared/wording.ts";
import { type Asked, askedOf } from "./buttons.ts";
import type { Conversation } from "./conversation.ts";
import { failureOf } from "./failure.ts";
import type { Place } from "./outgoing.ts";
import { renderReply, say } from "./render.ts";
import { frameOf, type Message, type View } from "./view.ts";

/** A question as it came in. */
export interface Inquiry {
  readonly entry: "mention" | "direct" | "follow-up" | "command" | "shortcut" | "button";
  /** What tells this delivery from another one: whoever claims all of them first, answers. */
  readonly claims: readonly string[];
  /** Workspace and user. */
  readonly person: string;
  readonly asked:
    | { readonly kind: "ask"; readonly question: string }
    | { readonly kind: "compare"; readonly topic: string };
  readonly conversation: Conversation;
  readonly lead: string | null;
  readonly isPrivate: boolean;
  /** Nobody asked the bot in so many words: it speaks only where it has something to say. */
  readonly isQuiet: boolean;
  readonly place: Place;
}

export interface Surroundings {
  readonly engine: Engine;
  readonly settings: SlackSettings;
  readonly memory: Memory;
  readonly limit: Limit;
  readonly log: Log;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Answers each inquiry once. */
export class Answering {
  private readonly frame: ReturnType<typeof frameOf>;
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly surroundings: Surroundings) {
    this.frame = frameOf(surroundings.engine.corpus, surroundings.settings.human);
  }

  async answer(inquiry: Inquiry): Promise<void> {
    const { settings, memory, limit, log, now } = this.surroundings;
    const start = now();
    const { asked, claims, place, entry, conversation, isQuiet } = inquiry;
    if (!(await this.isFirst(claims))) return;
    await this.myTurn();
    const { recalls } = conversation;
    const after = recalls === null || asked.kind === "compare" ? [] : await memory.threads.recall(recalls);
    const reply = await this.replyTo(asked.kind === "compare" ? asked : { ...asked, after });
    // What nobody asked of the bot counts for nobody's limit, unless it is answered.
    if (isQuiet && (reply.kind === "help" || reply.kind === "unknown")) return;
    const allowance = await limit.ask(inquiry.person);
    if (!allowance.ok) {
      logLimited(log, "slack", entry, allowance.retryAfterMs);
      return isQuiet ? undefined : place.whisper(say(NOTICE.limited(allowance.retryAfterMs)));
    }
    const carried = asked.kind === "compare" ? asked : askedOf(asked.question, after);
    await this.post(inquiry, renderReply(reply, await this.viewOf(carried, inquiry)));
    const question = asked.kind === "compare" ? asked.topic : asked.question;
    const remembered = asked.kind === "compare" ? titleOf(reply, this.frame.names) : question;
    if (remembered !== null)
      for (const thread of conversation.remembers) await memory.threads.remember(thread, remembered);
    logAnswered(log, settings, { platform: "slack", entry, question, reply, latencyMs: now() - start });
  }

  /** The reply to what was asked. */
  replyTo(asked: Asked): Promise<Reply> {
    const { engine } = this.surroundings;
    return asked.kind === "compare" ? engine.compare(asked.topic) : engine.answer(asked.question, asked.after);
  }

  async viewOf(asked: Asked, { isPrivate, lead }: Pick<View, "isPrivate" | "lead">): Promise<View> {
    const topics = asked.kind === "compare" ? await comparable(this.surroundings.engine, asked.topic) : [];
    return { ...this.frame, asked, topics, isPrivate, lead };
  }

  /** Claims every key, also after one was taken: each names the same message. */
  async isFirst(claims: readonly string[]): Promise<boolean> {
    const claimed = await Promise.all(claims.map((claim) => this.surroundings.memory.claims.claim(claim)));
    return claimed.every((first) => first);
  }

  private async post({ place, claims }: Inquiry, message: Message): Promise<void> {
    try {
      await place.post(message);
    } catch (error) {
      // Only where Slack said no can nothing have been posted: then a further delivery may try again.
      const { memory } = this.surroundings;
      if (failureOf(error).isRefusal) for (const claim of claims) await memory.claims.release(claim);
      throw error;
    }
  }

  /** One answer to a turn of the event loop: what others are waiting to hear acknowledged goes first. */
  private myTurn(): Promise<void> {
    this.turn = this.turn.then(() => nextTurn());
    return this.turn;
  }
}

/** What can be compared, in the words that ask for it, the closest to a phrase first. */
async function comparable(engine: Engine, phrase: string): Promise<string[]> {
  const [resolution] = (await engine.explain(phrase)).resolutions;
  const closest = resolution?.match?.topics.map(({ topic }) => topic.title) ?? [];
  const known = engine.offers.flatMap(({ comparison }) => comparison ?? []);
  return [...closest.filter((title) => known.includes(title)), ...known.filter((title) => !closest.includes(title))];
}
