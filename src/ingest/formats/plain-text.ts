// Reads plain text into blocks: headings, lists and tables are guessed from the shape of lines.

import type { Block, LineRange, Sentence } from "../../document.ts";
import { squeeze } from "../../text/sentences.ts";
import { isBoilerplate, lastCrumb } from "./boilerplate.ts";
import { Page } from "./page.ts";
import { type Line, PlainTables } from "./plain-tables.ts";
import { Run } from "./run.ts";

export interface PlainText {
  readonly firstHeading: string | null;
  /** When it was last updated, as it says itself. */
  readonly updated: string | null;
  readonly blocks: readonly Block[];
}

/**
 * Reads a text file. Line numbers are those of the file.
 * @param file what errors name the file
 * @throws CorpusError when it holds more than is read of one document
 */
export function readPlainText(source: string, file = "the text"): PlainText {
  const page = new Page(file);
  for (const chunk of chunks(source)) {
    if (isMenu(chunk)) readMenu(chunk, page);
    else readChunk(chunk, page);
    if (chunk.length !== 1) page.lead = null;
  }
  return { firstHeading: page.firstHeading, updated: page.updated, blocks: page.blocks() };
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
  const isOutside = chunk.some(({ text }) => isBoilerplate(squeeze(text)));
  for (const line of chunk) page.add(isOutside ? "furniture" : "item", sentencesOf([line], 0));
}

function readChunk(chunk: readonly Line[], page: Page): void {
  const shapes: Shapes = { lines: chunk, tables: new PlainTables(chunk), widestFrom: widestFrom(chunk) };
  for (let at = 0; at < chunk.length; ) at += readUnit(shapes, at, page);
}

/** The lines of a chunk with what is asked of many of them, worked out once. */
interface Shapes {
  readonly lines: readonly Line[];
  readonly tables: PlainTables;
  /** The width of the widest line from each line on. */
  readonly widestFrom: readonly number[];
}

function widestFrom(lines: readonly Line[]): number[] {
  const widths = lines.map(({ text }) => text.trimEnd().length);
  for (let at = widths.length - 2; at >= 0; at--) widths[at] = Math.max(widths[at] ?? 0, widths[at + 1] ?? 0);
  return widths;
}

/** Reads what begins at a line of a chunk. Returns how many lines it took. */
function readUnit(shapes: Shapes, at: number, page: Page): number {
  const table = shapes.tables.at(at);
  if (table !== null) {
    const [head, ...rows] = table.rows;
    const header = head?.cells.join(" | ") ?? "";
    page.inTable(() => {
      for (const { cells, lines } of rows) {
        const row = { cells, header: head?.cells ?? [], headerLines: null, head: null, caption: null };
        page.add("row", [{ text: squeeze(cells.join(" | ")), lines }], { header, row });
      }
    });
    return table.length;
  }
  const line = shapes.lines[at];
  const next = shapes.lines[at + 1];
  // A rule only parts what stands above from what stands below.
  if (line === undefined || /^[\s=~_*#+.<>/|\\-]{3,}$/.test(line.text)) return 1;
  if (next !== undefined && UNDERLINE.test(next.text) && isTitle(line.text) && names(line.text)) {
    page.heading(next.text.trim().startsWith("=") ? 1 : DEPTH, squeeze(line.text), linesOf(line));
    return 2;
  }
  const marked = /^#{1,6}\s+(?=\S)/.exec(line.text);
  if (marked && isTitle(line.text) && names(line.text)) {
    page.heading(marked[0].trim().length, squeeze(line.text.slice(marked[0].length)), linesOf(line));
    return 1;
  }
  if (isHeading(line, next)) {
    page.heading(DEPTH, squeeze(line.text), linesOf(line));
    return 1;
  }
  if (BULLET.test(line.text)) return readList(shapes, at, page);
  const length = paragraphLength(shapes, at);
  page.add("paragraph", sentencesOf(shapes.lines.slice(at, at + length), 0));
  return length;
}

/** Items that stand one after another. Returns how many lines they take. */
function readList(shapes: Shapes, from: number, page: Page): number {
  const number = /^\s*\(?(\d{1,3})[.)]/.exec(shapes.lines[from]?.text ?? "")?.[1];
  let at = from;
  page.inList(number === undefined ? null : Number(number), () => {
    for (let bullet = bulletAt(shapes, at); bullet !== null; bullet = bulletAt(shapes, at)) {
      const length = paragraphLength(shapes, at);
      const sentences = sentencesOf(shapes.lines.slice(at, at + length), bullet.length);
      page.inItem(() => page.add("item", sentences));
      at += length;
    }
  });
  return at - from;
}

const bulletAt = ({ lines, tables }: Shapes, at: number): string | null =>
  at < lines.length && tables.at(at) === null ? (BULLET.exec(lines[at]?.text ?? "")?.[0] ?? null) : null;

const linesOf = ({ number }: Line): LineRange => ({ start: number, end: number });

/** All headings that no underline or mark tells apart are equally deep. */
const DEPTH = 2;
/** A heading has words, or is a year or a version; a number alone is that of a page, and signs are a drawing. */
const names = (text: string): boolean =>
  /\p{L}|\d{4}|\d\.\d/u.test(text) && (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) * 2 >= text.replace(/\s/g, "").length;
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
  if (!isTitle(line.text) || BULLET.test(line.text) || !names(line.text)) return false;
  if (lastCrumb(squeeze(line.text)) !== null) return false;
  if (line.isAlone) return true;
  const opensUpper = /^\s*["“]?[\p{Lu}\p{N}]/u.test(line.text);
  return next !== undefined && opensUpper && (BULLET.test(next.text) || next.text.length > WRAPPED_WIDTH_MAX);
}

/** How many lines the paragraph or item that starts here takes. */
function paragraphLength({ lines, tables, widestFrom }: Shapes, from: number): number {
  const widest = widestFrom[from] ?? 0;
  let at = from + 1;
  while (at < lines.length) {
    const before = lines[at - 1]?.text.trimEnd() ?? "";
    const text = lines[at]?.text ?? "";
    const isFull = before.length > WRAPPED_WIDTH_MAX && /[.!?:…]["”’)]?$/u.test(before);
    const endsBefore = isFull || before.length < SHORT_LINE * widest;
    const introduces = text.trimEnd().endsWith(":") && BULLET.test(lines[at + 1]?.text ?? "");
    if (endsBefore || introduces || BULLET.test(text) || tables.at(at) !== null) break;
    at++;
  }
  return at - from;
}

function sentencesOf(lines: readonly Line[], markLength: number): Sentence[] {
  const run = new Run("\n");
  for (const [at, { text, number }] of lines.entries())
    run.add(`${at === 0 ? text.slice(markLength) : text}${at < lines.length - 1 ? "\n" : ""}`, number);
  return run.sentences();
}
