// The exam that every store sits on the loop from misses to fixes: what is kept of replies, for how long and whom, and what is counted.

import { describe, expect, test } from "vitest";
import { KEPT_MS } from "../../adapters/shared/memory.ts";
import type { Replied, Store, StoreOptions, Waiting } from "../../adapters/shared/state/store.ts";
import type { Sitting } from "./store.ts";

/** What is kept of somebody of whom nothing is. */
export const NOTHING = { questions: [], votes: [], replies: [], changes: [], waiting: [], asked: [], hearing: [] };

const DAY_MS = 24 * 60 * 60 * 1000;

const replied = (receipt: string, change: Partial<Replied> = {}): Replied => ({
  ...{ receipt, platform: "slack", workspace: "T1:", person: "T1:U1", question: `how about ${receipt}`, after: [] },
  ...{ kind: "unknown", reason: "not-in-documents", topic: null, documents: [], substance: "s", missed: "unknown" },
  ...change,
});
const answered = (receipt: string, change: Partial<Replied> = {}): Replied =>
  replied(receipt, { kind: "answer", reason: null, topic: "tea", documents: ["tea"], missed: null, ...change });
const waiting = (receipt: string, change: Partial<Waiting> = {}): Waiting => ({
  ...{ receipt, platform: "slack", workspace: "T1:", person: "T1:U1", address: '{"channel":"C1"}' },
  ...change,
});
const receiptsOf = async ({ inbox }: Store): Promise<readonly string[]> =>
  (await inbox.misses()).map(({ receipt }) => receipt);

