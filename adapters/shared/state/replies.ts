// Replies in a database for as long as people may say how they helped, the misses among them, and who waits for better ones.

import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import { VOTE_REASONS, type VoteReason } from "../memory.ts";
import type { Database } from "./database.ts";
import type { People } from "./people.ts";
import type { Tables } from "./schema.ts";
import {
  type Fix,
  type Inbox,
  MISS_KINDS,
  MISS_STATES,
  type Miss,
  type Replies,
  type WaitingQuestion,
  type Waits,
} from "./store.ts";

export const createReplies = (database: Database, people: People): Replies => ({
  record: async ({ person, after, documents, ...replied }) => {
    const row = {
      ...replied,
      person: people.hash(person),
      after: JSON.stringify(after),
      documents: JSON.stringify(documents),
      state: "open",
      fix: null,
      asked_at: database.now(),
    };
    await database.run((sql) =>
      sql
        .insertInto("reply")
        .values(row)
        .onConflict((conflict) => conflict.column("receipt").doNothing())
        .execute(),
    );
  },
  meantNone: async (receipt) => {
    await database.durably((sql) =>
      sql
        .updateTable("reply")
        .set({ missed: "no-option" })
        .where("receipt", "=", receipt)
        .where("kind", "=", "clarify")
        .execute(),
    );
  },
});

/** Says of a reply whether it missed, by all votes on it: one against it is enough, and what only led needs one for it. */
export async function judgeAgain(sql: Kysely<Tables>, receipt: string): Promise<void> {
  const cast = (value: "up" | "down") =>
    sql.selectFrom("vote").select("vote.message").where("receipt", "=", receipt).where("value", "=", value);
  await sql
    .updateTable("reply")
    .set((row) => ({
      missed: row
        .case()
        .when("kind", "=", "unknown")
        .then(row.ref("missed"))
        .when(row.exists(cast("down")))
        .then("voted-down")
        .when(row.and([row("kind", "=", "leads"), row.not(row.exists(cast("up")))]))
        .then("leads")
        .else(null)
        .end(),
    }))
    .where("receipt", "=", receipt)
    .execute();
}

export const createInbox = (database: Database): Inbox => ({
  misses: () => missesIn(database),
  unkept: async () => {
    const { count } = await database.run((sql) =>
      sql
        .selectFrom("reply")
        .select((row) => row.fn.countAll<number>().as("count"))
        .where("missed", "is not", null)
        .where("question", "is", null)
        .executeTakeFirstOrThrow(),
    );
    return Number(count);
  },
  settle: ({ id, kind, topic, edit, receipts }) =>
    database.transact(async (sql) => {
      await sql.insertInto("fix").values({ fix: id, kind, topic, edit, made_at: database.now() }).execute();
      await sql.updateTable("reply").set({ state: kind, fix: id }).where("receipt", "in", receipts).execute();
    }),
  last: () => lastFix(database),
  undo: ({ id }) =>
    database.transact(async (sql) => {
      await sql.updateTable("reply").set({ state: "open", fix: null }).where("fix", "=", id).execute();
      await sql.deleteFrom("fix").where("fix", "=", id).execute();
    }),
});

async function missesIn(database: Database): Promise<readonly Miss[]> {
  const { rows, votes, waits } = await database.run(async (sql) => ({
    rows: await sql
      .selectFrom("reply")
      .selectAll()
      .where("missed", "is not", null)
      .where("question", "is not", null)
      .orderBy("asked_at")
      .orderBy("receipt")
      .execute(),
    votes: await sql
      .selectFrom("vote")
      .select(["receipt", "reason"])
      .distinct()
      .where("value", "=", "down")
      .where("receipt", "is not", null)
      .where("reason", "is not", null)
      .orderBy("reason")
      .execute(),
    waits: await sql
      .selectFrom("wait")
      .select((row) => ["receipt", row.fn.countAll<number>().as("count")])
      .groupBy("receipt")
      .execute(),
  }));
  const reasons = new Map<string | null, (string | null)[]>();
  for (const { receipt, reason } of votes) reasons.set(receipt, [...(reasons.get(receipt) ?? []), reason]);
  const waiting = new Map(waits.map(({ receipt, count }) => [receipt, Number(count)]));
  return rows.map((row) => missOf(row, reasons.get(row.receipt) ?? [], waiting.get(row.receipt) ?? 0));
}

const lastFix = (database: Database): Promise<Fix | null> =>
  database.run(async (sql) => {
    const row = await sql
      .selectFrom("fix")
      .selectAll()
      .orderBy("made_at", "desc")
      .orderBy("fix", "desc")
      .executeTakeFirst();
    if (row === undefined) return null;
    const { fix: id, topic, edit } = row;
    const fixed = await sql.selectFrom("reply").select("receipt").where("fix", "=", id).orderBy("receipt").execute();
    return { id, kind: fixKind.parse(row.kind), topic, edit, receipts: fixed.map(({ receipt }) => receipt) };
  });

export const createWaits = (database: Database, people: People): Waits => ({
  add: async ({ receipt, platform, workspace, person, address }) => {
    const row = { receipt, platform, workspace, person: people.hash(person), address, asked_at: database.now() };
    return database.durably(async (sql) => {
      const reply = await sql
        .selectFrom("reply")
        .select("receipt")
        .where("receipt", "=", receipt)
        .where("question", "is not", null)
        .executeTakeFirst();
      if (reply === undefined) return false;
      await sql
        .insertInto("wait")
        .values(row)
        .onConflict((conflict) => conflict.columns(["receipt", "person"]).doUpdateSet({ address }))
        .execute();
      return true;
    });
  },
  list: async (platform) => {
    const rows = await database.run((sql) =>
      sql
        .selectFrom("wait")
        .innerJoin("reply", "reply.receipt", "wait.receipt")
        .select(["wait.receipt", "wait.platform", "wait.workspace", "wait.person", "wait.address"])
        .select(["reply.question", "reply.after", "reply.substance"])
        .where("wait.platform", "=", platform)
        .orderBy("wait.asked_at")
        .orderBy("wait.receipt")
        .execute(),
    );
    return rows.flatMap(({ question, after, ...row }): WaitingQuestion[] =>
      question === null ? [] : [{ ...row, question, after: texts.parse(JSON.parse(after)) }],
    );
  },
  end: async ({ receipt, person }) => {
    await database.durably((sql) =>
      sql.deleteFrom("wait").where("receipt", "=", receipt).where("person", "=", person).execute(),
    );
  },
});

function missOf(row: Selectable<Tables["reply"]>, reasons: readonly (string | null)[], waiting: number): Miss {
  const { receipt, platform, question, kind, reason, topic, substance } = row;
  return {
    ...{ receipt, platform, substance, question: question ?? "", kind, reason, topic, waiting, at: row.asked_at },
    after: texts.parse(JSON.parse(row.after)),
    documents: texts.parse(JSON.parse(row.documents)),
    missed: missKind.parse(row.missed),
    state: missState.parse(row.state),
    reasons: reasons.filter(isReason),
  };
}

const texts = z.array(z.string());
const missKind = z.enum(MISS_KINDS);
const missState = z.enum(MISS_STATES);
const fixKind: z.ZodType<Fix["kind"]> = z.enum(["assigned", "outside", "ignored"]);
const voteReason = z.enum(VOTE_REASONS);
/** Rows of a newer version may hold others. */
export const isReason = (reason: string | null): reason is VoteReason => voteReason.safeParse(reason).success;
