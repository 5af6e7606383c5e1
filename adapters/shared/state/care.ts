// Keeps the promises about what is kept: deletes what is too old, and what a person or a workspace wants gone.

import { type Kysely, sql as raw } from "kysely";
import { KEPT_MS, readingBack } from "../memory.ts";
import { dayOf } from "./counts.ts";
import type { Database } from "./database.ts";
import { sweepOutbox } from "./outbox.ts";
import type { People } from "./people.ts";
import { hashOf } from "./remembering.ts";
import type { Tables } from "./schema.ts";
import type { Care, PersonRecord } from "./store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export function createCare(
  database: Database,
  people: People,
  { keepDays, leaseMs }: { keepDays: number; leaseMs: number },
): Care {
  const keepMs = keepDays * DAY_MS;
  return {
    async sweep() {
      await database.setClock();
      const swept = await sweepOutbox(database, keepMs, leaseMs);
      await sweepOld(database, keepMs);
      return swept;
    },
    recordOf: async (person) => ({
      ...(await recordOf(database, people.hashes(person))),
      changes: await changesOf(database, person),
    }),
    forget: (person) => {
      const whose = people.hashes(person);
      return database.transact(async (sql) => {
        await leaveLost(sql, whose, database.now() + KEPT_MS);
        return total(
          await sql.deleteFrom("event").where("person", "in", whose).executeTakeFirst(),
          await sql.deleteFrom("question").where("person", "in", whose).executeTakeFirst(),
          await sql.deleteFrom("vote").where("person", "in", whose).executeTakeFirst(),
          await sql.deleteFrom("rate").where("person", "in", whose).executeTakeFirst(),
          await sql.deleteFrom("answer").where("person", "in", whose).executeTakeFirst(),
          // What was set stays set; by whom is forgotten.
          await sql.updateTable("channel_change").set({ person: null }).where("person", "=", person).executeTakeFirst(),
          await sql.deleteFrom("wait").where("person", "in", whose).executeTakeFirst(),
          // What was done about their words may hold them; it can't be undone any more then.
          await sql
            .deleteFrom("fix")
            .where("fix", "in", (row) => row.selectFrom("reply").select("reply.fix").where("person", "in", whose))
            .executeTakeFirst(),
          await sql.deleteFrom("reply").where("person", "in", whose).executeTakeFirst(),
        );
      });
    },
    forgetWorkspace: (prefix) => {
      const like = `${prefix.replace(/[\\%_]/g, "\\$&")}%`;
      const begins = (column: string) => raw<boolean>`${raw.ref(column)} like ${like} escape '\\'`;
      return database.transact(async (sql) =>
        total(
          await sql.deleteFrom("question").where(begins("thread")).executeTakeFirst(),
          await sql.deleteFrom("vote").where(begins("message")).executeTakeFirst(),
          await sql.deleteFrom("event").where(begins("key")).executeTakeFirst(),
          await sql.deleteFrom("answer").where("workspace", "=", prefix).executeTakeFirst(),
          await sql.deleteFrom("channel_setting").where(begins("channel")).executeTakeFirst(),
          await sql.deleteFrom("channel_change").where(begins("channel")).executeTakeFirst(),
          await sql.deleteFrom("hushed").where(begins("key")).executeTakeFirst(),
          await sql.deleteFrom("cited").where("workspace", "=", prefix).executeTakeFirst(),
          await sql.deleteFrom("wait").where("workspace", "=", prefix).executeTakeFirst(),
          await sql
            .deleteFrom("fix")
            .where("fix", "in", (row) => row.selectFrom("reply").select("reply.fix").where("workspace", "=", prefix))
            .executeTakeFirst(),
          await sql.deleteFrom("reply").where("workspace", "=", prefix).executeTakeFirst(),
        ),
      );
    },
  };
}

/** What somebody has deleted must not be read back from the platform: their threads are claimed as if that had been done. */
async function leaveLost(sql: Kysely<Tables>, whose: readonly string[], until: number): Promise<void> {
  const asked = await sql.selectFrom("question").select("thread").distinct().where("person", "in", whose).execute();
  for (const { thread } of asked)
    await sql
      .insertInto("claim")
      .values({ key: hashOf(readingBack(thread)), until })
      .onConflict((conflict) => conflict.column("key").doUpdateSet({ until }))
      .execute();
}

