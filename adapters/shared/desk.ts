// Deals with a question from event to log: claims it, holds it to the limit, recalls, answers, posts, remembers, logs.

import { setImmediate as nextTurn } from "node:timers/promises";
import { type Engine, THREAD_QUESTIONS_MAX } from "../../src/engine.ts";
import type { Corpus } from "../../src/ingest/library.ts";
import type { Reply } from "../../src/reply.ts";
import type { Journal } from "./log.ts";
import { receiptOf } from "./loop/learning.ts";
import { type Memory, readingBack, type Vote } from "./memory.ts";
import type { Limit } from "./rate-limit.ts";

/** What somebody wants to be told. */
export type Wish =
  | { readonly kind: "ask"; readonly question: string }
  | { readonly kind: "compare"; readonly topic: string };

/** A wish as it came in, with the two ports of its platform. */
export interface Inquiry {
  /** The way it came in, e.g. "mention". */
  readonly entry: string;
  /** The delivery's name in the log, from its arrival to what was posted. */
  readonly event?: string;
  /** What begins all keys of its workspace or server; left out where there is none. */
  readonly workspace?: string;
  /** What tells this delivery from another one: whoever claims all of them first deals with it. */
  readonly claims: readonly string[];
  /** Whether it was begun before, by a process that may have ended amid it: it counts for nobody's limit again. */
  readonly isAgain?: boolean;
  /** Whose limit it counts for. */
  readonly person: string;
  readonly wish: Wish;
  /** Nobody asked the bot in so many words: it speaks only where it has something to say. */
  readonly isQuiet: boolean;
  /** Nobody asked the bot at all: it speaks only where it is surer than usual. */
  readonly isUnasked?: boolean;
  /** Whose documents may be shown besides everybody's; left out, all that the engine shows. */
  readonly audience?: readonly string[];
  readonly keys: Keys;
  /** Reads the thread that it may lean on, where memory has lost it; left out where the platform shows none. */
  readonly readBack?: ReadBack | undefined;
  readonly outlet: Outlet;
}

/** A question that was asked before, as the platform still shows it. */
export interface Earlier {
  readonly question: string;
  /** As in `Inquiry`. */
  readonly person: string;
}

/**
 * The questions that a platform still shows of a thread, the oldest first; those only that the bot took for its own, none
 * older than a day; [] also where it may not look. Null where it can't be looked just now. Never rejects and never takes
 * longer than somebody who waits for an answer would mind.
 */
export type ReadBack = () => Promise<readonly Earlier[] | null>;

/** Where it was asked, as keys of the memory's threads. */
export interface Keys {
  /** The thread whose questions it may lean on; null for none. */
  readonly recalls: string | null;
  /** The threads it is added to. */
  readonly remembers: readonly string[];
  /** The thread that begins below the message of this id, which answered it, with all that it leaned on; null for none. */
  readonly begins: ((message: string) => string) | null;
}

/** Where its outcome is shown. */
export interface Outlet {
  /** Shows the reply; returns the id of the message it became, null where the platform does not tell. */
  post(given: Given): Promise<string | null>;
  /** Tells the person alone how long to wait before asking again. */
  holdOff(retryAfterMs: number): Promise<void>;
}

/** A reply and what it was given to. */
export interface Given extends Told {
  /** The earlier questions of its thread, oldest first. */
  readonly after: readonly string[];
  /** What its thread remembers it by; null for nothing. */
  readonly remembered: string | null;
  /** What names it in its buttons; null where it is not kept, and for a comparison, which answers no question. */
  readonly receipt: string | null;
}

/** A reply, and who gave it: by now another engine may answer. */
export interface Told {
  readonly reply: Reply;
  readonly engine: Engine;
}

export interface DeskOptions {
  /** Asked anew for every wish: a corpus can be reloaded. */
  readonly engine: () => Engine;
  readonly memory: Memory;
  /** Null where everybody may ask as often as they like. */
  readonly limit: Limit | null;
  /** Null where nothing is logged. */
  readonly journal: Journal | null;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  /** Whether an error of `post` is the platform's no: then nothing was posted, and a further delivery may try again. */
  readonly isRefusal: (error: unknown) => boolean;
  /** Whether replies are kept under a receipt, for what people say of them; they are not by default. */
  readonly givesReceipts?: boolean;
}

/** Kinds of reply that answer nothing: what nobody asked of the bot is not worth one. */
const SAYS_NOTHING: ReadonlySet<Reply["kind"]> = new Set(["help", "unknown", "leads"]);

