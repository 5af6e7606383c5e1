// The care of what bots keep, as commands: a backup and back, and what is kept of one person, told or deleted.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../../src/errors.ts";
import { readStateSettings, type StateSettings } from "../shared/settings.ts";
import { backUp, type Copied, restore } from "../shared/state/backup.ts";
import type { Database } from "../shared/state/database.ts";
import { openStore } from "../shared/state/state.ts";
import { print, printJson } from "../shared/terminal.ts";
import { count } from "../shared/wording.ts";

/** @throws OperatorError where the file exists or can't be written, or the database can't be used */
export async function backupState(file: string): Promise<void> {
  await refuseMissing();
  await withDatabase(async (database) => {
    const copied = await backUp(database, file);
    print(`Backed up ${sizeOf(copied)} of ${database.name} to ${file}.`);
  });
}

/** @throws OperatorError where the file is no backup, or the database holds something that may not go */
export async function restoreState(file: string, { replace = false }: { readonly replace?: boolean }): Promise<void> {
  await withDatabase(async (database) => {
    const copied = await restore(file, database, replace);
    print(`Restored ${sizeOf(copied)} from ${file} to ${database.name}.`);
  });
}

/**
 * Prints all that is kept of a person as JSON.
 * @param person as `personOf` reads it
 */
export async function exportPerson(person: string): Promise<void> {
  await refuseMissing();
  const store = await openStore(readStateSettings());
  try {
    printJson(await store.care.recordOf(personOf(person)));
  } finally {
    await store.close();
  }
}

/** Deletes all that is kept of a person, or of a workspace or server. */
export async function forgetNamed(named: string): Promise<void> {
  const workspace = workspaceOf(named);
  const person = workspace === null ? personOf(named) : "";
  await refuseMissing();
  const store = await openStore(readStateSettings());
  try {
    const deleted = await (workspace === null ? store.care.forget(person) : store.care.forgetWorkspace(workspace));
    print(`Deleted ${entries(deleted)} about ${named}.`);
  } finally {
    await store.close();
  }
}

/** "slack:T0123" and "discord:server:123456789012345678" to what begins their keys; null for anything else. */
function workspaceOf(named: string): string | null {
  const [, slack, discord] = /^(?:slack:([TE]\w+)|discord:server:(\d{15,21}))$/.exec(named.trim()) ?? [];
  if (slack !== undefined) return `${slack}:`;
  return discord === undefined ? null : `discord:${discord}:`;
}

/** "slack:T0123:U0456" and "discord:123456789012345678" to what the bots know a person by. */
function personOf(named: string): string {
  const [, slack, discord] = /^(?:slack:([TE]\w+:[UW]\w+)|discord:(\d{15,21}))$/.exec(named.trim()) ?? [];
  const person = slack ?? discord;
  if (person === undefined)
    throw new OperatorError(
      `${named} names no person`,
      "write slack:WORKSPACE:USER or discord:USER with their ids, e.g. slack:T0123ABC:U0456DEF",
    );
  return person;
}

/** Where no bot has kept anything, "nothing is kept" would be the answer to another question than was asked. */
async function refuseMissing(): Promise<void> {
  const { databaseUrl, data } = readStateSettings();
  if (databaseUrl !== null) return;
  const { STATE_FILE } = await import("../shared/state/sqlite.ts");
  // What a database was moved away from says so itself.
  const isThere = ["", "-wal", "-journal"].some((end) => existsSync(join(data, `${STATE_FILE}${end}`)));
  if (!isThere)
    throw new OperatorError(
      `no bot has kept anything in ${data}`,
      "set FOOTNOTE_DATA to the bots' folder, or DATABASE_URL to their database",
    );
}

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase(readStateSettings());
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

async function openDatabase({ databaseUrl, data }: StateSettings): Promise<Database> {
  if (databaseUrl !== null) return (await import("../shared/state/postgres.ts")).openPostgres(databaseUrl);
  return (await import("../shared/state/sqlite.ts")).openSqlite(data);
}

const entries = (number: number): string => (number === 1 ? "1 entry" : `${number.toLocaleString("en")} entries`);
const sizeOf = (copied: Copied): string =>
  [...copied]
    .filter(([table, rows]) => rows > 0 && table !== "setting")
    .map(([table, rows]) => count(rows, table))
    .join(", ") || "nothing yet";
