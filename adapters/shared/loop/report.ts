// What the store has counted, beside the corpus that answers now, to a report of some days: as data, for whoever draws it.

import type { Engine } from "../../../src/engine.ts";
import { OperatorError } from "../../../src/errors.ts";
import { byCodePoint } from "../../../src/structures/order.ts";
import { VOTE_REASONS, type VoteReason } from "../memory.ts";
import { dayOf } from "../state/counts.ts";
import type { DayCount, Store, Timed, VoteCount } from "../state/store.ts";
import { readInbox } from "./inbox.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Report {
  /** First and last day, YYYY-MM-DD, UTC; both count. */
  readonly since: string;
  readonly until: string;
  /** Hash of the corpus that answers now. */
  readonly corpus: string;
  readonly totals: Totals;
  /** How often "unknown" was said for each reason. */
  readonly unknown: Readonly<Record<string, number>>;
  /** Every day, also those without a question. */
  readonly days: readonly (Totals & { readonly day: string })[];
  readonly votes: Votes & {
    readonly reasons: Readonly<Record<VoteReason, number>>;
    readonly topics: readonly (Votes & { readonly topic: string })[];
    readonly documents: readonly (Votes & { readonly document: string })[];
  };
  /** The most asked of what is still open. */
  readonly misses: readonly {
    readonly id: string;
    readonly asked: number;
    readonly question: string;
    readonly nearest: string | null;
    readonly why: readonly string[];
  }[];
  /** How often each was cited, the most cited first. */
  readonly cited: readonly Cited[];
  /** Ids of documents that no reply cited. */
  readonly neverCited: readonly string[];
  /** Cited, and last updated more than a year ago. */
  readonly old: readonly Cited[];
  readonly slowest: readonly Timed[];
}

interface Totals {
  readonly asked: number;
  /** With an answer or a comparison. */
  readonly answered: number;
  readonly led: number;
  readonly unknown: number;
  /** Asked back, or helped. */
  readonly other: number;
}

interface Votes {
  readonly up: number;
  readonly down: number;
}

interface Cited {
  readonly document: string;
  readonly replies: number;
  /** As the document says it; null where it does not. */
  readonly updated: string | null;
}

const TOP = 10;
const DAYS_MAX = 366;
const OLD_MS = 365 * DAY_MS;

/**
 * "7d", "4w" or a day, to the first day of a report.
 * @param now milliseconds since 1970
 * @throws OperatorError where it is none of these
 */
export function sinceDay(text: string, now: number): string {
  const [, number, unit] = /^(\d{1,4})([dw])$/.exec(text.trim()) ?? [];
  const days = Number(number) * (unit === "w" ? 7 : 1);
  // Today is one of them.
  if (days >= 1 && days <= DAYS_MAX) return dayOf(now - (days - 1) * DAY_MS);
  const day = /^\d{4}-\d\d-\d\d$/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  if (day <= now && now - day < DAYS_MAX * DAY_MS) return dayOf(day);
  throw new OperatorError(`--since ${text} is no time of the last year`, "write e.g. 7d, 4w or 2026-01-31");
}

/** @param since as `sinceDay` gives it */
export async function makeReport(store: Store, engine: Engine, since: string): Promise<Report> {
  const { documents, hash } = engine.corpus;
  const now = store.now();
  const until = dayOf(now);
  const counts = await store.counts.since(since);
  const citedBy = await store.reports.cited(since);
  const cited = documents
    .flatMap(({ id: document, updated }): Cited[] => {
      const replies = citedBy.get(document);
      return replies === undefined ? [] : [{ document, replies, updated }];
    })
    .sort((a, b) => b.replies - a.replies || byCodePoint(a.document, b.document));
  return {
    ...{ since, until, corpus: hash },
    totals: totalsOf(counts),
    unknown: unknownOf(counts),
    days: daysFrom(since, until).map((day) => ({ day, ...totalsOf(counts.filter((one) => one.day === day)) })),
    votes: votesOf(await store.reports.votes(since), new Set(documents.map(({ id }) => id))),
    misses: await missesIn(store, engine),
    cited: cited.slice(0, TOP),
    neverCited: documents.map(({ id }) => id).filter((id) => !citedBy.has(id)),
    old: cited.filter(({ updated }) => updated !== null && now - Date.parse(updated) > OLD_MS),
    slowest: (await store.reports.slowest(since, TOP)).filter(({ slowestMs }) => slowestMs > 0),
  };
}

function totalsOf(counts: readonly DayCount[]): Totals {
  const sum = (...kinds: readonly string[]): number =>
    counts.reduce((total, { kind, replies }) => total + (kinds.includes(kind) ? replies : 0), 0);
  return {
    asked: counts.reduce((total, { replies }) => total + replies, 0),
    answered: sum("answer", "comparison"),
    led: sum("leads"),
    unknown: sum("unknown"),
    other: sum("clarify", "help"),
  };
}

function unknownOf(counts: readonly DayCount[]): Readonly<Record<string, number>> {
  const byReason = new Map<string, number>();
  for (const { kind, reason, replies } of counts)
    if (kind === "unknown") byReason.set(reason ?? "", (byReason.get(reason ?? "") ?? 0) + replies);
  return Object.fromEntries([...byReason].sort(([a, x], [b, y]) => y - x || byCodePoint(a, b)));
}

function daysFrom(since: string, until: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(since); at <= Date.parse(until); at += DAY_MS) days.push(dayOf(at));
  return days;
}

/** @param known what whoever reads it may see; other documents are not named */
function votesOf(counts: readonly VoteCount[], known: ReadonlySet<string>): Report["votes"] {
  const tally = (some: readonly VoteCount[]): Votes => {
    const sum = (value: string): number => some.reduce((all, one) => all + (one.value === value ? one.votes : 0), 0);
    return { up: sum("up"), down: sum("down") };
  };
  const ranked = <T extends Votes>(list: readonly T[]): T[] =>
    [...list].sort((a, b) => b.down - a.down || b.up - a.up).slice(0, TOP);
  const topics = [...new Set(counts.flatMap(({ topic }) => topic ?? []))].sort(byCodePoint);
  const cited = new Set(counts.flatMap((one) => one.documents));
  const documents = [...cited].filter((document) => known.has(document)).sort(byCodePoint);
  const reasons = VOTE_REASONS.map((reason) => [reason, tally(counts.filter((one) => one.reason === reason)).down]);
  return {
    ...tally(counts),
    reasons: Object.fromEntries(reasons) as Record<VoteReason, number>,
    topics: ranked(topics.map((topic) => ({ topic, ...tally(counts.filter((one) => one.topic === topic)) }))),
    documents: ranked(
      documents.map((document) => ({ document, ...tally(counts.filter((one) => one.documents.includes(document))) })),
    ),
  };
}

async function missesIn(store: Store, engine: Engine): Promise<Report["misses"]> {
  const open = (await readInbox(store, engine)).filter(({ state }) => state === "open");
  return open.slice(0, TOP).map(({ id, ids, wordings, nearest, why }) => ({
    ...{ id, asked: ids.length, question: wordings[0]?.question ?? "", why },
    nearest: nearest.topic ?? nearest.section,
  }));
}

/** Where what is cited stands in the report, for people. */
export const shareOf = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${Math.round((100 * part) / whole)} %`;
