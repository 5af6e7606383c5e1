// Splits text into sentences with Intl.Segmenter, and mends where it breaks wrongly: after an abbreviation, in a
// wrapped line, before a lower-case word.

import type { LineRange, Sentence } from "../document.ts";
import { STATEMENT_LENGTH_MAX } from "../reply.ts";
import abbreviations from "./words/abbreviations.json" with { type: "json" };
import { CLAUSE_OPENERS, oneOf } from "./words.ts";

let segmenter: Intl.Segmenter | undefined;
const ABBREVIATION = new RegExp(String.raw`(?:^|[\s(])${oneOf(abbreviations.words)}\.\s*$`, "i");
/** A single capital with a full stop: "J. Smith". */
const INITIAL = /(?:^|[\s(])\p{Lu}\.\s*$/u;

/** What follows without a space goes on: "#!/bin/sh". */
const SIGN = /^[/\\.:;,=&#@%+~-]/;
const LOWER = /^\s*\p{Ll}/u;
/** A line that was wrapped by hand ends without ending a sentence; a line separator (U+2028) always ends one. */
const WRAPPED = /[^.!?…:\s]["”’)\]]*[ \t]*\r?\n\s*$/u;

/** The sentences of one paragraph, in order, white space folded; empty ones are left out. */
export function splitSentences(text: string): string[] {
  return sentenceSpans(text).map(([start, end]) => squeeze(text.slice(start, end)));
}

/**
 * The sentences of a paragraph whose characters know their lines.
 * @param lineOf line number of the character at an offset into `text`
 * @internal Tests and benches read so; formats keep the line of every character themselves.
 */
export function sentencesWithLines(text: string, lineOf: (offset: number) => number): Sentence[] {
  return sentenceSpans(text).map(([start, end]) => {
    const lines: LineRange = { start: lineOf(start), end: lineOf(end - 1) };
    return { text: squeeze(text.slice(start, end)), lines };
  });
}

/** So many characters at a text's end tell whether it goes on. */
const ENOUGH = 40;

/** Runs of white space to one space, none at the ends. */
export const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Offsets of each sentence of a paragraph, trimmed of white space. */
export function sentenceSpans(text: string): [start: number, end: number][] {
  const merged: [number, number][] = [];
  for (const { index, segment } of segments(text)) {
    const previous = merged.at(-1);
    const before = previous === undefined ? "" : text.slice(Math.max(previous[0], previous[1] - ENOUGH), previous[1]);
    const continues =
      WRAPPED.test(before) ||
      ABBREVIATION.test(before) ||
      INITIAL.test(before) ||
      LOWER.test(segment) ||
      (/\S$/.test(before) && SIGN.test(segment));
    if (previous !== undefined && continues) previous[1] = index + segment.length;
    else merged.push([index, index + segment.length]);
  }
  const bounded = merged.flatMap(([start, end]) => clauses(text, start, end));
  return bounded.flatMap(([start, end]): [number, number][] => {
    const piece = text.slice(start, end);
    const from = start + (piece.length - piece.trimStart().length);
    const to = start + piece.trimEnd().length;
    return to > from ? [[from, to]] : [];
  });
}

/** As much as is cut at once: what the segmenter takes for a step grows with the length of its text. */
const WINDOW = 10_000;

/** The segmenter's sentences of a text. */
function* segments(text: string): Generator<{ readonly index: number; readonly segment: string }> {
  // Made when first needed: it takes milliseconds, and answering needs none.
  segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" });
  for (let from = 0, width = WINDOW; from < text.length; ) {
    const window = text.slice(from, from + width);
    const isLast = from + width >= text.length;
    // The last sentence of a window may go on behind it.
    const found = [...segmenter.segment(window)].slice(0, isLast ? undefined : -1);
    for (const { index, segment } of found) yield { index: from + index, segment };
    const last = found.at(-1);
    if (isLast) return;
    from += last === undefined ? 0 : last.index + last.segment.length;
    width = last === undefined ? width * 2 : WINDOW;
  }
}

/** A longer sentence can't be shown whole: it is cut where its author cut it, and room is left for what marks a part. */
const LONG = STATEMENT_LENGTH_MAX - 4;
/**
 * Where a sentence may be cut, the best places first: at a semicolon or behind an "etc." that may end it, before a
 * clause, at a comma, between words. What the pattern matches belongs to neither part.
 */
const SEAMS = [
  /;\s+|(?<=\betc\.)\s+(?=\p{Lu})/gu,
  new RegExp(String.raw`(?<=[,–—])\s+(?=${oneOf(CLAUSE_OPENERS)}\b)`, "gi"),
  /(?<=[,)–—])\s+|\s(?=[(–—])/g,
  /\s+/g,
];
/** Share of what is cut that either part holds at least, but at a semicolon. */
const PART_MIN = 0.25;

/** A span, or the parts of one that is too long: cut at every semicolon, else next to its middle, as often as it takes. */
function clauses(text: string, start: number, end: number): [start: number, end: number][] {
  const whole = text.slice(start, end);
  if (squeeze(whole).length <= LONG) return [[start, end]];
  for (const [rank, seam] of SEAMS.entries()) {
    const margin = rank === 0 ? 0 : PART_MIN * whole.length;
    const inside = [...whole.matchAll(seam)].filter(({ index }) => index > margin && index < whole.length - margin);
    const fromMiddle = ({ index }: RegExpExecArray): number => Math.abs(index - whole.length / 2);
    const nearest = [...inside].sort((a, b) => fromMiddle(a) - fromMiddle(b)).slice(0, 1);
    if (nearest.length === 0) continue;
    let from = start;
    const parts: [number, number][] = [];
    for (const { index, 0: gap } of rank === 0 ? inside : nearest) {
      parts.push(...clauses(text, from, start + index));
      from = start + index + gap.length;
    }
    return [...parts, ...clauses(text, from, end)];
  }
  return [[start, end]];
}
