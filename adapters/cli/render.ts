// Renders a reply for a terminal: the verdict first, then what supports it, then where it stands.

import { createRequire } from "node:module";
import type Table from "cli-table3";
import type {
  Answer,
  Citation,
  CitedStatement,
  Clarify,
  Comparison,
  Disagreement,
  Help,
  Leads,
  Passage,
  Reply,
  Unknown,
} from "../../src/reply.ts";
import { joinPlace, marksOf, rangeOf } from "../shared/citation-text.ts";
import { clean } from "../shared/one-line.ts";
import {
  alignRows,
  CUT_NOTE,
  drawPieces,
  headerOf,
  itemLead,
  type Piece,
  readPassage,
  rowLine,
  type Stretch,
} from "../shared/passage-text.ts";
import { readingLine } from "../shared/reading-line.ts";
import { PROSE_WIDTH_MAX, type View } from "../shared/terminal.ts";
import { NOT_SAID, SOURCES_DIFFER, SUGGESTIONS_LEAD } from "../shared/wording.ts";
import { fold, hang, type Ink, inkOf, STICKY, stack } from "./layout.ts";

/** Below this many columns two sides don't fit beside each other. */
const TABLE_WIDTH_MIN = 70;
const TABLE_WIDTH_MAX = 120;

/** The reply as lines no wider than the view; nothing in it can steer the terminal. */
export function renderReply(reply: Reply, view: View): string {
  const ink = inkOf(view.colour);
  const page: Page = { ...view, ink, prose: Math.min(view.width, PROSE_WIDTH_MAX) };
  return stack([...renderBody(reply, page), renderReading(reply, page)]);
}

interface Page extends View {
  readonly ink: Ink;
  /** Columns for running text. */
  readonly prose: number;
}

type Block = readonly string[];

function renderBody(reply: Reply, page: Page): Block[] {
  switch (reply.kind) {
    case "answer":
      return renderAnswer(reply, page);
    case "comparison":
      return renderComparison(reply, page);
    case "leads":
      return renderLeads(reply, page);
    case "unknown":
      return renderUnknown(reply, page);
    case "clarify":
      return renderClarify(reply, page);
    case "help":
      return renderHelp(reply, page);
  }
}

function renderAnswer(answer: Answer, page: Page): Block[] {
  const { verdict, support, passage, disagreement, citations, suggestions } = answer;
  const shown = passage === null ? null : renderPassage(passage, verdict, page);
  return [
    shown?.saysVerdict === true ? [] : fold(state(verdict, page.ink, page.ink.strong), page.prose),
    ...(shown?.blocks ?? []),
    support.flatMap((statement) => hang("  • ", state(statement, page.ink), page.prose)),
    renderDisagreement(disagreement, page),
    renderSources(citations, page, passage?.citation ?? null),
    renderSuggestions(SUGGESTIONS_LEAD.answer, suggestions, page),
  ];
}

function renderComparison(comparison: Comparison, page: Page): Block[] {
  const { title, verdict, rows, disagreement, citations, suggestions } = comparison;
  return [
    [
      ...fold(page.ink.heading(clean(title)), page.prose),
      ...(verdict === null ? [] : fold(state(verdict, page.ink, page.ink.strong), page.prose)),
    ],
    rows.length === 0
      ? []
      : page.width < TABLE_WIDTH_MIN
        ? renderStacked(comparison, page)
        : renderTable(comparison, page),
    renderDisagreement(disagreement, page),
    renderSources(citations, page),
    renderSuggestions(SUGGESTIONS_LEAD.comparison, suggestions, page),
  ];
}

function renderLeads({ text, passages, citations, suggestions }: Leads, page: Page): Block[] {
  return [
    fold(`${page.ink.warning("Not sure:")} ${clean(text)}`, page.prose),
    ...passages.flatMap((passage) => {
      const { citation } = passage;
      const cited = citations.find(({ number }) => number === citation);
      return [
        cited === undefined ? [] : renderPlace(cited, passage, page),
        ...renderPassage(passage, null, page).blocks,
      ];
    }),
    renderSuggestions(SUGGESTIONS_LEAD.leads, suggestions, page),
  ];
}

