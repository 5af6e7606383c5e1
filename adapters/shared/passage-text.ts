// Draws a passage as all platforms show it: running text, items, code and rows, each in one stretch.

import type { AtLeastOne } from "../../src/document.ts";
import type { CitedStatement, Part, Passage } from "../../src/reply.ts";
import { clean } from "./one-line.ts";

export interface Piece {
  readonly text: string;
  /** What answers. */
  readonly marked: boolean;
  /** Whether it is the verdict, which is then not said before the passage. */
  readonly isVerdict: boolean;
}

export interface Item {
  /** Null for a bullet. */
  readonly number: number | null;
  readonly depth: number;
  readonly pieces: readonly Piece[];
}

/** Parts that are drawn together. */
export type Stretch =
  | { readonly kind: "text"; readonly pieces: readonly Piece[] }
  | { readonly kind: "items"; readonly items: readonly Item[] }
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
  let said = verdict === null ? "" : clean(verdict.text);
  const find = (told: readonly Told[]): readonly Piece[] => {
    const pieces = piecesIn(told, said);
    if (pieces.some(({ isVerdict }) => isVerdict)) said = "";
    return pieces;
  };
  const stretches = runsOf(parts).map((run) => stretchOf(run, find));
  return { stretches, saysVerdict: verdict !== null && said === "" && clean(verdict.text) !== "" };
}

export const holdsVerdict = (stretch: Stretch): boolean =>
  (stretch.kind === "text" && stretch.pieces.some(({ isVerdict }) => isVerdict)) ||
  (stretch.kind === "items" && stretch.items.some(({ pieces }) => pieces.some(({ isVerdict }) => isVerdict)));

function stretchOf(run: AtLeastOne<Part>, find: (told: readonly Told[]) => readonly Piece[]): Stretch {
  const [first] = run;
  switch (first.kind) {
    case "text":
      return { kind: "text", pieces: find(run.filter((part) => part.kind === "text")) };
    case "item": {
      const items = run.filter((part) => part.kind === "item");
      return {
        kind: "items",
        items: items.map((part) => ({ number: part.number, depth: part.depth, pieces: find([part]) })),
      };
    }
    case "row":
      return { kind: "rows", rows: run.filter((part) => part.kind === "row") };
    case "code":
      return { kind: "code", language: first.language, lines: codeLines(first.text) };
  }
}

/** Parts that follow each other and are drawn alike; each code by itself. */
function runsOf(parts: readonly Part[]): AtLeastOne<Part>[] {
  const runs: AtLeastOne<Part>[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last !== undefined && last[0].kind === part.kind && part.kind !== "code")
      runs[runs.length - 1] = [...last, part];
    else runs.push([part]);
  }
  return runs;
}

interface Told {
  readonly text: string;
  readonly marked: boolean;
}

/** A running text to what stands before the verdict, the verdict, wherever parts end in it, and what stands after. */
function piecesIn(parts: readonly Told[], said: string): readonly Piece[] {
  const told = parts.map(({ text, marked }) => ({ text: clean(text), marked })).filter(({ text }) => text !== "");
  const from =
    said === ""
      ? -1
      : told
          .map(({ text }) => text)
          .join(" ")
          .indexOf(said);
  if (from < 0) return told.map((one) => ({ ...one, isVerdict: false }));
  const to = from + said.length;
  const pieces: Piece[] = [];
  let start = 0;
  let isSaid = false;
  for (const { text, marked } of told) {
    const rest = (piece: string, isMarked: boolean): void => {
      if (piece.trim() !== "") pieces.push({ text: piece.trim(), marked: isMarked, isVerdict: false });
    };
    const end = start + text.length;
    const touches = from < end && to > start;
    // Of a part in which the verdict stands, only the verdict is marked.
    rest(text.slice(0, Math.max(0, from - start)), marked && !touches);
    if (touches && !isSaid) pieces.push({ text: said, marked: true, isVerdict: true });
    isSaid ||= touches;
    rest(to > start ? text.slice(Math.max(0, to - start)) : text, marked && !touches);
    start = end + 1;
  }
  return pieces;
}

/** Pieces as one text; the verdict has its marks behind it. */
export const drawPieces = (
  pieces: readonly Piece[],
  draw: (text: string) => string,
  strong: (drawn: string) => string,
  marks: string,
): string =>
  pieces
    .map(({ text, marked, isVerdict }) => {
      const drawn = draw(text);
      return `${marked && drawn !== "" ? strong(drawn) : drawn}${isVerdict ? marks : ""}`;
    })
    .join(" ");

/** Without empty lines around it. */
function codeLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/).map(codeLine);
  const from = lines.findIndex((line) => line !== "");
  return lines.slice(Math.max(0, from), lines.findLastIndex((line) => line !== "") + 1);
}

/** A line of code without what steers or hides, its indent kept. */
const codeLine = (line: string): string => {
  const indent = /^[ \t]*/.exec(line)?.[0].replaceAll("\t", "    ") ?? "";
  return clean(line) === "" ? "" : `${indent}${clean(line)}`;
};

/** What stands before an item: its number or a bullet, as deep as it stands. */
export const itemLead = ({ number, depth }: Item, bullet: string): string =>
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
  const [first = "", ...rest] = cells
    .map((cell, at) => {
      const head = clean(header[at] ?? "");
      const text = clean(cell);
      return text === "" || head === "" || at === 0 ? text : `${head}: ${text}`;
    })
    .filter((one) => one !== "");
  return rest.length === 0 ? first : `${first} – ${rest.join("; ")}`;
}

/** The cells that head the rows, none where nothing does. */
export const headerOf = (rows: readonly Extract<Part, { kind: "row" }>[]): readonly string[] =>
  rows.find(({ header }) => header)?.cells ?? [];
