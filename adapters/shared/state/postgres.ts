// The state in PostgreSQL, shared by the processes of several machines: connected and led to this program's schema.

import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { type Database, telling } from "./database.ts";
import { type Migrations, migrate, migrationsFor, type Tables } from "./schema.ts";

const CONNECTIONS_MAX = 10;
const CONNECT_MS_MAX = 3000;
const QUERY_MS_MAX = 10_000;
/** PostgreSQL's eight-byte numbers: all of ours are exact as JavaScript's. */
const INT8 = 20;

export interface PostgresOptions {
  /** Milliseconds since 1970; by default the database's own clock, which all its processes share. */
  readonly now?: (() => number) | undefined;
  /** Of the schema; this program's by default. */
  readonly steps?: Migrations;
}

/**
 * Connects to a database, which is there; its tables are made where they are not.
 * @param url of DATABASE_URL
 * @throws StoreError where it can't be reached, refuses, or is newer than this program
 */
export async function openPostgres(
  url: string,
  { now, steps = migrationsFor("postgres") }: PostgresOptions = {},
): Promise<Database> {
  const name = nameOf(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: QUERY_MS_MAX,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: "footnote",
    types: { getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format)) },
  });
  // A connection that is lost while idle is made anew for the next query; unheard, it would end the process.
  pool.on("error", () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const clock = createClock(db, now);
  try {
    await telling(name, async () => {
      await migrateAgain(db, name, steps);
      await clock.set();
    });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    kind: "postgres",
    name,
    run: (work) => telling(name, () => work(db)),
    durably: (work) => telling(name, () => work(db)),
    transact: (work) => telling(name, () => db.transaction().setIsolationLevel("repeatable read").execute(work)),
    now: clock.now,
    setClock: () => telling(name, clock.set),
    close: () => db.destroy(),
  };
}

/** Two starters may both make the migrator's own tables before either holds its lock; the second finds them made then. */
async function migrateAgain(db: Kysely<Tables>, name: string, steps: Migrations): Promise<void> {
  try {
    await migrate(db, name, steps);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && ALREADY_THERE.has(String(error.code)))) throw error;
    await migrate(db, name, steps);
  }
}
const ALREADY_THERE = new Set(["23505", "42P07", "42710"]);

/**
 * A clock that runs with the machine's steady one from the database's time on: neither a machine that is wrong nor one
 * that is set right makes a lease end early.
 */
function createClock(db: Kysely<Tables>, given?: () => number) {
  let ahead = Date.now() - performance.now();
  return {
    now: given ?? (() => Math.round(performance.now() + ahead)),
    async set(): Promise<void> {
      if (given !== undefined) return;
      const askedAt = performance.now();
      const { rows } = await sql<{
        ms: number;
      }>`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`.execute(db);
      const answeredAt = performance.now();
      ahead = (rows[0]?.ms ?? Date.now()) - (askedAt + answeredAt) / 2;
    },
  };
}

/** Where the database is, without who connects and how. */
function nameOf(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url);
    const host = searchParams.get("host") ?? hostname;
    return `the database${pathname === "/" ? "" : ` ${pathname.slice(1)}`} at ${host}${port === "" ? "" : `:${port}`}`;
  } catch {
    return "the database of DATABASE_URL";
  }
}
