// Pieces of running text, each with the line it begins on, to sentences with theirs.

import type { LineRange, Sentence } from "../../document.ts";
import { sentencesWithLines, squeeze } from "../../text/sentences.ts";

/** Ends a sentence where the author ended a line on purpose. */
const LINE_SEPARATOR = "\u2028";

/** The text of one paragraph, gathered from the pieces that its markup cuts it into. */
export class Run {
  private pieces: string[] = [];
  private length = 0;
  /** Where lines begin: from an offset on, characters stand on this line. */
  private starts: { readonly offset: number; readonly line: number }[] = [];

  /** @param lineEnd what a line end inside of a piece reads as: in HTML a space, elsewhere itself */
  constructor(private readonly lineEnd: " " | "\n") {}

  /** @param line the one that the piece begins on */
  add(piece: string, line: number): void {
    this.starts.push({ offset: this.length, line });
    let next = line;
    for (let at = piece.indexOf("\n"); at >= 0; at = piece.indexOf("\n", at + 1))
      this.starts.push({ offset: this.length + at + 1, line: ++next });
    this.pieces.push(piece.replaceAll("\n", this.lineEnd));
    this.length += piece.length;
  }

  /** A line end that everybody sees; it ends a sentence. */
  break(line: number): void {
    this.starts.push({ offset: this.length, line });
    this.pieces.push(LINE_SEPARATOR);
    this.length++;
  }

  /** Parts what stands in blocks of their own. */
  space(): void {
    this.pieces.push(" ");
    this.length++;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** The last character, "" at the beginning. */
  get end(): string {
    return this.pieces.at(-1)?.at(-1) ?? "";
  }

  sentences(): Sentence[] {
    return sentencesWithLines(this.pieces.join(""), (offset) => this.lineOf(offset));
  }

  /** All of it as one text, null where it is blank. */
  whole(): Sentence | null {
    const text = this.pieces.join("");
    if (text.trim() === "") return null;
    const last = text.trimEnd().length - 1;
    const lines: LineRange = { start: this.lineOf(text.length - text.trimStart().length), end: this.lineOf(last) };
    return { text: squeeze(text), lines };
  }

  private lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle]?.offset ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return this.starts[low]?.line ?? 1;
  }
}
