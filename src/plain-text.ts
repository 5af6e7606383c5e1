// Plain text to blocks: headings, lists and tables are guessed from the shape of lines.

import type { Block, Sentence } from "./document.ts";
import { isFurniture, lastCrumb } from "./furniture.ts";
import { Page } from "./page.ts";
import { sentencesWithLines, squeeze } from "./sentences.ts";

export interface PlainText {
  readonly firstHeading: string | null;
  readonly blocks: readonly Block[];
}

/** One line that is not blank. */
interface Line {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** Whether a blank line, or the end of the file, stands before and after it. */
  readonly isAlone: boolean;
}

/** A row of a table, which may be written over several lines. */
interface Row {
  readonly cells: readonly string[];
  readonly lines: { readonly start: number; readonly end: number };
}

/** Reads a text file. Line numbers are those of the file. */
export function readPlainText(source: string): PlainText {
  const page = new Page();
  for (const chunk of chunks(source)) {
    if (isMenu(chunk)) readMenu(chunk, page);
    else for (let at = 0; at < chunk.length; ) at += readUnit(chunk, at, page);
    page.introduction = chunk.length === 1 ? page.introduction : "";
  }
  return { firstHeading: page.firstHeading, blocks: page.blocks() };
}

/** Lines that no blank line parts. */
function chunks(source: string): Line[][] {
  const all = source
    .replace(/\r\n?/g, "\n")
    .replace(/^\uFEFF/, "")
    .split("\n");
  const isBlank = (at: number): boolean => (all[at] ?? "").trim() === "";
  const found: Line[][] = [];
  for (const [at, text] of all.entries()) {
    if (isBlank(at)) continue;
    if (isBlank(at - 1)) found.push([]);
    found.at(-1)?.push({ text, number: at + 1, isAlone: isBlank(at - 1) && isBlank(at + 1) });
  }
  return found;
}

/** Short lines of which none ends like a sentence and none goes on below: a menu, an address, cells without a table. */
const isMenu = (chunk: readonly Line[]): boolean =>
  chunk.length >= MENU_LINES_MIN &&
  chunk.every(
    ({ text }) => isTitle(text) && text.length <= MENU_LINE_MAX && !BULLET.test(text) && !/[|\t=]/.test(text),
  ) &&
  chunk.filter(({ text }) => /^\s*\p{Ll}/u.test(text)).length * 2 < chunk.length;
const MENU_LINES_MIN = 4;
const MENU_LINE_MAX = 50;

/** Each line on its own; all are furniture where one of them is. */
function readMenu(chunk: readonly Line[], page: Page): void {
  const isOutside = chunk.some(({ text }) => isFurniture(squeeze(text)));
  for (const line of chunk) page.add(isOutside ? "furniture" : "item", sentencesOf([line], 0));
}

/** Reads what begins at a line of a chunk. Returns how many lines it took. */
function readUnit(chunk: readonly Line[], at: number, page: Page): number {
  const rest = chunk.slice(at);
  const table = tableAt(rest);
  if (table !== null) {
    const [head, ...rows] = table.rows;
    const header = head?.cells.join(" | ") ?? "";
    for (const { cells, lines } of rows) page.add("row", [{ text: squeeze(cells.join(" | ")), lines }], header);
    return table.length;
  }
  const [line, next] = rest;
  if (line === undefined) return 1;
  if (next !== undefined && UNDERLINE.test(next.text) && isTitle(line.text)) {
    page.heading(next.text.trim().startsWith("=") ? 1 : DEPTH, squeeze(line.text));
    return 2;
  }
  const marked = /^#{1,6}\s+(?=\S)/.exec(line.text);
  if (marked && isTitle(line.text)) {
    page.heading(marked[0].trim().length, squeeze(line.text.slice(marked[0].length)));
    return 1;
  }
  if (isHeading(line, next)) {
    page.heading(DEPTH, squeeze(line.text));
    return 1;
  }
  const length = paragraphLength(rest);
  const bullet = BULLET.exec(line.text);
  const lines = rest.slice(0, length);
  page.add(bullet ? "item" : "paragraph", sentencesOf(lines, bullet?.[0].length ?? 0));
  return length;
}

