// A report to one page of HTML that loads nothing and runs nothing: every text in it is escaped.

import { VOTE_REASONS } from "../memory.ts";
import { clean } from "../one-line.ts";
import { REASONS } from "../wording.ts";
import { type Report, shareOf } from "./report.ts";

/** The whole page. */
export const renderHtml = (report: Report): string => {
  const { since, until, corpus, totals, unknown, days, votes, misses, cited, neverCited, old, slowest } = report;
  const { asked, answered, led } = totals;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Footnote, ${escaped(since)} to ${escaped(until)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Footnote, ${escaped(since)} to ${escaped(until)}</h1>
<p>${asked} asked · ${answered} answered (${shareOf(answered, asked)}) · ${led} led · ${totals.unknown} without an answer · ${votes.up} up, ${votes.down} down · documents ${escaped(corpus)}</p>
${section("By day", chart(days))}
${table("Without an answer", ["why", "times"], Object.entries(unknown))}
${table(
  "Most asked, still open",
  ["id", "times", "question", "nearest", "why"],
  misses.map((one) => [one.id.slice(0, 6), one.asked, one.question, one.nearest ?? "–", one.why.join("; ")]),
)}
${table(
  "Votes against, by reason",
  ["reason", "votes"],
  VOTE_REASONS.map((reason) => [REASONS[reason], votes.reasons[reason]]),
)}
${table(
  "Votes by topic",
  ["topic", "up", "down"],
  votes.topics.map(({ topic, up, down }) => [topic, up, down]),
)}
${table(
  "Votes by document",
  ["document", "up", "down"],
  votes.documents.map(({ document, up, down }) => [document, up, down]),
)}
${table(
  "Most cited",
  ["document", "replies", "updated"],
  cited.map(({ document, replies, updated }) => [document, replies, updated ?? "–"]),
)}
${table(
  "Cited, and older than a year",
  ["document", "replies", "updated"],
  old.map(({ document, replies, updated }) => [document, replies, updated ?? "–"]),
)}
${table(
  "Never cited",
  ["document"],
  neverCited.map((document) => [document]),
)}
${table(
  "Slowest",
  ["kind", "topic", "replies", "mean ms", "slowest ms"],
  slowest.map(({ kind, topic, replies, meanMs, slowestMs }) => [kind, topic ?? "–", replies, meanMs, slowestMs]),
)}
</body>
</html>
`;
};

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #8884; vertical-align: top; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: 8rem; } .answered { fill: #2e8b57; } .led { fill: #c9b458; } .unknown { fill: #80848e; } .other { fill: #5865f2; }
`;

type Cell = string | number;

const section = (title: string, body: string): string => `<section><h2>${escaped(title)}</h2>${body}</section>`;

/** Nothing where there are no rows. */
function table(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return "";
  const isNumber = (at: number): boolean => rows.every((row) => typeof row[at] === "number");
  const tag = (name: string, at: number, text: Cell): string =>
    `<${name}${isNumber(at) ? ' class="n"' : ""}>${escaped(String(text))}</${name}>`;
  const body = rows.map((row) => `<tr>${row.map((cell, at) => tag("td", at, cell)).join("")}</tr>`).join("\n");
  return section(
    title,
    `<table><thead><tr>${head.map((name, at) => tag("th", at, name)).join("")}</tr></thead><tbody>${body}</tbody></table>`,
  );
}

const HEIGHT = 100;
const KINDS = ["answered", "led", "unknown", "other"] as const;

/** A column a day, what was answered at its foot. */
function chart(days: Report["days"]): string {
  const most = Math.max(1, ...days.map(({ asked }) => asked));
  const bars = days.map((day, at) => {
    let top = HEIGHT;
    const parts = KINDS.map((kind) => {
      const height = (HEIGHT * day[kind]) / most;
      top -= height;
      return `<rect class="${kind}" x="${at * 10 + 1}" y="${top.toFixed(2)}" width="8" height="${height.toFixed(2)}"></rect>`;
    });
    return `<g><title>${escaped(day.day)}: ${day.asked} asked, ${day.answered} answered</title>${parts.join("")}</g>`;
  });
  const label = `Questions by day, ${most} at most`;
  return `<svg viewBox="0 0 ${days.length * 10} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">${bars.join("")}</svg>`;
}

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => clean(text).replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? "");
