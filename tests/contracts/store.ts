// The exam that every store sits: what it keeps, for how long, for whom, and who may work on it, wherever it keeps it.

import { describe, expect, onTestFinished, test } from "vitest";
import { KEPT_MS, readingBack } from "../../adapters/shared/memory.ts";
import {
  ATTEMPTS_MAX,
  type Event,
  LEASE_MS,
  RETRY_MS,
  type Store,
  type StoreOptions,
  type TakenEvent,
} from "../../adapters/shared/state/store.ts";
import { describeChannels } from "./channels.ts";
import { describeMemory } from "./memory.ts";
import { describeMisses, NOTHING } from "./store-misses.ts";

/** A database that is empty; each call of `open` is one more process that opens it. */
export interface Place {
  open(options: StoreOptions): Promise<Store>;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

const START = Date.parse("2026-01-01T12:00:00Z");

export interface Sitting {
  readonly clock: { now: number };
  readonly store: Store;
  /** One more process. */
  readonly another: (change?: Partial<StoreOptions>) => Promise<Store>;
}

const asked = (key: string, change: Partial<Event> = {}): Event => ({
  ...{ key, platform: "slack", body: `{"text":"${key}"}`, person: "T1:U1", expiresAt: null },
  ...change,
});
const held = (taken: TakenEvent | null): TakenEvent => {
  if (taken === null) throw new Error("there was nothing to take");
  return taken;
};

/** @param place a new empty database */
export function describeStore(name: string, place: () => Promise<Place>): void {
  const start = async (change: Partial<StoreOptions> = {}): Promise<Sitting> => {
    const clock = { now: START };
    const where = await place();
    const another = async (other: Partial<StoreOptions> = {}): Promise<Store> => {
      const store = await where.open({ keys: [], keepDays: 30, now: () => clock.now, ...change, ...other });
      onTestFinished(() => store.close());
      return store;
    };
    return { clock, another, store: await another() };
  };

  describeMemory(name, async (now) => {
    const store = await (await place()).open({ keys: [], keepDays: 30, now });
    onTestFinished(() => store.close());
    return store;
  });

  describeChannels(name, async (now) => {
    const store = await (await place()).open({ keys: [], keepDays: 30, now });
    onTestFinished(() => store.close());
    return store.channels;
  });

  describe(`${name}: settings of channels among what is kept`, () => {
    const change = { channel: "T1:C1", person: "T1:U1", setting: { name: "audience", value: ["hr"] } } as const;
    test("other processes see them at once, and they outlast what is kept of people and times", async () => {
      const { store, another, clock } = await start();
      const other = await another();
      await store.channels.set(change);
      expect((await other.channels.of("T1:C1")).audience).toEqual(["hr"]);
      expect((await store.care.recordOf("T1:U1")).changes).toEqual([
        { channel: "T1:C1", setting: 'audience: ["hr"]', at: "2026-01-01T12:00:00.000Z" },
      ]);
      expect(await store.care.forget("T1:U1")).toBe(1);
      expect((await store.channels.changes("T1:C1")).map(({ by }) => by)).toEqual([null]);
      clock.now += 31 * DAY_MS;
      await store.care.sweep();
      expect(await store.channels.changes("T1:C1")).toEqual([]);
      expect((await store.channels.of("T1:C1")).audience).toEqual(["hr"]);
    });
    test("they are gone with their workspace", async () => {
      const { store } = await start();
      await store.channels.set(change);
      await store.channels.set({ ...change, channel: "T2:C1" });
      await store.channels.hush("T1:C1:1.0");
      await store.care.forgetWorkspace("T1:");
      expect((await store.channels.of("T1:C1")).audience).toEqual([]);
      expect(await store.channels.changes("T1:C1")).toEqual([]);
      expect(await store.channels.isHushed("T1:C1:1.0")).toBe(false);
      expect((await store.channels.of("T2:C1")).audience).toEqual(["hr"]);
    });
  });
  describeMisses(name, start);

  describe(`${name}: what other processes see`, () => {
    test("what one has kept the others know, and it is there after all have ended", async () => {
      const { store, another } = await start();
      await store.threads.remember("T1:C1:1", "one", "T1:U1");
      await store.claims.claim("event");
      await store.votes.cast({ message: "T1:m", person: "T1:U1", value: "up", topic: "tea" });
      await store.outbox.accept(asked("T1:e"));
      const other = await another();
      expect(await other.threads.recall("T1:C1:1")).toEqual(["one"]);
      expect(await other.claims.claim("event")).toBe(false);
      await store.close();
      await other.close();
      const later = await another();
      expect(await later.votes.tally("T1:m")).toEqual({ up: 1, down: 0 });
      expect((await later.outbox.take("slack", "b"))?.key).toBe("T1:e");
    });
    test("a person's vote counts once whichever process took it", async () => {
      const { store, another } = await start();
      const other = await another();
      await store.votes.cast({ message: "m", person: "ada", value: "up", topic: null });
      await other.votes.cast({ message: "m", person: "ada", value: "down", topic: null });
      expect(await store.votes.tally("m")).toEqual({ up: 0, down: 1 });
    });
    test("of twenty claims in two processes at once one is granted", async () => {
      const { store, another } = await start();
      const other = await another();
      const granted = await Promise.all(
        Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? store : other).claims.claim("event")),
      );
      expect(granted.filter((isFirst) => isFirst)).toHaveLength(1);
    });
    test("a thousand claims are all held for their day", async () => {
      const { store } = await start();
      for (let at = 0; at < 1000; at += 100)
        await Promise.all(Array.from({ length: 100 }, (_, more) => store.claims.claim(`event ${at + more}`)));
      expect(await store.claims.claim("event 0")).toBe(false);
    });
  });

  describe(`${name}: outbox`, () => {
    test("an event is kept once, whoever delivers it, also after it was answered", async () => {
      const { store, another } = await start();
      const other = await another();
      const kept = await Promise.all([store, other, store, other].map(({ outbox }) => outbox.accept(asked("T1:e"))));
      expect(kept.filter((isNew) => isNew)).toHaveLength(1);
      await store.outbox.done(held(await store.outbox.take("slack", "a")));
      expect(await other.outbox.accept(asked("T1:e"))).toBe(false);
      expect(await other.outbox.take("slack", "b")).toBeNull();
    });
    test("the key of an answered event is forgotten after a day", async () => {
      const { store, clock } = await start();
      await store.outbox.accept(asked("T1:e"));
      await store.outbox.done(held(await store.outbox.take("slack", "a")));
      clock.now += KEPT_MS - HOUR_MS;
      await store.care.sweep();
      expect(await store.outbox.accept(asked("T1:e"))).toBe(false);
      clock.now += 2 * HOUR_MS;
      await store.care.sweep();
      expect(await store.outbox.accept(asked("T1:e"))).toBe(true);
    });
    test("two takers never get the same event, and each gets what waits longest", async () => {
      const { store, another, clock } = await start();
      const other = await another();
      for (const key of ["T1:1", "T1:2", "T1:3", "T1:4"]) {
        await store.outbox.accept(asked(key));
        clock.now += 1;
      }
      const first = held(await store.outbox.take("slack", "a"));
      expect([first.key, first.attempt, first.body, first.acceptedAt]).toEqual(["T1:1", 1, '{"text":"T1:1"}', START]);
      const rest = await Promise.all([store, other, store, other].map(({ outbox }) => outbox.take("slack", "b")));
      expect(rest.flatMap((taken) => taken?.key ?? []).sort()).toEqual(["T1:2", "T1:3", "T1:4"]);
    });
    test("a platform's events are for its own processes", async () => {
      const { store } = await start();
      await store.outbox.accept(asked("discord:e", { platform: "discord" }));
      expect(await store.outbox.take("slack", "a")).toBeNull();
      expect((await store.outbox.take("discord", "a"))?.key).toBe("discord:e");
    });
    test("the event of a process that ended is taken again once its lease is over, and then it is the taker's", async () => {
      const { store, clock } = await start();
      await store.outbox.accept(asked("T1:e"));
      const lost = held(await store.outbox.take("slack", "a"));
      clock.now += LEASE_MS - 1;
      expect(await store.outbox.take("slack", "b")).toBeNull();
      clock.now += 1;
      const taken = held(await store.outbox.take("slack", "b"));
      expect(taken.attempt).toBe(2);
      expect([await store.outbox.renew(lost), await store.outbox.done(lost)]).toEqual([false, false]);
      expect(await store.outbox.failed(lost, "late")).toBe(false);
      expect(await store.outbox.done(taken)).toBe(true);
    });
    test("a process whose clock is a little behind takes nothing that another one holds", async () => {
      const { store, another } = await start();
      const behind = await another({ now: () => START - 500 });
      await store.outbox.accept(asked("T1:e"));
      const taken = held(await store.outbox.take("slack", "a"));
      expect(await behind.outbox.take("slack", "b")).toBeNull();
      expect(await store.outbox.done(taken)).toBe(true);
      await store.leases.acquire("shard 0", "a", 1000);
      expect(await behind.leases.acquire("shard 0", "b", 1000)).toBeNull();
      await store.limit(1).ask("ada");
      expect((await behind.limit(1).ask("ada")).ok).toBe(false);
    });
    test("a lease that is renewed holds on", async () => {
      const { store, clock } = await start();
      await store.outbox.accept(asked("T1:e"));
      const taken = held(await store.outbox.take("slack", "a"));
      for (let times = 0; times < 5; times++) {
        clock.now += LEASE_MS - 1;
        expect(await store.outbox.renew(taken)).toBe(true);
        expect(await store.outbox.take("slack", "b")).toBeNull();
      }
    });
    test("what fails is tried again after waits that grow, and given up after five attempts", async () => {
      const { store, clock } = await start();
      await store.outbox.accept(asked("T1:e"));
      for (let attempt = 1, waitMs = RETRY_MS; attempt <= ATTEMPTS_MAX; attempt++, waitMs *= 4) {
        const taken = held(await store.outbox.take("slack", "a"));
        expect(taken.attempt).toBe(attempt);
        expect(await store.outbox.failed(taken, "Slack was away")).toBe(attempt < ATTEMPTS_MAX);
        clock.now += waitMs - 1;
        expect(await store.outbox.take("slack", "a")).toBeNull();
        clock.now += 1;
      }
      expect(await store.outbox.take("slack", "a")).toBeNull();
      expect(await store.outbox.depth()).toEqual({ open: 0, dead: 1 });
      expect(await store.outbox.dead()).toMatchObject([{ key: "T1:e", attempts: 5, problem: "Slack was away" }]);
    });
    test("what ends its process five times is given up too", async () => {
      const { store, clock } = await start();
      await store.outbox.accept(asked("T1:e"));
      for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
        held(await store.outbox.take("slack", "a"));
        expect(await store.care.sweep()).toEqual({ expired: 0, died: 0 });
        clock.now += LEASE_MS;
      }
      expect(await store.outbox.take("slack", "a")).toBeNull();
      expect(await store.care.sweep()).toEqual({ expired: 0, died: 1 });
      expect(await store.outbox.dead()).toHaveLength(1);
    });
    test("what has expired is given up, not answered, and its words are gone", async () => {
      const { store, clock } = await start();
      await store.outbox.accept(asked("T1:e", { expiresAt: START + HOUR_MS / 2 }));
      clock.now += HOUR_MS / 2;
      expect(await store.outbox.take("slack", "a")).toBeNull();
      expect(await store.care.sweep()).toEqual({ expired: 1, died: 0 });
      expect(await store.outbox.depth()).toEqual({ open: 0, dead: 0 });
      expect((await store.care.recordOf("T1:U1")).waiting).toEqual([]);
      expect(await store.outbox.accept(asked("T1:e"))).toBe(false);
    });
    test("an answered event's words are gone", async () => {
      const { store } = await start();
      await store.outbox.accept(asked("T1:e"));
      expect((await store.care.recordOf("T1:U1")).waiting).toMatchObject([{ body: '{"text":"T1:e"}' }]);
      await store.outbox.done(held(await store.outbox.take("slack", "a")));
      expect((await store.care.recordOf("T1:U1")).waiting).toEqual([]);
    });
    test("a clock that jumps an hour ahead or back loses nothing, keeps nothing waiting and answers nothing twice", async () => {
      for (const jump of [HOUR_MS, -HOUR_MS]) {
        const { store, clock } = await start();
        await store.outbox.accept(asked("T1:done"));
        await store.outbox.done(held(await store.outbox.take("slack", "a")));
        await store.outbox.accept(asked("T1:e"));
        const taken = held(await store.outbox.take("slack", "a"));
        clock.now += jump;
        expect(await store.outbox.accept(asked("T1:done"))).toBe(false);
        const again = held(await store.outbox.take("slack", "b"));
        expect([again.key, again.attempt]).toEqual(["T1:e", 2]);
        expect(await store.outbox.renew(taken)).toBe(false);
        await store.outbox.done(again);
        expect(await store.outbox.depth()).toEqual({ open: 0, dead: 0 });
        clock.now += jump;
        await store.outbox.accept(asked("T1:after"));
        expect((await store.outbox.take("slack", "b"))?.key).toBe("T1:after");
      }
    });
  });

  describe(`${name}: limits`, () => {
    test("a person's questions count in every process, to exactly the limit, and another's don't", async () => {
      const { store, another } = await start();
      const limits = [store.limit(10), (await another()).limit(10)];
      const granted = await Promise.all(
        Array.from({ length: 30 }, (_, at) => (limits[at % 2] ?? store.limit(10)).ask("T1:U1")),
      );
      expect(granted.filter(({ ok }) => ok)).toHaveLength(10);
      expect(await store.limit(10).ask("T1:U2")).toEqual({ ok: true });
    });
    test("whoever has asked too much hears for how long, and may ask again then", async () => {
      const { store, clock } = await start();
      const limit = store.limit(1);
      await limit.ask("ada");
      clock.now += 20_000;
      expect(await limit.ask("ada")).toEqual({ ok: false, retryAfterMs: 40_000 });
      clock.now += 40_000;
      expect(await limit.ask("ada")).toEqual({ ok: true });
    });
    test("a clock that is set back locks nobody out", async () => {
      const { store, clock } = await start();
      const limit = store.limit(1);
      await limit.ask("ada");
      clock.now -= HOUR_MS;
      expect(await limit.ask("ada")).toEqual({ ok: true });
      expect(await limit.ask("ada")).toEqual({ ok: false, retryAfterMs: 60_000 });
    });
    test("a question that was given back may be asked again, and no more than were asked", async () => {
      const { store } = await start();
      const limit = store.limit(1);
      await limit.release("ada");
      await limit.ask("ada");
      await limit.release("ada");
      await limit.release("ada");
      expect([(await limit.ask("ada")).ok, (await limit.ask("ada")).ok]).toEqual([true, false]);
    });
    test("0 is no limit", async () => {
      const { store } = await start();
      for (let times = 0; times < 50; times++) expect(await store.limit(0).ask("ada")).toEqual({ ok: true });
    });
  });

  describe(`${name}: leases`, () => {
    test("one holder at a time; a new holder's token is greater, and the former one can tell", async () => {
      const { store, clock } = await start();
      const { leases } = store;
      const first = await leases.acquire("shard 0", "a", 1000);
      expect(first?.token).toBe(1);
      expect(await leases.acquire("shard 0", "b", 1000)).toBeNull();
      clock.now += 900;
      expect(await leases.acquire("shard 0", "a", 1000)).toEqual(first);
      clock.now += 1000;
      const second = await leases.acquire("shard 0", "b", 1000);
      expect(second?.token).toBe(2);
      expect(first !== null && (await leases.isCurrent(first))).toBe(false);
      expect(second !== null && (await leases.isCurrent(second))).toBe(true);
    });
    test("one that was given back is free at once, also where its former holder gives it back again", async () => {
      const { store } = await start();
      const { leases } = store;
      const first = await leases.acquire("shard 0", "a", 1000);
      if (first !== null) await leases.release(first);
      const second = await leases.acquire("shard 0", "b", 1000);
      expect(second?.token).toBe(2);
      if (first !== null) await leases.release(first);
      expect(await leases.acquire("shard 0", "c", 1000)).toBeNull();
    });
    test("of twenty that want it at once one gets it", async () => {
      const { store, another } = await start();
      const stores = [store, await another()];
      const granted = await Promise.all(
        Array.from({ length: 20 }, (_, at) => (stores[at % 2] ?? store).leases.acquire("shard 0", `${at}`, 1000)),
      );
      expect(granted.filter((lease) => lease !== null)).toHaveLength(1);
    });
    test("a clock that is set back keeps nobody waiting", async () => {
      const { store, clock } = await start();
      await store.leases.acquire("shard 0", "a", 1000);
      clock.now -= HOUR_MS;
      expect((await store.leases.acquire("shard 0", "b", 1000))?.token).toBe(2);
    });
  });

  describe(`${name}: counts and what is kept of people`, () => {
    const reply = {
      platform: "slack",
      workspace: "T1:",
      kind: "answer",
      reason: null,
      topic: "tea",
      person: "T1:U1",
    } as const;

    test("replies are counted by day, with how many people got them", async () => {
      const { store, clock } = await start();
      for (const person of ["T1:U1", "T1:U1", "T1:U2"]) await store.counts.add({ ...reply, person });
      await store.counts.add({ ...reply, kind: "unknown", reason: "off-topic", topic: null });
      clock.now += DAY_MS;
      await store.counts.add(reply);
      const tea = { platform: "slack", kind: "answer", reason: null, topic: "tea" };
      expect(await store.counts.since("2026-01-01")).toEqual([
        { day: "2026-01-01", ...tea, replies: 3, people: 2 },
        { day: "2026-01-01", ...tea, kind: "unknown", reason: "off-topic", topic: null, replies: 1, people: 1 },
        { day: "2026-01-02", ...tea, replies: 1, people: 1 },
      ]);
      expect(await store.counts.since("2026-01-02")).toHaveLength(1);
    });
    test("all of a person is told and can be deleted, and nothing of another's", async () => {
      const { store } = await start();
      for (const person of ["T1:U1", "T1:U2"]) {
        await store.threads.remember(`T1:C1:${person}`, "Where is tea stored?", person);
        await store.votes.cast({ message: "T1:m", person, value: "up", topic: null });
        await store.counts.add({ ...reply, person });
        await store.limit(1).ask(person);
        await store.outbox.accept(asked(`T1:${person}`, { person }));
      }
      const at = "2026-01-01T12:00:00.000Z";
      expect(await store.care.recordOf("T1:U1")).toEqual({
        questions: [{ thread: "T1:C1:T1:U1", question: "Where is tea stored?", at }],
        votes: [{ message: "T1:m", value: "up", reason: null, at }],
        replies: [{ day: "2026-01-01", kind: "answer", count: 1 }],
        changes: [],
        waiting: [{ platform: "slack", body: '{"text":"T1:T1:U1"}', at }],
        asked: [],
        hearing: [],
      });
      expect(await store.care.forget("T1:U1")).toBe(5);
      expect(await store.care.recordOf("T1:U1")).toEqual(NOTHING);
      expect((await store.care.recordOf("T1:U2")).waiting).toHaveLength(1);
      expect(await store.threads.recall("T1:C1:T1:U2")).toHaveLength(1);
      expect([await store.limit(1).ask("T1:U1"), (await store.limit(1).ask("T1:U2")).ok]).toEqual([
        { ok: true },
        false,
      ]);
    });
    test("what was asked in one thread and goes on in another is still its person's, and goes with them", async () => {
      const { store } = await start();
      await store.threads.remember("T1:C1:1", "one", "T1:U1");
      await store.threads.branch("T1:C1:1", "T1:C1:2");
      await store.threads.remember("T1:C1:2", "two", "T1:U2");
      expect(await store.threads.recall("T1:C1:2")).toEqual(["one", "two"]);
      expect(await store.care.forget("T1:U1")).toBe(2);
      expect(await store.threads.recall("T1:C1:2")).toEqual(["two"]);
    });
    test("what was deleted is not read back from the platform while that still shows it", async () => {
      const { store, clock } = await start();
      const lost = readingBack("T1:C1:1");
      await store.threads.remember("T1:C1:1", "one", "T1:U1");
      expect(await store.claims.claim(lost)).toBe(true);
      clock.now += KEPT_MS - HOUR_MS;
      await store.care.forget("T1:U1");
      clock.now += KEPT_MS - HOUR_MS;
      expect([await store.claims.claim(lost), await store.claims.claim(readingBack("T1:C1:2"))]).toEqual([false, true]);
    });
    test("a workspace that leaves takes everything of its own along, and nothing of one whose name is alike", async () => {
      const { store } = await start();
      for (const team of ["T1", "T11", "T_"]) {
        await store.threads.remember(`${team}:C1:1`, "one", `${team}:U1`);
        await store.votes.cast({ message: `${team}:C1:2`, person: `${team}:U1`, value: "up", topic: null });
        await store.outbox.accept(asked(`${team}:e`));
        const counted = { platform: "slack", kind: "answer", reason: null, topic: "tea", person: `${team}:U1` };
        await store.counts.add({ ...counted, workspace: `${team}:` });
      }
      expect(await store.care.forgetWorkspace("T_:")).toBe(4);
      expect(await store.threads.recall("T1:C1:1")).toEqual(["one"]);
      expect(await store.care.forgetWorkspace("T1:")).toBe(4);
      expect(await store.counts.since("2026-01-01")).toMatchObject([{ replies: 1 }]);
      expect(await store.threads.recall("T1:C1:1")).toEqual([]);
      expect(await store.threads.recall("T11:C1:1")).toEqual(["one"]);
      expect((await store.outbox.take("slack", "a"))?.key).toBe("T11:e");
    });
    test("people are found again after their key was changed, as long as the old one is named", async () => {
      const { store, another } = await start({ keys: ["k".repeat(32)] });
      await store.votes.cast({ message: "m", person: "T1:U1", value: "up", topic: null });
      const changed = await another({ keys: ["n".repeat(32), "k".repeat(32)] });
      expect((await changed.care.recordOf("T1:U1")).votes).toHaveLength(1);
      const without = await another({ keys: ["n".repeat(32)] });
      expect((await without.care.recordOf("T1:U1")).votes).toEqual([]);
    });
    test("without a key that is set, all processes hash alike, and different databases don't", async () => {
      const { store, another } = await start();
      await store.votes.cast({ message: "m", person: "T1:U1", value: "up", topic: null });
      expect((await (await another()).care.recordOf("T1:U1")).votes).toHaveLength(1);
    });
    test("votes, counts and events that were given up are kept for as many days as said", async () => {
      const { store, clock } = await start({ keepDays: 7 });
      await store.votes.cast({ message: "m", person: "T1:U1", value: "up", topic: null });
      await store.counts.add(reply);
      await store.outbox.accept(asked("T1:e"));
      for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
        await store.outbox.failed(held(await store.outbox.take("slack", "a")), "no");
        clock.now += HOUR_MS / 2;
      }
      clock.now = START + 7 * DAY_MS - HOUR_MS;
      await store.care.sweep();
      const kept = await store.care.recordOf("T1:U1");
      expect([kept.votes.length, kept.replies.length, kept.waiting.length]).toEqual([1, 1, 1]);
      clock.now += DAY_MS + 2 * HOUR_MS;
      await store.care.sweep();
      expect(await store.care.recordOf("T1:U1")).toEqual(NOTHING);
    });
    test("sweeping deletes what is forgotten, and nothing of a thread that goes on", async () => {
      const { store, clock } = await start();
      await store.threads.remember("T1:old", "one", "T1:U1");
      await store.threads.remember("T1:on", "one", "T1:U1");
      clock.now += KEPT_MS - HOUR_MS;
      await store.threads.remember("T1:on", "two", "T1:U1");
      clock.now += 2 * HOUR_MS;
      await store.care.sweep();
      expect((await store.care.recordOf("T1:U1")).questions.map(({ thread }) => thread)).toEqual(["T1:on", "T1:on"]);
      expect(await store.threads.recall("T1:on")).toEqual(["one", "two"]);
    });
  });
}
