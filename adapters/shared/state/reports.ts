// What a database has counted to what a report tells: documents cited, slow replies, votes by topic and document.

import { z } from "zod";
import type { Database } from "./database.ts";
import { isReason } from "./replies.ts";
import type { Reports } from "./store.ts";

export const createReports = (database: Database): Reports => ({
  cited: async (day) => {
    const rows = await database.run((sql) =>
      sql
        .selectFrom("cited")
        .select((row) => ["document", row.fn.sum<number>("replies").as("replies")])
        .where("day", ">=", day)
        .groupBy("document")
        .orderBy("document")
        .execute(),
    );
    return new Map(rows.map(({ document, replies }) => [document, Number(replies)]));
  },
  slowest: async (day, limit) => {
    const rows = await database.run((sql) =>
      sql
        .selectFrom("answer")
        .select((row) => [
          "kind",
          "topic",
          row.fn.sum<number>("replies").as("replies"),
          row.fn.sum<number>("total_ms").as("total"),
          row.fn.max("slowest_ms").as("slowest"),
        ])
        .where("day", ">=", day)
        .groupBy(["kind", "topic"])
        .orderBy("slowest", "desc")
        .orderBy("kind")
        .orderBy("topic")
        .limit(limit)
        .execute(),
    );
    return rows.map(({ kind, topic, replies, total, slowest }) => ({
      kind,
      topic: topic === "" ? null : topic,
      replies: Number(replies),
      meanMs: Math.round(Number(total) / Number(replies)),
      slowestMs: Number(slowest),
    }));
  },
  votes: async (day) => {
    const rows = await database.run((sql) =>
      sql
        .selectFrom("vote")
        .select((row) => ["value", "reason", "topic", "documents", row.fn.countAll<number>().as("votes")])
        .where("cast_at", ">=", Date.parse(`${day}T00:00:00Z`))
        .groupBy(["value", "reason", "topic", "documents"])
        .orderBy("votes", "desc")
        .orderBy("topic")
        .orderBy("value")
        .orderBy("reason")
        .orderBy("documents")
        .execute(),
    );
    return rows.map(({ reason, documents, votes, ...row }) => ({
      ...row,
      reason: isReason(reason) ? reason : null,
      documents: documents === null ? [] : z.array(z.string()).parse(JSON.parse(documents)),
      votes: Number(votes),
    }));
  },
});
