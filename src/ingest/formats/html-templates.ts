// The pages that a site generator fills in to HTML of the same lines, without what only the generator understands.

/** What is shown letter by letter, or is no text. */
const LITERAL = /^(?:pre|code|script|style|textarea)$/;
const MARK = /<(pre|code|script|style|textarea)\b|\{[%{#]|<%/gi;
/** A tag of Liquid or Jinja; no person writes longer ones. */
const TAG = /\{%[-+]?\s*(\w+)[^%]{0,2000}?%\}/y;
const VALUE = /\{\{[^{}]{0,600}\}\}\}?/y;
/** Embedded Ruby, or JavaScript; what begins with `=` is a value. */
const EMBEDDED = /<%[^%]{0,2000}%>/y;
const COMMENT = /\{#[^#]{0,2000}#\}/y;
/** Tags whose contents are text as it stands, and no text at all. */
const ENDED: Readonly<Record<string, "text" | "nothing">> = { raw: "text", verbatim: "text", comment: "nothing" };

/**
 * A page that is whole and has no such tag says what it says: braces in it are text.
 * @param hasFrontMatter whether some stood above it
 */
export const isTemplate = (source: string, hasFrontMatter: boolean): boolean =>
  hasFrontMatter || !/<html[\s>]|<!doctype/i.test(source) || /^\s*\{%-?\s*\w|<%[-=\s]/m.test(source);

/** Takes away tags and comments; where a value is left out of a sentence, the gap shows. */
export function withoutTemplates(source: string): string {
  const lower = source.toLowerCase();
  const unclosed = new Set<string>();
  let read = "";
  let from = 0;
  const leaveOut = (at: number, end: number, instead: string): void => {
    read += source.slice(from, at) + instead + source.slice(at, end).replace(/[^\n]/g, "");
    from = end;
    MARK.lastIndex = end;
  };
  MARK.lastIndex = 0;
  for (let match = MARK.exec(source); match !== null; match = MARK.exec(source)) {
    const { index: at, 1: element } = match;
    if (element !== undefined) {
      const end = behind(lower, `</${element.toLowerCase()}`, at, unclosed);
      if (LITERAL.test(element.toLowerCase()) && end !== null) MARK.lastIndex = end;
      continue;
    }
    const tag = matchAt(TAG, source, at);
    const value = matchAt(VALUE, source, at) ?? matchAt(COMMENT, source, at) ?? matchAt(EMBEDDED, source, at);
    if (tag !== null) {
      const end = at + tag[0].length;
      const holds = ENDED[tag[1] ?? ""];
      const close = holds === undefined ? -1 : indexOf(lower, `end${tag[1]}`, end, unclosed);
      const closing = close < 0 ? end : Math.max(end, source.lastIndexOf("{%", close));
      leaveOut(at, holds === "nothing" ? closing : end, "");
      if (holds === "text") MARK.lastIndex = closing;
    } else if (value !== null) {
      const end = at + value[0].length;
      const isShown = /^(?:\{\{|<%[=-])/.test(value[0]);
      leaveOut(at, end, isShown && !isAlone(source, at, end) ? "…" : "");
    }
  }
  return read + source.slice(from);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** @param missing what was looked for and does not come any more */
function indexOf(text: string, wanted: string, from: number, missing: Set<string>): number {
  if (missing.has(wanted)) return -1;
  const at = text.indexOf(wanted, from);
  if (at < 0) missing.add(wanted);
  return at;
}

function behind(text: string, wanted: string, from: number, missing: Set<string>): number | null {
  const at = indexOf(text, wanted, from, missing);
  return at < 0 ? null : at + wanted.length;
}

/** Whether a value is all that stands between two tags. */
const isAlone = (source: string, at: number, end: number): boolean =>
  /(?:^|[>}])\s*$/.test(source.slice(Math.max(0, at - 100), at)) && /^\s*(?:$|[<{])/.test(source.slice(end, end + 100));
