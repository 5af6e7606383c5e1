// Shows a unit of a document as a passage: its parts as the document has them, with what stands around.

import type { Block, Document, LineRange, Sentence } from "../document.ts";
import { type Unit, unitsOf } from "../evidence/units.ts";
import { LEADS_LENGTH_MAX, LEADS_MAX, PARTS_MAX, type Part, type Passage } from "../reply.ts";
import { isHeader, lengthOf, linesOf, merged, type Piece, piecesOf, settle, shorten } from "./pieces.ts";

/** A passage before it has the number of its citation. */
export type PassageDraft = Omit<Passage, "citation"> & {
  /** Characters of all its parts. */
  readonly length: number;
};

export interface PassageBounds {
  /** A unit is shown whole up to so many characters, a longer one around what answers. */
  readonly whole: number;
  /** A longer one is cut to so many. */
  readonly cut: number;
  /** A shorter one is shown with its neighbours under the same heading up to so many. */
  readonly grown: number;
}

/** What is shown first is read at a glance (taste; a screen of a phone). */
export const FIRST_BOUNDS: PassageBounds = { whole: 900, cut: 600, grown: 600 };
/** Three leads share the room of one reply. */
const LEAD_LENGTH_MAX = LEADS_LENGTH_MAX / LEADS_MAX;
export const LEAD_BOUNDS: PassageBounds = { whole: LEAD_LENGTH_MAX, cut: LEAD_LENGTH_MAX, grown: LEAD_LENGTH_MAX };

/**
 * @param isMarked whether a sentence answers
 * @returns null where nothing of the unit can be shown within the bounds
 */
export function draftPassage(
  document: Document,
  unit: Unit,
  isMarked: (sentence: Sentence) => boolean,
  bounds: PassageBounds = FIRST_BOUNDS,
): PassageDraft | null {
  const { blocks } = document;
  const own = piecesOf(blocks.slice(unit.from, unit.to), isMarked);
  const isWhole =
    lengthOf(merged(own)) <= bounds.whole && merged(own).length <= PARTS_MAX && own.at(-1)?.announces !== true;
  const pieces = isWhole ? grow(blocks, unit, own, isMarked, bounds.grown) : around(own, bounds.cut, isMarked);
  const shown = merged(pieces);
  if (shown.length === 0) return null;
  const lines = {
    start: Math.min(...shown.map((piece) => piece.lines.start)),
    end: Math.max(...shown.map((piece) => piece.lines.end)),
  };
  return {
    section: blocks[unit.from]?.section ?? "",
    lines,
    kind: kindOf(unit, shown),
    parts: shown.map(({ part }) => part),
    cut: !isWhole || goesOn(blocks, unit, lines),
    length: lengthOf(shown),
  };
}

/** What the unit is, as far as it is shown: of a long one that is announced at length the announcement may be all. */
function kindOf({ kind }: Unit, shown: readonly Piece[]): Passage["kind"] {
  const has = (wanted: Part["kind"]): boolean => shown.some(({ part }) => part.kind === wanted);
  if (kind === "code") return has("code") ? "code" : "text";
  if (kind === "table") return has("row") ? "table" : "text";
  if (kind === "text" || !has("item")) return has("code") && kind === "list" ? "code" : "text";
  return shown.some(({ part }) => part.kind === "item" && part.number !== null) ? "steps" : "list";
}

/** Whether more of the unit's list or table stands before or behind these lines: a long one is parted into units. */
function goesOn(blocks: readonly Block[], { from, to }: Unit, { start, end }: LineRange): boolean {
  const group = blocks[to - 1]?.group;
  if (group === undefined) return false;
  const beside = [blocks[from - 1], blocks[to]].flatMap((block) => (block?.group === group ? [linesOf(block)] : []));
  return beside.some((lines) => lines.start < start || lines.end > end);
}

