// Reads away the marks of Markdown's dialects inside a paragraph.

import { behindBraces, type Tag, tagAt } from "./tags.ts";

/** A piece of text as it is shown, or a tag whose partner may stand further on. */
export type Piece = { readonly kind: "text"; text: string } | FoundTag;

export interface FoundTag {
  readonly kind: "tag";
  readonly tag: Tag;
  /** As it stands in the file. */
  readonly source: string;
  /** The line it begins on, counted from the start of the text. */
  readonly line: number;
  /** Whether nothing stands before it on its line, and whether tags alone stand there. */
  readonly isFirst: boolean;
  readonly isAlone: boolean;
}

export interface Reading {
  /** Whether braces hold expressions, as in MDX. */
  readonly isMdx: boolean;
  /** Whether macros are text here, until `{% endraw %}`. */
  isRaw: boolean;
}

const MARK = /[<{]|\[\[|\+\+|==|:(?=[a-z])|\$(?=[^\s$])/g;
/** A macro is a name with what is done to it; longer ones are programs. */
const MACRO_LENGTH_MAX = 600;
const COMMENT_LENGTH_MAX = 2000;

/** The pieces of lines that no blank line parts. */
export function readInlineMarks(text: string, reading: Reading): Piece[] {
  const pieces: Piece[] = [];
  const codes = codeSpans(text);
  let from = 0;
  let code = 0;
  const place: Place = { line: 0, start: 0, end: lineEnd(text, 0) };
  MARK.lastIndex = 0;
  for (let match = MARK.exec(text); match !== null; match = MARK.exec(text)) {
    const at = match.index;
    while ((codes[code]?.end ?? Number.POSITIVE_INFINITY) <= at) code++;
    const span = codes[code];
    if (span !== undefined && span.start <= at) {
      MARK.lastIndex = span.end;
      continue;
    }
    if (text[at - 1] === "\\") continue;
    while (place.end < at) {
      place.line++;
      place.start = place.end + 1;
      place.end = lineEnd(text, place.start);
    }
    const found = markAt(text, at, reading, place);
    if (found === null) continue;
    pieces.push({ kind: "text", text: text.slice(from, at) }, found.piece);
    from = found.end;
    MARK.lastIndex = from;
  }
  pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}

/** Of a mark: its line, counted from the start of the text, where that begins, and where it ends. */
interface Place {
  line: number;
  start: number;
  end: number;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

interface Found {
  readonly piece: Piece;
  readonly end: number;
}

/** What a mark reads as; line ends inside of it are kept, so that lines keep their numbers. */
const shown = (source: string, end: number, text: string): Found => ({
  piece: { kind: "text", text: text + source.replace(/[^\n]/g, "") },
  end,
});

function markAt(text: string, at: number, reading: Reading, place: Place): Found | null {
  const tag = tagAt(text, at);
  if (tag?.family === "liquid" && tag.name === "raw") {
    reading.isRaw = tag.form === "open";
    return shown(text.slice(at, tag.end), tag.end, "");
  }
  if (tag !== null) return reading.isRaw && tag.family !== "element" ? null : foundTag(text, at, tag, place);
  switch (text[at]) {
    case "{":
      return reading.isRaw ? null : bracesAt(text, at, reading);
    case "[":
      return matched(
        text,
        at,
        /\[\[([^[\]|\n]{1,200})(?:\|([^[\]\n]{1,200}))?\]\](?!\()/y,
        ([, page, label]) => label ?? page ?? "",
      );
    case "+":
      return matched(
        text,
        at,
        /\+\+((?:[a-z][\w-]*|"[^"\n]{1,20}"|[\d.,;/])(?:\+(?:[a-z][\w-]*|"[^"\n]{1,20}"|[\d.,;/]))*)\+\+/y,
        ([, keys]) => (keys ?? "").replaceAll('"', ""),
      );
    case "=":
      return matched(text, at, /==(?=\S)([^=\n]{1,300}?\S?)==(?!=)/y, ([, marked]) => marked ?? "");
    case "$":
      return formulaAt(text, at);
    case ":":
      return /[\w:]/.test(text[at - 1] ?? "")
        ? null
        : matched(text, at, /:[a-z][\w+-]{1,60}:(?:\{[^{}\n]{0,80}\})?(?![\w:])/y, () => "");
    default:
      return null;
  }
}

/** `$a^2$` is shown as code; sums of money, and what a shell puts a value for, are text. */
function formulaAt(text: string, at: number): Found | null {
  if (!/[\s([{"'“,;:—–-]/.test(text[at - 1] ?? " ")) return null;
  const formula = /\$((?=[^\s$])[^$`\n]{1,300}?)(?<=[^\s\\])\$(?![\w$])/y;
  const isFormula = ([, inside = ""]: readonly string[]): boolean => !/\s/.test(inside) || /[\\^_={}+<>|]/.test(inside);
  formula.lastIndex = at;
  const match = formula.exec(text);
  return match === null || !isFormula(match) ? null : shown(match[0], at + match[0].length, `\`${match[1]}\``);
}

/** A line of more than this holds more than tags. */
const TAGS_LENGTH_MAX = 2000;

function foundTag(text: string, at: number, tag: Tag, { line, start }: Place): Found {
  const ahead = text.slice(start, start + TAGS_LENGTH_MAX);
  const end = ahead.indexOf("\n", tag.end - start);
  const whole = end < 0 ? ahead : ahead.slice(0, end);
  const isFirst = at - start < TAGS_LENGTH_MAX && text.slice(start, at).trim() === "";
  const isAlone = whole.replace(/<[^<>]*>|\{[{%][^{}]*\}\}?/g, "").trim() === "";
  return { piece: { kind: "tag", tag, source: text.slice(at, tag.end), line, isFirst, isAlone }, end: tag.end };
}

function matched(text: string, at: number, pattern: RegExp, read: (match: RegExpExecArray) => string): Found | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? null : shown(match[0], at + match[0].length, read(match));
}

function bracesAt(text: string, at: number, { isMdx }: Reading): Found | null {
  if (text.startsWith("{{", at)) {
    const length = text.slice(at, at + MACRO_LENGTH_MAX).indexOf("}}");
    if (length < 0) return null;
    const end = at + length;
    const [before, after] = [text[at - 1] ?? "\n", text[end + 2] ?? "\n"];
    // Where something is left out of a sentence, the gap shows.
    return shown(text.slice(at, end), end + 2, before === "\n" && after === "\n" ? "" : "…");
  }
  if (text.startsWith("{#", at) || text.startsWith("{/*", at)) {
    const close = text.startsWith("{#", at) ? "#}" : "*/}";
    const length = text.slice(at + 2, at + COMMENT_LENGTH_MAX).indexOf(close);
    const end = at + 2 + length + close.length;
    if (length >= 0) return shown(text.slice(at, end), end, "");
  }
  const attributes = attributesAt(text, at);
  if (attributes !== null) return attributes;
  if (!isMdx && !/^\{\s*["'][^"'{}\n]*["']\s*\}/.test(text.slice(at, at + 100))) return null;
  const end = behindBraces(text, at);
  if (end === null) return null;
  const source = text.slice(at, end);
  return shown(source, end, /^\{\s*["'`]([^"'`{}\n]*)["'`]\s*\}$/.exec(source)?.[1] ?? "");
}

/** `{#anchor}`, `{.class}` and `{: key="value" }` say how something looks; they follow it at once, or end its line. */
function attributesAt(text: string, at: number): Found | null {
  const list =
    /\{:?\s*(?:[#.][\w:./-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))(?:\s+(?:[#.][\w:./-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+)|[\w-]+))*\s*\}/y;
  list.lastIndex = at;
  const [source] = list.exec(text) ?? /^\{:[^{}\n]{0,200}\}/.exec(text.slice(at, at + 203)) ?? [];
  if (source === undefined) return null;
  const end = at + source.length;
  const follows = /[)\]`*_>"']/.test(text[at - 1] ?? "");
  const endsLine = /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 80));
  return follows || endsLine || source.startsWith("{:") ? shown(source, end, "") : null;
}

/** Where inline code stands: between runs of as many backticks. */
function codeSpans(text: string): { readonly start: number; readonly end: number }[] {
  const runs = [...text.matchAll(/`+/g)].map(({ index, 0: run }) => ({ at: index, length: run.length }));
  const partners: (number | undefined)[] = [];
  const later = new Map<number, number>();
  for (let place = runs.length - 1; place >= 0; place--) {
    const length = runs[place]?.length ?? 0;
    partners[place] = later.get(length);
    later.set(length, place);
  }
  const spans: { start: number; end: number }[] = [];
  for (let place = 0; place < runs.length; place++) {
    const [run, partner] = [runs[place], partners[place]];
    const close = partner === undefined ? undefined : runs[partner];
    if (run === undefined || partner === undefined || close === undefined || text[run.at - 1] === "\\") continue;
    spans.push({ start: run.at, end: close.at + close.length });
    place = partner;
  }
  return spans;
}
