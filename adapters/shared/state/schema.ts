// The tables of the state, one schema for both databases, and the steps that lead an older database to it.

import { type Generated, type Kysely, type Migration, Migrator, sql } from "kysely";
import { StoreError } from "./store.ts";

export interface Tables {
  readonly event: EventTable;
  readonly claim: ClaimTable;
  readonly question: QuestionTable;
  readonly vote: VoteTable;
  readonly rate: RateTable;
  readonly lease: LeaseTable;
  readonly answer: AnswerTable;
  readonly setting: SettingTable;
  readonly channel_setting: ChannelSettingTable;
  readonly channel_change: ChannelChangeTable;
  readonly hushed: HushedTable;
  readonly reply: ReplyTable;
  readonly wait: WaitTable;
  readonly fix: FixTable;
  readonly cited: CitedTable;
}

/** Times are milliseconds since 1970; a person is a keyed hash. */
export interface EventTable {
  readonly key: string;
  readonly platform: string;
  readonly state: "open" | "done" | "dead" | "expired";
  /** Null once answered. */
  readonly body: string | null;
  readonly person: string | null;
  readonly accepted_at: number;
  readonly due_at: number;
  readonly expires_at: number | null;
  readonly attempts: number;
  readonly holder: string | null;
  readonly leased_until: number;
  readonly problem: string | null;
}

interface ClaimTable {
  readonly key: string;
  readonly until: number;
}

interface QuestionTable {
  readonly id: Generated<number>;
  readonly thread: string;
  readonly question: string;
  readonly person: string | null;
  readonly asked_at: number;
}

interface VoteTable {
  readonly message: string;
  readonly person: string;
  readonly value: "up" | "down";
  readonly topic: string | null;
  readonly cast_at: number;
  /** Why it was voted down; null where that was not said. */
  readonly reason: Generated<string | null>;
  /** Receipt of the reply; null where none was given out. */
  readonly receipt: Generated<string | null>;
  /** Ids of the documents that the reply cited, as JSON; null where that is not known. */
  readonly documents: Generated<string | null>;
}

interface RateTable {
  readonly person: string;
  readonly asked: number;
  readonly until: number;
}

interface LeaseTable {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
  readonly until: number;
}

/** How often a person got a kind of reply on a day; an empty reason or topic is none. */
interface AnswerTable {
  readonly day: string;
  readonly platform: string;
  readonly workspace: string;
  readonly kind: string;
  readonly reason: string;
  readonly topic: string;
  readonly person: string;
  readonly replies: number;
  /** Of all of them together, and of the one that took longest. */
  readonly total_ms: Generated<number>;
  readonly slowest_ms: Generated<number>;
}

interface SettingTable {
  readonly name: string;
  readonly value: string;
}

/** Of a channel; values as JSON. */
interface ChannelSettingTable {
  readonly channel: string;
  readonly name: string;
  readonly value: string;
}

/** A change of it, by a person as the platform names them: who may change settings is told who did. */
interface ChannelChangeTable extends ChannelSettingTable {
  readonly id: Generated<number>;
  readonly before: string;
  readonly person: string | null;
  readonly changed_at: number;
}

/** Threads and channels in which nothing is answered unasked, until then. */
interface HushedTable {
  readonly key: string;
  readonly until: number;
}

/** A reply for as long as a person's word on it may come, and longer where it helped nobody. */
interface ReplyTable {
  readonly receipt: string;
  readonly platform: string;
  readonly workspace: string;
  readonly person: string;
  /** Scrubbed; null where no words are kept. */
  readonly question: string | null;
  /** The earlier questions of its thread as JSON, scrubbed. */
  readonly after: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly topic: string | null;
  /** Ids as JSON. */
  readonly documents: string;
  /** What tells it from another reply to the same question. */
  readonly substance: string;
  /** How it missed; null where it helped, as far as is known. */
  readonly missed: string | null;
  readonly state: string;
  readonly fix: string | null;
  readonly asked_at: number;
}

/** Somebody who wants to hear when a question is answered. */
interface WaitTable {
  readonly receipt: string;
  readonly person: string;
  readonly platform: string;
  readonly workspace: string;
  /** Where to tell them, as their platform's adapter writes it. */
  readonly address: string;
  readonly asked_at: number;
}

/** What an operator did about misses, so that it can be undone. */
interface FixTable {
  readonly fix: string;
  readonly kind: string;
  readonly topic: string | null;
  /** Where in which file what was inserted, as JSON; "" for nothing. */
  readonly edit: string;
  readonly made_at: number;
}

/** How often a document was cited on a day. */
interface CitedTable {
  readonly day: string;
  readonly platform: string;
  readonly workspace: string;
  readonly document: string;
  readonly replies: number;
}

/** The names of all tables, in an order in which they can be filled. */
export const TABLES = [
  "event",
  "claim",
  "question",
  "vote",
  "rate",
  "lease",
  "answer",
  "setting",
  "channel_setting",
  "channel_change",
  "hushed",
  "reply",
  "wait",
  "fix",
  "cited",
] as const satisfies readonly (keyof Tables)[];

