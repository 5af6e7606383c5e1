// Events from before their acknowledgement to their one answer, through failures, ends of processes and a store that is away.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createLog } from "../../../../adapters/shared/log.ts";
import { createIntake, type Intake, type IntakeOptions } from "../../../../adapters/shared/state/intake.ts";
import { createStore } from "../../../../adapters/shared/state/sql-store.ts";
import { openSqlite } from "../../../../adapters/shared/state/sqlite.ts";
import {
  ATTEMPTS_MAX,
  type Event,
  type Store,
  StoreError,
  type TakenEvent,
} from "../../../../adapters/shared/state/store.ts";

const root = mkdtempSync(join(tmpdir(), "footnote-intake-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const LEASE_MS = 300;
const SOON = { timeout: 15_000, interval: 20 };
const asked = (key: string, change: Partial<Event> = {}): Event => ({
  ...{ key, platform: "slack", body: "{}", person: "T1:U1", expiresAt: null },
  ...change,
});

interface Started {
  readonly intake: Intake;
  readonly store: Store;
  readonly worked: TakenEvent[];
  readonly lines: Record<string, unknown>[];
}

async function start(folder: string, change: Partial<IntakeOptions> = {}): Promise<Started> {
  const store = await createStore(await openSqlite(folder), { keys: [], keepDays: 30, leaseMs: LEASE_MS });
  const worked: TakenEvent[] = [];
  const lines: Record<string, unknown>[] = [];
  const claimed = new Set<string>();
  const intake = createIntake({
    platform: "slack",
    log: createLog({ logLevel: "info" }, { write: (line) => void lines.push(JSON.parse(line)) }),
    store: () => store,
    onAway: (error) => void lines.push({ msg: error.what }),
    isFirst: async (key) => !claimed.has(key) && claimed.add(key).has(key),
    work: async (event) => void worked.push(event),
    leaseMs: LEASE_MS,
    ...change,
  });
  onTestFinished(async () => {
    await intake.stop();
    await store.close();
  });
  return { intake, store, worked, lines };
}
const newFolder = (): string => mkdtempSync(join(root, "d-"));

test("an event that another version has kept is told in one line, by the names of what is not as expected", async () => {
  const kept = z.object({ kind: z.enum(["message"]), body: z.object({ text: z.string() }) });
  const { intake, lines } = await start(newFolder(), {
    work: async ({ body }) => void kept.parse(JSON.parse(body)),
  });
  intake.start();
  await intake.take(asked("a", { body: '{"kind":"secret words","body":{}}' }));
  const problem = "not as expected: kind, body.text";
  await expect.poll(() => lines, SOON).toContainEqual(expect.objectContaining({ event: "a", attempt: 1, problem }));
});

test("an event is kept when it is taken in, and worked on once", async () => {
  const { intake, store, worked } = await start(newFolder());
  await Promise.all([intake.take(asked("T1:e")), intake.take(asked("T1:e"))]);
  expect(await store.outbox.depth()).toEqual({ open: 1, dead: 0 });
  expect(worked).toEqual([]);
  intake.start();
  await expect.poll(() => store.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
  expect(worked.map(({ key, attempt }) => [key, attempt])).toEqual([["T1:e", 1]]);
});

test("what a process left is worked on by another once its lease is over, as a further attempt", async () => {
  const folder = newFolder();
  const { intake, store } = await start(folder);
  await intake.take(asked("T1:e"));
  await store.outbox.take("slack", "a process that ended");
  const { intake: another, worked } = await start(folder);
  another.start();
  await expect.poll(() => worked.length, SOON).toBe(1);
  expect(worked[0]?.attempt).toBe(2);
});

test("work that takes longer than a lease stays one process's own", async () => {
  const folder = newFolder();
  const slowly = { work: () => sleep(LEASE_MS * 4) };
  const { intake, store } = await start(folder, slowly);
  const { intake: another, worked } = await start(folder);
  intake.start();
  await intake.take(asked("T1:e"));
  await expect.poll(async () => await store.outbox.take("slack", "nobody"), SOON).toBeNull();
  another.start();
  await expect.poll(() => store.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
  expect(worked).toEqual([]);
});

test("what fails is tried again, told in the log, and counted", async () => {
  let tries = 0;
  let retries = 0;
  const failing = {
    work: async () => {
      if (++tries < 2) throw new Error("Slack was away");
    },
    onRetry: () => retries++,
  };
  const { intake, store, lines } = await start(newFolder(), failing);
  intake.start();
  await intake.take(asked("T1:e"));
  await expect.poll(() => store.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
  expect([tries, retries]).toEqual([2, 1]);
  expect(lines).toMatchObject([{ level: "warn", event: "T1:e", attempt: 1, problem: "Slack was away" }]);
});

test("what is given up is told with what to do", async () => {
  const folder = newFolder();
  const { intake, store, lines } = await start(folder, { work: () => Promise.reject(new Error("Slack was away")) });
  await intake.take(asked("T1:e"));
  for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
    await store.outbox.take("slack", "a process that ended");
    await sleep(LEASE_MS);
  }
  intake.start();
  await expect.poll(() => store.outbox.depth(), SOON).toEqual({ open: 0, dead: 1 });
  expect(lines).toMatchObject([{ level: "error", msg: "given up", event: "T1:e", remedy: expect.any(String) }]);
});

test("while there is no store an event is answered before it may be acknowledged, and once", async () => {
  const { intake, worked } = await start(newFolder(), { store: () => null });
  await intake.take(asked("T1:e"));
  expect(worked.map(({ key }) => key)).toEqual(["T1:e"]);
  await intake.take(asked("T1:e"));
  expect(worked).toHaveLength(1);
});

test("where it can neither be kept nor answered, it may not be acknowledged", async () => {
  const failing = { store: () => null, work: () => Promise.reject(new Error("Slack was away")) };
  const { intake } = await start(newFolder(), failing);
  await expect(intake.take(asked("T1:e"))).rejects.toThrow("Slack was away");
});

test("a store that fails is told, and the event is answered all the same", async () => {
  const { store } = await start(newFolder());
  const full = new StoreError("full", "the disk is full", "make room there");
  const broken: Store = { ...store, outbox: { ...store.outbox, accept: () => Promise.reject(full) } };
  const { intake, worked, lines } = await start(newFolder(), { store: () => broken });
  await intake.take(asked("T1:e"));
  expect(worked).toHaveLength(1);
  expect(lines).toEqual([{ msg: "the disk is full" }]);
});

test("stopping waits for what is under way and begins nothing more", async () => {
  let begun = 0;
  let ended = 0;
  const slowly = {
    work: async () => {
      begun++;
      await sleep(200);
      ended++;
    },
  };
  const { intake, store } = await start(newFolder(), slowly);
  intake.start();
  await intake.take(asked("T1:e"));
  await expect.poll(() => begun, SOON).toBe(1);
  const stopped = intake.stop();
  await intake.take(asked("T1:later"));
  await stopped;
  expect([begun, ended]).toEqual([1, 1]);
  expect(await store.outbox.depth()).toEqual({ open: 1, dead: 0 });
});

test("what only waits keeps nobody else from being answered", async () => {
  const waits: (() => void)[] = [];
  const done: string[] = [];
  const { intake, store } = await start(newFolder(), {
    work: async ({ key }, held) => {
      if (key.startsWith("T1:slow")) await held?.aside(() => new Promise<void>((resolve) => void waits.push(resolve)));
      done.push(key);
    },
  });
  intake.start();
  await Promise.all(Array.from({ length: 40 }, (_, at) => intake.take(asked(`T1:slow:${at}`))));
  await expect.poll(() => waits.length, SOON).toBe(40);
  await intake.take(asked("T1:quick"));
  await expect.poll(() => done, SOON).toEqual(["T1:quick"]);
  for (const goOn of waits) goOn();
  await expect.poll(() => store.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
});

test("what could not be begun in time is refused with a word, and taken again once there is time", async () => {
  const refused: string[] = [];
  const { intake, store, lines } = await start(newFolder(), {
    patienceMs: 20,
    refuse: async ({ key }) => void refused.push(key),
    work: () => sleep(30),
  });
  intake.start();
  await intake.take(asked("T1:first"));
  await expect.poll(() => store.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
  for (let at = 0; at < 200; at++) await intake.take(asked(`T1:many:${at}`));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused).not.toContain("T1:many:0");
  expect(lines.filter(({ msg }) => String(msg).startsWith("refused"))).toHaveLength(refused.length);
  await expect.poll(() => store.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
  const before = refused.length;
  await sleep(1100);
  await intake.take(asked("T1:last"));
  expect(refused).toHaveLength(before);
}, 60_000);
