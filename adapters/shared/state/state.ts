// Settings to what a bot remembers with: the store, and this process's memory for as long as there is none.

import { THREAD_QUESTIONS_MAX } from "../../../src/engine.ts";
import { type Channels, createChannels, UNSET } from "../channels.ts";
import { createUnderWay } from "../in-flight.ts";
import type { Answered, Journal, Log, Platform } from "../log.ts";
import { documentsOf, repliedOf } from "../loop/learning.ts";
import { type Claims, createMemory, type Memory, type Threads, type Votes } from "../memory.ts";
import { createLimit, type Limit } from "../rate-limit.ts";
import type { StateSettings } from "../settings.ts";
import { createStore } from "./sql-store.ts";
import { type Counted, type Store, StoreError, type Trouble } from "./store.ts";

export interface State {
  /** Null while it can't be opened. */
  store(): Store | null;
  /** Threads and claims of the store, of memory while it is away. A vote that can't be kept rejects with a `StoreError`. */
  readonly memory: Memory;
  readonly limit: Limit;
  /** Those of the store; where it can't be read, no channel is set to anything. A change that can't be kept rejects. */
  readonly channels: Channels;
  /** Counts a reply; one that can't be counted just now is not. */
  count(counted: Counted): void;
  /** Keeps a reply under its receipt, for what people say of it; one that can't be kept just now is not. */
  keep(answered: Answered): void;
  /** Tells the log once that the store is away. */
  away(error: StoreError): void;
  close(): Promise<void>;
}

export interface StateOptions extends StateSettings {
  readonly platform: Platform;
  readonly questionsPerMinute: number;
  /** Whether questions that were not answered well are kept with their words; they are by default. */
  readonly keepsMisses?: boolean;
  readonly log: Log;
  readonly leaseMs?: number;
  /** How often a store that could not be opened is tried again; ten seconds by default. */
  readonly reopenMs?: number;
}

/** What waiting does not mend, and what must not be answered around. */
const FATAL: ReadonlySet<Trouble> = new Set(["newer", "refused"]);
const REOPEN_MS = 10_000;

/**
 * Opens the store of these settings.
 * @throws StoreError where the operator must change something first
 */
