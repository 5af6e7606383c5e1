// Tells what stands at each line of a document, for pages that number them and for telling whether one has changed.

import { createHash } from "node:crypto";
import type { Block, Document, LineRange, Sentence } from "../../src/document.ts";

/** What begins at one line: whole sentences, or a line of code. */
export interface NumberedLine {
  readonly lines: LineRange;
  readonly sentences: readonly Sentence[];
}

/** A block by the lines at which its sentences begin; code by its own lines. */
export function numbered({ sentences, code }: Block): readonly NumberedLine[] {
  const [whole] = sentences;
  const codeLines = code?.text.split("\n") ?? [];
  if (whole !== undefined && codeLines.length > 0 && codeLines.length === whole.lines.end - whole.lines.start + 1)
    return codeLines.map((text, at) => {
      const line = whole.lines.start + at;
      const lines = { start: line, end: line };
      return { lines, sentences: [{ text, lines }] };
    });
  const found: { lines: LineRange; sentences: Sentence[] }[] = [];
  for (const sentence of sentences) {
    const last = found.at(-1);
    if (last?.lines.start === sentence.lines.start) {
      last.sentences.push(sentence);
      last.lines = { start: last.lines.start, end: Math.max(last.lines.end, sentence.lines.end) };
    } else found.push({ lines: sentence.lines, sentences: [sentence] });
  }
  return found;
}

/** What begins at each line, as a short name of it: equal names are equal words. */
export function digestsOf({ blocks }: Document): ReadonlyMap<number, string> {
  const said = new Map<number, string>();
  for (const block of blocks)
    for (const { lines, sentences } of numbered(block))
      said.set(lines.start, [said.get(lines.start) ?? "", ...sentences.map(({ text }) => text)].join("\n"));
  return new Map([...said].map(([line, text]) => [line, digest(text)]));
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 10);
