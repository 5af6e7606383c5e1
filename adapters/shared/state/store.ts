// What a bot must not lose when its process ends: the port that SQLite and PostgreSQL implement, and its bounds.

import { OperatorError } from "../../../src/errors.ts";
import type { Channels, LoggedChange } from "../channels.ts";
import type { Claims, Threads, VoteReason, Votes } from "../memory.ts";
import type { Limit } from "../rate-limit.ts";

/** Everything that is kept. Every method rejects with a `StoreError` where the database can't be used just now. */
export interface Store {
  readonly outbox: Outbox;
  readonly claims: Claims;
  readonly threads: Threads;
  readonly votes: Votes;
  readonly channels: Channels;
  readonly leases: Leases;
  readonly counts: Counts;
  readonly replies: Replies;
  readonly waits: Waits;
  readonly inbox: Inbox;
  readonly reports: Reports;
  readonly care: Care;
  /** A limit shared by all processes. @param questionsPerMinute 0 for none */
  limit(questionsPerMinute: number): Limit;
  /** The clock that everything here is dated by, in milliseconds since 1970. */
  now(): number;
  /** Which database it is, for people; without a password. */
  readonly name: string;
  close(): Promise<void>;
}

/** Something that happened on a platform and is owed an answer. */
export interface Event {
  /** Tells it from every other event of every platform; the same for each delivery of it. */
  readonly key: string;
  /** Who answers such events, e.g. "slack". */
  readonly platform: string;
  /** What is needed to answer it, as JSON: users' words, so it is deleted once they are answered. */
  readonly body: string;
  /** Workspace and person, where the event has one. */
  readonly person: string | null;
  /** From when on the platform would not take an answer, or nobody would want one; null for never. */
  readonly expiresAt: number | null;
}

/** An event that one process works on. */
export interface TakenEvent extends Event {
  /** From 1; above 1 the answer may have been posted already, so it is looked for first. */
  readonly attempt: number;
  readonly acceptedAt: number;
  readonly holder: string;
}

/** An event that was given up. */
export interface DeadEvent extends Event {
  readonly attempts: number;
  readonly acceptedAt: number;
  /** What went wrong the last time. */
  readonly problem: string;
}

/** Events from before they are acknowledged until they are answered. */
export interface Outbox {
  /**
   * Keeps an event; it is safe to acknowledge it then, also against a loss of power.
   * @returns false where it was kept before, within a day
   */
  accept(event: Event): Promise<boolean>;
  /** The one that has waited longest, under a lease of `leaseMs`; null where none is due. */
  take(platform: string, holder: string): Promise<TakenEvent | null>;
  /** Makes the lease last anew. @returns false where another process has taken the event meanwhile */
  renew(event: TakenEvent): Promise<boolean>;
  /** The event is answered: its body is deleted, its key is kept for a day. @returns as `renew` */
  done(event: TakenEvent): Promise<boolean>;
  /**
   * It could not be answered; it is tried again after a growing wait.
   * @returns whether it is tried again; false after the last attempt, or where it is another's
   */
  failed(event: TakenEvent, problem: string): Promise<boolean>;
  /** The newest first. */
  dead(): Promise<readonly DeadEvent[]>;
  /** How many events are open, and how many given up. */
  depth(): Promise<{ readonly open: number; readonly dead: number }>;
}

/** A right that one process at a time has. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with every change of holder: what a paused holder still does can be told by its smaller one. */
  readonly token: number;
}

export interface Leases {
  /** Takes or prolongs a lease; null where somebody else holds it. */
  acquire(name: string, holder: string, forMs: number): Promise<Lease | null>;
  /** Whether nobody has held it since. */
  isCurrent(lease: Lease): Promise<boolean>;
  release(lease: Lease): Promise<void>;
}