export async function openStore({
  databaseUrl,
  data,
  keys,
  keepDays,
  leaseMs,
}: StateSettings & { readonly leaseMs?: number | undefined }): Promise<Store> {
  // Either library is loaded only where it is used.
  const database =
    databaseUrl === null
      ? await (await import("./sqlite.ts")).openSqlite(data)
      : await (await import("./postgres.ts")).openPostgres(databaseUrl);
  try {
    return await createStore(database, { keys, keepDays, ...(leaseMs === undefined ? {} : { leaseMs }) });
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Opens what a bot remembers with. Where the store can't be opened that is logged with its remedy, answering goes on from
 * memory, and opening is tried again.
 * @throws StoreError where a newer program has changed the store, or PostgreSQL refuses the bot
 */
export async function openState(options: StateOptions): Promise<State> {
  const opening = new Opening(options);
  await opening.open();
  return {
    store: () => opening.store(),
    memory: opening.memory,
    limit: opening.limit,
    channels: opening.channels,
    count: (counted) => opening.count(counted),
    keep: (answered) => opening.keep(answered),
    away: (error) => opening.away(error),
    close: () => opening.close(),
  };
}

class Opening {
  readonly memory: Memory;
  readonly limit: Limit;
  readonly channels: Channels;
  private readonly spare = createMemory(Date.now);
  private readonly spareChannels = createChannels(Date.now);
  private readonly spareLimit: Limit;
  private opened: { readonly store: Store; readonly limit: Limit } | null = null;
  private readonly counting = createUnderWay();
  private isAway = false;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: StateOptions) {
    this.spareLimit = createLimit(options.questionsPerMinute);
    this.memory = { threads: this.threads(), claims: this.claims(), votes: this.votes() };
    this.limit = this.limits();
    this.channels = this.channelSettings();
  }

  /** @throws StoreError where waiting would not help */
  async open(): Promise<void> {
    await this.tryOpening();
    this.openLater();
  }

  store(): Store | null {
    return this.opened?.store ?? null;
  }

  away(error: StoreError): void {
    const { log, platform } = this.options;
    if (!this.isAway) log.error({ platform, trouble: error.trouble, remedy: error.remedy }, error.what);
    this.isAway = true;
  }

  count(counted: Counted): void {
    this.note(({ counts }) => counts.add(counted));
  }

  keep(answered: Answered): void {
    const { platform, keepsMisses = true } = this.options;
    const replied = repliedOf(platform, answered, keepsMisses);
    if (replied !== null) this.note(({ replies }) => replies.record(replied));
  }

  /** What nobody waits for. */
  private note(work: (store: Store) => Promise<void>): void {
    const { log, platform } = this.options;
    const noting = this.ask(work, async () => {});
    void this.counting.add(noting.catch((err: unknown) => log.error({ platform, err }, "a reply was not counted")));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.counting.done();
    await this.opened?.store.close();
  }

  private back(): void {
    const { log, platform } = this.options;
    if (this.isAway) log.info({ platform, store: this.opened?.store.name }, "the store can be used again");
    this.isAway = false;
  }

  private async tryOpening(): Promise<void> {
    const { log, platform, questionsPerMinute } = this.options;
    try {
      const store = await openStore(this.options);
      if (this.isClosed) return store.close();
      this.opened = { store, limit: store.limit(questionsPerMinute) };
      log.debug({ platform, store: store.name }, "remembering");
      this.back();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.away(error);
      if (FATAL.has(error.trouble)) throw error;
    }
  }

  private openLater(): void {
    if (this.opened !== null || this.isClosed) return;
    this.timer = setTimeout(() => {
      // What became fatal meanwhile is logged, and does not end a bot that answers.
      this.tryOpening()
        .catch(() => {})
        .finally(() => this.openLater());
    }, this.options.reopenMs ?? REOPEN_MS);
    this.timer.unref();
  }

  /** Asks the store, else memory. That it can be read says nothing of a full disk. */
  private async ask<T>(kept: (store: Store) => Promise<T>, otherwise: () => Promise<T>, isReading = false): Promise<T> {
    const store = this.store();
    if (store === null) return otherwise();
    try {
      const told = await kept(store);
      if (!isReading) this.back();
      return told;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.away(error);
      return otherwise();
    }
  }

  private threads(): Threads {
    const { threads: spare } = this.spare;
    return {
      // What was remembered while the store was away, or could only be read, is known to memory alone.
      recall: async (key) => {
        const kept = await this.ask(
          ({ threads }) => threads.recall(key),
          async () => [],
          true,
        );
        return [...kept, ...(await spare.recall(key))].slice(-THREAD_QUESTIONS_MAX);
      },
      remember: (key, question, person) =>
        this.ask(
          ({ threads }) => threads.remember(key, question, person),
          () => spare.remember(key, question),
        ),
      branch: async (from, to) => {
        // Each keeps what it has.
        await spare.branch(from, to);
        await this.ask(
          ({ threads }) => threads.branch(from, to),
          async () => {},
        );
      },
    };
  }

  private claims(): Claims {
    const { claims: spare } = this.spare;
    return {
      claim: async (key) => {
        const isFirst = await this.ask(
          ({ claims }) => claims.claim(key),
          async () => true,
        );
        return (await spare.claim(key)) && isFirst;
      },
      release: async (key) => {
        await spare.release(key);
        await this.ask(
          ({ claims }) => claims.release(key),
          async () => {},
        );
      },
    };
  }

  private votes(): Votes {
    return {
      cast: async (vote) => {
        const store = this.store();
        if (store === null) throw notKept();
        await store.votes.cast(vote);
      },
      tally: (message) =>
        this.ask(
          ({ votes }) => votes.tally(message),
          () => this.spare.votes.tally(message),
          true,
        ),
    };
  }

  private channelSettings(): Channels {
    const { spareChannels: spare } = this;
    const kept = (): Channels => {
      const store = this.store();
      if (store === null) throw notKept();
      return store.channels;
    };
    return {
      of: (channel) =>
        this.ask(
          ({ channels }) => channels.of(channel),
          async () => UNSET,
          true,
        ),
      set: async (change) => kept().set(change),
      changes: async (channel) => kept().changes(channel),
      // Who says stop is heard, store or not.
      hush: async (key) => {
        await spare.hush(key);
        await this.ask(
          ({ channels }) => channels.hush(key),
          async () => {},
        );
      },
      isHushed: async (key) =>
        (await spare.isHushed(key)) ||
        this.ask(
          ({ channels }) => channels.isHushed(key),
          async () => false,
          true,
        ),
    };
  }

  private limits(): Limit {
    const shared = (): Limit => this.opened?.limit ?? this.spareLimit;
    return {
      ask: (person) =>
        this.ask(
          () => shared().ask(person),
          () => this.spareLimit.ask(person),
        ),
      release: (person) =>
        this.ask(
          () => shared().release(person),
          () => this.spareLimit.release(person),
        ),
    };
  }
}

/** A journal whose replies are counted, by day and by what people are hashed to. */
export const countingIn = (state: State | undefined, platform: Platform, journal: Journal): Journal =>
  state === undefined
    ? journal
    : {
        ...journal,
        answered(answered) {
          const { reply, person, workspace = "", latencyMs } = answered;
          const reason = reply.kind === "unknown" ? reply.reason : null;
          const about = { kind: reply.kind, reason, topic: reply.reading.topic, documents: documentsOf(reply) };
          state.count({ platform, workspace, ...about, person, latencyMs });
          state.keep(answered);
          journal.answered(answered);
        },
      };

const notKept = (): StoreError => new StoreError("away", "nothing is kept just now", "see the log for the reason");