/** What a passage to read stands below: all that its source tells besides. */
function renderPlace({ number, title, file, url }: Citation, { section, lines }: Passage, { ink, prose }: Page): Block {
  const lead = `[${number}] `;
  const below = (text: string): Block => hang(" ".repeat(lead.length), ink.muted(text), prose);
  return [
    ...hang(lead, place(title, section), prose).map(ink.heading),
    ...below(`${clean(file)}:${rangeOf(lines)}`),
    ...(url === null ? [] : below(clean(url))),
  ];
}

/** A passage as the document has it; where the verdict is one of its sentences, that is set apart with its marks. */
function renderPassage(passage: Passage, verdict: CitedStatement | null, page: Page) {
  const { ink, prose } = page;
  const { stretches, saysVerdict } = readPassage(passage, verdict);
  const note = passage.cut ? [fold(ink.muted(CUT_NOTE), prose)] : [];
  const drawn = stretches.map((stretch) => renderStretch(stretch, verdict, page));
  return { saysVerdict, blocks: [...drawn, ...note] };
}

function renderStretch(stretch: Stretch, verdict: CitedStatement | null, { ink, prose, width }: Page): Block {
  const marks = verdict === null ? "" : `${STICKY}${ink.muted(marksOf(verdict))}`;
  const say = (pieces: readonly Piece[]): string => drawPieces(pieces, (text) => text, ink.strong, marks);
  switch (stretch.kind) {
    case "text":
      return fold(say(stretch.pieces), prose);
    case "items":
      return stretch.items.flatMap((item) => hang(`  ${itemLead(item, "•")}`, say(item.pieces), prose));
    case "code":
      return stretch.lines.flatMap((line) => hang("    ", line === "" ? "" : line.replaceAll(" ", STICKY), width));
    case "rows": {
      const aligned = alignRows(stretch.rows, width - 4);
      const header = headerOf(stretch.rows);
      return aligned !== null
        ? aligned.map((line) => `  ${line}`)
        : stretch.rows
            .filter((row) => !row.header)
            .flatMap((row) => {
              const line = rowLine(row, header);
              return hang("  • ", row.marked ? ink.strong(line) : line, prose);
            });
    }
  }
}

function renderUnknown({ text, nearest, suggestions }: Unknown, page: Page): Block[] {
  const sections = nearest.map(({ title, section }) => place(title, section));
  return [
    fold(`${page.ink.warning("No answer:")} ${clean(text)}`, page.prose),
    sections.length === 0
      ? []
      : [page.ink.heading("Nearest sections"), ...sections.flatMap((one) => hang("  • ", one, page.prose))],
    renderSuggestions(SUGGESTIONS_LEAD.unknown, suggestions, page),
  ];
}

function renderClarify({ text, options }: Clarify, page: Page): Block[] {
  return [
    fold(page.ink.strong(clean(text)), page.prose),
    options.flatMap(({ label, question }, at) => {
      const lead = `  ${at + 1}. `;
      const [shown, asked] = [clean(label), clean(question)];
      const extra = asked === shown ? [] : hang(" ".repeat(lead.length), page.ink.muted(asked), page.prose);
      return [...hang(lead, shown, page.prose), ...extra];
    }),
  ];
}

const renderHelp = ({ text, suggestions }: Help, page: Page): Block[] => [
  fold(clean(text), page.prose),
  renderSuggestions(SUGGESTIONS_LEAD.help, suggestions, page),
];

function renderDisagreement(disagreement: Disagreement | null, page: Page): Block {
  if (disagreement === null) return [];
  return [
    ...fold(`${page.ink.warning(SOURCES_DIFFER)} ${clean(disagreement.text)}`, page.prose),
    ...disagreement.sides.flatMap((side) => hang("  – ", state(side, page.ink), page.prose)),
  ];
}

