// What the store needs of a database: queries, writes that last, transactions, and errors that name their remedy.

import type { Kysely } from "kysely";
import type { DatabaseKind, Tables } from "./schema.ts";
import { StoreError, type Trouble } from "./store.ts";

/** An open database with this program's schema. Everything rejects with a `StoreError` where it can't be used. */
export interface Database {
  readonly kind: DatabaseKind;
  /** For people; without a password. */
  readonly name: string;
  run<T>(work: (sql: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** The same, and what was written is there also after a loss of power. */
  durably<T>(work: (sql: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** All or nothing, alone in writing from its beginning. */
  transact<T>(work: (sql: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Sets the clock by the database's where that is another machine. */
  setClock(): Promise<void>;
  close(): Promise<void>;
}

/** What a person needs to know of each trouble; `place` is the database's name. */
const REMEDIES: Record<Trouble, (place: string) => readonly [what: string, remedy: string]> = {
  corrupt: (place) => [
    `${place} is damaged`,
    "move it away with its -wal and -shm, if any, and run footnote restore with your last backup; until then nothing is kept",
  ],
  truncated: (place) => [
    `${place} is cut off`,
    "move it away with its -wal and -shm, if any, and run footnote restore with your last backup; until then nothing is kept",
  ],
  full: (place) => [`${place} can't grow: the disk is full`, "make room there"],
  "read-only": (place) => [
    `${place} can't be written`,
    "let this user write there, or set FOOTNOTE_DATA to another folder",
  ],
  orphaned: (place) => [
    `${place} is gone, and its -wal or -journal is still there`,
    "put it back, or move these to where it went; until then nothing is kept",
  ],
  busy: (place) => [`${place} is kept busy by another process`, "see what else writes to it"],
  away: (place) => [`${place} can't be reached`, "see that it runs and that DATABASE_URL names it"],
  refused: (place) => [`${place} refuses the bot`, "check user, password and database in DATABASE_URL"],
  newer: (place) => [`${place} was changed by a newer version of footnote`, "run that version"],
};

export function storeError(trouble: Trouble, place: string): StoreError {
  const [what, remedy] = REMEDIES[trouble](place);
  return new StoreError(trouble, what, remedy);
}

/** Does the work; what goes wrong with the database becomes one line, what is wrong with the work stays as it is. */
export async function telling<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const trouble = troubleOf(error);
    throw trouble === null ? error : storeError(trouble, place);
  }
}

/** https://www.sqlite.org/rescode.html, https://www.postgresql.org/docs/15/errcodes-appendix.html, errno(3) */
const TROUBLES: readonly (readonly [code: RegExp, trouble: Trouble])[] = [
  [/^SQLITE_(?:CORRUPT|NOTADB)/, "corrupt"],
  [/^(?:SQLITE_FULL|ENOSPC|EDQUOT|53100)$/, "full"],
  [/^SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH|IOERR)|^(?:EACCES|EPERM|EROFS|ENOTDIR|25006)$/, "read-only"],
  [/^SQLITE_(?:BUSY|LOCKED)/, "busy"],
  [/^(?:28P01|28000|3D000|42501)$/, "refused"],
  [/^(?:ECONN\w+|ETIMEDOUT|ENOENT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EPIPE|08\w{3}|57P\w\d|53300|55P03)$/, "away"],
];

/** libsql and pg say these without a code. */
const SAID: readonly (readonly [said: RegExp, trouble: Trouble])[] = [
  [/Unable to open connection to local database/, "read-only"],
  [/file is not a database|malformed/, "corrupt"],
  [
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|not queryable|Cannot use a pool after/i,
    "away",
  ],
];

/** Names by number: an extended code is its primary one with more above the lowest eight bits. */
const PRIMARY_CODES: ReadonlyMap<number, string> = new Map([
  [3, "SQLITE_PERM"],
  [5, "SQLITE_BUSY"],
  [6, "SQLITE_LOCKED"],
  [8, "SQLITE_READONLY"],
  [10, "SQLITE_IOERR"],
  [11, "SQLITE_CORRUPT"],
  [13, "SQLITE_FULL"],
  [14, "SQLITE_CANTOPEN"],
  [23, "SQLITE_AUTH"],
  [26, "SQLITE_NOTADB"],
]);

/** libsql has no names for some of SQLite's extended codes, a folder that can't be written among them. */
function namedCode(code: string): string {
  const unnamed = /^UNKNOWN_SQLITE_ERROR_(\d+)$/.exec(code)?.[1];
  return unnamed === undefined ? code : (PRIMARY_CODES.get(Number(unnamed) & 0xff) ?? code);
}

function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? namedCode(String(error.code)) : "";
  const coded = TROUBLES.find(([pattern]) => pattern.test(code))?.[1];
  if (coded !== undefined) return coded;
  if (error instanceof AggregateError) return error.errors.map(troubleOf).find((one) => one !== null) ?? null;
  return SAID.find(([pattern]) => pattern.test(error.message))?.[1] ?? null;
}
