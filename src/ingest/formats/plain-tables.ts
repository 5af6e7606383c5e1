// Finds tables in lines of plain text by their shape.

import { squeeze } from "../../text/sentences.ts";

/** One line that is not blank. */
export interface Line {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
  /** Whether a blank line, or the end of the file, stands before and after it. */
  readonly isAlone: boolean;
}

/** A row of a table, which may be written over several lines. */
export interface PlainRow {
  readonly cells: readonly string[];
  readonly lines: { readonly start: number; readonly end: number };
}

export interface PlainTable {
  /** The header row first. */
  readonly rows: readonly PlainRow[];
  /** How many lines it takes. */
  readonly length: number;
}

/** The tables among lines that no blank line parts. */
export class PlainTables {
  /** For each way of parting cells: where the run of lines that are parted so begins and ends, by line. */
  private readonly runs: readonly (readonly (RunOfLines | null)[])[];

  constructor(private readonly lines: readonly Line[]) {
    this.runs = PARTING.map(({ parting }) => runsOf(lines, parting));
  }

  /** The table that starts at a line; null where none does. */
  at(at: number): PlainTable | null {
    for (const [way, { parting, rowsMin }] of PARTING.entries()) {
      const run = this.runs[way]?.[at];
      if (!run || run.end - at < rowsMin || at - run.start > LEAD_MAX) continue;
      const rows = rowsOf(this.lines.slice(at, run.end), parting);
      if (rows !== null && rows.length >= rowsMin) return { rows, length: run.end - at };
    }
    return null;
  }
}

interface RunOfLines {
  readonly start: number;
  /** The first line behind it. */
  readonly end: number;
}

/** Lines before a table that only look like its own are few; more are not tried. */
const LEAD_MAX = 20;

/** A tab that opens a line parts an empty cell from the next; spaces that open one only indent it. */
const PARTING: readonly { readonly parting: RegExp; readonly rowsMin: number }[] = [
  { parting: /\t/, rowsMin: 2 },
  { parting: /\|/, rowsMin: 2 },
  { parting: /(?<=\S) {2,}(?=\S)/, rowsMin: 3 },
];

function runsOf(lines: readonly Line[], parting: RegExp): (RunOfLines | null)[] {
  const runs: (RunOfLines | null)[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && parting.test(lines[end]?.text.trimEnd() ?? "")) end++;
    if (end === at) runs[at++] = null;
    else for (const run = { start: at, end }; at < end; at++) runs[at] = run;
  }
  return runs;
}

/** Rows of equally many cells; a row may be spread over lines, as long as each of its lines holds whole cells. */
function rowsOf(lines: readonly Line[], parting: RegExp): PlainRow[] | null {
  const written = lines
    .filter(({ text }) => !/^[\s|:+=-]+$/.test(text))
    .map(({ text, number }) => ({ cells: partCells(text, parting), number }));
  const columns = written.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  if (columns < 2) return null;
  const rows: PlainRow[] = [];
  let cells: string[] = [];
  let start = 0;
  for (const line of written) {
    if (cells.length === 0) start = line.number;
    cells = cells.length === 0 ? line.cells : [...cells, ...line.cells];
    if (cells.length > columns) return null;
    if (cells.length < columns) continue;
    rows.push({ cells, lines: { start, end: line.number } });
    cells = [];
  }
  return cells.length === 0 ? rows : null;
}

/** Empty cells count; the marks that open and close a line don't make any. */
const partCells = (text: string, parting: RegExp): string[] =>
  text
    .trimEnd()
    .replace(/^\s*\||\|$/g, "")
    .split(parting)
    .map((cell) => squeeze(cell.replace(/^\s*#+(?=\S)/, "")));
