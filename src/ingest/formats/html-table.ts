// Reads the tables of a page into rows under their header, and any element into the run of its text.

import type { LineRange, RowCells, Sentence } from "../../document.ts";
import { attribute, type Element, isElement, isText, startLineOf } from "./html-tree.ts";
import { INLINE } from "./main-text.ts";
import { Run } from "./run.ts";

export interface TableRow {
  /** The cells that are not empty, joined by " | ". */
  readonly sentence: Sentence;
  /** The header cells that it stands under, joined the same; "" without any. */
  readonly header: string;
  readonly row: RowCells;
}

/** How the text of an element is read. */
export interface TextReader {
  isLeftOut(element: Element): boolean;
  /** Adds a text, which begins on a line, to a run. */
  addText(text: string, line: number, run: Run): void;
}

/** More columns than anybody looks at. */
const SPAN_MAX = 100;

/** The rows of a table without those of its header. Rows of header cells further down begin a new header. */
export function rowsOf(table: Element, reader: TextReader): TableRow[] {
  const { isLeftOut } = reader;
  const found: TableRow[] = [];
  const captioned = table.childNodes.filter(isElement).find(({ tagName }) => tagName === "caption");
  const caption = captioned === undefined ? null : runOf(captioned, reader).whole();
  let header = "";
  let headed: readonly string[] = [];
  let headerLines: LineRange | null = null;
  /** Of each column: for how many more rows a cell above reaches down, and what it says. */
  let reaching: { rows: number; readonly text: string }[] = [];
  for (const [at, { row, isHead }] of rowElements(table, isLeftOut).entries()) {
    const cells = row.childNodes.filter(isElement).filter((cell) => /^t[dh]$/.test(cell.tagName) && !isLeftOut(cell));
    const read = cells.map((cell) => ({ cell, whole: runOf(cell, reader).whole() }));
    const texts = read.flatMap(({ whole }) => whole ?? []);
    const spread = spreadOut(read, reaching);
    ({ reaching } = spread);
    const [first] = texts;
    const last = texts.at(-1);
    if (first === undefined || last === undefined) continue;
    const text = texts.map((cell) => cell.text).join(" | ");
    const lines = { start: first.lines.start, end: last.lines.end };
    const isHeader = isHead || cells.every(({ tagName }) => tagName === "th") || (at === 0 && cells.every(isBold));
    if (!isHeader) {
      const isCoded = texts.some(({ coded }) => coded !== undefined);
      const coded = texts.map((cell) => cell.coded ?? cell.text).join(" | ");
      found.push({
        sentence: { text, lines, ...(isCoded ? { coded } : {}) },
        header,
        row: { cells: spread.cells, header: headed, headerLines, head: spread.head, caption },
      });
      // A single header cell across the table names a group of rows.
    } else if (texts.length > 1 || header === "") {
      header = text;
      headed = spread.cells;
      headerLines = lines;
    }
  }
  return withUnmarkedHeader(found);
}

const HEADED_ROWS_MIN = 3;
const NUMBERS_SHARE = 0.8;

/** In tables that mark no header, a first row without any number heads columns of numbers. */
export function withUnmarkedHeader(rows: TableRow[]): TableRow[] {
  const [first, ...rest] = rows;
  if (first === undefined || rows.length < HEADED_ROWS_MIN || rows.some(({ header }) => header !== "")) return rows;
  const named = first.row.cells.filter((cell) => cell !== "");
  const isNumbered = first.row.cells.some((_, column) => {
    const cells = rest.map(({ row }) => row.cells[column] ?? "").filter((cell) => cell !== "");
    return cells.length > 0 && cells.filter((cell) => /\d/.test(cell)).length >= NUMBERS_SHARE * cells.length;
  });
  if (named.length < 2 || !isNumbered || named.some((cell) => /\d/.test(cell))) return rows;
  const header = first.sentence.text;
  const headed = { header: first.row.cells, headerLines: first.sentence.lines };
  return rest.map(({ sentence, row }) => ({ sentence, header, row: { ...row, ...headed } }));
}

interface ReadCell {
  readonly cell: Element;
  readonly whole: Sentence | null;
}