async function sweepOld(database: Database, keepMs: number): Promise<void> {
  const at = database.now();
  await database.run(async (sql) => {
    await sql.deleteFrom("claim").where("until", "<=", at).execute();
    await sql.deleteFrom("rate").where("until", "<=", at).execute();
    await sql.deleteFrom("hushed").where("until", "<=", at).execute();
    await sql
      .deleteFrom("channel_change")
      .where("changed_at", "<", at - keepMs)
      .execute();
    await sql
      .deleteFrom("vote")
      .where("cast_at", "<", at - keepMs)
      .execute();
    await sql
      .deleteFrom("answer")
      .where("day", "<", dayOf(at - keepMs))
      .execute();
    await sql
      .deleteFrom("cited")
      .where("day", "<", dayOf(at - keepMs))
      .execute();
    // What helped is forgotten with its thread.
    await sql
      .deleteFrom("reply")
      .where((row) =>
        row.or([
          row("asked_at", "<", at - keepMs),
          row.and([row("missed", "is", null), row("asked_at", "<=", at - KEPT_MS)]),
        ]),
      )
      .execute();
    await sql
      .deleteFrom("wait")
      .where("receipt", "not in", (row) => row.selectFrom("reply").select("reply.receipt"))
      .execute();
    await sql
      .deleteFrom("fix")
      .where("made_at", "<", at - keepMs)
      .execute();
    // A thread is forgotten as a whole, a day after its last question.
    await sql
      .deleteFrom("question")
      .where("asked_at", "<=", at - KEPT_MS)
      .where("thread", "not in", (row) =>
        row
          .selectFrom("question as fresh")
          .select("fresh.thread")
          .where("fresh.asked_at", ">", at - KEPT_MS),
      )
      .execute();
  });
}

type Deleted = { readonly numDeletedRows: bigint } | { readonly numUpdatedRows: bigint };

const total = (...deleted: readonly Deleted[]): number =>
  deleted.reduce((sum, one) => sum + Number("numDeletedRows" in one ? one.numDeletedRows : one.numUpdatedRows), 0);

const timeOf = (at: number): string => new Date(at).toISOString();

async function changesOf(database: Database, person: string): Promise<PersonRecord["changes"]> {
  const rows = await database.run((sql) =>
    sql.selectFrom("channel_change").selectAll().where("person", "=", person).orderBy("id").execute(),
  );
  return rows.map(({ channel, name, value, changed_at }) => ({
    ...{ channel, setting: `${name}: ${value}`, at: timeOf(changed_at) },
  }));
}

async function recordOf(database: Database, whose: readonly string[]): Promise<Omit<PersonRecord, "changes">> {
  return database.run(async (sql) => {
    const questions = await sql.selectFrom("question").selectAll().where("person", "in", whose).orderBy("id").execute();
    const votes = await sql.selectFrom("vote").selectAll().where("person", "in", whose).orderBy("cast_at").execute();
    const replies = await sql.selectFrom("answer").selectAll().where("person", "in", whose).orderBy("day").execute();
    const waiting = await sql
      .selectFrom("event")
      .selectAll()
      .where("person", "in", whose)
      .orderBy("accepted_at")
      .execute();
    const asked = await sql.selectFrom("reply").selectAll().where("person", "in", whose).orderBy("asked_at").execute();
    const hearing = await sql.selectFrom("wait").selectAll().where("person", "in", whose).orderBy("asked_at").execute();
    return {
      questions: questions.map(({ thread, question, asked_at }) => ({ thread, question, at: timeOf(asked_at) })),
      votes: votes.map(({ message, value, reason, cast_at }) => ({ message, value, reason, at: timeOf(cast_at) })),
      replies: replies.map(({ day, kind, replies: count }) => ({ day, kind, count })),
      waiting: waiting.map(({ platform, body, accepted_at }) => ({
        platform,
        body: body ?? "",
        at: timeOf(accepted_at),
      })),
      asked: asked.flatMap(({ question, missed, asked_at }) =>
        question === null ? [] : [{ question, missed, at: timeOf(asked_at) }],
      ),
      hearing: hearing.map(({ receipt, address, asked_at }) => ({ receipt, address, at: timeOf(asked_at) })),
    };
  });
}
