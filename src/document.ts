// A document: a page of the corpus as sentences that know their lines, and the quotes that can be taken from it.

/** What a document's file name ends in, in whatever case. */
export const ENDINGS = [".md", ".txt", ".html", ".htm"] as const;
export type Ending = (typeof ENDINGS)[number];

/** The ending of a document's path, null where it is no document's. */
export const endingOf = (path: string): Ending | null =>
  ENDINGS.find((ending) => path.toLowerCase().endsWith(ending)) ?? null;

/** 1-based line numbers in the document's file, both inclusive. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** One sentence (or table row, or list item without a full stop), markup read away and white space folded. */
export interface Sentence {
  readonly text: string;
  readonly lines: LineRange;
  /** With the marks of code and emphasis, where these touch other signs and only so it stands letter by letter in the file. */
  readonly verbatim?: string;
}

/** A paragraph, list item or table row: the unit that is retrieved. Furniture stands around an article: never evidence. */
export interface Block {
  readonly kind: "paragraph" | "item" | "row" | "code" | "furniture";
  /** Heading path, joined by " › "; "" above the first heading. */
  readonly section: string;
  readonly sentences: readonly Sentence[];
  /** A row's header cells, joined by " | "; the line that introduces an item's list; "" elsewhere. */
  readonly header: string;
  /** Which lines of the original page the block restates, as its author noted them; null where nothing is noted. */
  readonly restates: string | null;
}

export interface Document {
  /** Path below documents/ (or the folder) without its ending. */
  readonly id: string;
  /** Path below the corpus folder. */
  readonly file: string;
  readonly title: string;
  readonly origin: string;
  readonly url: string | null;
  readonly retrieved: string | null;
  readonly blocks: readonly Block[];
  /** The blocks that hold all of these lines, where that takes less than reading all blocks from a file. */
  readonly blocksAt?: (lines: LineRange) => readonly Block[];
}

/** At least one: an empty list does not type-check. */
export type AtLeastOne<T> = readonly [T, ...T[]];

/** Narrows a list to one with at least one element. */
export const isAtLeastOne = <T>(list: readonly T[]): list is AtLeastOne<T> => list.length > 0;

/** Whole sentences that stand next to each other in one block of a document. Made only by `locate` and `quoteSentence`. */
export interface Quote {
  readonly document: string;
  readonly section: string;
  readonly lines: LineRange;
  readonly text: string;
}

/** A text and the quotes that prove it. */
export interface Grounded {
  readonly text: string;
  readonly quotes: AtLeastOne<Quote>;
}

export type Located = { readonly ok: true; readonly quote: Quote } | { readonly ok: false; readonly found: number };

/**
 * Finds a fragment in a document and widens it to whole sentences, so that nothing is quoted out of its sentence.
 * `found` says at how many places the fragment stands when that isn't exactly one.
 */
export function locate(document: Document, fragment: string): Located {
  const wanted = fold(fragment);
  if (wanted === "") return { ok: false, found: 0 };
  const places: Quote[] = [];
  for (const block of document.blocks) {
    const text = foldedText(block);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
      places.push(widen(document, block, at, at + wanted.length));
  }
  const [quote] = places;
  return quote !== undefined && places.length === 1 ? { ok: true, quote } : { ok: false, found: places.length };
}

/** A quote of one sentence. */
export const quoteSentence = (document: Document, block: Block, sentence: Sentence): Quote => ({
  document: document.id,
  section: block.section,
  lines: sentence.lines,
  text: quotedAs(sentence),
});

const quotedAs = ({ text, verbatim }: Sentence): string => verbatim ?? text;

/** Whether the quote still stands at its lines: the check every citation passes as a reply leaves the engine. */
export function stands(document: Document | undefined, quote: Quote): boolean {
  if (document === undefined || fold(quote.text) === "") return false;
  const blocks = document.blocksAt?.(quote.lines) ?? document.blocks;
  return blocks.some((block) => {
    const [first] = block.sentences;
    const last = block.sentences.at(-1);
    if (first === undefined || last === undefined) return false;
    if (quote.lines.start < first.lines.start || quote.lines.end > last.lines.end) return false;
    const inRange = block.sentences.filter(
      ({ lines }) => lines.start >= quote.lines.start && lines.end <= quote.lines.end,
    );
    return fold(inRange.map(quotedAs).join(" ")).includes(fold(quote.text));
  });
}

/** White space and Markdown's marks folded to single spaces. */
export const fold = (text: string): string => text.replace(/[\s>|*_`#]+/g, " ").trim();

/** The cells of a row, as its sentence and its header part them. */
export const cellsOf = (row: string): string[] => row.split("|").map((cell) => cell.trim());

const foldedText = (block: Block): string => block.sentences.map(({ text }) => fold(text)).join(" ");

function widen(document: Document, block: Block, from: number, to: number): Quote {
  let offset = 0;
  const touched: Sentence[] = [];
  for (const sentence of block.sentences) {
    const end = offset + fold(sentence.text).length;
    if (offset < to && end > from) touched.push(sentence);
    offset = end + 1;
  }
  const first = touched[0] as Sentence;
  const last = touched.at(-1) as Sentence;
  return {
    document: document.id,
    section: block.section,
    lines: { start: first.lines.start, end: last.lines.end },
    text: touched.map(quotedAs).join(" "),
  };
}
