// Joins the pieces of text drawn on a page into lines.

/** A piece of text in points, from the lower left corner of its page. */
export interface DrawnText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of its font. */
  readonly size: number;
  readonly endsLine: boolean;
  readonly isCode: boolean;
}

export interface DrawnLine {
  readonly text: string;
  /** 1-based. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly size: number;
  readonly isCode: boolean;
  /** Its text in the pieces that wide gaps part, from left to right. */
  readonly cells: readonly DrawnCell[];
}

export interface DrawnCell {
  readonly text: string;
  readonly x: number;
  readonly right: number;
}

/** Of a font's size: how far a piece may stand above or below its line, and how wide a space is at least. */
const SAME_LINE = 0.5;
const SPACE = 0.15;
/** What stands this far apart on one line may be cells. */
const CELL_GAP = 1;
/** What marks an item or numbers a heading is no cell of its own. */
const MARK = /^(?:[•●○■◦▪▸►‣–—∙·*o-]|\(?(?:\d{1,3}|[a-z])[.)]|\d{1,2}(?:\.\d{1,2}){2,}\.?)$/u;
/** So many numbers down the margin of a page count its lines. */
const LINE_NUMBERS_MIN = 5;
/** Of the steps from one to the next, so many are the same; they may begin anew on a page. */
const LINE_NUMBERS_SHARE = 0.8;
/** A page whose columns are drawn one after another shows a table where so many short lines stand side by side, so often. */
const SIDE_BY_SIDE_MIN = 3;
const SIDE_BY_SIDE_LENGTH = 25;
const LEVEL = 0.3;

const LIGATURES: Readonly<Record<string, string>> = {
  "\ufb00": "ff",
  "\ufb01": "fi",
  "\ufb02": "fl",
  "\ufb03": "ffi",
  "\ufb04": "ffl",
  "\ufb05": "st",
  "\ufb06": "st",
};

/** Letters drawn as one sign apart again; without soft hyphens, with plain spaces, without signs of private fonts. */
const plain = (text: string): string =>
  text
    .replace(/[\ufb00-\ufb06]/g, (sign) => LIGATURES[sign] ?? sign)
    .replace(/\s/g, " ")
    .replace(/[\u00ad\ufffd\p{Cc}]/gu, "")
    .replace(/[\u00a0\u2000-\u200a\u202f]/g, " ")
    .replace(/[\uf0a7\uf0b7\uf0d8\uf0fc\uf076]/g, "•")
    .replace(/[\ue000-\uf8ff]/g, "");

export function drawnLines(texts: readonly DrawnText[], page: number): DrawnLine[] {
  const lines: DrawnLine[] = [];
  const counts = lineNumbers(texts);
  let open: Piece[] = [];
  let isSpaced = false;
  const end = (): void => {
    if (open.length > 0) lines.push(lineOf(open, page));
    open = [];
  };
  for (const drawn of texts) {
    const text = plain(drawn.text);
    if (text.trim() === "" || counts.has(drawn)) isSpaced ||= text !== "";
    else if (drawn.size > 0) {
      const before = open.at(-1);
      if (before !== undefined && !goesOn(before, drawn)) end();
      open.push({ ...drawn, text, isApart: isSpaced });
      isSpaced = false;
    }
    if (drawn.endsLine) end();
  }
  end();
  return withRowsTogether(lines);
}

