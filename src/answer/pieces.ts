// Blocks to the pieces that a passage is put together of, and a piece that is too long by itself to a shorter one.

import type { Block, LineRange, Sentence } from "../document.ts";
import type { Part } from "../reply.ts";

/** A part with where it stands: what a passage is cut between. Of running text it is one sentence. */
export interface Piece {
  readonly part: Part;
  readonly lines: LineRange;
  readonly length: number;
  readonly isMarked: boolean;
  /** Whether it announces what follows it, and is not shown without. */
  readonly announces: boolean;
  /** Of running text and items: what they say, the term they define left out. */
  readonly sentences: readonly Sentence[];
  /** The first of the block's pieces has it: "Term: ". */
  readonly term: string;
  readonly block: Block;
}

type IsMarked = (sentence: Sentence) => boolean;

/** @param isMarked whether a sentence answers */
export function piecesOf(blocks: readonly Block[], isMarked: IsMarked): Piece[] {
  const pieces: Piece[] = [];
  let header: readonly string[] | null = null;
  for (const block of blocks) {
    const { row } = block;
    if (row !== undefined && row.header.length > 0 && header?.join() !== row.header.join()) {
      header = row.header;
      pieces.push(pieceOf(block, { kind: "row", cells: row.header, header: true, marked: false }, headerLines(block)));
    }
    pieces.push(...blockPieces(block, isMarked));
  }
  return announced(blocks, pieces);
}

/** The paragraph in front of a list, code or a table announces it, with a colon or without. */
function announced(blocks: readonly Block[], pieces: readonly Piece[]): Piece[] {
  const [first] = blocks;
  const last = pieces.findLastIndex(({ block }) => block === first);
  const isAhead = first?.kind === "paragraph" && first.item === undefined && blocks.length > 1;
  return pieces.map((piece, at) => (isAhead && at === last ? { ...piece, announces: true } : piece));
}

function blockPieces(block: Block, isMarked: IsMarked): Piece[] {
  const { sentences, code, row, item } = block;
  const marked = sentences.some(isMarked);
  const whole = sentences.map(({ text }) => text).join(" ");
  if (block.kind === "code") {
    const part: Part = { kind: "code", language: code?.language ?? null, text: code?.text ?? whole };
    return [{ ...pieceOf(block, part, linesOf(block)), isMarked: marked }];
  }
  if (block.kind === "row") {
    const part: Part = { kind: "row", cells: row?.cells ?? whole.split(" | "), header: false, marked };
    return [pieceOf(block, part, linesOf(block))];
  }
  const term = block.term === undefined ? "" : `${block.term}: `;
  if (block.kind === "item" && item?.isContinued !== true) {
    const { number = null, depth = 0 } = item ?? {};
    return [told(block, { kind: "item", number, depth, text: "", marked }, sentences, term)];
  }
  return sentences.map((sentence, at) =>
    told(block, { kind: "text", text: "", marked: isMarked(sentence) }, [sentence], at === 0 ? term : ""),
  );
}

/** Text parts of one paragraph that are marked alike, as one. */
export function merged(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const { block, part, sentences } = piece;
    if (last?.part.kind === "text" && part.kind === "text" && last.block === block && last.isMarked === piece.isMarked)
      joined[joined.length - 1] = told(block, last.part, [...last.sentences, ...sentences], last.term);
    else joined.push(piece);
  }
  return joined;
}

/** A part that says these sentences. */
function told(
  block: Block,
  part: Extract<Part, { kind: "text" | "item" }>,
  sentences: readonly Sentence[],
  term: string,
): Piece {
  const text = term + sentences.map(({ coded, text: plain }) => coded ?? plain).join(" ");
  const { start, end } = { start: sentences[0]?.lines.start ?? 1, end: sentences.at(-1)?.lines.end ?? 1 };
  const above = term !== "" && block.lead?.text === block.term ? block.lead?.lines.start : undefined;
  const lines = { start: Math.min(start, above ?? start), end };
  return {
    ...pieceOf(block, { ...part, text }, lines),
    announces: sentences.at(-1)?.text.endsWith(":") === true,
    sentences,
    term,
  };
}

