// Events that wait for their answer, in a database: kept, taken one at a time, done, tried again or given up.

import type { ExpressionBuilder, ExpressionWrapper, Selectable, SqlBool } from "kysely";
import { KEPT_MS } from "../memory.ts";
import type { Database } from "./database.ts";
import type { People } from "./people.ts";
import type { EventTable, Tables } from "./schema.ts";
import {
  ATTEMPTS_MAX,
  CLOCK_SET_BACK,
  type DeadEvent,
  type Event,
  type Outbox,
  RETRY_MS,
  type Swept,
  type TakenEvent,
} from "./store.ts";

const RETRY_FACTOR = 4;
const WAIT_MS_MAX = RETRY_MS * RETRY_FACTOR ** (ATTEMPTS_MAX - 1);
const PROBLEM_LENGTH_MAX = 300;
const DEAD_SHOWN_MAX = 100;

/** @param leaseMs how long a taken event is one process's own */
export function createOutbox(database: Database, people: People, leaseMs: number): Outbox {
  const { now } = database;
  const change = (event: TakenEvent, to: Partial<Selectable<EventTable>>) => changeOwn(database, event, to);
  return {
    accept: (event) => accept(database, people, event),
    take: (platform, holder) => take(database, leaseMs, platform, holder),
    renew: (event) => change(event, { leased_until: now() + leaseMs }),
    done: (event) =>
      change(event, { state: "done", body: null, person: null, holder: null, leased_until: 0, problem: null }),
    failed: async (event, problem) => {
      const isLast = event.attempt >= ATTEMPTS_MAX;
      const wait = RETRY_MS * RETRY_FACTOR ** (event.attempt - 1);
      const isOurs = await change(event, {
        state: isLast ? "dead" : "open",
        due_at: now() + wait,
        holder: null,
        leased_until: 0,
        problem: problem.slice(0, PROBLEM_LENGTH_MAX),
      });
      return isOurs && !isLast;
    },
    dead: async () => {
      const rows = await database.run((sql) =>
        sql
          .selectFrom("event")
          .selectAll()
          .where("state", "=", "dead")
          .orderBy("accepted_at", "desc")
          .limit(DEAD_SHOWN_MAX)
          .execute(),
      );
      return rows.map(deadOf);
    },
    depth: async () => {
      const rows = await database.run((sql) =>
        sql
          .selectFrom("event")
          .select((row) => ["state", row.fn.countAll<number>().as("count")])
          .where("state", "in", ["open", "dead"])
          .groupBy("state")
          .execute(),
      );
      const countOf = (state: string): number => Number(rows.find((row) => row.state === state)?.count ?? 0);
      return { open: countOf("open"), dead: countOf("dead") };
    },
  };
}

async function accept(
  database: Database,
  people: People,
  { key, platform, body, person, expiresAt }: Event,
): Promise<boolean> {
  const at = database.now();
  const row = {
    ...({ key, platform, body, state: "open", accepted_at: at, due_at: at, expires_at: expiresAt } as const),
    ...{
      person: person === null ? null : people.hash(person),
      attempts: 0,
      holder: null,
      leased_until: 0,
      problem: null,
    },
  };
  const kept = await database.durably((sql) =>
    sql
      .insertInto("event")
      .values(row)
      .onConflict((conflict) => conflict.column("key").doNothing())
      .returning("key")
      .executeTakeFirst(),
  );
  return kept !== undefined;
}

async function take(database: Database, leaseMs: number, platform: string, holder: string): Promise<TakenEvent | null> {
  const at = database.now();
  const taken = await database.run((sql) =>
    sql
      .updateTable("event")
      .set((row) => ({ holder, leased_until: at + leaseMs, attempts: row("attempts", "+", 1) }))
      .where("key", "=", (row) =>
        row
          .selectFrom("event")
          .select("key")
          .where("platform", "=", platform)
          .where("state", "=", "open")
          .where((due) => isDue(due, at))
          .where("attempts", "<", ATTEMPTS_MAX)
          .where((free) => isFree(free, at, leaseMs))
          .where((late) => late.or([late("expires_at", "is", null), late("expires_at", ">", at)]))
          .orderBy("due_at")
          .limit(1)
          // Others take the next one meanwhile; SQLite has one writer at a time anyhow.
          .$if(database.kind === "postgres", (free) => free.forUpdate().skipLocked()),
      )
      .returningAll()
      .executeTakeFirst(),
  );
  return taken === undefined ? null : takenOf(taken, holder);
}

/** Changes an event that is still its holder's. */
async function changeOwn(database: Database, event: TakenEvent, to: Partial<Selectable<EventTable>>): Promise<boolean> {
  const changed = await database.run((sql) =>
    sql
      .updateTable("event")
      .set(to)
      .where("key", "=", event.key)
      .where("state", "=", "open")
      .where("holder", "=", event.holder)
      .where("attempts", "=", event.attempt)
      .executeTakeFirst(),
  );
  return changed.numUpdatedRows > 0n;
}

/** Gives up what has expired and what no process got done, and forgets what was long ago. */
export async function sweepOutbox(database: Database, keepMs: number, leaseMs: number): Promise<Swept> {
  const at = database.now();
  return database.run(async (sql) => {
    const expired = await sql
      .updateTable("event")
      .set({ state: "expired", body: null, person: null })
      .where("state", "=", "open")
      .where("expires_at", "<=", at)
      .where((row) => isFree(row, at, leaseMs))
      .executeTakeFirst();
    const died = await sql
      .updateTable("event")
      .set({ state: "dead", problem: "the process that answered it ended each time" })
      .where("state", "=", "open")
      .where("attempts", ">=", ATTEMPTS_MAX)
      .where((row) => isFree(row, at, leaseMs))
      .executeTakeFirst();
    await sql
      .deleteFrom("event")
      .where("accepted_at", "<", at - KEPT_MS)
      .where("state", "in", ["done", "expired"])
      .execute();
    await sql
      .deleteFrom("event")
      .where("accepted_at", "<", at - keepMs)
      .where("state", "=", "dead")
      .execute();
    return { expired: Number(expired.numUpdatedRows), died: Number(died.numUpdatedRows) };
  });
}

/** Whether it need not wait any more; what would wait longer than anything can is from before the clock was set back. */
const isDue = (row: ExpressionBuilder<Tables, "event">, at: number): ExpressionWrapper<Tables, "event", SqlBool> =>
  row.or([row("due_at", "<=", at), row("due_at", ">", at + CLOCK_SET_BACK * WAIT_MS_MAX)]);

/**
 * Whether nobody's lease holds. One that would end in twice its time is from before the clock was set back; one that ends a
 * little late is not: another process's clock is a little ahead, or its statement was a little later.
 */
const isFree = (
  row: ExpressionBuilder<Tables, "event">,
  at: number,
  leaseMs: number,
): ExpressionWrapper<Tables, "event", SqlBool> =>
  row.or([row("leased_until", "<=", at), row("leased_until", ">", at + CLOCK_SET_BACK * leaseMs)]);

const takenOf = (row: Selectable<EventTable>, holder: string): TakenEvent => ({
  key: row.key,
  platform: row.platform,
  body: row.body ?? "",
  person: row.person,
  expiresAt: row.expires_at,
  attempt: row.attempts,
  acceptedAt: row.accepted_at,
  holder,
});

const deadOf = (row: Selectable<EventTable>): DeadEvent => ({
  key: row.key,
  platform: row.platform,
  body: row.body ?? "",
  person: row.person,
  expiresAt: row.expires_at,
  attempts: row.attempts,
  acceptedAt: row.accepted_at,
  problem: row.problem ?? "",
});
