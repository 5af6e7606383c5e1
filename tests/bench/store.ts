// What the store adds to an answered event, on SQLite and on PostgreSQL, and whether it grows with what was answered.

import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../../adapters/shared/state/database.ts";
import { openPostgres } from "../../adapters/shared/state/postgres.ts";
import { createStore } from "../../adapters/shared/state/sql-store.ts";
import { openSqlite } from "../../adapters/shared/state/sqlite.ts";
import type { Store } from "../../adapters/shared/state/store.ts";
import { hasPostgres, startPostgres } from "../postgres.ts";
import { ms, quantile, type Row, type Suite, under } from "./frame/suite.ts";

const EVENTS = 20_000;
/** One in so many also brings a vote, as often as people vote. */
const VOTES_EVERY = 20;
const MEGABYTE = 1_000_000;

export const suite: Suite = {
  title: `Store: ${EVENTS.toLocaleString("en")} events accepted, taken, limited, recalled, remembered, counted, done`,
  run: async (onStep) => {
    const folder = mkdtempSync(join(tmpdir(), "footnote-bench-"));
    try {
      const sqlite = await measure("SQLite", await openSqlite(folder), 3, onStep);
      const file = join(folder, "state.db");
      const size: Row = { name: "SQLite, file after it", value: `${(statSync(file).size / MEGABYTE).toFixed(1)} MB` };
      return [...sqlite, size, ...(hasPostgres() ? await measurePostgres(onStep) : [])];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measurePostgres(onStep: (step: string) => void): Promise<readonly Row[]> {
  // As an operator runs it: safe against a loss of power.
  const server = await startPostgres(true);
  try {
    return await measure("PostgreSQL", await openPostgres(await server.database()), 5, onStep);
  } finally {
    await server.close();
  }
}

async function measure(
  name: string,
  database: Database,
  aimMs: number,
  onStep: (step: string) => void,
): Promise<readonly Row[]> {
  const store = await createStore(database, { keys: [], keepDays: 30 });
  const limit = store.limit(1000);
  const took: number[] = [];
  const memory: number[] = [];
  for (let at = 0; at < EVENTS; at++) {
    if (at % 1000 === 0) {
      onStep(`${name}: ${at} of ${EVENTS}`);
      global.gc?.();
      memory.push(process.memoryUsage().rss);
    }
    // Events come over a network: between two of them the event loop turns, and what libsql has done with is freed.
    await nextTurn();
    const start = performance.now();
    await answer(store, limit, at);
    took.push(performance.now() - start);
  }
  await store.care.sweep();
  await store.close();
  const [early, late] = [took.slice(1000, 3000), took.slice(-2000)];
  // What is loaded and compiled once is there after the first thousands.
  const grown = Math.max(...memory.slice(-3)) - Math.max(...memory.slice(3, 6));
  const mb = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;
  return [
    under(`${name}, added to an event, median`, quantile(took, 0.5), aimMs, ms),
    { name: `${name}, p99`, value: ms(quantile(took, 0.99)) },
    {
      name: `${name}, median of the first and the last 2,000`,
      value: `${ms(quantile(early, 0.5))}, ${ms(quantile(late, 0.5))}`,
    },
    under(`${name}, process grown from event 5,000 to 20,000`, grown, 20 * MEGABYTE, mb),
  ];
}

async function answer(store: Store, limit: ReturnType<Store["limit"]>, at: number): Promise<void> {
  const person = `T1:U${at % 500}`;
  const thread = `T1:C1:${at % 2000}`;
  const body = JSON.stringify({
    text: "How fast does a container start compared with a VM?",
    ts: `${at}`,
    user: person,
  });
  await store.outbox.accept({ key: `T1:message:C1:${at}`, platform: "slack", body, person, expiresAt: null });
  const taken = await store.outbox.take("slack", "bench");
  if (taken === null) throw new Error("an event that was accepted is not there");
  await limit.ask(person);
  await store.threads.recall(thread);
  await store.threads.remember(thread, "How fast does a container start compared with a VM?", person);
  await store.counts.add({
    platform: "slack",
    workspace: "T1:",
    kind: "answer",
    reason: null,
    topic: "startup-time",
    person,
  });
  await store.outbox.done(taken);
  if (at % VOTES_EVERY === 0) await store.votes.cast({ message: `T1:C1:${at}`, person, value: "up", topic: null });
}
