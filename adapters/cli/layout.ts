// Lays text out for a terminal: folded to its width, with hanging indents, in colours that carry a meaning.

import { wrapAnsi } from "fast-wrap-ansi";
import picocolors from "picocolors";

/** Colours by what they mean. */
export interface Ink {
  readonly strong: (text: string) => string;
  readonly muted: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly good: (text: string) => string;
}

export function inkOf(colour: boolean): Ink {
  const { bold, dim, cyan, yellow, red, green } = picocolors.createColors(colour);
  return { strong: bold, muted: dim, heading: cyan, warning: (text) => bold(yellow(text)), bad: red, good: green };
}

/** Stands for a space at which no line may break; `clean` leaves none in a text. */
export const STICKY = "\u00A0";

/**
 * Folds text behind a lead-in; further lines hang under the text's first character.
 * @param lead plain lead-in, its length is the indent
 * @param drawn the lead-in as it is printed
 */
export function hang(lead: string, text: string, width: number, drawn = lead): string[] {
  const indent = " ".repeat(lead.length);
  const room = Math.max(10, width - lead.length);
  const folded = wrapAnsi(text, room, { hard: true, wordWrap: true, trim: true }).replaceAll(STICKY, " ");
  return folded.split("\n").map((line, at) => (at === 0 ? drawn : indent) + line);
}

export const fold = (text: string, width: number): string[] => hang("", text, width);

/** Blocks with an empty line between them; empty blocks leave none. */
export const stack = (blocks: readonly (readonly string[])[]): string =>
  blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => line.trimEnd()).join("\n"))
    .join("\n\n");
