// Backups of either database, taken while it is written to, and what is there after either has taken one back.
// @module-tag slow

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { backUp, restore } from "../../../../adapters/shared/state/backup.ts";
import type { Database } from "../../../../adapters/shared/state/database.ts";
import { openPostgres } from "../../../../adapters/shared/state/postgres.ts";
import { createStore } from "../../../../adapters/shared/state/sql-store.ts";
import { openSqlite } from "../../../../adapters/shared/state/sqlite.ts";
import type { Store } from "../../../../adapters/shared/state/store.ts";
import { hasPostgres, type Server, startPostgres } from "../../../postgres.ts";

const root = mkdtempSync(join(tmpdir(), "footnote-backup-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => mkdtempSync(join(root, "d-"));

let server: Server | null = null;
beforeAll(async () => {
  if (hasPostgres()) server = await startPostgres();
});
afterAll(() => server?.close());

const OPENERS: Readonly<Record<string, () => Promise<Database>>> = {
  SQLite: () => openSqlite(newFolder()),
  ...(hasPostgres() ? { PostgreSQL: async () => openPostgres((await server?.database()) ?? "") } : {}),
};

interface Opened {
  readonly database: Database;
  readonly store: Store;
}

async function opened(open: () => Promise<Database>): Promise<Opened> {
  const database = await open();
  onTestFinished(() => database.close());
  return { database, store: await createStore(database, { keys: [], keepDays: 30 }) };
}

const asked = (key: string) => ({ key, platform: "slack", body: "{}", person: "T1:U1", expiresAt: null });

async function fill({ store }: Opened): Promise<void> {
  for (const question of ["one", "two"]) await store.threads.remember("T1:C1:1", question, "T1:U1");
  await store.votes.cast({ message: "T1:m", person: "T1:U1", value: "down", topic: "tea" });
  await store.claims.claim("event");
  await store.counts.add({
    platform: "slack",
    workspace: "T1:",
    kind: "answer",
    reason: null,
    topic: "tea",
    person: "T1:U1",
  });
  for (const key of ["T1:a", "T1:b"]) await store.outbox.accept(asked(key));
  const taken = await store.outbox.take("slack", "a");
  if (taken !== null) await store.outbox.done(taken);
}

for (const [from, openFrom] of Object.entries(OPENERS))
  for (const [to, openTo] of Object.entries(OPENERS))
    test(`what ${from} held, ${to} holds after a backup and its restoring`, async () => {
      const source = await opened(openFrom);
      await fill(source);
      const file = join(newFolder(), "backup.db");
      expect((await backUp(source.database, file)).get("question")).toBe(2);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const target = await openTo();
      onTestFinished(() => target.close());
      await restore(file, target, false);
      const store = await createStore(target, { keys: [], keepDays: 30 });
      expect(await store.threads.recall("T1:C1:1")).toEqual(["one", "two"]);
      expect((await store.care.recordOf("T1:U1")).votes).toMatchObject([{ message: "T1:m", value: "down" }]);
      expect(await store.counts.since("2026-01-01")).toMatchObject([{ topic: "tea", replies: 1, people: 1 }]);
      expect([await store.claims.claim("event"), await store.outbox.accept(asked("T1:a"))]).toEqual([false, false]);
      // It may have been answered since the backup, so it is looked for.
      expect(await store.outbox.take("slack", "b")).toMatchObject({ key: "T1:b", attempt: 2 });
      await store.threads.remember("T1:C1:1", "three");
      expect(await store.threads.recall("T1:C1:1")).toEqual(["one", "two", "three"]);
    });

describe.each(Object.entries(OPENERS))("%s", (_name, open) => {
  test("a backup taken while others write is of one moment", async () => {
    const source = await opened(open);
    let isDone = false;
    const writing = (async () => {
      for (let at = 0; !isDone; at++) {
        await source.store.threads.remember("T1:C1:1", `${at}`);
        await source.store.threads.remember("T1:C1:2", `${at}`);
      }
    })();
    const files = Array.from({ length: 3 }, () => join(newFolder(), "backup.db"));
    for (const file of files) await backUp(source.database, file);
    isDone = true;
    await writing;
    for (const file of files) {
      const target = await opened(() => openSqlite(newFolder()));
      await restore(file, target.database, false);
      const [first, second] = await Promise.all(["T1:C1:1", "T1:C1:2"].map((key) => target.store.threads.recall(key)));
      expect(Number(first?.at(-1) ?? 0) - Number(second?.at(-1) ?? 0)).toBeLessThanOrEqual(1);
    }
  });
  test("a database that holds something is replaced only where that is said", async () => {
    const source = await opened(open);
    await fill(source);
    const file = join(newFolder(), "backup.db");
    await backUp(source.database, file);
    await source.store.threads.remember("T1:C1:1", "three");
    await expect(restore(file, source.database, false)).rejects.toThrow(/holds \d+ entries; add --replace/);
    expect(await source.store.threads.recall("T1:C1:1")).toEqual(["one", "two", "three"]);
    await restore(file, source.database, true);
    expect(await source.store.threads.recall("T1:C1:1")).toEqual(["one", "two"]);
  });
  test("a file that is there is not written over, and one that is no backup changes nothing", async () => {
    const source = await opened(open);
    await fill(source);
    const file = join(newFolder(), "tea.txt");
    writeFileSync(file, "tea ".repeat(3000));
    await expect(backUp(source.database, file)).rejects.toThrow(/tea\.txt exists already; name a new file/);
    await expect(restore(file, source.database, true)).rejects.toThrow(
      /tea\.txt is no whole backup; name another file/,
    );
    expect(readFileSync(file, "utf8")).toContain("tea tea");
    expect(await source.store.threads.recall("T1:C1:1")).toEqual(["one", "two"]);
    await expect(restore(`${file}.not`, source.database, true)).rejects.toThrow(/is not there; name a file/);
    await expect(backUp(source.database, join(root, "nowhere", "b.db"))).rejects.toThrow(
      /nowhere is no folder; make it/,
    );
    expect(existsSync(join(root, "nowhere"))).toBe(false);
  });
});
