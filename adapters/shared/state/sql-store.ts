// An open database to the store: its parts, put together.

import { createCare } from "./care.ts";
import { createChannelSettings } from "./channel-settings.ts";
import { createCounts } from "./counts.ts";
import type { Database } from "./database.ts";
import { createLeases } from "./leases.ts";
import { createOutbox } from "./outbox.ts";
import { createPeople, keysOf } from "./people.ts";
import { createClaims, createLimit, createThreads, createVotes } from "./remembering.ts";
import { createInbox, createReplies, createWaits } from "./replies.ts";
import { createReports } from "./reports.ts";
import { LEASE_MS, type Store, type StoreOptions } from "./store.ts";

/** @throws StoreError where the database can't be used */
export async function createStore(
  database: Database,
  { keys, keepDays, leaseMs = LEASE_MS }: Omit<StoreOptions, "now">,
): Promise<Store> {
  const people = createPeople(await keysOf(database, keys));
  return {
    outbox: createOutbox(database, people, leaseMs),
    claims: createClaims(database),
    threads: createThreads(database, people),
    votes: createVotes(database, people),
    channels: createChannelSettings(database),
    leases: createLeases(database),
    counts: createCounts(database, people),
    replies: createReplies(database, people),
    waits: createWaits(database, people),
    inbox: createInbox(database),
    reports: createReports(database),
    care: createCare(database, people, { keepDays, leaseMs }),
    limit: (questionsPerMinute) => createLimit(database, people, questionsPerMinute),
    now: database.now,
    name: database.name,
    close: () => database.close(),
  };
}
