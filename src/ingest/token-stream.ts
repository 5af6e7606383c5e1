// Stores a document's texts as numbers of words, so that words, names and index are counted without reading it again.

/** What a document says once and for all, whatever else is in the corpus. Plain data that can be saved. */
export interface DocumentDigest {
  /**
   * Numbers of words in the order of the text, with marks in between: the title, then for each block its section, its
   * header and its sentences, each of them ended by TEXT, and the block by a mark of its kind. CLAUSE stands where a
   * phrase can't go on.
   */
  readonly tokens: Uint32Array;
  /** For each block that can be evidence, what `duplicates.ts` tells it by. */
  readonly prints: Uint32Array;
  readonly names: NamesIn;
}

/** What a document says of its own words. */
export interface NamesIn {
  /** Short and long form where one stands in brackets behind the other, lower case. */
  readonly bracketed: readonly (readonly [short: string, long: string])[];
  /** Words of two to four capitals, each once. */
  readonly capitals: readonly string[];
  /** The two things that its title or a heading sets against each other. */
  readonly sides: readonly (readonly [string, string])[];
}

/** The digests of all documents of a corpus, in their order. */
export interface CorpusDigest {
  /** By their numbers, which are given in the order of first use. */
  readonly words: readonly string[];
  readonly documents: readonly DocumentDigest[];
}

/** Numbers from here on are marks. */
const MARKS_FROM = 2 ** 32 - 16;
export const CLAUSE = 2 ** 32 - 1;
export const TEXT = 2 ** 32 - 2;
export const BLOCK = {
  evidence: MARKS_FROM,
  /** Evidence too. */
  row: MARKS_FROM + 1,
  heading: MARKS_FROM + 2,
  furniture: MARKS_FROM + 3,
} as const;

export const isMark = (token: number): boolean => token >= MARKS_FROM;
const isBlockMark = (token: number): boolean => token >= MARKS_FROM && token < TEXT;
export const isEvidence = (mark: number): boolean => mark === BLOCK.evidence || mark === BLOCK.row;

/** A block as numbers of words. */
export interface TokenBlock {
  readonly mark: number;
  readonly section: readonly number[];
  readonly header: readonly number[];
  readonly sentences: readonly (readonly number[])[];
}

/** A document's title and blocks again. */
export function readStream(tokens: Uint32Array): { readonly title: readonly number[]; readonly blocks: TokenBlock[] } {
  let at = 0;
  const text = (): number[] => {
    const read: number[] = [];
    for (; tokens[at] !== TEXT; at++) if (tokens[at] !== CLAUSE) read.push(tokens[at] ?? 0);
    at++;
    return read;
  };
  const title = text();
  const blocks: TokenBlock[] = [];
  while (at < tokens.length) {
    const [section, header] = [text(), text()];
    const sentences: number[][] = [];
    while (!isBlockMark(tokens[at] ?? 0)) sentences.push(text());
    blocks.push({ mark: tokens[at++] ?? 0, section, header, sentences });
  }
  return { title, blocks };
}

/** Tells the kind of each block and where its sentences stand: from there on, to the mark. */
export function eachBlock(tokens: Uint32Array, tell: (mark: number, from: number, to: number) => void): void {
  // The title, a section and a header stand before the first sentence.
  let texts = -1;
  let from = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? 0;
    if (token === TEXT && ++texts === 2) from = at + 1;
    else if (isBlockMark(token)) {
      tell(token, from, at);
      texts = 0;
    }
  }
}

/** Words to numbers, in the order in which they come. */
export class WordNumbers {
  readonly words: string[] = [];
  private readonly numbers = new Map<string, number>();

  of(word: string): number {
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.words.push(word) - 1;
      this.numbers.set(word, number);
    }
    return number;
  }
}