/** One text for each column; what reaches down from a row above leaves its column empty, and heads the row in the first. */
function spreadOut(read: readonly ReadCell[], above: readonly { rows: number; readonly text: string }[]) {
  const cells: string[] = [];
  const reaching: { rows: number; text: string }[] = [];
  let head: string | null = null;
  const passOver = (): void => {
    for (let over = above[cells.length]; over !== undefined && over.rows > 0; over = above[cells.length]) {
      if (cells.length === 0) head = over.text;
      reaching[cells.length] = { rows: over.rows - 1, text: over.text };
      cells.push("");
    }
  };
  for (const { cell, whole } of read) {
    passOver();
    const text = whole?.coded ?? whole?.text ?? "";
    if (cells.length === 0 && cell.tagName === "th" && read.length > 1) head = text;
    const rows = spanOf(cell, "rowspan") - 1;
    for (let column = 0; column < spanOf(cell, "colspan"); column++) {
      reaching[cells.length] = { rows, text };
      cells.push(column === 0 ? text : "");
    }
  }
  passOver();
  return { cells, head, reaching };
}

const spanOf = (cell: Element, name: "rowspan" | "colspan"): number => {
  const span = Number(attribute(cell, name) ?? 1);
  return Number.isInteger(span) && span > 0 ? Math.min(span, SPAN_MAX) : 1;
};

/** Whether a table only places things: it says so, or it holds headings or tables. */
export const isForLayout = (table: Element): boolean =>
  /^(?:presentation|none)$/.test(attribute(table, "role") ?? "") || holdsHeadingOrTable(table);

/** All text of an element as one run; blocks in it are parted by spaces. */
export function runOf(element: Element, { isLeftOut, addText }: TextReader): Run {
  const run = new Run(" ");
  const addFrom = (parent: Element, isCode: boolean): void => {
    for (const child of parent.childNodes)
      if (isText(child)) {
        if (isCode) run.add(child.value, startLineOf(child));
        else addText(child.value, startLineOf(child), run);
      } else if (isElement(child) && !isLeftOut(child) && !addSpecial(child, run)) {
        const isBlock = !INLINE.has(child.tagName);
        if (isBlock) run.space();
        if (isCode || !CODE.test(child.tagName)) addFrom(child, isCode);
        else run.code(() => addFrom(child, true));
        if (isBlock) run.space();
      }
  };
  addFrom(element, CODE.test(element.tagName));
  return run;
}

/** Elements whose text is shown letter by letter. */
export const CODE = /^(?:code|pre|samp|tt)$/;

/** Adds what is not the text of its parts: the end of a line, or an exponent, which is no further digit of its number. */
export function addSpecial({ tagName, sourceCodeLocation, childNodes }: Element, run: Run): boolean {
  const line = sourceCodeLocation?.startLine ?? 1;
  if (tagName === "br") run.break(line);
  const raised = tagName === "sup" ? childNodes.map((node) => (isText(node) ? node.value : "")).join("") : "";
  const isExponent = /^[-−+]?\d+$/.test(raised) && /[\p{L}\p{N})]/u.test(run.end);
  if (isExponent)
    run.add(
      raised.replace(/./g, (sign) => RAISED[sign] ?? sign),
      line,
    );
  return tagName === "br" || isExponent;
}

const RAISED: Readonly<Record<string, string>> = {
  ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((raised, digit) => [String(digit), raised])),
  "+": "⁺",
  "-": "⁻",
  "−": "⁻",
};

interface RowElement {
  readonly row: Element;
  readonly isHead: boolean;
}

function rowElements(table: Element, isLeftOut: TextReader["isLeftOut"]): RowElement[] {
  return table.childNodes.filter(isElement).flatMap((part): RowElement[] => {
    if (isLeftOut(part)) return [];
    const isHead = part.tagName === "thead";
    const rows = part.tagName === "tr" ? [part] : part.childNodes.filter(isElement);
    return rows.filter((row) => row.tagName === "tr" && !isLeftOut(row)).map((row) => ({ row, isHead }));
  });
}

/** Whether all text of a cell is bold. */
const isBold = (cell: Element): boolean =>
  cell.childNodes.every((node) =>
    isElement(node)
      ? /^(?:b|strong)$/.test(node.tagName) || (!INLINE.has(node.tagName) && isBold(node))
      : !isText(node) || node.value.trim() === "",
  );

const holdsHeadingOrTable = (element: Element): boolean =>
  element.childNodes.some(
    (node) => isElement(node) && (/^(?:table|h[1-6])$/.test(node.tagName) || holdsHeadingOrTable(node)),
  );
