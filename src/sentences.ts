// Text to sentences: Intl.Segmenter, mended where it breaks after an abbreviation or before a lower-case word.

import type { LineRange, Sentence } from "./document.ts";

let segmenter: Intl.Segmenter | undefined;
const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|fig|mrs?|ms|dr|prof|inc|ltd|jr|sr)\.\s*$/i;
/** A single capital with a full stop: "J. Smith". */
const INITIAL = /(?:^|[\s(])\p{Lu}\.\s*$/u;

/** The sentences of one paragraph, in order, white space folded; empty ones are left out. */
export function splitSentences(text: string): string[] {
  return spans(text).map(([start, end]) => squeeze(text.slice(start, end)));
}

/**
 * The sentences of a paragraph whose characters know their lines.
 * @param lineOf line number of the character at an offset into `text`
 */
export function sentencesWithLines(text: string, lineOf: (offset: number) => number): Sentence[] {
  return spans(text).map(([start, end]) => {
    const lines: LineRange = { start: lineOf(start), end: lineOf(end - 1) };
    return { text: squeeze(text.slice(start, end)), lines };
  });
}

/** As much of a text's end as tells whether an abbreviation ends it. */
const endOf = (text: string): string => text.slice(-ENOUGH).trimEnd();
const ENOUGH = 16;

/** Runs of white space to one space, none at the ends. */
export const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Offsets of each sentence, trimmed of white space. */
function spans(text: string): [start: number, end: number][] {
  const merged: [number, number][] = [];
  // Made when first needed: it takes milliseconds, and answering needs none.
  segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" });
  for (const { index, segment } of segmenter.segment(text)) {
    const previous = merged.at(-1);
    const before = previous === undefined ? "" : endOf(text.slice(previous[0], previous[1]));
    const continues =
      previous !== undefined && (ABBREVIATION.test(before) || INITIAL.test(before) || /^\s*\p{Ll}/u.test(segment));
    if (previous !== undefined && continues) previous[1] = index + segment.length;
    else merged.push([index, index + segment.length]);
  }
  return merged.flatMap(([start, end]): [number, number][] => {
    const piece = text.slice(start, end);
    const from = start + (piece.length - piece.trimStart().length);
    const to = start + piece.trimEnd().length;
    return to > from ? [[from, to]] : [];
  });
}
