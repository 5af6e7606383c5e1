// The state to one file and back: a backup of either database is a SQLite file, which either takes back.

import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Kysely, sql } from "kysely";
import { OperatorError } from "../../../src/errors.ts";
import { type Database, storeError, telling } from "./database.ts";
import { TABLES, type Tables } from "./schema.ts";
import { openFile, openSqlite, STATE_FILE } from "./sqlite.ts";
import { StoreError } from "./store.ts";

type Table = (typeof TABLES)[number];

/** Rights and limits of the moment: those of a backup would be over, or would hold back a later holder's token. */
const MOMENTARY: ReadonlySet<Table> = new Set(["lease", "rate"]);
const KEPT = TABLES.filter((table) => !MOMENTARY.has(table));
/** SQLite binds at most 32,766 values to a statement, PostgreSQL 65,535. */
const ROWS_AT_ONCE = 500;

/** How many rows of each table. */
export type Copied = ReadonlyMap<Table, number>;

/**
 * Writes all that is kept to a new file, as it is at one moment, while bots go on.
 * @throws OperatorError where the file exists or can't be written
 */
export async function backUp(database: Database, file: string): Promise<Copied> {
  if (existsSync(file)) throw new OperatorError(`${file} exists already`, "name a new file, or move that one away");
  if (!existsSync(dirname(file)))
    throw new OperatorError(`${dirname(file)} is no folder`, "make it, or name a file elsewhere");
  try {
    return await telling(file, () =>
      database.kind === "sqlite" ? vacuumInto(database, file) : copyInto(database, file),
    );
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

async function vacuumInto(database: Database, file: string): Promise<Copied> {
  // SQLite fills an empty file, and keeps whose it is.
  closeSync(openSync(file, "wx", 0o600));
  return database.run(async (from) => {
    await sql`vacuum into ${file}`.execute(from);
    return countsOf(from);
  });
}

async function copyInto(database: Database, file: string): Promise<Copied> {
  const draft = mkdtempSync(join(dirname(file), `.${basename(file)}-`));
  try {
    const to = await openSqlite(draft);
    try {
      await database.transact((from) => to.transact((into) => copy(from, into)));
      return await vacuumInto(to, file);
    } finally {
      await to.close();
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Puts what a backup holds into a database, all of it or nothing.
 * @param replaces whether what the database holds may go
 * @throws OperatorError where the file is no backup, or the database holds something that may not go
 */
export async function restore(file: string, database: Database, replaces: boolean): Promise<Copied> {
  if (!existsSync(file))
    throw new OperatorError(`${file} is not there`, "name a file that footnote backup has written");
  // Opening leads an older schema to this one, which a backup should not notice.
  const draft = mkdtempSync(join(tmpdir(), "footnote-restore-"));
  try {
    const from = await openBackup(file, join(draft, STATE_FILE));
    try {
      return await database.transact(async (into) => {
        if (!replaces) await refuseFilled(into, database.name);
        for (const table of KEPT) await into.deleteFrom(table).execute();
        await from.run((source) => copy(source, into));
        // Whatever was open then may have been answered since, so it is looked for before it is answered.
        await into
          .updateTable("event")
          .set({ attempts: 1, leased_until: 0 })
          .where("state", "=", "open")
          .where("attempts", "=", 0)
          .execute();
        return countsOf(into);
      });
    } finally {
      await from.close();
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Opens a copy of a backup.
 * @throws OperatorError where it is none, or can't be read or copied
 */
async function openBackup(file: string, copied: string): Promise<Database> {
  try {
    if (!statSync(file).isFile()) throw storeError("corrupt", file);
    await telling(dirname(copied), async () => copyFileSync(file, copied));
    return await openFile(copied, { name: file });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EACCES")
      throw new OperatorError(`${file} can't be read`, "let this user read it");
    if (!(error instanceof StoreError) || (error.trouble !== "corrupt" && error.trouble !== "truncated")) throw error;
    throw new OperatorError(`${file} is no whole backup`, "name another file that footnote backup has written");
  }
}

async function refuseFilled(into: Kysely<Tables>, name: string): Promise<void> {
  const counts = await countsOf(into);
  const rows = [...counts].reduce((sum, [table, count]) => sum + (table === "setting" ? 0 : count), 0);
  if (rows > 0) throw new OperatorError(`${name} holds ${rows} entries`, "add --replace where they may go");
}

/** Copies every row of every table; rows that are numbered get new numbers in the same order. */
async function copy(from: Kysely<Tables>, into: Kysely<Tables>): Promise<void> {
  for (const table of KEPT) {
    const name = sql.table(table);
    const { rows } = await sql<Readonly<Record<string, unknown>>>`select * from ${name} order by 1`.execute(from);
    const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== "id");
    const listed = sql.join(columns.map((column) => sql.ref(column)));
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      const some = rows
        .slice(at, at + ROWS_AT_ONCE)
        .map((row) => sql`(${sql.join(columns.map((column) => sql`${row[column]}`))})`);
      await sql`insert into ${name} (${listed}) values ${sql.join(some)}`.execute(into);
    }
  }
}

async function countsOf(database: Kysely<Tables>): Promise<Copied> {
  const counts = new Map<Table, number>();
  for (const table of KEPT) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(database);
    counts.set(table, rows[0]?.count ?? 0);
  }
  return counts;
}
