// Answered questions to counts by day in a database: how often what kind of reply, and to how many people.

import type { Database } from "./database.ts";
import type { People } from "./people.ts";
import type { Counts } from "./store.ts";

/** The day of a time, in UTC: YYYY-MM-DD. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const KEY = ["day", "platform", "workspace", "kind", "reason", "topic", "person"] as const;

export const createCounts = (database: Database, people: People): Counts => ({
  add: async ({ platform, workspace, kind, reason, topic, person, documents = [], latencyMs = 0 }) => {
    const where = { day: dayOf(database.now()), platform, workspace };
    const key = { ...where, kind, reason: reason ?? "", topic: topic ?? "" };
    const took = Math.round(latencyMs);
    await database.run(async (sql) => {
      await sql
        .insertInto("answer")
        .values({ ...key, person: people.hash(person), replies: 1, total_ms: took, slowest_ms: took })
        .onConflict((conflict) =>
          conflict.columns([...KEY]).doUpdateSet((row) => ({
            replies: row("answer.replies", "+", 1),
            total_ms: row("answer.total_ms", "+", took),
            slowest_ms: row
              .case()
              .when("answer.slowest_ms", "<", took)
              .then(took)
              .else(row.ref("answer.slowest_ms"))
              .end(),
          })),
        )
        .execute();
      if (documents.length === 0) return;
      await sql
        .insertInto("cited")
        .values([...new Set(documents)].map((document) => ({ ...where, document, replies: 1 })))
        .onConflict((conflict) =>
          conflict
            .columns(["day", "platform", "workspace", "document"])
            .doUpdateSet((row) => ({ replies: row("cited.replies", "+", 1) })),
        )
        .execute();
    });
  },
  since: async (day) => {
    const rows = await database.run((sql) =>
      sql
        .selectFrom("answer")
        .select(["day", "platform", "kind", "reason", "topic"])
        .select((row) => [
          row.fn.sum<number>("replies").as("replies"),
          row.fn.count<number>("person").distinct().as("people"),
        ])
        .where("day", ">=", day)
        .groupBy(["day", "platform", "kind", "reason", "topic"])
        .orderBy("day")
        .orderBy("platform")
        .orderBy("kind")
        .orderBy("reason")
        .orderBy("topic")
        .execute(),
    );
    return rows.map(({ reason, topic, replies, people, ...rest }) => ({
      ...rest,
      reason: reason === "" ? null : reason,
      topic: topic === "" ? null : topic,
      replies: Number(replies),
      people: Number(people),
    }));
  },
});