/** All headings that no underline or mark tells apart are equally deep. */
const DEPTH = 2;
const UNDERLINE = /^\s*(?:={3,}|-{3,}|~{3,})\s*$/;
const BULLET = /^\s*(?:[-*+•◦▪‣–]\s+|\(?(?:\d{1,3}|[a-z])[.)]\s+)(?=\S)/;
const TITLE_LENGTH_MAX = 80;
/** Text is hardly wrapped by hand at more than this: a longer line that ends a sentence ends its paragraph. */
const WRAPPED_WIDTH_MAX = 130;
/** A line that ends this much short of the widest one ends its paragraph. */
const SHORT_LINE = 0.6;

const isTitle = (text: string): boolean => text.trim().length <= TITLE_LENGTH_MAX && !/[.!:;,]\s*$/.test(text);

/** A line of its own, or one above a list or a long paragraph, that doesn't end like a sentence. */
function isHeading(line: Line, next: Line | undefined): boolean {
  if (!isTitle(line.text) || BULLET.test(line.text) || !/[\p{L}\p{N}]/u.test(line.text)) return false;
  if (lastCrumb(squeeze(line.text)) !== null) return false;
  if (line.isAlone) return true;
  const opensUpper = /^\s*["“]?[\p{Lu}\p{N}]/u.test(line.text);
  return next !== undefined && opensUpper && (BULLET.test(next.text) || next.text.length > WRAPPED_WIDTH_MAX);
}

/** How many lines the paragraph or item that starts here takes. */
function paragraphLength(lines: readonly Line[]): number {
  const widest = Math.max(...lines.map(({ text }) => text.trimEnd().length));
  let at = 1;
  while (at < lines.length) {
    const before = lines[at - 1]?.text.trimEnd() ?? "";
    const text = lines[at]?.text ?? "";
    const isFull = before.length > WRAPPED_WIDTH_MAX && /[.!?:…]["”’)]?$/u.test(before);
    const endsBefore = isFull || before.length < SHORT_LINE * widest;
    const introduces = text.trimEnd().endsWith(":") && BULLET.test(lines[at + 1]?.text ?? "");
    if (endsBefore || introduces || BULLET.test(text) || tableAt(lines.slice(at)) !== null) break;
    at++;
  }
  return at;
}

function sentencesOf(lines: readonly Line[], markLength: number): Sentence[] {
  const text = lines.map((line) => line.text).join("\n");
  const first = lines[0]?.number ?? 1;
  const lineOf = (offset: number): number => first + (text.slice(0, offset + markLength).match(/\n/g)?.length ?? 0);
  return sentencesWithLines(text.slice(markLength), lineOf);
}

/** A tab that opens a line parts an empty cell from the next; spaces that open one only indent it. */
const PARTING: readonly { readonly parting: RegExp; readonly rowsMin: number }[] = [
  { parting: /\t/, rowsMin: 2 },
  { parting: /\|/, rowsMin: 2 },
  { parting: /(?<=\S) {2,}(?=\S)/, rowsMin: 3 },
];

/** The table that starts at the first of these lines, its header row first, and how many lines it takes. */
function tableAt(lines: readonly Line[]): { readonly rows: readonly Row[]; readonly length: number } | null {
  for (const { parting, rowsMin } of PARTING) {
    const end = lines.findIndex(({ text }) => !parting.test(text.trimEnd()));
    const length = end < 0 ? lines.length : end;
    if (length < rowsMin) continue;
    const rows = rowsOf(lines.slice(0, length), parting);
    if (rows !== null && rows.length >= rowsMin) return { rows, length };
  }
  return null;
}

/** Rows of equally many cells; a row may be spread over lines, as long as each of its lines holds whole cells. */
function rowsOf(lines: readonly Line[], parting: RegExp): Row[] | null {
  const written = lines
    .filter(({ text }) => !/^[\s|:+=-]+$/.test(text))
    .map(({ text, number }) => ({ cells: cellsOf(text, parting), number }));
  const columns = Math.max(...written.map(({ cells }) => cells.length));
  if (columns < 2) return null;
  const rows: Row[] = [];
  let cells: string[] = [];
  let start = 0;
  for (const line of written) {
    if (cells.length === 0) start = line.number;
    cells = [...cells, ...line.cells];
    if (cells.length > columns) return null;
    if (cells.length < columns) continue;
    rows.push({ cells, lines: { start, end: line.number } });
    cells = [];
  }
  return cells.length === 0 ? rows : null;
}

/** Empty cells count; the marks that open and close a line don't make any. */
const cellsOf = (text: string, parting: RegExp): string[] =>
  text
    .trimEnd()
    .replace(/^\s*\||\|$/g, "")
    .split(parting)
    .map((cell) => squeeze(cell.replace(/^\s*#+(?=\S)/, "")));