const pieceOf = (block: Block, part: Part, lines: LineRange): Piece => ({
  part,
  lines,
  length: partText(part).length,
  isMarked: part.kind !== "code" && part.marked,
  announces: false,
  sentences: [],
  term: "",
  block,
});

/** Where a table's header stands, where that is next to the row; elsewhere it is repeated and has no lines of its own. */
const headerLines = (block: Block): LineRange => {
  const own = linesOf(block);
  const above = block.row?.headerLines ?? null;
  return above !== null && above.end < own.start && own.start - above.end <= 2 ? above : own;
};

/** What stands in front of rows that are shown, whatever rows are left out between. */
export const isHeader = ({ part }: Piece): boolean => part.kind === "row" && part.header;

export const linesOf = ({ sentences }: Block): LineRange => ({
  start: sentences[0]?.lines.start ?? 1,
  end: sentences.at(-1)?.lines.end ?? 1,
});

export const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

/** What a part says, as one text. */
export const partText = (part: Part): string => (part.kind === "row" ? part.cells.join(CELL_GAP) : part.text);
const CELL_GAP = " | ";

/**
 * A piece that is too long by itself, cut at the end of a line of code, of a sentence, or of a word.
 * @param isMarked what is kept of an item, with what follows it
 */
export function shorten(piece: Piece, lengthMax: number, isMarked: IsMarked): Piece {
  const { part, lines, sentences, block, term } = piece;
  if (piece.length <= lengthMax) return piece;
  if (part.kind === "row") {
    const shown = part.cells.slice(0, Math.floor(lengthMax / CELL_MIN));
    const room = Math.floor(lengthMax / shown.length) - CELL_GAP.length;
    return { ...piece, ...pieceOf(block, { ...part, cells: shown.map((cell) => cutAtWord(cell, room)) }, lines) };
  }
  if (part.kind === "code") {
    const end = part.text.slice(0, lengthMax).lastIndexOf("\n");
    const text = cutAtWord(end > 0 ? part.text.slice(0, end).trimEnd() : part.text, lengthMax);
    const last = Math.min(lines.end, lines.start + text.split("\n").length - 1);
    return { ...pieceOf(block, { ...part, text }, { start: lines.start, end: last }), isMarked: piece.isMarked };
  }
  const from = Math.max(0, sentences.findIndex(isMarked));
  let best: Piece | null = null;
  for (let to = from + 1; to <= sentences.length; to++) {
    const next = told(block, part, sentences.slice(from, to), from === 0 ? term : "");
    if (next.length > lengthMax) break;
    best = next;
  }
  if (best !== null) return best;
  const first = told(block, part, sentences.slice(from, from + 1), from === 0 ? term : "");
  return { ...first, ...cutText(first, lengthMax) };
}

function cutText({ part, block, lines }: Piece, lengthMax: number): Piece {
  return part.kind === "row"
    ? pieceOf(block, part, lines)
    : pieceOf(block, { ...part, text: cutAtWord(part.text, lengthMax) }, lines);
}
/** A cell and the gap behind it take at least so much: of a table with more columns than fit the first ones are shown. */
const CELL_MIN = 8;

/** The beginning of a text, whole words where it has any, no character cut in half. */
export function cutAtWord(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const head = text.slice(0, lengthMax).replace(/[\uD800-\uDBFF]$/u, "");
  const end = head.lastIndexOf(" ");
  return head.slice(0, end > 0 ? end : head.length);
}

/** Without what announces at the end and is not followed by anything. */
export function settle(pieces: readonly Piece[]): readonly Piece[] {
  const last = pieces.at(-1);
  if (last?.announces !== true) return pieces;
  const { part, sentences, block, term } = last;
  const rest = sentences.slice(0, -1);
  const kept = rest.length === 0 || part.kind === "row" || part.kind === "code" ? [] : [told(block, part, rest, term)];
  return settle([...pieces.slice(0, -1), ...kept]);
}
