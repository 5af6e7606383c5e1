// A report of what a real store has counted: its figures, its days, and its page of HTML.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { renderReport } from "../../../../adapters/cli/report.ts";
import { makeReport, sinceDay } from "../../../../adapters/shared/loop/report.ts";
import { renderHtml } from "../../../../adapters/shared/loop/report-html.ts";
import { createStore } from "../../../../adapters/shared/state/sql-store.ts";
import { openSqlite } from "../../../../adapters/shared/state/sqlite.ts";
import type { Replied, Store } from "../../../../adapters/shared/state/store.ts";
import { openEngine } from "../../../../src/store/open.ts";
import { folderWith, TOPICAL } from "../../cli/corpora.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const START = Date.parse("2026-03-02T12:00:00Z");
const HOSTILE = `<script>alert("x")</script>`;

const root = mkdtempSync(join(tmpdir(), "footnote-report-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const engine = await openEngine(
  folderWith({
    ...TOPICAL,
    "documents/pots.md": "---\nupdated: 2019-05-01\n---\n# Pots\n\nA pot of clay keeps warm for long.\n",
    "documents/cups.md": "# Cups\n\nA cup holds a quarter of a litre.\n",
  }),
);

async function filled(): Promise<Store> {
  const clock = { now: START };
  const database = await openSqlite(mkdtempSync(join(root, "d-")), { now: () => clock.now });
  const store = await createStore(database, { keys: [], keepDays: 30 });
  onTestFinished(() => store.close());
  const where = { platform: "slack", workspace: "T1:", person: "T1:U1" };
  const counted = { ...where, reason: null, topic: null };
  await store.counts.add({ ...counted, kind: "answer", topic: "storage", documents: ["tea", "pots"], latencyMs: 12 });
  clock.now += 2 * DAY_MS;
  await store.counts.add({ ...counted, kind: "answer", topic: "storage", documents: ["tea"], latencyMs: 40 });
  await store.counts.add({ ...counted, kind: "unknown", reason: "off-topic", latencyMs: 3 });
  await store.counts.add({ ...counted, kind: "leads", documents: ["tea"], latencyMs: 3 });
  const replied: Replied = {
    ...{ ...where, receipt: "abcdef012345", question: HOSTILE, after: [], kind: "unknown", reason: "off-topic" },
    ...{ topic: null, documents: [], substance: "s", missed: "unknown" },
  };
  await store.replies.record(replied);
  await store.replies.record({ ...replied, receipt: "r2", kind: "answer", documents: ["tea"], missed: null });
  const vote = { message: "m", person: "T1:U1", topic: "storage", receipt: "r2" };
  await store.votes.cast({ ...vote, value: "down", reason: "incomplete" });
  await store.votes.cast({ ...vote, person: "T1:U2", value: "up" });
  return store;
}

test("counts every day, kind, reason, vote and document, and names what nobody was shown", async () => {
  const report = await makeReport(await filled(), engine, "2026-03-01");
  expect(report).toMatchObject({
    ...{ since: "2026-03-01", until: "2026-03-04" },
    totals: { asked: 4, answered: 2, led: 1, unknown: 1, other: 0 },
    unknown: { "off-topic": 1 },
    cited: [
      { document: "tea", replies: 3 },
      { document: "pots", replies: 1, updated: "2019-05-01" },
    ],
    neverCited: ["cups"],
    old: [{ document: "pots", replies: 1 }],
  });
  expect(report.days.map(({ day, asked, answered }) => [day, asked, answered])).toEqual([
    ["2026-03-01", 0, 0],
    ["2026-03-02", 1, 1],
    ["2026-03-03", 0, 0],
    ["2026-03-04", 3, 1],
  ]);
  expect(report.votes).toMatchObject({
    ...{ up: 1, down: 1, reasons: { incomplete: 1, wrong: 0 } },
    topics: [{ topic: "storage", up: 1, down: 1 }],
    documents: [{ document: "tea", up: 1, down: 1 }],
  });
  expect(report.slowest[0]).toEqual({ kind: "answer", topic: "storage", replies: 2, meanMs: 26, slowestMs: 40 });
  expect(report.misses).toMatchObject([{ question: HOSTILE, asked: 2 }]);
});

test("its text is as wide as the terminal, and says each figure", async () => {
  const text = renderReport(await makeReport(await filled(), engine, "2026-03-01"), {
    width: 60,
    colour: false,
    names: new Map(),
  });
  expect(text.split("\n").filter((line) => line.length > 60)).toEqual([]);
  expect(text).toContain("4 questions: 2 answered (50 %), 1 led, 1 without an answer");
  expect(text).toMatch(/2026-03-04 {2}█+░+ +3\n/);
  expect(text).toMatch(/Never cited \(1\)\n {2}cups/);
});

test("its page loads nothing, runs nothing, and holds no text as markup", async () => {
  const page = renderHtml(await makeReport(await filled(), engine, "2026-03-01"));
  expect(page).not.toContain(HOSTILE);
  expect(page).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
  expect(page).not.toMatch(/<script|\son\w+=|\b(?:src|href)=|url\(|@import/i);
  expect(page).toContain("default-src 'none'");
});

test("what a time is read as, and what is none", () => {
  expect(["7d", "1d", "2w", "2026-02-01"].map((text) => sinceDay(text, START))).toEqual([
    ...["2026-02-24", "2026-03-02", "2026-02-17", "2026-02-01"],
  ]);
  for (const text of ["", "0d", "7", "week", "2026-13-01", "2027-01-01", "2020-01-01", "9999d"])
    expect(() => sinceDay(text, START)).toThrow("write e.g. 7d");
});
