// Joins pieces of running text, each with the line it begins on, into sentences that know their lines.

import type { LineRange, Sentence } from "../../document.ts";
import { STATEMENT_LENGTH_MAX } from "../../reply.ts";
import { sentenceSpans, squeeze } from "../../text/sentences.ts";

/** Ends a sentence where the author ended a line on purpose. */
const LINE_SEPARATOR = "\u2028";

/** The text of one paragraph, gathered from the pieces that its markup cuts it into. */
export class Run {
  private pieces: string[] = [];
  private length = 0;
  /** Where lines begin: from an offset on, characters stand on this line. */
  private starts: { readonly offset: number; readonly line: number }[] = [];
  /** Where inline code stands. */
  private codes: { readonly start: number; readonly end: number }[] = [];

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

  /** All that `add` adds is inline code. */
  code(add: () => void): void {
    const start = this.length;
    add();
    if (this.length > start) this.codes.push({ start, end: this.length });
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
    const text = this.pieces.join("");
    return this.withWholeCode(sentenceSpans(text)).map(([start, end]) => this.sentence(text, start, end));
  }

  /** Sentences that end inside of inline code go on behind it, unless they are longer than can be shown. */
  private withWholeCode(spans: readonly [start: number, end: number][]): readonly [start: number, end: number][] {
    if (this.codes.length === 0) return spans;
    const whole: [start: number, end: number][] = [];
    let code = 0;
    for (const [start, end] of spans) {
      const before = whole.at(-1);
      while ((this.codes[code]?.end ?? Number.POSITIVE_INFINITY) <= start) code++;
      const isCut = before !== undefined && (this.codes[code]?.start ?? start) < before[1];
      if (isCut && end - before[0] <= STATEMENT_LENGTH_MAX) before[1] = end;
      else whole.push([start, end]);
    }
    return whole;
  }

  /** All of it as one text, null where it is blank. */
  whole(): Sentence | null {
    const text = this.pieces.join("");
    if (text.trim() === "") return null;
    return this.sentence(text, text.length - text.trimStart().length, text.trimEnd().length);
  }

  private sentence(text: string, start: number, end: number): Sentence {
    const lines: LineRange = { start: this.lineOf(start), end: this.lineOf(end - 1) };
    const coded = this.coded(text, start, end);
    return { text: squeeze(text.slice(start, end)), lines, ...(coded === null ? {} : { coded }) };
  }

  /** A stretch with its inline code between backticks, null where it holds none. */
  private coded(text: string, from: number, to: number): string | null {
    let at = from;
    let coded = "";
    for (const { start, end } of this.codes) {
      if (end <= from || start >= to) continue;
      const [first, last] = [Math.max(start, from), Math.min(end, to)];
      coded += `${text.slice(at, first)}${inBackticks(text.slice(first, last))}`;
      at = last;
    }
    return at === from ? null : squeeze(coded + text.slice(at, to));
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

/** Two backticks around code that holds one. */
export const inBackticks = (code: string): string => (code.includes("`") ? `\`\` ${code.trim()} \`\`` : `\`${code}\``);