export type DatabaseKind = "sqlite" | "postgres";
/** Steps by name, in the order of their names. A step that was released never changes. */
export type Migrations = Readonly<Record<string, Migration>>;

/** How rows are numbered is all that the two databases' schemas differ in. */
const NUMBERED: Record<DatabaseKind, string> = {
  sqlite: "integer primary key autoincrement",
  postgres: "bigserial primary key",
};

const statementsOf = (kind: DatabaseKind): readonly string[] => [
  `create table event (
     key text primary key, platform text not null, state text not null, body text, person text,
     accepted_at bigint not null, due_at bigint not null, expires_at bigint,
     attempts integer not null, holder text, leased_until bigint not null, problem text)`,
  // Nearly all events are answered: only the others are looked for.
  "create index event_open on event (platform, due_at) where state = 'open'",
  "create index event_accepted on event (accepted_at)",
  "create table claim (key text primary key, until bigint not null)",
  "create index claim_until on claim (until)",
  `create table question (
     id ${NUMBERED[kind]}, thread text not null, question text not null, person text, asked_at bigint not null)`,
  "create index question_thread on question (thread, id)",
  "create index question_asked on question (asked_at)",
  `create table vote (
     message text not null, person text not null, value text not null, topic text, cast_at bigint not null,
     primary key (message, person))`,
  "create table rate (person text primary key, asked integer not null, until bigint not null)",
  "create table lease (name text primary key, holder text not null, token bigint not null, until bigint not null)",
  `create table answer (
     day text not null, platform text not null, workspace text not null, kind text not null, reason text not null, topic text not null,
     person text not null, replies integer not null,
     primary key (day, platform, workspace, kind, reason, topic, person))`,
  "create table setting (name text primary key, value text not null)",
];

const channelStatementsOf = (kind: DatabaseKind): readonly string[] => [
  `create table channel_setting (
     channel text not null, name text not null, value text not null, primary key (channel, name))`,
  `create table channel_change (
     id ${NUMBERED[kind]}, channel text not null, name text not null, value text not null, before text not null,
     person text, changed_at bigint not null)`,
  "create index channel_change_channel on channel_change (channel, id)",
  "create table hushed (key text primary key, until bigint not null)",
];

/** What was missed and why, who wants to hear of it, what was done about it, and what was cited how fast. */
const LOOP_STATEMENTS: readonly string[] = [
  "alter table vote add column reason text",
  "alter table vote add column receipt text",
  "alter table vote add column documents text",
  "create index vote_receipt on vote (receipt)",
  "alter table answer add column total_ms bigint not null default 0",
  "alter table answer add column slowest_ms bigint not null default 0",
  `create table reply (
     receipt text primary key, platform text not null, workspace text not null, person text not null, question text,
     after text not null, kind text not null, reason text, topic text, documents text not null, substance text not null,
     missed text, state text not null, fix text, asked_at bigint not null)`,
  "create index reply_asked on reply (asked_at)",
  "create index reply_person on reply (person)",
  `create table wait (
     receipt text not null, person text not null, platform text not null, workspace text not null, address text not null,
     asked_at bigint not null, primary key (receipt, person))`,
  "create table fix (fix text primary key, kind text not null, topic text, edit text not null, made_at bigint not null)",
  `create table cited (
     day text not null, platform text not null, workspace text not null, document text not null, replies integer not null,
     primary key (day, platform, workspace, document))`,
];

export const migrationsFor = (kind: DatabaseKind): Migrations => ({
  "001-state": {
    up: async (db: Kysely<unknown>) => {
      for (const statement of statementsOf(kind)) await sql.raw(statement).execute(db);
    },
  },
  "002-channel-settings": {
    up: async (db: Kysely<unknown>) => {
      for (const statement of channelStatementsOf(kind)) await sql.raw(statement).execute(db);
    },
  },
  "003-misses": {
    up: async (db: Kysely<unknown>) => {
      for (const statement of LOOP_STATEMENTS) await sql.raw(statement).execute(db);
    },
  },
});

/**
 * Leads a database to these steps' schema; what is there stays.
 * @param name the database's, for people
 * @throws StoreError where a newer program has changed the schema; whatever a step throws
 */
export async function migrate(db: Kysely<Tables>, name: string, steps: Migrations): Promise<void> {
  const strangers = (await stepsDone(db)).filter((step) => !(step in steps));
  if (strangers.length > 0)
    throw new StoreError(
      "newer",
      `${name} was changed by a newer version of footnote (${strangers.at(-1)})`,
      "run that version, or restore a backup of this one's",
    );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...steps }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** The steps that a database has been led through, oldest first. */
export async function stepsDone(db: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === MIGRATION_TABLE)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(MIGRATION_TABLE)} order by name`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

/** Kysely's own. */
const MIGRATION_TABLE = "kysely_migration";
