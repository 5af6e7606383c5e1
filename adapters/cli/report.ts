// Prints what was asked, answered and missed in some days, for `footnote report`: as text, as JSON, or as a page of HTML.

import { writeFileSync } from "node:fs";
import { OperatorError } from "../../src/errors.ts";
import { type CorpusOptions, open } from "../shared/corpus.ts";
import { makeReport, type Report, shareOf, sinceDay } from "../shared/loop/report.ts";
import { renderHtml } from "../shared/loop/report-html.ts";
import { VOTE_REASONS } from "../shared/memory.ts";
import { clean } from "../shared/one-line.ts";
import { readStateSettings } from "../shared/settings.ts";
import { openStore } from "../shared/state/state.ts";
import { print, printJson, type View, viewOf } from "../shared/terminal.ts";
import { count, REASONS } from "../shared/wording.ts";
import { fold, hang, inkOf, stack } from "./layout.ts";

export interface ReportOptions extends CorpusOptions {
  readonly since?: string;
  /** A file; true for standard output. */
  readonly html?: string | true;
}

const SINCE = "7d";

/** @throws OperatorError when the corpus, the store or an option can't be used */
export async function report({ since = SINCE, html, ...options }: ReportOptions): Promise<void> {
  const store = await openStore(readStateSettings());
  try {
    const day = sinceDay(since, store.now());
    const made = await makeReport(store, await open(options), day);
    if (html === undefined) options.json ? printJson(made) : print(renderReport(made, viewOf()));
    else if (html === true) process.stdout.write(renderHtml(made));
    else save(html, renderHtml(made));
  } finally {
    await store.close();
  }
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new OperatorError(`${file} can't be written (${code})`, "name another file with --html FILE");
  }
  print(`Written to ${file}.`);
}

export function renderReport(report: Report, view: View): string {
  const { since, until, totals, unknown, votes, neverCited } = report;
  const ink = inkOf(view.colour);
  const { asked, answered, led, other } = totals;
  const blocks: readonly Block[] = [
    ["By day", drawDays(report, view)],
    ["Without an answer", Object.entries(unknown).flatMap(([why, times]) => row(times, why, view))],
    ["Most asked, still open", drawMisses(report, view)],
    ...drawVotes(report, view),
    ...drawDocuments(report, view),
    [`Never cited (${neverCited.length})`, drawNever(neverCited, view)],
    ["Slowest", drawSlowest(report, view)],
  ];
  return stack([
    [ink.strong(`${since} to ${until}`)],
    fold(
      `${count(asked, "question")}: ${answered} answered (${shareOf(answered, asked)}), ${led} led, ${totals.unknown} without an answer, ${other} asked back or helped. ${count(votes.up, "vote")} for, ${votes.down} against.`,
      view.width,
    ),
    ...blocks.map(([title, lines]) => (lines.length === 0 ? [] : [ink.heading(title), ...lines])),
  ]);
}

type Block = readonly [title: string, lines: readonly string[]];

const row = (number: number, text: string, { width }: View): string[] =>
  hang(`  ${String(number).padStart(5)}  `, text, width);

function drawMisses({ misses }: Report, view: View): string[] {
  const ink = inkOf(view.colour);
  return misses.flatMap(({ id, asked, question, nearest, why }) => [
    ...row(asked, `${clean(question)}  ${ink.muted(id.slice(0, 6))}`, view),
    ...hang("         ", ink.muted(`${why.join("; ")}; nearest ${clean(nearest ?? "–")}`), view.width),
  ]);
}

function drawVotes({ votes }: Report, view: View): readonly Block[] {
  const voted = (name: string, { up, down }: { readonly up: number; readonly down: number }): string[] =>
    hang(`  ${`${up} up`.padStart(7)} ${`${down} down`.padStart(9)}  `, clean(name), view.width);
  const said = VOTE_REASONS.filter((reason) => votes.reasons[reason] > 0);
  return [
    ["Votes against", said.flatMap((reason) => row(votes.reasons[reason], REASONS[reason], view))],
    ["Votes by topic", votes.topics.flatMap((one) => voted(one.topic, one))],
    ["Votes by document", votes.documents.flatMap((one) => voted(one.document, one))],
  ];
}

const drawDocuments = ({ cited, old }: Report, view: View): readonly Block[] => [
  ["Most cited", cited.flatMap(({ document, replies }) => row(replies, clean(document), view))],
  [
    "Cited, and older than a year",
    old.flatMap(({ document, replies, updated }) =>
      row(replies, `${clean(document)}, updated ${clean(updated ?? "")}`, view),
    ),
  ],
];

const drawSlowest = ({ slowest }: Report, view: View): string[] =>
  slowest.flatMap(({ kind, topic, replies, meanMs, slowestMs }) => {
    const from = topic === null ? "" : ` from ${clean(topic)}`;
    return row(slowestMs, `ms ${kind}${from}, ${meanMs} ms on the mean of ${replies}`, view);
  });

const NEVER_SHOWN = 10;

function drawNever(ids: readonly string[], view: View): string[] {
  const more = ids.length > NEVER_SHOWN ? [`and ${ids.length - NEVER_SHOWN} more`] : [];
  return [...ids.slice(0, NEVER_SHOWN).map(clean), ...more].flatMap((line) => hang("  ", line, view.width));
}

const BAR_WIDTH_MAX = 40;

/** A bar a day: what was answered full, what was not in outline. */
function drawDays({ days }: Report, view: View): string[] {
  const most = Math.max(1, ...days.map(({ asked }) => asked));
  const room = Math.max(5, Math.min(BAR_WIDTH_MAX, view.width - 24));
  return days.map(({ day, asked, answered }) => {
    const width = Math.round((room * asked) / most);
    const full = asked === 0 ? 0 : Math.round((width * answered) / asked);
    return `  ${day}  ${`${"█".repeat(full)}${"░".repeat(width - full)}`.padEnd(room)} ${asked}`;
  });
}