/** @param shown number of the citation whose quote a passage has said already */
function renderSources(citations: readonly Citation[], page: Page, shown: number | null = null): Block {
  if (citations.length === 0) return [];
  const drawn = citations.flatMap((citation) => renderCitation(citation, page, citation.number !== shown));
  return [page.ink.heading("Sources"), ...drawn];
}

function renderCitation(citation: Citation, { ink, prose }: Page, quotes: boolean): Block {
  const { number, title, section, file, lines, url, quote } = citation;
  const lead = `[${number}] `;
  const below = (text: string): Block => hang(" ".repeat(lead.length), ink.muted(text), prose);
  return [
    ...hang(lead, place(title, section), prose),
    ...below(`${clean(file)}:${rangeOf(lines)}`),
    ...(url === null ? [] : below(clean(url))),
    ...(quotes ? below(`“${clean(quote)}”`) : []),
  ];
}

function renderSuggestions(title: string, suggestions: readonly string[], { ink, prose, isPickable }: Page): Block {
  if (suggestions.length === 0) return [];
  const leadOf = (at: number): string => (isPickable ? `  ${at + 1}. ` : "  • ");
  return [ink.heading(title), ...suggestions.flatMap((one, at) => hang(leadOf(at), clean(one), prose))];
}

/** One muted line, and only where something was corrected, carried over or noted. */
function renderReading(reply: Reply, { ink, prose, names }: Page): Block {
  const line = readingLine(reply, names, clean);
  return line === "" ? [] : fold(ink.muted(line), prose);
}

function renderTable({ sides, rows }: Comparison, { width, ink }: Page): Block {
  const room = Math.min(width, TABLE_WIDTH_MAX) - BORDERS_WIDTH;
  const longest = Math.max(...rows.map(({ aspect }) => clean(aspect).length));
  const aspectWidth = Math.max(10, Math.min(Math.floor(room * 0.24), longest));
  const sideWidth = Math.floor((room - aspectWidth) / 2);
  const cellOf = (statement: CitedStatement | null): string =>
    statement === null ? ink.muted(NOT_SAID) : state(statement, ink);
  const line = (text: string): string => ink.muted(text);
  const table = new (loadTable())({
    chars: { ...NO_FRAME, mid: line("─"), "mid-mid": line("┼"), middle: ` ${line("│")} ` },
    colWidths: [aspectWidth, sideWidth, sideWidth],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  const folded = (text: string, columns: number): string => fold(text, columns).join("\n");
  table.push(["", ...sides.map((side) => folded(ink.strong(clean(side)), sideWidth))]);
  for (const { aspect, cells } of rows)
    table.push([folded(clean(aspect), aspectWidth), ...cells.map((cell) => folded(cellOf(cell), sideWidth))]);
  return widenRules(table.toString().split("\n"), ink);
}

/** Two " │ " between three columns. */
const BORDERS_WIDTH = 6;
const NO_FRAME = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", right: "", "right-mid": "" },
};

/** Loaded where a table is drawn: most replies have none. It is a CommonJS module, which can be loaded at once. */
const loadTable = (): typeof Table => createRequire(import.meta.url)("cli-table3");

/** cli-table3 draws a crossing as wide as one character: the rule gets the blanks on both sides of the bar. */
const widenRules = (lines: readonly string[], ink: Ink): Block =>
  lines.map((line) => line.replaceAll(ink.muted("┼"), ink.muted("─┼─")));

function renderStacked({ sides, rows }: Comparison, { ink, prose }: Page): Block {
  return rows.flatMap(({ aspect, cells }) => [
    ...fold(ink.strong(clean(aspect)), prose),
    ...cells.flatMap((cell, at) => {
      const text = cell === null ? ink.muted(NOT_SAID) : state(cell, ink);
      return hang("  ", `${clean(sides[at] ?? "")}: ${text}`, prose);
    }),
  ]);
}

/** A statement with its marks, which stay on the line of its last word. */
const state = (statement: CitedStatement, ink: Ink, draw: (text: string) => string = (plain) => plain): string =>
  `${draw(clean(statement.text))}${STICKY}${ink.muted(marksOf(statement))}`;

const place = (title: string, section: string): string => joinPlace(clean(title), clean(section));
