// Lines whose cells stand in columns to tables: what no PDF says, and everybody sees.

import type { DrawnCell, DrawnLine } from "./pdf-lines.ts";

export interface DrawnTable {
  /** Its first line, counted from 0, and the first one behind it. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly DrawnRow[];
}

export interface DrawnRow {
  /** One for each column, "" where it is empty. */
  readonly cells: readonly string[];
  readonly from: number;
  /** Its last line. */
  readonly last: number;
}

/** Rows that make a table of two columns, and of more. */
const ROWS_MIN = 3;
const WIDE_ROWS_MIN = 2;
/** Of a line's height: from here on what follows is no further row; within the second a row goes on. */
const ROW_GAP = 3.2;
const WRAP_GAP = 1.45;
/** In two columns of text each line is about as long; in a table one of the columns is short. */
const SHORT_CELL = 30;
/** Of the cells that its columns give room for, a table fills most. */
const FILLED_SHARE = 0.55;
/** Half the width of a letter: columns may touch by so much. */
const TOLERANCE = 0.25;

/** The tables among lines, from top to bottom. */
export function drawnTables(lines: readonly DrawnLine[]): DrawnTable[] {
  const tables: DrawnTable[] = [];
  for (let at = 0; at < lines.length; ) {
    const table = tableAt(lines, at);
    if (table !== null) tables.push(table);
    at = table?.to ?? at + 1;
  }
  return tables;
}

/** From where to where a column reaches. */
interface Lane {
  readonly x: number;
  readonly right: number;
}

interface Entry {
  readonly line: number;
  readonly cells: readonly DrawnCell[];
  /** Whether it goes on with the row above. */
  readonly isWrapped: boolean;
}

function tableAt(lines: readonly DrawnLine[], from: number): DrawnTable | null {
  let lanes: readonly Lane[] = [];
  const entries: Entry[] = [];
  let certain = 0;
  for (let at = from; at < lines.length; at++) {
    const [before, line] = [lines[at - 1], lines[at]];
    if (line === undefined || line.isCode) break;
    if (at > from && (before === undefined || !isBelow(before, line, ROW_GAP))) break;
    if (line.cells.length > 1) {
      const widened = widenedBy(lanes, line);
      if (widened === null) break;
      lanes = widened;
      entries.push({ line: at, cells: line.cells, isWrapped: false });
      certain = entries.length;
    } else {
      const [cell] = line.cells;
      const lane = cell === undefined ? -1 : lanes.findIndex((one) => isWithin(cell, one, line.size));
      if (lane < 0) break;
      const isWrapped = lane > 0 && before !== undefined && isBelow(before, line, WRAP_GAP);
      if (lane > 0 && !isWrapped) break;
      entries.push({ line: at, cells: line.cells, isWrapped });
      // The name of a group of rows has rows below it.
      if (isWrapped) certain = entries.length;
    }
  }
  const own = entries.slice(0, certain);
  const last = own.at(-1);
  return last === undefined || !isTable(own, lanes) ? null : { from, to: last.line + 1, rows: rowsOf(own, lanes) };
}

const isBelow = (before: DrawnLine, line: DrawnLine, gap: number): boolean =>
  before.page === line.page && before.y > line.y && before.y - line.y <= gap * Math.max(before.size, line.size);

const overlaps = (one: Lane, other: Lane, tolerance: number): boolean =>
  one.x < other.right - tolerance && other.x < one.right - tolerance;

const isWithin = (cell: Lane, lane: Lane, size: number): boolean =>
  cell.x >= lane.x - size && cell.right <= lane.right + size;

/** The columns with a line's cells in them; null where a cell reaches over two of them, or two share one. */
function widenedBy(lanes: readonly Lane[], { cells, size }: DrawnLine): readonly Lane[] | null {
  const tolerance = TOLERANCE * size;
  const taken = new Set<Lane>();
  const added: Lane[] = [];
  let widened: readonly Lane[] = lanes;
  for (const cell of cells) {
    const [lane, other] = lanes.filter((one) => overlaps(one, cell, tolerance));
    if (other !== undefined || (lane !== undefined && taken.has(lane))) return null;
    if (lane === undefined) {
      added.push({ x: cell.x, right: cell.right });
      continue;
    }
    taken.add(lane);
    const wide = { x: Math.min(lane.x, cell.x), right: Math.max(lane.right, cell.right) };
    widened = widened.map((one) => (one === lane ? wide : one));
  }
  const all = [...widened, ...added].toSorted((a, b) => a.x - b.x);
  return all.every((lane, at) => at === 0 || !overlaps(all[at - 1] ?? lane, lane, tolerance)) ? all : null;
}

function isTable(entries: readonly Entry[], lanes: readonly Lane[]): boolean {
  const rows = entries.filter(({ cells }) => cells.length > 1);
  if (lanes.length < 2 || rows.length < (lanes.length > 2 ? WIDE_ROWS_MIN : ROWS_MIN)) return false;
  const filled = rows.reduce((sum, { cells }) => sum + cells.length, 0);
  if (filled < FILLED_SHARE * rows.length * lanes.length) return false;
  const lengths = [rows.map(({ cells }) => cells[0]), rows.map(({ cells }) => cells.at(-1))].map(
    (column) => column.reduce((sum, cell) => sum + (cell?.text.length ?? 0), 0) / rows.length,
  );
  return Math.min(...lengths) <= SHORT_CELL;
}

function rowsOf(entries: readonly Entry[], lanes: readonly Lane[]): DrawnRow[] {
  const rows: { cells: string[]; from: number; last: number }[] = [];
  const laneOf = (cell: DrawnCell): number => {
    const middle = (cell.x + cell.right) / 2;
    const distances = lanes.map((lane) => Math.max(lane.x - middle, middle - lane.right, 0));
    return distances.indexOf(Math.min(...distances));
  };
  for (const { line, cells, isWrapped } of entries) {
    const above = rows.at(-1);
    const row = isWrapped && above !== undefined ? above : { cells: lanes.map(() => ""), from: line, last: line };
    if (row !== above) rows.push(row);
    row.last = line;
    for (const cell of cells) {
      const lane = laneOf(cell);
      row.cells[lane] = `${row.cells[lane] ?? ""} ${cell.text}`.trim();
    }
  }
  return rows;
}
