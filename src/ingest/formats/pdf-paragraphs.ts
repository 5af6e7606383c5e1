// Joins lines drawn on pages into headings, paragraphs, items and code; passes over what stands on every page.

import type { Sentence } from "../../document.ts";
import { squeeze } from "../../text/sentences.ts";
import { type TableRow, withUnmarkedHeader } from "./html-table.ts";
import type { Page } from "./page.ts";
import type { DrawnLine } from "./pdf-lines.ts";
import { type DrawnTable, drawnTables } from "./pdf-tables.ts";
import { Run } from "./run.ts";

/** Of a line's height: from here on the next line begins a paragraph. */
const PARAGRAPH_GAP = 1.35;
/** Of the size of most text: from here on a line is a heading. */
const HEADING_SIZE = 1.08;
const HEADING_LENGTH_MAX = 150;
const HEADING_LEVELS_MAX = 5;
/** Of a line's height: so much further to the right the first line of a paragraph may begin. */
const INDENT_MIN = 0.7;
const INDENT_MAX = 4;
/** A line that ends this share short of the widest one ends its paragraph. */
const SHORT_LINE = 0.7;
/** A text that stands at the top or the foot of so many pages is none of the document's. */
const RUNNING_PAGES_MIN = 3;
const RUNNING_SHARE = 0.4;
const RUNNING_LENGTH_MAX = 100;
const BULLET =
  /^(?:[•●○■◦▪▸►‣–—∙·*-]\s*(?=\S)|o\s+(?=\S)|(?:\(?(?:\d{1,3}|[a-z])[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s+(?=\S))/u;
const NUMBERED_HEADING = /^(?:\d{1,2}\.)*\d{1,2}\.?\s+\p{Lu}/u;
/** Between the title of a chapter and the number of its page. */
const DOTTED = /(?:\.\s?){4,}\s*[\divxlc]+$/i;

/** Fills a page with what is drawn. A sentence's line counts the lines of the whole document; its page is its first. */
export function addParagraphs(page: Page, all: readonly DrawnLine[]): void {
  const lines = withoutRunning(all).filter(({ text }) => !DOTTED.test(text));
  const body = bodySize(lines);
  const levels = [...new Set(lines.filter(({ size }) => size >= body * HEADING_SIZE).map(({ size }) => size))].sort(
    (a, b) => b - a,
  );
  const looks = { body, levels, words: wordsOf(lines), widest: widestOf(lines) };
  const placed = lines.map((line, at): Placed => ({ line, number: at + 1 }));
  let at = 0;
  for (const table of drawnTables(lines)) {
    addText(page, placed.slice(at, table.from), looks);
    addTable(page, table, lines);
    at = table.to;
  }
  addText(page, placed.slice(at), looks);
}

/** What is the same all over a document. */
interface Looks {
  /** The size that most letters have. */
  readonly body: number;
  /** The sizes of headings, the largest first. */
  readonly levels: readonly number[];
  readonly words: ReadonlySet<string>;
  /** How far lines reach on each page. */
  readonly widest: ReadonlyMap<number, number>;
}

function addText(page: Page, lines: readonly Placed[], looks: Looks): void {
  const { body, levels, words } = looks;
  const paragraphs = paragraphsOf(lines, looks);
  for (let at = 0; at < paragraphs.length; ) {
    const own = paragraphs[at] ?? [];
    const [first] = own;
    if (first === undefined || !BULLET.test(first.line.text) || headingLevel(own, body, levels) !== null) {
      addParagraph(page, own, headingLevel(own, body, levels), words);
      at++;
      continue;
    }
    const number = /^\(?(\d{1,3})[.)]/.exec(first.line.text)?.[1];
    page.inList(number === undefined ? null : Number(number), () => {
      for (; at < paragraphs.length; at++) {
        const item = paragraphs[at] ?? [];
        const mark = BULLET.exec(item[0]?.line.text ?? "")?.[0];
        if (mark === undefined || headingLevel(item, body, levels) !== null) break;
        page.inItem(() => page.add("item", sentencesOf(item, mark.length, words)));
      }
    });
  }
}

function addTable(page: Page, { rows }: DrawnTable, lines: readonly DrawnLine[]): void {
  const read = rows.map(({ cells, from, last }): TableRow => {
    const text = cells.filter((cell) => cell !== "").join(" | ");
    const sentence = { text, lines: { start: from + 1, end: last + 1 }, page: lines[from]?.page ?? 1 };
    return { sentence, header: "", row: { cells, header: [], headerLines: null, head: null, caption: null } };
  });
  page.inTable(() => {
    for (const { sentence, header, row } of withUnmarkedHeader(read)) page.add("row", [sentence], { header, row });
  });
}

interface Placed {
  readonly line: DrawnLine;
  /** 1-based, over all pages. */
  readonly number: number;
}

function addParagraph(page: Page, lines: readonly Placed[], level: number | null, words: ReadonlySet<string>): void {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return;
  const range = { start: first.number, end: last.number };
  if (level !== null) {
    const title = sentencesOf(lines, 0, words)
      .map(({ text }) => text)
      .join(" ");
    page.heading(level, title, range, first.line.page);
  } else if (lines.every(({ line }) => line.isCode)) {
    const least = Math.min(...lines.map(({ line }) => line.x));
    const text = lines
      .map(({ line }) => " ".repeat(Math.round((line.x - least) / (line.size * 0.6))) + line.text)
      .join("\n");
    page.add("code", [{ text: squeeze(text), lines: range, page: first.line.page }], {
      code: { language: null, text },
    });
  } else page.add("paragraph", sentencesOf(lines, 0, words));
}

/** Lines that belong together. */
function paragraphsOf(lines: readonly Placed[], { body, widest }: Looks): Placed[][] {
  const paragraphs: Placed[][] = [];
  for (const [at, one] of lines.entries()) {
    const before = lines[at - 1]?.line;
    if (before === undefined || begins(before, one.line, widest.get(before.page) ?? 0, body)) paragraphs.push([]);
    paragraphs.at(-1)?.push(one);
  }
  return paragraphs;
}

function widestOf(lines: readonly DrawnLine[]): ReadonlyMap<number, number> {
  const widest = new Map<number, number>();
  for (const { page, right } of lines) widest.set(page, Math.max(widest.get(page) ?? 0, right));
  return widest;
}

function begins(before: DrawnLine, line: DrawnLine, right: number, body: number): boolean {
  if (Math.abs(before.size - line.size) > 0.6 || before.isCode !== line.isCode) return true;
  if (line.isCode) return before.page === line.page && before.y - line.y > PARAGRAPH_GAP * 1.6 * line.size;
  if (BULLET.test(line.text) && (line.x > before.x + 1 || BULLET.test(before.text) || /[.:;!?]$/.test(before.text)))
    return true;
  // A sentence goes on over the end of a page or column.
  if (before.page !== line.page || line.y > before.y)
    return !/[\p{Ll},;-]$/u.test(before.text) || !/^[\p{Ll}\d(]/u.test(line.text);
  const drop = before.y - line.y;
  if (drop > PARAGRAPH_GAP * 1.25 * Math.max(line.size, body)) return true;
  const indent = (line.x - before.x) / line.size;
  const isIndented = indent > INDENT_MIN && indent < INDENT_MAX && !BULLET.test(before.text);
  const isShort = before.right < right * SHORT_LINE;
  return (isShort || isIndented) && /[.:!?]["”’)]?$/u.test(before.text);
}

/** The size that most letters have. */
function bodySize(lines: readonly DrawnLine[]): number {
  const counts = new Map<number, number>();
  for (const { size, text } of lines) counts.set(size, (counts.get(size) ?? 0) + text.length);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 10;
}

function headingLevel(lines: readonly Placed[], body: number, levels: readonly number[]): number | null {
  const [first] = lines;
  if (first === undefined || first.line.isCode) return null;
  const text = lines.map(({ line }) => line.text).join(" ");
  if (text.length > HEADING_LENGTH_MAX || !/\p{L}/u.test(text)) return null;
  if (first.line.size >= body * HEADING_SIZE) return Math.min(levels.indexOf(first.line.size) + 1, HEADING_LEVELS_MAX);
  const isNumbered = NUMBERED_HEADING.test(text) && /\d\.\d/.test(text) && lines.length === 1 && !/[.:;,]$/.test(text);
  return isNumbered ? HEADING_LEVELS_MAX + 1 : null;
}

/** Without what stands at the top or foot of many pages, numbers aside. */
function withoutRunning(lines: readonly DrawnLine[]): DrawnLine[] {
  const byPage = new Map<number, DrawnLine[]>();
  for (const line of lines) {
    const own = byPage.get(line.page);
    if (own === undefined) byPage.set(line.page, [line]);
    else own.push(line);
  }
  const edges = new Set<DrawnLine>();
  const counts = new Map<string, number>();
  for (const own of byPage.values()) {
    const sorted = own.toSorted((a, b) => b.y - a.y);
    for (const line of new Set([...sorted.slice(0, 2), ...sorted.slice(-2)])) {
      edges.add(line);
      for (const key of keysOf(line)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const least = Math.max(RUNNING_PAGES_MIN, byPage.size * RUNNING_SHARE);
  return lines.filter((line) => {
    if (!edges.has(line)) return true;
    return (
      keysOf(line).every((key) => (counts.get(key) ?? 0) < least) &&
      !/^(?:page\s*)?[\divxlc]{1,4}(?:\s*(?:of|\/)\s*\d+)?$/i.test(line.text.trim())
    );
  });
}

/** What recurs: a text at a height, whatever its numbers, or a height where a number opens or ends a short line. */
function keysOf({ text, y }: DrawnLine): string[] {
  const height = Math.round(y / 3);
  const isNumbered = text.length <= RUNNING_LENGTH_MAX && /^\d{1,4}\s|\s\d{1,4}$/.test(text.trim());
  return [`${height} ${text.replace(/\d+/g, "0")}`, ...(isNumbered ? [`${height} #`] : [])];
}

/** Words that no line end cuts. */
const wordsOf = (lines: readonly DrawnLine[]): ReadonlySet<string> =>
  new Set(
    lines.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*(?=[^\p{L}\p{N}-])/gu) ?? []),
  );

/** @param markLength of the bullet or number that opens them */
function sentencesOf(lines: readonly Placed[], markLength: number, words: ReadonlySet<string>): Sentence[] {
  const run = new Run("\n");
  for (const [at, { line, number }] of lines.entries()) {
    const text = at === 0 ? line.text.slice(markLength) : line.text;
    const next = lines[at + 1]?.line.text ?? "";
    const cut = /([\p{L}\p{N}-]*\p{L})[-‐]$/u.exec(text);
    const rest = /^[\p{Ll}\p{N}]+/u.exec(next)?.[0];
    const isCut = cut !== null && rest !== undefined;
    const isHyphened =
      isCut && words.has(`${cut[1]}-${rest}`.toLowerCase()) && !words.has(`${cut[1]}${rest}`.toLowerCase());
    run.add(isCut && !isHyphened ? text.slice(0, -1) : isCut ? text : `${text}${next === "" ? "" : "\n"}`, number);
  }
  const pages = new Map(lines.map(({ line, number }) => [number, line.page]));
  return run.sentences().map((sentence) => ({ ...sentence, page: pages.get(sentence.lines.start) ?? 1 }));
}
