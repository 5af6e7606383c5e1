// Settings to what a bot remembers with: the store, and this process's memory for as long as there is none.

import { THREAD_QUESTIONS_MAX } from "../../../src/engine.ts";
import type { Log, Platform } from "../log.ts";
import { createMemory, type Memory } from "../memory.ts";
import { createLimit, type Limit } from "../rate-limit.ts";
import type { StateSettings } from "../settings.ts";
import { createStore } from "./sql-store.ts";
import { type Store, StoreError, type Trouble } from "./store.ts";

export interface State {
  /** Null while it can't be opened. */
  store(): Store | null;
  /** Threads and claims of the store, of memory while it is away. A vote that can't be kept rejects with a `StoreError`. */
  readonly memory: KeptMemory;
  readonly limit: Limit;
  /** Tells the log once that the store is away. */
  away(error: StoreError): void;
  close(): Promise<void>;
}

/** A memory that can be told who asked. */
export interface KeptMemory extends Memory {
  readonly threads: Store["threads"];
}

export interface StateOptions extends StateSettings {
  readonly platform: Platform;
  readonly questionsPerMinute: number;
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
  const { log, platform, questionsPerMinute, reopenMs = REOPEN_MS } = options;
  const spare = createMemory(Date.now);
  const spareLimit = createLimit(questionsPerMinute);
  let store: Store | null = null;
  let limit: Limit | null = null;
  let isAway = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const away = (error: StoreError): void => {
    if (!isAway) log.error({ platform, trouble: error.trouble, remedy: error.remedy }, error.what);
    isAway = true;
  };
  const back = (): void => {
    if (isAway) log.info({ platform, store: store?.name }, "the store can be used again");
    isAway = false;
  };
  const open = async (): Promise<void> => {
    try {
      const opened = await openStore(options);
      if (isClosed) return opened.close();
      store = opened;
      limit = opened.limit(questionsPerMinute);
      log.debug({ platform, store: opened.name }, "remembering");
      back();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      away(error);
      if (FATAL.has(error.trouble)) throw error;
    }
  };
  const openLater = (): void => {
    if (store !== null || isClosed) return;
    timer = setTimeout(() => {
      // What became fatal meanwhile is logged, and does not end a bot that answers.
      open()
        .catch(() => {})
        .finally(openLater);
    }, reopenMs);
    timer.unref();
  };
  /** Asks the store, else memory. That it can be read says nothing of a full disk. */
  const ask = async <T>(
    kept: (store: Store) => Promise<T>,
    otherwise: () => Promise<T>,
    isReading = false,
  ): Promise<T> => {
    if (store === null) return otherwise();
    try {
      const told = await kept(store);
      if (!isReading) back();
      return told;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      away(error);
      return otherwise();
    }
  };

  await open();
  openLater();
  return {
    store: () => store,
    memory: {
      threads: {
        // What was remembered while the store was away, or could only be read, is known to memory alone.
        recall: async (key) => {
          const kept = await ask(
            ({ threads }) => threads.recall(key),
            async () => [],
            true,
          );
          return [...kept, ...(await spare.threads.recall(key))].slice(-THREAD_QUESTIONS_MAX);
        },
        remember: (key, question, person) =>
          ask(
            ({ threads }) => threads.remember(key, question, person),
            () => spare.threads.remember(key, question),
          ),
      },
      claims: {
        claim: async (key) => {
          const isFirst = await ask(
            ({ claims }) => claims.claim(key),
            async () => true,
          );
          return (await spare.claims.claim(key)) && isFirst;
        },
        release: async (key) => {
          await spare.claims.release(key);
          await ask(
            ({ claims }) => claims.release(key),
            async () => {},
          );
        },
      },
      votes: {
        cast: async (vote) => (store === null ? Promise.reject(notKept()) : store.votes.cast(vote)),
        tally: (message) =>
          ask(
            ({ votes }) => votes.tally(message),
            () => spare.votes.tally(message),
            true,
          ),
      },
    },
    limit: {
      ask: (person) =>
        ask(
          () => (limit ?? spareLimit).ask(person),
          () => spareLimit.ask(person),
        ),
      release: (person) =>
        ask(
          () => (limit ?? spareLimit).release(person),
          () => spareLimit.release(person),
        ),
    },
    away,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await store?.close();
    },
  };
}

const notKept = (): StoreError => new StoreError("away", "nothing is kept just now", "see the log for the reason");
