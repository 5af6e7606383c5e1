// Shows a unit of a document as a passage: its parts as the document has them, with what stands around.

import type { Block, Document, LineRange, Sentence } from "../document.ts";
import { type Unit, unitsOf } from "../evidence/units.ts";
import { LEADS_LENGTH_MAX, LEADS_MAX, PARTS_MAX, PASSAGE_LENGTH_MAX, type Part, type Passage } from "../reply.ts";

/** A passage before it has the number of its citation. */
export type PassageDraft = Omit<Passage, "citation"> & {
  /** Characters of all its parts. */
  readonly length: number;
};

export interface PassageBounds {
  /** A unit is shown whole up to so many characters, a longer one around what answers. */
  readonly whole: number;
  /** A shorter one is shown with its neighbours under the same heading up to so many. */
  readonly grown: number;
}

/** What is shown first is read at a glance (taste; a screen of a phone). */
export const FIRST_BOUNDS: PassageBounds = { whole: 900, grown: 600 };
/** Three leads share the room of one reply. */
export const LEAD_BOUNDS: PassageBounds = { whole: LEADS_LENGTH_MAX / LEADS_MAX, grown: LEADS_LENGTH_MAX / LEADS_MAX };

/** A part with where it stands: what a passage is cut between. */
interface Piece {
  readonly part: Part;
  readonly lines: LineRange;
  readonly length: number;
}

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
  if (own.length === 0) return null;
  const isWhole = lengthOf(own) <= bounds.whole && own.length <= PARTS_MAX;
  const shown = isWhole ? grow(blocks, unit, own, isMarked, bounds.grown) : around(own, bounds.grown);
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    section: blocks[unit.from]?.section ?? "",
    lines: { start: first.lines.start, end: Math.max(...shown.map(({ lines }) => lines.end)) },
    kind: kindOf(unit, own),
    parts: shown.map(({ part }) => part),
    cut: !isWhole,
    length: lengthOf(shown),
  };
}

function kindOf({ kind }: Unit, pieces: readonly Piece[]): Passage["kind"] {
  if (kind !== "list") return kind;
  return pieces.some(({ part }) => part.kind === "item" && part.number !== null) ? "steps" : "list";
}

const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

/** The units before and after under the same heading, the nearest first, as long as all of one fits. A table stands alone. */
function grow(
  blocks: readonly Block[],
  unit: Unit,
  own: readonly Piece[],
  isMarked: (sentence: Sentence) => boolean,
  lengthMax: number,
): readonly Piece[] {
  const all = unitsOf(blocks);
  const at = all.findIndex(({ from }) => from === unit.from);
  if (unit.kind === "table") return own;
  let shown = own;
  const take = (place: number, isBefore: boolean): boolean => {
    const next = all[place];
    const beside = isBefore ? all[place + 1] : all[place - 1];
    if (next === undefined || beside === undefined || next.kind === "table") return false;
    const isNear = isBefore ? next.to === beside.from : next.from === beside.to;
    if (!isNear || blocks[next.from]?.section !== blocks[unit.from]?.section) return false;
    const pieces = piecesOf(blocks.slice(next.from, next.to), isMarked);
    if (lengthOf(shown) + lengthOf(pieces) > lengthMax || shown.length + pieces.length > PARTS_MAX) return false;
    shown = isBefore ? [...pieces, ...shown] : [...shown, ...pieces];
    return true;
  };
  let [goesOn, goesBack] = [true, true];
  for (let distance = 1; goesOn || goesBack; distance++) {
    goesOn = goesOn && take(at + distance, false);
    goesBack = goesBack && take(at - distance, true);
  }
  return shown;
}

/** Of a long unit what is marked with the pieces before and after, as many as fit; from its beginning where none is. */
function around(pieces: readonly Piece[], lengthMax: number): readonly Piece[] {
  const marked = pieces.findIndex(({ part }) => part.kind !== "code" && part.marked);
  const middle = Math.max(0, marked);
  const heart = pieces[middle];
  if (heart === undefined) return [];
  let [from, to] = [middle, middle + 1];
  let length = heart.length;
  if (length > lengthMax) return [shorten(heart, lengthMax)];
  const fits = (piece: Piece | undefined): piece is Piece =>
    piece !== undefined && length + piece.length <= lengthMax && to - from < PARTS_MAX;
  for (;;) {
    const [before, after] = [pieces[from - 1], pieces[to]];
    if (fits(before)) {
      length += before.length;
      from--;
    }
    if (fits(after)) {
      length += after.length;
      to++;
    }
    if (!fits(pieces[from - 1]) && !fits(pieces[to])) return pieces.slice(from, to);
  }
}

