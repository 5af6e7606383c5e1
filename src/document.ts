// Defines a document (a page as sentences that know their lines) and the quotes that can be taken from it.

/** What a document's file name ends in, in whatever case. */
export const ENDINGS = [
  ".md",
  ".markdown",
  ".mdx",
  ".txt",
  ".html",
  ".htm",
  ".rst",
  ".adoc",
  ".docx",
  ".pdf",
  ".csv",
  ".tsv",
  ".ipynb",
] as const;
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
  /** With inline code between backticks; only where it holds any. */
  readonly coded?: string;
  /** Of a .pdf, 1-based: where it begins. */
  readonly page?: number;
}

/**
 * A paragraph, list item or table row: the unit that is retrieved. A heading names what follows it and is no evidence;
 * furniture stands around an article and is none either.
 */
export interface Block {
  readonly kind: "paragraph" | "item" | "row" | "code" | "heading" | "furniture";
  /** Heading path, joined by " › "; "" above the first heading. A heading's own ends in itself. */
  readonly section: string;
  readonly sentences: readonly Sentence[];
  /** A row's header cells, joined by " | "; the line that introduces an item's list; "" elsewhere. */
  readonly header: string;
  /** Which lines of the original page the block restates, as its author noted them; null where nothing is noted. */
  readonly restates: string | null;
  /** The sentence that announces the list, table or code that this is part of: "Do the following:". */
  readonly lead?: Sentence;
  /** Number of the list or table in its document; one list with all that stands inside of it, one table. */
  readonly group?: number;
  /** Where it stands in a list, code and rows inside of an item included. */
  readonly item?: ItemPlace;
  readonly row?: RowCells;
  readonly code?: CodeText;
  /** Of a heading: 1 for the outermost. Labels of tabs and of what folds open count as headings below the one they stand under. */
  readonly depth?: number;
  /** What it defines: the term of a definition list. */
  readonly term?: string;
  /** The question that it answers: a heading or summary that asks, or "Q: …" above "A: …". */
  readonly question?: string;
  /** The kind of note it stands in: "note", "warning", "tip" … */
  readonly note?: string;
  /** The label of the tab it stands under ("Windows"), which its section names too. */
  readonly tab?: string;
}

export interface ItemPlace {
  /** 0 in a list that stands in no other. */
  readonly depth: number;
  /** In an ordered list, as it would be shown. */
  readonly number: number | null;
  /** Whether an earlier block began the item. */
  readonly isContinued: boolean;
  /** Of a checklist; absent elsewhere. */
  readonly isChecked?: boolean;
}

export interface RowCells {
  /** One for each column, "" where it is empty; inline code between backticks. */
  readonly cells: readonly string[];
  /** What heads the columns, empty where nothing does, and where that stands. */
  readonly header: readonly string[];
  readonly headerLines: LineRange | null;
  /** The cell that heads the row, null where none is marked as such. */
  readonly head: string | null;
  /** Of the table, null without one. */
  readonly caption: Sentence | null;
}

export interface CodeText {
  /** As the author named it: "bash"; null where nothing is named. */
  readonly language: string | null;
  /** With its line ends; a block's only sentence has its lines. */
  readonly text: string;
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
  /** When it was last updated, as it says itself: an ISO date where it can be told, else its words; null where it says nothing. */
  readonly updated: string | null;
  /** Whether `lines` are the file's; in kinds without lines they count the blocks of the text in reading order. */
  readonly hasLines: boolean;
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
  /** Of a .pdf, 1-based. */
  readonly page?: number;
  readonly text: string;
}

/** A text and the quotes that prove it. */
export interface Grounded {
  readonly text: string;
  readonly quotes: AtLeastOne<Quote>;
}

export type Located =
  | { readonly ok: true; readonly quote: Quote }
  | {
      readonly ok: false;
      readonly found: number;
      /** The headings above the places where it stands, each once. */
      readonly headings: readonly string[];
    };

/**
 * Finds a fragment in a document and widens it to whole sentences, so that nothing is quoted out of its sentence.
 * `found` says at how many places the fragment stands when that isn't exactly one.
 * @param fragment as it is shown, or as the file has it, with Markdown's links and tags
 * @param heading looks only at what stands under this heading; null looks everywhere
 */
export function locate(document: Document, fragment: string, heading: string | null = null): Located {
  const shown = placesOf(document, fold(fragment), heading);
  const places = shown.length > 0 ? shown : placesOf(document, fold(withoutMarkup(fragment)), heading);
  const [quote] = places;
  if (quote !== undefined && places.length === 1) return { ok: true, quote };
  return { ok: false, found: places.length, headings: [...new Set(places.map(({ section }) => section))] };
}

function placesOf(document: Document, wanted: string, heading: string | null): readonly Quote[] {
  if (wanted === "") return [];
  const places: Quote[] = [];
  for (const block of document.blocks) {
    if (block.kind === "heading" || !(heading === null || isUnder(block.section, heading))) continue;
    const text = foldedText(block);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
      places.push(widen(document, block, at, at + wanted.length));
  }
  return places;
}

/** Whether a heading is one of those above a block, or all of them. */
function isUnder(section: string, heading: string): boolean {
  const plain = (text: string): string => fold(text).toLowerCase();
  return [section, ...section.split(" › ")].some((above) => plain(above) === plain(heading));
}

/** A line of Markdown with the text of its links and images, and without its tags. */
const withoutMarkup = (fragment: string): string =>
  fragment
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, "$1")
    .replace(/<((?:https?|mailto):[^<>\s]+)>/g, "$1")
    .replace(/<\/?[a-z][^<>]*>/gi, "");

/** A quote of one sentence. */
export const quoteSentence = (document: Document, block: Block, sentence: Sentence): Quote => ({
  document: document.id,
  section: block.section,
  lines: sentence.lines,
  ...(sentence.page === undefined ? {} : { page: sentence.page }),
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
    return fold(saidAt(block, quote.lines)).includes(fold(quote.text));
  });
}

/** Whole sentences of a block, and whole lines of its code. */
function saidAt({ sentences, code }: Block, { start, end }: LineRange): string {
  const [whole] = sentences;
  const lines = code?.text.split("\n") ?? [];
  if (whole !== undefined && lines.length > 1 && lines.length === whole.lines.end - whole.lines.start + 1)
    return lines.slice(start - whole.lines.start, end - whole.lines.start + 1).join(" ");
  const inRange = sentences.filter(({ lines }) => lines.start >= start && lines.end <= end);
  return inRange.map(quotedAs).join(" ");
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
    ...(first.page === undefined ? {} : { page: first.page }),
  };
}
