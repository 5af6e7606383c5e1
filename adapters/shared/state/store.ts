// What a bot must not lose when its process ends: the port that SQLite and PostgreSQL implement, and its bounds.

import { OperatorError } from "../../../src/errors.ts";
import type { Channels, LoggedChange } from "../channels.ts";
import type { Claims, Threads, Votes } from "../memory.ts";
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
}

/** How often something was replied on one day (UTC), and to how many people. */
export interface DayCount extends Omit<Counted, "person" | "workspace"> {
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

/** Everything that is kept about one person. */
export interface PersonRecord {
  readonly questions: readonly { readonly thread: string; readonly question: string; readonly at: string }[];
  readonly votes: readonly { readonly message: string; readonly value: string; readonly at: string }[];
  readonly replies: readonly { readonly day: string; readonly kind: string; readonly count: number }[];
  /** Settings of channels that they changed. */
  readonly changes: readonly (Pick<LoggedChange, "channel"> & { readonly setting: string; readonly at: string })[];
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
