// The state in one SQLite file of the data folder: opened, checked and led to this program's schema.

import { randomUUID } from "node:crypto";
import { closeSync, existsSync, linkSync, mkdirSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Kysely, SqliteDialect, sql } from "kysely";
import Libsql from "libsql";
import { type Database, storeError, telling } from "./database.ts";
import { type Migrations, migrate, migrationsFor, stepsDone, type Tables } from "./schema.ts";

export const STATE_FILE = "state.db";

/** How long a write waits for another process's. */
const BUSY_MS = 5000;

type Handle = InstanceType<typeof Libsql>;

export interface SqliteOptions {
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: () => number;
  /** Of the schema; this program's by default. */
  readonly steps?: Migrations;
  /** What people know the file by; its path by default. */
  readonly name?: string;
}

/**
 * Opens the state of a data folder; where there is none it is made, for its owner alone.
 * @throws StoreError where the file is damaged, cut off, newer than this program or can't be written
 */
export async function openSqlite(folder: string, options: SqliteOptions = {}): Promise<Database> {
  const file = join(folder, STATE_FILE);
  return telling(file, async () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) refuseOrphans(file);
    if (!existsSync(file)) await makeFile(file, options.steps ?? migrationsFor("sqlite"));
    return openFile(file, options);
  });
}

/**
 * Opens a file that is there.
 * @throws StoreError as `openSqlite`
 */
export async function openFile(
  file: string,
  { now = Date.now, steps = migrationsFor("sqlite"), name = file }: SqliteOptions = {},
): Promise<Database> {
  return telling(name, async () => {
    // Files are made whole, so an empty one has lost what it held; SQLite would fill it anew without a word.
    if (statSync(file).size === 0) throw storeError("truncated", name);
    const handle = connect(file);
    try {
      check(handle, name);
      handle.pragma("journal_mode = WAL");
      // Whether the file can be written shows only in writing.
      handle.exec("begin immediate; rollback");
      const db = kyselyOf(handle);
      await migrateAlone(handle, db, name, steps);
      handle.pragma("synchronous = NORMAL");
      return databaseOf(handle, db, name, now);
    } catch (error) {
      handle.close();
      throw error;
    }
  });
}

/**
 * SQLite would play back into a new file what is left of one that was moved away.
 * @throws StoreError where something is left
 */
function refuseOrphans(file: string): void {
  const isLeft = ["-wal", "-journal"].some((end) => existsSync(file + end));
  // They may be those of a file that another process has just made, which is there before they are.
  if (isLeft && !existsSync(file)) throw storeError("orphaned", file);
}

/** Under another name first: whoever opens a state finds a whole one, also where two make it at once. */
async function makeFile(file: string, steps: Migrations): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  closeSync(openSync(draft, "wx", 0o600));
  try {
    const handle = connect(draft);
    try {
      await migrateAlone(handle, kyselyOf(handle), file, steps);
    } finally {
      handle.close();
    }
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    for (const left of [draft, `${draft}-journal`, `${draft}-wal`, `${draft}-shm`]) rmSync(left, { force: true });
  }
}

function connect(file: string): Handle {
  const handle = new Libsql(file);
  handle.pragma(`busy_timeout = ${BUSY_MS}`);
  handle.pragma("synchronous = FULL");
  return handle;
}

const kyselyOf = (handle: Handle): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new SqliteDialect({ database: handle }) });

/** Kysely's migrator neither locks SQLite nor takes back what it had done before an error. */
async function migrateAlone(handle: Handle, db: Kysely<Tables>, name: string, steps: Migrations): Promise<void> {
  // A start that has nothing to change keeps nobody else from writing.
  if (String(await stepsDone(db)) === String(Object.keys(steps).sort())) return;
  handle.exec("begin immediate");
  try {
    await migrate(db, name, steps);
    handle.exec("commit");
  } catch (error) {
    if (handle.inTransaction) handle.exec("rollback");
    throw error;
  }
}

/** @throws StoreError where pages are missing or hold what they can't */
function check(handle: Handle, name: string): void {
  const found = handle.prepare("pragma quick_check(1)").all();
  if (JSON.stringify(found) !== JSON.stringify([{ quick_check: "ok" }])) throw storeError("corrupt", name);
}

function databaseOf(handle: Handle, db: Kysely<Tables>, name: string, now: () => number): Database {
  const alone = <T>(work: (sql: Kysely<Tables>) => Promise<T>): Promise<T> =>
    telling(name, () => db.connection().execute(work));
  return {
    kind: "sqlite",
    name,
    run: (work) => telling(name, () => work(db)),
    durably: (work) =>
      alone(async (own) => {
        handle.pragma("synchronous = FULL");
        try {
          return await work(own);
        } finally {
          handle.pragma("synchronous = NORMAL");
        }
      }),
    transact: (work) =>
      alone(async (own) => {
        await sql`begin immediate`.execute(own);
        try {
          const done = await work(own);
          await sql`commit`.execute(own);
          return done;
        } catch (error) {
          if (handle.inTransaction) await sql`rollback`.execute(own);
          throw error;
        }
      }),
    now,
    setClock: async () => {},
    close: async () => db.destroy(),
  };
}