/** The one way in which every adapter deals with what it is asked. */
export class Desk {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: DeskOptions) {}

  /** @throws whatever memory, engine and outlet throw: the adapter's one catch tells the person */
  async answer(inquiry: Inquiry): Promise<void> {
    const { limit, journal, now } = this.options;
    const { entry, event, workspace, claims, person, wish, isQuiet, keys, outlet } = inquiry;
    const startedAt = now();
    if (!(await this.isFirst(claims))) return;
    const allowance = inquiry.isAgain ? undefined : await limit?.ask(person);
    if (allowance?.ok === false) {
      journal?.limited({ entry, event, retryAfterMs: allowance.retryAfterMs });
      if (!isQuiet) await outlet.holdOff(allowance.retryAfterMs);
      return;
    }
    const after = keys.recalls === null ? [] : await this.recall(keys.recalls, inquiry.readBack);
    await this.myTurn();
    const engine = await this.engineFor(inquiry.audience);
    const reply = await (inquiry.isUnasked === true ? unasked(engine, wish, after) : replyFrom(engine, wish, after));
    // What nobody asked of the bot counts for nobody's limit, unless it is answered.
    if (reply === null || (isQuiet && SAYS_NOTHING.has(reply.kind))) return limit?.release(person);
    const remembered = wish.kind === "ask" ? wish.question : titleOf(reply, engine.corpus);
    const receipt = this.receiptFor(inquiry);
    const message = await this.post(inquiry, { reply, engine, after, remembered, receipt });
    if (remembered !== null) await this.remember(inquiry, message, remembered);
    journal?.answered({
      entry,
      event,
      workspace,
      person,
      question: wordsOf(wish),
      after,
      receipt,
      reply,
      latencyMs: now() - startedAt,
    });
  }

  /**
   * The earlier questions of a thread, the oldest first: as they are remembered, else as the platform still shows them. What
   * was read back is remembered, and a thread is looked for once a day.
   */
  async recall(thread: string, readBack: ReadBack | undefined): Promise<readonly string[]> {
    const { threads, claims } = this.options.memory;
    const remembered = await threads.recall(thread);
    if (remembered.length > 0 || readBack === undefined) return remembered;
    if (!(await claims.claim(readingBack(thread)))) return remembered;
    const found = await readBack();
    if (found === null) await claims.release(readingBack(thread));
    const earlier = (found ?? []).slice(-THREAD_QUESTIONS_MAX);
    for (const { question, person } of earlier) await threads.remember(thread, question, person);
    return earlier.map(({ question }) => question);
  }

  /** The reply to a wish again: it counts for nobody's limit and is remembered nowhere. */
  async reply(wish: Wish, after: readonly string[], audience?: readonly string[]): Promise<Told> {
    await this.myTurn();
    const engine = await this.engineFor(audience);
    return { reply: await replyFrom(engine, wish, after), engine };
  }

  /** Whose eyes the documents are seen with. */
  private async engineFor(audience: readonly string[] | undefined): Promise<Engine> {
    const engine = this.options.engine();
    return audience === undefined ? engine : engine.viewFor(audience);
  }

  /** Claims every key, also after one was taken: each names the same delivery. */
  async isFirst(claims: readonly string[]): Promise<boolean> {
    const claimed = await Promise.all(claims.map((claim) => this.options.memory.claims.claim(claim)));
    return claimed.every((isFirst) => isFirst);
  }

  /** Counts a vote, and logs it. */
  async vote(vote: Vote): Promise<void> {
    await this.options.memory.votes.cast(vote);
    this.options.journal?.voted(vote);
  }

  private receiptFor({ wish, event, claims: [first] }: Inquiry): string | null {
    const name = event ?? first;
    return this.options.givesReceipts === true && wish.kind === "ask" && name !== undefined ? receiptOf(name) : null;
  }

  private async post({ claims, outlet }: Inquiry, given: Given): Promise<string | null> {
    try {
      return await outlet.post(given);
    } catch (error) {
      const { isRefusal, memory } = this.options;
      if (isRefusal(error)) for (const claim of claims) await memory.claims.release(claim);
      throw error;
    }
  }

  private async remember({ keys, person }: Inquiry, message: string | null, question: string): Promise<void> {
    const { threads } = this.options.memory;
    const { recalls, remembers, begins } = keys;
    for (const thread of remembers) await threads.remember(thread, question, person);
    if (begins === null || message === null) return;
    if (recalls !== null) await threads.branch(recalls, begins(message));
    await threads.remember(begins(message), question, person);
  }

  /** One answer to a turn of the event loop: what others are waiting to hear acknowledged goes first. */
  private myTurn(): Promise<unknown> {
    this.turn = this.turn.then(() => nextTurn());
    return this.turn;
  }
}

const replyFrom = (engine: Engine, wish: Wish, after: readonly string[]): Promise<Reply> =>
  wish.kind === "ask" ? engine.answer(wish.question, after) : engine.compare(wish.topic);

const unasked = async (engine: Engine, wish: Wish, after: readonly string[]): Promise<Reply | null> =>
  wish.kind === "ask" ? engine.answerUnasked(wish.question, after) : null;

/** A wish in the words it was put in. */
export const wordsOf = (wish: Wish): string => (wish.kind === "ask" ? wish.question : wish.topic);

/**
 * The question that a comparison is remembered by; null where no topic was compared. The next question may lean on it,
 * and a topic's title asked alone is its comparison.
 */
const titleOf = ({ reading }: Reply, { faq }: Corpus): string | null =>
  faq.topics.find(({ id }) => id === reading.topic)?.title ?? null;
