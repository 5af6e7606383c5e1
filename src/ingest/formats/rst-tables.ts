// Reads reStructuredText's tables, drawn as a grid, with bars or as lists, into the lines of their cells.

import type { RstLine } from "./rst-inline.ts";

/** The lines of one cell. */
export type Cell = readonly RstLine[];

export interface RstTable {
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many lines it takes. */
  readonly length: number;
}

const GRID = /^\+(?:[-=]+\+)+\s*$/;
const BARS = /^={2,}(?:[ \t]+={2,})+\s*$/;

/** The table that begins at a line; null where none does. */
export function tableAt(lines: readonly RstLine[], at: number): RstTable | null {
  const text = lines[at]?.text ?? "";
  if (GRID.test(text)) return gridAt(lines, at);
  return BARS.test(text) ? simpleAt(lines, at) : null;
}

function gridAt(lines: readonly RstLine[], from: number): RstTable {
  let end = from;
  while (end < lines.length && /^[+|]/.test(lines[end]?.text ?? "")) end++;
  let header: readonly Cell[] = [];
  const rows: (readonly Cell[])[] = [];
  let starts: readonly number[] = [];
  let cells: RstLine[][] = [];
  for (const line of lines.slice(from, end)) {
    const isBorder = /^\+[-=+]+\+?\s*$/.test(line.text);
    if (!isBorder) {
      addCells(
        cells,
        line,
        starts,
        line.text.replace(/^\||\|\s*$/g, (bar) => " ".repeat(bar.length)),
      );
      continue;
    }
    if (cells.some((cell) => cell.length > 0)) {
      if (line.text.includes("=") && header.length === 0) header = cells;
      else rows.push(cells);
    }
    starts = [...line.text.matchAll(/\+/g)].map(({ index }) => index);
    cells = starts.slice(1).map(() => []);
  }
  return { header, rows, length: end - from };
}

/** Adds a line to the cells that it is cut into, where a bar stands at their edge. */
function addCells(cells: RstLine[][], { number, text }: RstLine, starts: readonly number[], inner: string): void {
  let from = (starts[0] ?? 0) + 1;
  let column = 0;
  for (const [at, edge] of starts.entries()) {
    if (at === 0 || (text[edge] !== "|" && text[edge] !== "+" && at < starts.length - 1)) continue;
    const cell = inner.slice(from, at === starts.length - 1 ? inner.length : edge);
    if (!/^[-=+\s]*$/.test(cell)) cells[column]?.push({ number, text: cell.trim() });
    column = at;
    from = edge + 1;
  }
}

function simpleAt(lines: readonly RstLine[], from: number): RstTable | null {
  const starts = [...(lines[from]?.text ?? "").matchAll(/=+/g)].map(({ index }) => index);
  const borders: number[] = [];
  let end = from;
  for (; end < lines.length; end++) {
    const { text } = lines[end] ?? { text: "" };
    if (BARS.test(text)) borders.push(end);
    const isLast = BARS.test(text) && (lines[end + 1]?.text ?? "").trim() === "";
    if (isLast && borders.length > 1) break;
    if (!isLast && text !== "" && text.trim() === "" && borders.length > 2) break;
  }
  if (borders.length < 2) return null;
  const headed = borders.length > 2 ? borders[1] : undefined;
  const rowsOf = (first: number, last: number): RstLine[][][] => {
    const rows: RstLine[][][] = [];
    for (const { number, text } of lines.slice(first, last)) {
      if (text.trim() === "" || /^[-= \t]+$/.test(text)) continue;
      const cells = starts.map((start, at) => text.slice(start, starts[at + 1]).trim());
      if (cells[0] !== "" || rows.length === 0) rows.push(starts.map(() => []));
      for (const [at, cell] of cells.entries()) if (cell !== "") rows.at(-1)?.[at]?.push({ number, text: cell });
    }
    return rows;
  };
  const last = Math.min(end, lines.length);
  const [header = []] = headed === undefined ? [] : [merged(rowsOf(from + 1, headed))];
  return { header, rows: rowsOf((headed ?? from) + 1, last), length: last - from + 1 };
}

/** Rows of a header written over several lines, as one. */
const merged = (rows: readonly RstLine[][][]): RstLine[][] =>
  (rows[0] ?? []).map((_, column) => rows.flatMap((row) => row[column] ?? []));

/** A list of lists: "* - one" begins a row, "  - two" its next cell. @param headerRows how many of them are the header */
export function listTable(lines: readonly RstLine[], headerRows: number): RstTable {
  const rows: RstLine[][][] = [];
  for (const { number, text } of lines) {
    const row = /^[*+-]\s+[-*+](?:\s+(.*))?$/.exec(text);
    const cell = /^\s{1,4}[-*+](?:\s+(.*))?$/.exec(text);
    if (row !== null) rows.push([[]]);
    else if (cell !== null) rows.at(-1)?.push([]);
    const content = ((row ?? cell)?.[1] ?? (row === null && cell === null ? text : "")).trim();
    if (content !== "") rows.at(-1)?.at(-1)?.push({ number, text: content });
  }
  return {
    header: headerRows > 0 ? merged(rows.slice(0, headerRows)) : [],
    rows: rows.slice(headerRows),
    length: lines.length,
  };
}
