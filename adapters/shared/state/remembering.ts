// Threads, claims, votes and limits in a database: what the bots ask between two messages.

import { createHash } from "node:crypto";
import { THREAD_QUESTIONS_MAX } from "../../../src/engine.ts";
import { type Claims, KEPT_MS, type Threads, type Votes } from "../memory.ts";
import type { Limit } from "../rate-limit.ts";
import type { Database } from "./database.ts";
import type { People } from "./people.ts";
import { judgeAgain } from "./replies.ts";
import { CLOCK_SET_BACK } from "./store.ts";

const WINDOW_MS = 60_000;

export const createThreads = (database: Database, people: People): Threads => ({
  recall: async (thread) => {
    const rows = await database.run((sql) =>
      sql
        .selectFrom("question")
        .select(["question", "asked_at"])
        .where("thread", "=", thread)
        .orderBy("id", "desc")
        .limit(THREAD_QUESTIONS_MAX)
        .execute(),
    );
    const [last] = rows;
    if (last === undefined || last.asked_at <= database.now() - KEPT_MS) return [];
    return rows.map(({ question }) => question).reverse();
  },
  remember: async (thread, question, person) => {
    const row = {
      thread,
      question,
      person: person === undefined ? null : people.hash(person),
      asked_at: database.now(),
    };
    await database.run((sql) => sql.insertInto("question").values(row).execute());
  },
  branch: async (from, to) => {
    const at = database.now();
    await database.run(async (sql) => {
      const rows = await sql
        .selectFrom("question")
        .select(["question", "person", "asked_at"])
        .where("thread", "=", from)
        .where("asked_at", ">", at - KEPT_MS)
        .orderBy("id", "desc")
        .limit(THREAD_QUESTIONS_MAX)
        .execute();
      if (rows.length === 0) return;
      // Whose each was, it stays.
      const branched = rows.map((row) => ({ ...row, thread: to })).reverse();
      await sql.insertInto("question").values(branched).execute();
    });
  },
});

/** Keys may name people, so only their hashes are kept. */
export const createClaims = (database: Database): Claims => ({
  claim: async (key) => {
    const at = database.now();
    const claimed = await database.run((sql) =>
      sql
        .insertInto("claim")
        .values({ key: hashOf(key), until: at + KEPT_MS })
        .onConflict((conflict) =>
          conflict
            .column("key")
            .doUpdateSet({ until: at + KEPT_MS })
            .where("claim.until", "<=", at),
        )
        .returning("key")
        .executeTakeFirst(),
    );
    return claimed !== undefined;
  },
  release: async (key) => {
    await database.run((sql) => sql.deleteFrom("claim").where("key", "=", hashOf(key)).execute());
  },
});

export const createVotes = (database: Database, people: People): Votes => ({
  cast: ({ message, person, value, topic, reason, receipt }) =>
    database.durably(async (sql) => {
      const reply =
        receipt === undefined
          ? undefined
          : await sql.selectFrom("reply").select("documents").where("receipt", "=", receipt).executeTakeFirst();
      const cast = { value, reason: value === "down" ? (reason ?? null) : null, cast_at: database.now() };
      const known = { topic, receipt: receipt ?? null, documents: reply?.documents ?? null };
      await sql
        .insertInto("vote")
        .values({ message, person: people.hash(person), ...cast, ...known })
        // A reason comes after its vote, by a button that may know less.
        .onConflict((conflict) =>
          conflict.columns(["message", "person"]).doUpdateSet((row) => ({
            ...cast,
            topic: row.fn.coalesce("excluded.topic", "vote.topic"),
            receipt: row.fn.coalesce("excluded.receipt", "vote.receipt"),
            documents: row.fn.coalesce("excluded.documents", "vote.documents"),
          })),
        )
        .execute();
      if (receipt !== undefined) await judgeAgain(sql, receipt);
    }),
  tally: async (message) => {
    const rows = await database.run((sql) =>
      sql
        .selectFrom("vote")
        .select((row) => ["value", row.fn.countAll<number>().as("count")])
        .where("message", "=", message)
        .groupBy("value")
        .execute(),
    );
    const countOf = (value: string): number => Number(rows.find((row) => row.value === value)?.count ?? 0);
    return { up: countOf("up"), down: countOf("down") };
  },
});

/** A fixed minute that begins with a person's first question; one that would end later than that was set by another clock. */
export const createLimit = (database: Database, people: People, questionsPerMinute: number): Limit => ({
  ask: async (person) => {
    if (questionsPerMinute === 0) return { ok: true };
    const at = database.now();
    const whose = people.hash(person);
    const counted = await database.run((sql) =>
      sql
        .insertInto("rate")
        .values({ person: whose, asked: 1, until: at + WINDOW_MS })
        .onConflict((conflict) =>
          conflict
            .column("person")
            .doUpdateSet((row) => {
              const isOver = row.or([
                row("rate.until", "<=", at),
                row("rate.until", ">", at + CLOCK_SET_BACK * WINDOW_MS),
              ]);
              return {
                asked: row
                  .case()
                  .when(isOver)
                  .then(1)
                  .else(row("rate.asked", "+", 1))
                  .end(),
                until: row
                  .case()
                  .when(isOver)
                  .then(at + WINDOW_MS)
                  .else(row.ref("rate.until"))
                  .end(),
              };
            })
            .where((row) =>
              row.or([
                row("rate.asked", "<", questionsPerMinute),
                row("rate.until", "<=", at),
                row("rate.until", ">", at + CLOCK_SET_BACK * WINDOW_MS),
              ]),
            ),
        )
        .returning("asked")
        .executeTakeFirst(),
    );
    if (counted !== undefined) return { ok: true };
    const row = await database.run((sql) =>
      sql.selectFrom("rate").select("until").where("person", "=", whose).executeTakeFirst(),
    );
    return { ok: false, retryAfterMs: Math.max(1, (row?.until ?? at + WINDOW_MS) - at) };
  },
  release: async (person) => {
    await database.run((sql) =>
      sql
        .updateTable("rate")
        .set((row) => ({ asked: row("asked", "-", 1) }))
        .where("person", "=", people.hash(person))
        .where("asked", ">", 0)
        .where("until", ">", database.now())
        .execute(),
    );
  },
});

/** What is kept of a claim's key. */
export const hashOf = (key: string): string => createHash("sha256").update(key).digest("base64url");