/** A piece that is too long by itself, cut at the end of a line of code, of a sentence, or of a word. */
function shorten(piece: Piece, lengthMax: number): Piece {
  const { part, lines } = piece;
  if (part.kind === "row") return piece;
  const head = part.text.slice(0, Math.min(lengthMax, PASSAGE_LENGTH_MAX));
  const end =
    part.kind === "code"
      ? head.lastIndexOf("\n")
      : Math.max(...[". ", "! ", "? "].map((mark) => head.lastIndexOf(mark) + 1));
  const text = head.slice(0, end > 0 ? end : head.lastIndexOf(" ")).trimEnd();
  const end2 = part.kind === "code" ? lines.start + text.split("\n").length - 1 : lines.end;
  return {
    part: { ...part, text },
    lines: { start: lines.start, end: Math.min(lines.end, end2) },
    length: text.length,
  };
}

function piecesOf(blocks: readonly Block[], isMarked: (sentence: Sentence) => boolean): Piece[] {
  const pieces: Piece[] = [];
  let header: readonly string[] | null = null;
  for (const block of blocks) {
    if (block.kind === "row") {
      const row = block.row;
      if (row !== undefined && row.header.length > 0 && header !== row.header && header?.join() !== row.header.join()) {
        header = row.header;
        pieces.push(pieceOf({ kind: "row", cells: row.header, header: true, marked: false }, headerLines(block)));
      }
    }
    pieces.push(...blockPieces(block, isMarked));
  }
  return pieces;
}

const headerLines = (block: Block): LineRange => {
  const own = linesOf(block);
  const above = block.row?.headerLines ?? null;
  return above !== null && above.end < own.start && own.start - above.end <= 2 ? above : own;
};

function blockPieces(block: Block, isMarked: (sentence: Sentence) => boolean): Piece[] {
  const lines = linesOf(block);
  const marked = block.sentences.some(isMarked);
  if (block.kind === "code") {
    const text = block.code?.text ?? block.sentences.map((sentence) => sentence.text).join("\n");
    return [pieceOf({ kind: "code", language: block.code?.language ?? null, text }, lines)];
  }
  if (block.kind === "row") {
    const cells =
      block.row?.cells ??
      block.sentences
        .map((sentence) => sentence.text)
        .join(" ")
        .split(" | ");
    return [pieceOf({ kind: "row", cells, header: false, marked }, lines)];
  }
  const term = block.term === undefined ? "" : `${block.term}: `;
  if (block.kind === "item" && block.item?.isContinued !== true) {
    const text = term + block.sentences.map(textOf).join(" ");
    const { number = null, depth = 0 } = block.item ?? {};
    return [pieceOf({ kind: "item", number, depth, text, marked }, lines)];
  }
  return runs(block.sentences, isMarked).map((run, at) =>
    pieceOf(
      {
        kind: "text",
        text: (at === 0 ? term : "") + run.map(textOf).join(" "),
        marked: run.some(isMarked),
      },
      { start: run[0]?.lines.start ?? lines.start, end: run.at(-1)?.lines.end ?? lines.end },
    ),
  );
}

/** Sentences that are marked, and those that are not, in runs. */
function runs(sentences: readonly Sentence[], isMarked: (sentence: Sentence) => boolean): Sentence[][] {
  const found: Sentence[][] = [];
  for (const [at, sentence] of sentences.entries()) {
    const before = sentences[at - 1];
    if (before !== undefined && isMarked(before) === isMarked(sentence)) found.at(-1)?.push(sentence);
    else found.push([sentence]);
  }
  return found;
}

const textOf = ({ coded, text }: Sentence): string => coded ?? text;

const linesOf = ({ sentences }: Block): LineRange => ({
  start: sentences[0]?.lines.start ?? 1,
  end: sentences.at(-1)?.lines.end ?? 1,
});

const pieceOf = (part: Part, lines: LineRange): Piece => ({
  part,
  lines,
  length: part.kind === "row" ? part.cells.join(" | ").length : part.text.length,
});

/** What a part says, as one text. */
export const partText = (part: Part): string => (part.kind === "row" ? part.cells.join(" | ") : part.text);
