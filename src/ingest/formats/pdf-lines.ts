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
}

/** Of a font's size: how far a piece may stand above or below its line, and how wide a space is at least. */
const SAME_LINE = 0.5;
const SPACE = 0.15;
/** What stands this far apart on one line are cells or columns. */
const GAP = 2.5;

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
  let open: { pieces: DrawnText[]; text: string } | null = null;
  const end = (): void => {
    if (open === null) return;
    const [first] = open.pieces;
    if (first !== undefined && open.text.trim() !== "") lines.push(lineOf(open.pieces, first, open.text, page));
    open = null;
  };
  for (const piece of texts) {
    const text = plain(piece.text);
    if (open !== null) {
      const before: DrawnText | undefined = open.pieces.at(-1);
      if (before !== undefined && text !== "" && !goesOn(before, piece)) end();
    }
    if (text !== "" && piece.size > 0) {
      if (open === null) open = { pieces: [piece], text: text.trimStart() };
      else {
        const before: DrawnText | undefined = open.pieces.at(-1);
        const gap = before === undefined ? 0 : piece.x - before.x - before.width;
        const isApart = gap > SPACE * piece.size && !/\s$/.test(open.text) && !/^\s/.test(text);
        open.text += (isApart ? (gap > GAP * piece.size ? "  " : " ") : "") + text;
        open.pieces.push(piece);
      }
    }
    if (piece.endsLine) end();
  }
  end();
  return lines;
}

/** Whether a piece stands on the line of the one before it, raised or lowered ones included. */
const goesOn = (before: DrawnText, piece: DrawnText): boolean =>
  Math.abs(piece.y - before.y) <= SAME_LINE * Math.max(piece.size, before.size) && piece.x >= before.x - before.size;

function lineOf(pieces: readonly DrawnText[], first: DrawnText, text: string, page: number): DrawnLine {
  const letters = (one: DrawnText): number => one.text.trim().length;
  const widest = pieces.reduce((most, piece) => (letters(piece) > letters(most) ? piece : most), first);
  const last = pieces.at(-1) ?? first;
  return {
    text: text.trimEnd(),
    page,
    x: first.x,
    y: widest.y,
    right: last.x + last.width,
    size: Math.round(widest.size * 2) / 2,
    isCode: pieces.every(({ isCode, text: own }) => isCode || own.trim() === ""),
  };
}
