// Draws a passage as all platforms show it: running text, items, code and rows, each in one stretch.

import type { CitedStatement, Part, Passage } from "../../src/reply.ts";
import { clean } from "./one-line.ts";

export interface Piece {
  readonly text: string;
  /** What answers. */
  readonly marked: boolean;
  /** Whether it is the verdict, which is then not said before the passage. */
  readonly isVerdict: boolean;
}

/** Parts that are drawn together. */
export type Stretch =
  | { readonly kind: "text"; readonly pieces: readonly Piece[] }
  | { readonly kind: "items"; readonly items: readonly Extract<Part, { kind: "item" }>[] }
  | { readonly kind: "code"; readonly language: string | null; readonly lines: readonly string[] }
  | { readonly kind: "rows"; readonly rows: readonly Extract<Part, { kind: "row" }>[] };

export interface PassageText {
  readonly stretches: readonly Stretch[];
  readonly saysVerdict: boolean;
}

/** Says that a passage goes on where it stands. */
export const CUT_NOTE = "… more stands there";

/** @param verdict what the passage may say itself: null where nothing is stated */
export function readPassage({ parts }: Passage, verdict: CitedStatement | null): PassageText {
  const said = verdict === null ? "" : clean(verdict.text);
  const stretches: Stretch[] = [];
  let saysVerdict = false;
  for (const part of parts) {
    const last = stretches.at(-1);
    if (part.kind === "text") {
      const pieces: readonly Piece[] = saysVerdict ? [pieceOf(part)] : split(part, said);
      saysVerdict ||= pieces.some(({ isVerdict }) => isVerdict);
      if (last?.kind === "text")
        stretches[stretches.length - 1] = { kind: "text", pieces: [...last.pieces, ...pieces] };
      else stretches.push({ kind: "text", pieces });
    } else if (part.kind === "item") {
      if (last?.kind === "items") stretches[stretches.length - 1] = { kind: "items", items: [...last.items, part] };
      else stretches.push({ kind: "items", items: [part] });
    } else if (part.kind === "row") {
      if (last?.kind === "rows") stretches[stretches.length - 1] = { kind: "rows", rows: [...last.rows, part] };
      else stretches.push({ kind: "rows", rows: [part] });
    } else
      stretches.push({ kind: "code", language: part.language, lines: part.text.split(/\r\n|\r|\n/).map(codeLine) });
  }
  return { stretches, saysVerdict };
}

const pieceOf = ({ text, marked }: Extract<Part, { kind: "text" }>): Piece => ({
  text: clean(text),
  marked,
  isVerdict: false,
});

/** A text with the verdict in it to what stands before, the verdict, and what stands after. */
function split(part: Extract<Part, { kind: "text" }>, said: string): Piece[] {
  const whole = pieceOf(part);
  const at = said === "" ? -1 : whole.text.indexOf(said);
  if (at < 0) return [whole];
  const rest = (text: string): Piece[] => (text.trim() === "" ? [] : [{ ...whole, text: text.trim(), marked: false }]);
  return [
    ...rest(whole.text.slice(0, at)),
    { text: said, marked: true, isVerdict: true },
    ...rest(whole.text.slice(at + said.length)),
  ];
}

/** A line of code without what steers or hides, its indent kept. */
const codeLine = (line: string): string => {
  const indent = /^[ \t]*/.exec(line)?.[0].replaceAll("\t", "    ") ?? "";
  return clean(line) === "" ? "" : `${indent}${clean(line)}`;
};

/** What stands before an item: its number or a bullet, as deep as it stands. */
export const itemLead = ({ number, depth }: Extract<Part, { kind: "item" }>, bullet: string): string =>
  `${"  ".repeat(depth)}${number === null ? bullet : `${number}.`} `;

/**
 * Rows as columns of equal width; null where they are wider than that, or where a cell's width in columns is unknown.
 * @param width in characters
 */
export function alignRows(rows: readonly Extract<Part, { kind: "row" }>[], width: number): readonly string[] | null {
  const cells = rows.map((row) => row.cells.map((cell) => clean(cell).replaceAll("`", "")));
  if (cells.flat().some((cell) => !NARROW.test(cell))) return null;
  const columns = Math.max(0, ...cells.map(({ length }) => length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(0, ...cells.map((row) => row[at]?.length ?? 0)));
  if (widths.reduce((sum, one) => sum + one + COLUMN_GAP.length, 0) > width) return null;
  const line = (row: readonly string[]): string =>
    widths
      .map((own, at) => (row[at] ?? "").padEnd(own))
      .join(COLUMN_GAP)
      .trimEnd();
  return cells.flatMap((row, at) =>
    rows[at]?.header === true ? [line(row), widths.map((own) => "-".repeat(own)).join(COLUMN_GAP)] : [line(row)],
  );
}

const COLUMN_GAP = "  ";
/** Characters that all terminals and fonts of equal width draw in one column. */
const NARROW = /^[\u0020-\u024F\u2010-\u2027]*$/;

/** A row in one line, each cell behind what heads its column. */
export function rowLine({ cells }: Extract<Part, { kind: "row" }>, header: readonly string[]): string {
  return cells
    .map((cell, at) => {
      const head = clean(header[at] ?? "");
      const text = clean(cell);
      return text === "" || head === "" || at === 0 ? text : `${head}: ${text}`;
    })
    .filter((one) => one !== "")
    .join("; ");
}

/** The cells that head the rows, none where nothing does. */
export const headerOf = (rows: readonly Extract<Part, { kind: "row" }>[]): readonly string[] =>
  rows.find(({ header }) => header)?.cells ?? [];