/** @param start a store in a new empty database */
export function describeMisses(
  name: string,
  start: (change?: Partial<StoreOptions>) => Promise<Pick<Sitting, "clock" | "store" | "another">>,
): void {
  describe(`${name}: misses`, () => {
    test("are the replies that said so, with their words, seen by every process", async () => {
      const { store, another, clock } = await start();
      await store.replies.record(replied("r1", { after: ["what is tea"] }));
      clock.now += 1;
      await store.replies.record(answered("r2"));
      await store.replies.record(replied("r3", { kind: "leads", missed: "leads", reason: null, documents: ["tea"] }));
      const misses = await (await another()).inbox.misses();
      expect(misses).toMatchObject([
        {
          receipt: "r1",
          question: "how about r1",
          after: ["what is tea"],
          missed: "unknown",
          state: "open",
          waiting: 0,
        },
        { receipt: "r3", missed: "leads", documents: ["tea"], at: clock.now },
      ]);
    });
    test("a receipt that is recorded twice, after a second attempt, is one", async () => {
      const { store } = await start();
      await store.replies.record(replied("r1"));
      await store.replies.record(replied("r1", { question: "another" }));
      expect(await store.inbox.misses()).toMatchObject([{ question: "how about r1" }]);
    });
    test("a vote against makes an answer one, with its reason; a changed mind takes both back", async () => {
      const { store } = await start();
      await store.replies.record(answered("r1"));
      const vote = { message: "T1:m", person: "T1:U1", topic: "tea", receipt: "r1" };
      await store.votes.cast({ ...vote, value: "down" });
      expect(await store.inbox.misses()).toMatchObject([{ missed: "voted-down", reasons: [] }]);
      await store.votes.cast({ ...vote, topic: null, value: "down", reason: "out-of-date" });
      expect(await store.inbox.misses()).toMatchObject([{ missed: "voted-down", reasons: ["out-of-date"] }]);
      expect(await store.votes.tally("T1:m")).toEqual({ up: 0, down: 1 });
      expect(await store.reports.votes("2026-01-01")).toEqual([
        { value: "down", reason: "out-of-date", topic: "tea", documents: ["tea"], votes: 1 },
      ]);
      await store.votes.cast({ ...vote, value: "up" });
      expect(await receiptsOf(store)).toEqual([]);
      expect(await store.reports.votes("2026-01-01")).toMatchObject([{ value: "up", reason: null, votes: 1 }]);
    });
    test("leads are one until somebody is helped, and again where somebody else was not", async () => {
      const { store } = await start();
      await store.replies.record(replied("r1", { kind: "leads", missed: "leads" }));
      await store.votes.cast({ message: "m", person: "T1:U1", value: "up", topic: null, receipt: "r1" });
      expect(await receiptsOf(store)).toEqual([]);
      await store.votes.cast({ message: "m", person: "T1:U2", value: "down", topic: null, receipt: "r1" });
      expect(await store.inbox.misses()).toMatchObject([{ missed: "voted-down" }]);
    });
    test("an unknown stays one, however it is voted on; a question back becomes one where none was meant", async () => {
      const { store } = await start();
      await store.replies.record(replied("r1"));
      await store.votes.cast({ message: "m", person: "T1:U1", value: "up", topic: null, receipt: "r1" });
      await store.replies.record(replied("r2", { kind: "clarify", missed: null }));
      await store.replies.record(answered("r3"));
      expect(await receiptsOf(store)).toEqual(["r1"]);
      for (const receipt of ["r2", "r3", "unheard of"]) await store.replies.meantNone(receipt);
      expect(await store.inbox.misses()).toMatchObject([{ missed: "unknown" }, { receipt: "r2", missed: "no-option" }]);
    });
    test("a vote on what is not kept any more counts all the same", async () => {
      const { store } = await start();
      await store.votes.cast({ message: "m", person: "T1:U1", value: "down", topic: null, receipt: "gone" });
      expect(await store.votes.tally("m")).toEqual({ up: 0, down: 1 });
      expect(await receiptsOf(store)).toEqual([]);
    });
    test("without words are only counted, and nobody can wait for them", async () => {
      const { store } = await start();
      await store.replies.record(replied("r1", { question: null }));
      expect([await store.inbox.misses(), await store.inbox.unkept()]).toEqual([[], 1]);
      expect(await store.waits.add(waiting("r1"))).toBe(false);
    });
    test("what helped is forgotten after a day, what missed after as many days as said", async () => {
      const { store, clock } = await start({ keepDays: 7 });
      await store.replies.record(replied("r1"));
      await store.replies.record(answered("r2"));
      await store.waits.add(waiting("r1"));
      await store.counts.add({ ...answered("r2"), latencyMs: 5 });
      clock.now += KEPT_MS + 1;
      await store.care.sweep();
      expect((await store.care.recordOf("T1:U1")).asked).toMatchObject([{ question: "how about r1" }]);
      clock.now += 6 * DAY_MS;
      await store.care.sweep();
      expect(await store.waits.list("slack")).toEqual([]);
      clock.now += DAY_MS;
      await store.care.sweep();
      expect(await store.care.recordOf("T1:U1")).toEqual(NOTHING);
      expect(await store.reports.cited("2026-01-01")).toEqual(new Map());
    });
  });

  describe(`${name}: fixes`, () => {
    test("settle their misses, the last one is known to every process, and undone they are open again", async () => {
      const { store, another, clock } = await start();
      for (const receipt of ["r1", "r2", "r3"]) await store.replies.record(replied(receipt));
      expect(await store.inbox.last()).toBeNull();
      const assigned = { id: "f1", kind: "assigned", topic: "tea", edit: "{}", receipts: ["r1", "r2"] } as const;
      await store.inbox.settle(assigned);
      clock.now += 1;
      const ignored = { id: "f2", kind: "ignored", topic: null, edit: "", receipts: ["r3"] } as const;
      await store.inbox.settle(ignored);
      const other = await another();
      expect((await other.inbox.misses()).map(({ state }) => state)).toEqual(["assigned", "assigned", "ignored"]);
      expect(await other.inbox.last()).toEqual(ignored);
      await other.inbox.undo(ignored);
      expect(await store.inbox.last()).toEqual(assigned);
      expect((await store.inbox.misses()).map(({ state }) => state)).toEqual(["assigned", "assigned", "open"]);
    });
    test("are forgotten with the words of whoever wants theirs deleted", async () => {
      const { store } = await start();
      await store.replies.record(replied("r1"));
      await store.inbox.settle({ id: "f1", kind: "assigned", topic: "tea", edit: "words", receipts: ["r1"] });
      await store.care.forget("T1:U1");
      expect(await store.inbox.last()).toBeNull();
    });
  });

  describe(`${name}: who waits`, () => {
    test("is listed for its platform with the question, until they have heard", async () => {
      const { store, another } = await start();
      await store.replies.record(replied("r1", { after: ["before"] }));
      expect(await store.waits.add(waiting("r1"))).toBe(true);
      expect(await store.waits.add(waiting("r1", { address: '{"channel":"C2"}' }))).toBe(true);
      expect(await store.waits.add(waiting("nothing"))).toBe(false);
      const other = await another();
      const listed = await other.waits.list("slack");
      expect(listed).toMatchObject([
        { receipt: "r1", question: "how about r1", after: ["before"], substance: "s", address: '{"channel":"C2"}' },
      ]);
      expect(await other.waits.list("discord")).toEqual([]);
      expect(await store.inbox.misses()).toMatchObject([{ waiting: 1 }]);
      for (const one of listed) await other.waits.end(one);
      expect(await store.waits.list("slack")).toEqual([]);
    });
  });

  describe(`${name}: what is counted`, () => {
    test("documents that were cited, slow replies, and votes by what they cited", async () => {
      const { store } = await start();
      const counted = {
        platform: "slack",
        workspace: "T1:",
        kind: "answer",
        reason: null,
        topic: "tea",
        person: "T1:U1",
      };
      await store.counts.add({ ...counted, documents: ["tea", "pots", "tea"], latencyMs: 30 });
      await store.counts.add({ ...counted, documents: ["tea"], latencyMs: 10.4 });
      await store.counts.add({ ...counted, kind: "unknown", reason: "unclear", topic: null, latencyMs: 90 });
      expect(await store.reports.cited("2026-01-01")).toEqual(
        new Map([
          ["pots", 1],
          ["tea", 2],
        ]),
      );
      expect(await store.reports.slowest("2026-01-01", 5)).toEqual([
        { kind: "unknown", topic: null, replies: 1, meanMs: 90, slowestMs: 90 },
        { kind: "answer", topic: "tea", replies: 2, meanMs: 20, slowestMs: 30 },
      ]);
      expect(await store.reports.cited("2026-01-02")).toEqual(new Map());
    });
  });

  describe(`${name}: privacy of misses`, () => {
    test("a person's record has them, and all of it goes with them and with their workspace", async () => {
      const { store } = await start();
      for (const [at, team] of ["T1", "T2"].entries()) {
        const whose = { workspace: `${team}:`, person: `${team}:U1` };
        await store.replies.record(replied(`r${at}`, whose));
        await store.waits.add(waiting(`r${at}`, whose));
        await store.counts.add({ ...answered("r"), ...whose });
      }
      expect(await store.care.recordOf("T1:U1")).toMatchObject({
        asked: [{ question: "how about r0", missed: "unknown" }],
        hearing: [{ receipt: "r0", address: '{"channel":"C1"}' }],
      });
      expect(await store.care.forget("T1:U1")).toBe(3);
      expect(await store.care.recordOf("T1:U1")).toEqual(NOTHING);
      expect(await receiptsOf(store)).toEqual(["r1"]);
      expect(await store.care.forgetWorkspace("T2:")).toBe(4);
      expect([await receiptsOf(store), await store.waits.list("slack")]).toEqual([[], []]);
      expect(await store.reports.cited("2026-01-01")).toEqual(new Map([["tea", 1]]));
    });
  });
}