/** A question that was answered, for reports; nothing of what was said. */
export interface Counted {
  readonly platform: string;
  /** What begins all keys of its workspace or server, e.g. "T1:"; "" for none. */
  readonly workspace: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly topic: string | null;
  readonly person: string;
  /** Ids of the documents that it cited. */
  readonly documents?: readonly string[];
  /** From the event's arrival to the posted reply. */
  readonly latencyMs?: number;
}

/** How often something was replied on one day (UTC), and to how many people. */
export interface DayCount extends Omit<Counted, "person" | "workspace" | "documents" | "latencyMs"> {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly replies: number;
  readonly people: number;
}

export interface Counts {
  add(counted: Counted): Promise<void>;
  /** The oldest first. @param day the first that counts, YYYY-MM-DD */
  since(day: string): Promise<readonly DayCount[]>;
}

/** How a reply helped nobody: it said nothing, only led, was voted down, or offered nothing of what was meant. */
export type MissKind = (typeof MISS_KINDS)[number];
export const MISS_KINDS = ["unknown", "leads", "voted-down", "no-option"] as const;

/** A reply to a question, of which people may say whether it helped. */
export interface Replied {
  /** Names it in its buttons; tells nothing of it. */
  readonly receipt: string;
  readonly platform: string;
  /** What begins all keys of its workspace or server; "" for none. */
  readonly workspace: string;
  readonly person: string;
  /** Scrubbed of what may name somebody; null where no words are kept. */
  readonly question: string | null;
  /** The earlier questions of its thread, scrubbed too, oldest first. */
  readonly after: readonly string[];
  readonly kind: string;
  readonly reason: string | null;
  readonly topic: string | null;
  /** Ids of the documents that it cited. */
  readonly documents: readonly string[];
  /** Equal for replies that say the same. */
  readonly substance: string;
  /** Null where it helps as far as can be told. */
  readonly missed: MissKind | null;
}

/** Replies for a day, so that a vote finds its question; those that missed for as long as votes. */
export interface Replies {
  /** A receipt that is known changes nothing. */
  record(replied: Replied): Promise<void>;
  /** Somebody meant none of the options that a reply offered. */
  meantNone(receipt: string): Promise<void>;
}

export type MissState = (typeof MISS_STATES)[number];
export const MISS_STATES = ["open", "assigned", "outside", "ignored"] as const;

/** A reply that helped nobody. */
export interface Miss extends Omit<Replied, "workspace" | "person" | "question"> {
  readonly question: string;
  readonly missed: MissKind;
  /** Why it was voted down, each reason once. */
  readonly reasons: readonly VoteReason[];
  readonly state: MissState;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How many want to hear when it is answered. */
  readonly waiting: number;
}

/** What an operator did about misses. */
export interface Fix {
  readonly id: string;
  readonly kind: "assigned" | "outside" | "ignored";
  /** Of the FAQ; null where it was left as it is. */
  readonly topic: string | null;
  /** What was done to the FAQ, as the command writes it; "" for nothing. */
  readonly edit: string;
  readonly receipts: readonly string[];
}

export interface Inbox {
  /** The oldest first; misses without words are left out. */
  misses(): Promise<readonly Miss[]>;
  /** Misses without words. */
  unkept(): Promise<number>;
  settle(fix: Fix): Promise<void>;
  /** What was done last; null for nothing, or where it is too long ago. */
  last(): Promise<Fix | null>;
  /** Its misses are open again. */
  undo(fix: Fix): Promise<void>;
}

/** Somebody who wants to hear when a question is answered. */
export interface Waiting {
  readonly receipt: string;
  readonly platform: string;
  readonly workspace: string;
  /** Hashed where it comes from the store. */
  readonly person: string;
  /** Where to tell them, as their platform's adapter writes it: the one place that names a person. */
  readonly address: string;
}

/** The same with what was asked, and what it got. */
export interface WaitingQuestion extends Waiting, Pick<Replied, "after" | "substance"> {
  readonly question: string;
}

