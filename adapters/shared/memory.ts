// What a chat adapter must remember between messages: threads, claims and votes. Bounded, in memory; a durable store
// fits the same ports.

import { LRUCache } from "lru-cache";
import { THREAD_QUESTIONS_MAX } from "../../src/engine.ts";

/** The earlier questions of a thread. Keys name workspace, channel and thread, so nothing crosses channels. */
export interface Threads {
  /** The thread's last questions, oldest first, at most ten; [] for one that is unknown or a day old. */
  recall(key: string): Promise<readonly string[]>;
  /**
   * Adds a question to the thread's end.
   * @param person who asked, so that it can be deleted for them; left out where nobody can tell
   */
  remember(key: string, question: string, person?: string): Promise<void>;
  /** Adds all of a thread to another one's end. */
  branch(from: string, to: string): Promise<void>;
}

/** The claim of whoever looks whether a platform still shows the questions of a thread that memory knows nothing of. */
export const readingBack = (thread: string): string => `read back:${thread}`;

/** Who is first to handle an event: platforms deliver more than once. */
export interface Claims {
  /** True for the first claim of a key within a day, false for every further one. */
  claim(key: string): Promise<boolean>;
  /** Gives a claim back when handling failed before anything was posted, so that a retry is handled. */
  release(key: string): Promise<void>;
}

export interface Vote {
  /** The message that was voted on. */
  readonly message: string;
  readonly person: string;
  readonly value: "up" | "down";
  readonly topic: string | null;
  /** Why it was voted down; left out until that is said. */
  readonly reason?: VoteReason;
  /** The reply's, where it was given one. */
  readonly receipt?: string;
}

/** What was wrong with a reply. */
export type VoteReason = (typeof VOTE_REASONS)[number];
export const VOTE_REASONS = ["wrong", "incomplete", "out-of-date", "not-asked"] as const;

/** A person's last vote on a message counts. */
export interface Votes {
  cast(vote: Vote): Promise<void>;
  /** How many stand for and against a message. */
  tally(message: string): Promise<{ readonly up: number; readonly down: number }>;
}

export interface Memory {
  readonly threads: Threads;
  readonly claims: Claims;
  readonly votes: Votes;
}

export const ENTRIES_MAX = 10_000;
export const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Memory of one process: at most 10,000 entries of each kind, the least recently used out first, each for a day.
 * @param now the clock, in milliseconds
 */
export function createMemory(now: () => number): Memory {
  // `ttlResolution: 0` asks the clock each time instead of trusting a timer's cached value.
  const bounded = { max: ENTRIES_MAX, ttl: KEPT_MS, ttlResolution: 0, perf: { now } };
  const threads = new LRUCache<string, readonly string[]>(bounded);
  const claims = new LRUCache<string, true>(bounded);
  const votes = new LRUCache<string, ReadonlyMap<string, Vote["value"]>>(bounded);
  const add = (key: string, questions: readonly string[]): void => {
    threads.set(key, [...(threads.get(key) ?? []), ...questions].slice(-THREAD_QUESTIONS_MAX));
  };
  return {
    threads: {
      recall: async (key) => threads.get(key) ?? [],
      remember: async (key, question) => add(key, [question]),
      branch: async (from, to) => add(to, threads.get(from) ?? []),
    },
    claims: {
      claim: async (key) => {
        if (claims.has(key)) return false;
        claims.set(key, true);
        return true;
      },
      release: async (key) => {
        claims.delete(key);
      },
    },
    votes: {
      cast: async ({ message, person, value }) => {
        votes.set(message, new Map([...(votes.get(message) ?? []), [person, value]]));
      },
      tally: async (message) => {
        const values = [...(votes.get(message)?.values() ?? [])];
        const up = values.filter((value) => value === "up").length;
        return { up, down: values.length - up };
      },
    },
  };
}
