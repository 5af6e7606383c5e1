// The exam that every memory of chats sits: what it keeps, for how long, and what it keeps apart, wherever it keeps it.

import { describe, expect, test } from "vitest";
import { KEPT_MS, type Memory } from "../../adapters/shared/memory.ts";
import { THREAD_QUESTIONS_MAX } from "../../src/engine.ts";

/** An empty memory that reads this clock. */
export type MemoryFactory = (now: () => number) => Memory | Promise<Memory>;

const HOUR_MS = 60 * 60 * 1000;

export function describeMemory(name: string, create: MemoryFactory): void {
  const start = async () => {
    const clock = { now: Date.parse("2026-01-01T00:00:00Z") };
    return { clock, ...(await create(() => clock.now)) };
  };

  describe(`${name}: threads`, () => {
    test("recall their questions, oldest first", async () => {
      const { threads } = await start();
      expect(await threads.recall("a")).toEqual([]);
      for (const question of ["one", "two", "one"]) await threads.remember("a", question);
      expect(await threads.recall("a")).toEqual(["one", "two", "one"]);
    });
    test("recall the last ten only", async () => {
      const { threads } = await start();
      const asked = Array.from({ length: THREAD_QUESTIONS_MAX + 3 }, (_, at) => `question ${at}`);
      for (const question of asked) await threads.remember("a", question);
      expect(await threads.recall("a")).toEqual(asked.slice(-THREAD_QUESTIONS_MAX));
    });
    test("hear nothing of each other, however alike their keys", async () => {
      const { threads } = await start();
      const keys = ["slack:T1:C1:1", "slack:T1:C1:11", "slack:T1:C11:1", "SLACK:T1:C1:1", "slack:T1:C1", "__proto__"];
      for (const key of keys) await threads.remember(key, key);
      for (const key of keys) expect(await threads.recall(key)).toEqual([key]);
    });
    test("are forgotten a day after their last question", async () => {
      const { threads, clock } = await start();
      await threads.remember("a", "one");
      clock.now += KEPT_MS - HOUR_MS;
      await threads.remember("a", "two");
      clock.now += KEPT_MS - HOUR_MS;
      expect(await threads.recall("a")).toEqual(["one", "two"]);
      clock.now += 2 * HOUR_MS;
      expect(await threads.recall("a")).toEqual([]);
    });
    test("go on in another thread, each on its own from then on", async () => {
      const { threads } = await start();
      for (const question of ["one", "two"]) await threads.remember("a", question);
      await threads.branch("a", "b");
      await threads.branch("nowhere", "b");
      await threads.remember("b", "three");
      expect(await threads.recall("a")).toEqual(["one", "two"]);
      expect(await threads.recall("b")).toEqual(["one", "two", "three"]);
    });
    test("give away nothing that could be written to", async () => {
      const { threads } = await start();
      await threads.remember("a", "one");
      const recalled = await threads.recall("a");
      await threads.remember("a", "two");
      expect(recalled).toEqual(["one"]);
    });
  });

  describe(`${name}: claims`, () => {
    test("are granted to the first, also among many at once", async () => {
      const { claims } = await start();
      const granted = await Promise.all(Array.from({ length: 20 }, () => claims.claim("event")));
      expect(granted.filter((isFirst) => isFirst).length).toBe(1);
      expect(await claims.claim("another event")).toBe(true);
    });
    test("are granted again once given back", async () => {
      const { claims } = await start();
      await claims.claim("event");
      await claims.release("event");
      expect([await claims.claim("event"), await claims.claim("event")]).toEqual([true, false]);
    });
    test("hold for a day, and further claims do not make it longer", async () => {
      const { claims, clock } = await start();
      await claims.claim("event");
      clock.now += KEPT_MS - HOUR_MS;
      expect(await claims.claim("event")).toBe(false);
      clock.now += 2 * HOUR_MS;
      expect(await claims.claim("event")).toBe(true);
    });
  });

  describe(`${name}: votes`, () => {
    const vote = (person: string, value: "up" | "down", message = "m") => ({ message, person, value, topic: null });
    test("are counted for each message", async () => {
      const { votes } = await start();
      expect(await votes.tally("m")).toEqual({ up: 0, down: 0 });
      for (const one of [vote("ada", "up"), vote("bob", "up"), vote("eve", "down"), vote("ada", "down", "n")])
        await votes.cast(one);
      expect([await votes.tally("m"), await votes.tally("n")]).toEqual([
        { up: 2, down: 1 },
        { up: 0, down: 1 },
      ]);
    });
    test("of one person on one message count once: the last", async () => {
      const { votes } = await start();
      for (const value of ["up", "up", "down"] as const) await votes.cast(vote("ada", value));
      expect(await votes.tally("m")).toEqual({ up: 0, down: 1 });
    });
  });
}