export interface Waits {
  /** @returns false where the reply is not kept any more, or without its words */
  add(waiting: Waiting): Promise<boolean>;
  /** The oldest first. */
  list(platform: string): Promise<readonly WaitingQuestion[]>;
  /** They have heard, or are about to. */
  end(waiting: Pick<Waiting, "receipt" | "person">): Promise<void>;
}

/** Votes of one kind on replies of a topic that cited the same documents. */
export interface VoteCount {
  readonly value: "up" | "down";
  readonly reason: VoteReason | null;
  readonly topic: string | null;
  readonly documents: readonly string[];
  readonly votes: number;
}

/** How long replies of a kind and topic took. */
export interface Timed {
  readonly kind: string;
  readonly topic: string | null;
  readonly replies: number;
  readonly meanMs: number;
  readonly slowestMs: number;
}

/** What reports count; days are YYYY-MM-DD, UTC. */
export interface Reports {
  /** How often each document was cited, by id. */
  cited(day: string): Promise<ReadonlyMap<string, number>>;
  /** The slowest first. */
  slowest(day: string, limit: number): Promise<readonly Timed[]>;
  votes(day: string): Promise<readonly VoteCount[]>;
}

/** Everything that is kept about one person. */
export interface PersonRecord {
  readonly questions: readonly { readonly thread: string; readonly question: string; readonly at: string }[];
  readonly votes: readonly {
    readonly message: string;
    readonly value: string;
    readonly reason: string | null;
    readonly at: string;
  }[];
  readonly replies: readonly { readonly day: string; readonly kind: string; readonly count: number }[];
  /** Settings of channels that they changed. */
  readonly changes: readonly (Pick<LoggedChange, "channel"> & { readonly setting: string; readonly at: string })[];
  /** Questions whose reply can still be voted on, and those that it did not help. */
  readonly asked: readonly { readonly question: string; readonly missed: string | null; readonly at: string }[];
  /** Where they are to be told of what. */
  readonly hearing: readonly { readonly receipt: string; readonly address: string; readonly at: string }[];
  readonly waiting: readonly { readonly platform: string; readonly body: string; readonly at: string }[];
}

/** What was put in order. */
export interface Swept {
  /** Events whose answer would have come too late. */
  readonly expired: number;
  /** Events that no process got done in so many attempts. */
  readonly died: number;
}

/** Keeping no more than was said, for no longer than was said. */
export interface Care {
  /** Deletes what is too old; gives up what has expired. */
  sweep(): Promise<Swept>;
  recordOf(person: string): Promise<PersonRecord>;
  /** Deletes everything about a person. @returns how many entries there were */
  forget(person: string): Promise<number>;
  /** Deletes everything of a workspace or server. @param prefix what its keys begin with, e.g. "T1:" */
  forgetWorkspace(prefix: string): Promise<number>;
}

/** What a store is opened with. */
export interface StoreOptions {
  /** Secrets that people are hashed with, the one in use first; [] for one that the database keeps. */
  readonly keys: readonly string[];
  /** How long votes, counts and events that were given up are kept. */
  readonly keepDays: number;
  /** Milliseconds since 1970; by default the machine's, or PostgreSQL's where that is the database. */
  readonly now?: () => number;
  /** How long a taken event is one process's own; half a minute by default. */
  readonly leaseMs?: number;
}

export const LEASE_MS = 30_000;
export const ATTEMPTS_MAX = 5;
/** What would end in more than so many times its length was begun before the clock was set back. */
export const CLOCK_SET_BACK = 2;
/** The wait before the second attempt; every further one is four times as long. */
export const RETRY_MS = 1000;

export type Trouble =
  | "corrupt"
  | "truncated"
  | "orphaned"
  | "full"
  | "read-only"
  | "busy"
  | "away"
  | "refused"
  | "newer";

/** The database can't be used: one line that says what, where and what to do. */
export class StoreError extends OperatorError {
  constructor(
    readonly trouble: Trouble,
    what: string,
    remedy: string,
  ) {
    super(what, remedy);
  }
}