/** The units before and after under the same heading, the nearest first, as long as all of one fits. A table stands alone. */
function grow(
  blocks: readonly Block[],
  unit: Unit,
  own: readonly Piece[],
  isMarked: (sentence: Sentence) => boolean,
  lengthMax: number,
): readonly Piece[] {
  if (unit.kind === "table") return own;
  const all = unitsOf(blocks);
  const at = all.findIndex(({ from }) => from === unit.from);
  let above: readonly Piece[] = [];
  let below: readonly Piece[] = [];
  const take = (place: number, isBefore: boolean): boolean => {
    const next = all[place];
    const beside = isBefore ? all[place + 1] : all[place - 1];
    if (next === undefined || beside === undefined || next.kind === "table") return false;
    const isNear = isBefore ? next.to === beside.from : next.from === beside.to;
    if (!isNear || blocks[next.from]?.section !== blocks[unit.from]?.section) return false;
    const pieces = piecesOf(blocks.slice(next.from, next.to), isMarked);
    const joined = isBefore ? [...pieces, ...above, ...own, ...below] : [...above, ...own, ...below, ...pieces];
    const parts = merged(joined);
    if (lengthOf(parts) > lengthMax || parts.length > PARTS_MAX) return false;
    if (isBefore) above = [...pieces, ...above];
    else below = [...below, ...pieces];
    return true;
  };
  let [goesDown, goesUp] = [true, true];
  for (let distance = 1; goesDown || goesUp; distance++) {
    goesDown = goesDown && take(at + distance, false);
    goesUp = goesUp && take(at - distance, true);
  }
  return [...above, ...own, ...settle(below)];
}

/**
 * Of a long unit what is marked with the pieces before and after, as many as fit; from its beginning where nothing is.
 * Rows stand under their header, wherever they are taken from; what announces is shown with what follows it, or not at all.
 */
function around(all: readonly Piece[], lengthMax: number, isMarked: (sentence: Sentence) => boolean): readonly Piece[] {
  const header = all.find(isHeader);
  const pieces = all.filter((piece) => !isHeader(piece));
  const above = header === undefined ? [] : [shorten(header, lengthMax / HEART_PARTS, isMarked)];
  const room = lengthMax - lengthOf(above);
  const marked = pieces.findIndex((piece) => piece.isMarked);
  const heart = heartOf(pieces, Math.max(0, marked), room);
  const isLong = lengthOf(merged(pieces.slice(...heart))) > room;
  const shown = settle(
    isLong ? shortened(pieces.slice(...heart), room, isMarked) : widened(pieces, heart, room, PARTS_MAX - above.length),
  );
  const [first] = shown;
  if (first === undefined || header === undefined) return shown;
  const isBelow = header.lines.end < first.lines.start && first === pieces[0];
  return [...above.map((piece) => (isBelow ? piece : { ...piece, lines: first.lines })), ...shown];
}

type Span = [from: number, to: number];

/** What answers, with what announces it and what it announces: so many pieces. */
const HEART_PARTS = 3;

function heartOf(pieces: readonly Piece[], middle: number, room: number): Span {
  let [from, to] = [middle, middle + 1];
  const own = pieces[middle]?.block;
  const last = pieces.findLastIndex(({ block }) => block === own);
  const isBrief = lengthOf(pieces.slice(middle, last + 1)) <= room / 2;
  if (pieces[last]?.announces === true && isBrief) to = last + 1;
  for (let count = 1; pieces[to - 1]?.announces === true && to < pieces.length && count < HEART_PARTS; count++) to++;
  for (let count = 1; pieces[from - 1]?.announces === true && count < HEART_PARTS; count++) from--;
  return [from, to];
}

/** What announces at most half, each the same share of it; the last one all that is left. */
function shortened(
  pieces: readonly Piece[],
  lengthMax: number,
  isMarked: (sentence: Sentence) => boolean,
): readonly Piece[] {
  const before = pieces.slice(0, -1);
  const fits = lengthOf(before) <= lengthMax / 2;
  const share = fits ? lengthMax : lengthMax / 2 / Math.max(1, before.length);
  let left = lengthMax;
  return pieces.map((piece, at) => {
    const cut = shorten(piece, at < before.length ? share : left, isMarked);
    left -= cut.length;
    return { ...cut, announces: piece.announces };
  });
}

/** What parts two sentences of one text. */
const GAP = 1;

function widened(pieces: readonly Piece[], heart: Span, lengthMax: number, piecesMax: number): readonly Piece[] {
  let [from, to] = heart;
  let length = lengthOf(merged(pieces.slice(from, to)));
  const fits = (piece: Piece | undefined): piece is Piece =>
    piece !== undefined && length + GAP + piece.length <= lengthMax && to - from < piecesMax;
  for (;;) {
    const [before, after] = [pieces[from - 1], pieces[to]];
    if (fits(before)) {
      length += GAP + before.length;
      from--;
    }
    if (fits(after)) {
      length += GAP + after.length;
      to++;
    }
    if (!fits(pieces[from - 1]) && !fits(pieces[to])) return pieces.slice(from, to);
  }
}