/** Lines that stand at one height as one, where they are cells of a table that is drawn column by column. */
function withRowsTogether(lines: readonly DrawnLine[]): DrawnLine[] {
  const levels: DrawnLine[][] = [];
  for (const line of lines.toSorted((a, b) => b.y - a.y)) {
    const level = levels.at(-1);
    const isLevel = level?.[0] !== undefined && level[0].y - line.y <= LEVEL * line.size;
    if (isLevel) level.push(line);
    else levels.push([line]);
  }
  const isRow = (level: readonly DrawnLine[]): boolean =>
    level.length >= SIDE_BY_SIDE_MIN &&
    level.reduce((sum, { text }) => sum + text.length, 0) <= SIDE_BY_SIDE_LENGTH * level.length;
  const rows = levels.filter(isRow);
  if (rows.length < SIDE_BY_SIDE_MIN) return [...lines];
  const rowOf = new Map(rows.flatMap((row) => row.map((line) => [line, row] as const)));
  const first = new Set(rows.map((row) => lines.find((line) => rowOf.get(line) === row)));
  return lines.flatMap((line) => {
    const row = rowOf.get(line);
    return row === undefined ? line : first.has(line) ? joined(line, row) : [];
  });
}

function joined(line: DrawnLine, row: readonly DrawnLine[]): DrawnLine {
  const lines = row.toSorted((a, b) => a.x - b.x);
  return {
    ...line,
    x: lines[0]?.x ?? line.x,
    text: lines.map(({ text }) => text).join(" "),
    right: lines.reduce((most, { right }) => Math.max(most, right), 0),
    isCode: false,
    cells: lines.flatMap(({ cells }) => cells),
  };
}

/** A piece that is more than space. */
interface Piece extends DrawnText {
  /** Whether space is drawn before it. */
  readonly isApart: boolean;
}

/** The numbers that count the lines of a page, left of all its text. */
function lineNumbers(texts: readonly DrawnText[]): ReadonlySet<DrawnText> {
  const left = texts.reduce(
    (least, { text, x }) => (/\p{L}/u.test(text) ? Math.min(least, x) : least),
    Number.POSITIVE_INFINITY,
  );
  const counting = texts.filter(({ text, x, width }) => /^\d{1,4}$/.test(text.trim()) && x + width <= left);
  const down = counting.toSorted((a, b) => b.y - a.y).map(({ text }) => Number(text));
  const [first, ...steps] = down.map((number, at) => number - (down[at - 1] ?? number));
  const [step] = steps.toSorted((a, b) => a - b).slice(Math.floor(steps.length / 2));
  const even = steps.filter((one) => one === step).length;
  const isCount = first !== undefined && step !== undefined && step > 0 && even >= LINE_NUMBERS_SHARE * steps.length;
  return new Set(isCount && down.length >= LINE_NUMBERS_MIN ? counting : []);
}

/** Whether a piece stands on the line of the one before it, raised or lowered ones included. */
const goesOn = (before: DrawnText, piece: DrawnText): boolean =>
  Math.abs(piece.y - before.y) <= SAME_LINE * Math.max(piece.size, before.size) && piece.x >= before.x - before.size;

function lineOf(pieces: readonly Piece[], page: number): DrawnLine {
  const cells: { text: string; x: number; right: number }[] = [];
  for (const { text, x, width, size, isApart } of pieces) {
    const last = cells.at(-1);
    const gap = last === undefined ? 0 : x - last.right;
    if (last === undefined || (gap > CELL_GAP * size && !MARK.test(last.text.trim())))
      cells.push({ text: text.trimStart(), x, right: x + width });
    else {
      const isParted = (isApart || gap > SPACE * size) && !/\s$/.test(last.text) && !/^\s/.test(text);
      last.text += `${isParted ? " " : ""}${text}`;
      last.right = x + width;
    }
  }
  const letters = (one: Piece): number => one.text.trim().length;
  const widest = pieces.reduce((most, piece) => (letters(piece) > letters(most) ? piece : most));
  return {
    text: cells.map(({ text }) => text.trim()).join(" "),
    page,
    x: cells[0]?.x ?? 0,
    y: widest.y,
    right: cells.at(-1)?.right ?? 0,
    size: Math.round(widest.size * 2) / 2,
    isCode: pieces.every(({ isCode }) => isCode),
    cells: cells.map((cell) => ({ ...cell, text: cell.text.trim() })),
  };
}
