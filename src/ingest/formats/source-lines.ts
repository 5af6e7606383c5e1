// Splits Markdown into lines known as text, code or raw HTML: only in text do the marks of dialects mean anything.

export type Role = "text" | "code" | "html";

export interface SourceLine {
  text: string;
  role: Role;
}

const FENCE = /^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}(?!.*`)|~{3,})/;
/** Shortcodes that fence code. */
const HIGHLIGHT = /^(\s*)\{[{%][<%]?-?\s*highlight\s+"?([\w+-]*)"?.*\}\s*$/;
const END_HIGHLIGHT = /^(\s*)\{[{%][<%]?-?\s*(?:\/|end)highlight\s*-?[>%]?\}\}?\s*$/;
const RAW = /\{%-?\s*(?:end)?raw\s*-?%\}/g;
/** Elements that are read as HTML with all that they hold. */
const HTML = /^\s*<(table|ul|ol|dl|pre|script|style|svg|video|audio|object|select|form|iframe|noscript|blockquote)\b/i;
/** Of these blank lines are a part; in the others a blank line would let Markdown begin again. */
const HOLDS_BLANK_LINES = /^(?:pre|script|style)$/i;
/** So many lines are looked through for the end of an element. */
const HTML_LINES_MAX = 4000;

/** @param source with line feeds as its only line ends */
export function sourceLines(source: string): SourceLine[] {
  const lines = source.split("\n").map((text): SourceLine => ({ text, role: "text" }));
  markCode(lines);
  cutComments(lines);
  markHtml(lines);
  return lines;
}

export const indentOf = (text: string): number => text.length - text.trimStart().length;
export const isBlank = (text: string): boolean => text.trim() === "";

function markCode(lines: SourceLine[]): void {
  let fence = "";
  let isIndented = false;
  let isOpen = false;
  for (const [at, line] of lines.entries()) {
    if (fence !== "") {
      if (END_HIGHLIGHT.test(line.text)) line.text = line.text.replace(END_HIGHLIGHT, `$1${fence}`);
      line.role = "code";
      line.text = line.text.replace(RAW, "");
      const mark = line.text.replace(/^[ \t>]+/, "").trimEnd();
      if (fence === mark && fence === "$$") line.text = line.text.replace("$$", "```");
      if (mark.length >= fence.length && mark === fence[0]?.repeat(mark.length)) fence = "";
      continue;
    }
    if (isFormula(lines, at)) {
      fence = "$$";
      line.role = "code";
      line.text = line.text.replace("$$", "```latex");
      continue;
    }
    const opened = HIGHLIGHT.exec(line.text);
    if (opened !== null) line.text = `${opened[1]}\`\`\`${opened[2]}`;
    fence = FENCE.exec(line.text)?.[2] ?? "";
    if (fence !== "") {
      line.role = "code";
      continue;
    }
    if (isBlank(line.text)) continue;
    // What is indented belongs to an item or a note where one is open; else it is code.
    if (indentOf(line.text) < 4) {
      isOpen = OPENS.test(line.text) || (isOpen && indentOf(line.text) > 0);
      isIndented = false;
    } else if (!isOpen && (isIndented || isBlank(lines[at - 1]?.text ?? ""))) {
      isIndented = true;
      line.role = "code";
    }
  }
}

/** A formula stands between lines of two dollar signs, and holds no blank line. */
const FORMULA_LINES_MAX = 60;

function isFormula(lines: readonly SourceLine[], at: number): boolean {
  if (lines[at]?.text.trim() !== "$$") return false;
  const inside = lines.slice(at + 1, at + FORMULA_LINES_MAX).map(({ text }) => text.trim());
  const end = inside.indexOf("$$");
  return end > 0 && !inside.slice(0, end).some((text) => text === "" || text.startsWith("```"));
}

/** What may hold lines that are indented. */
const OPENS = /^\s*(?:[-*+>]|\d{1,9}[.)])\s|^\s*(?:!!!|\?\?\?|===|:::|<|\{|\[\^|: )/;

/** Removes comments, but for those that note what is restated. */
function cutComments(lines: SourceLine[]): void {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (
      line === undefined ||
      line.role === "code" ||
      !line.text.includes("<!--") ||
      /<!--\s*restates\b/.test(line.text)
    )
      continue;
    line.text = line.text.replace(/`[^`]*`|<!--.*?-->/g, (found) => (found.startsWith("`") ? found : ""));
    const start = line.text.replace(/`[^`]*`/g, (code) => "x".repeat(code.length)).indexOf("<!--");
    if (start < 0) continue;
    const end = lines.findIndex(({ text }, later) => later > at && text.includes("-->"));
    if (end < 0) return;
    line.text = line.text.slice(0, start);
    for (const inside of lines.slice(at + 1, end)) Object.assign(inside, { text: "", role: "text" });
    const last = lines[end];
    if (last !== undefined) Object.assign(last, { text: last.text.replace(/^.*?-->/, ""), role: "text" });
    at = end - 1;
  }
}

function markHtml(lines: SourceLine[]): void {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    const name = line?.role === "text" ? HTML.exec(line.text)?.[1] : undefined;
    if (name === undefined) continue;
    const end = endOfElement(lines, at, name);
    if (end === null) continue;
    for (const inside of lines.slice(at, end + 1)) {
      inside.role = "html";
      if (isBlank(inside.text) && !HOLDS_BLANK_LINES.test(name))
        inside.text = `${" ".repeat(indentOf(line?.text ?? ""))}<!---->`;
    }
    at = end;
  }
}

/** The line on which an element ends that begins on another; null where it does not end. */
function endOfElement(lines: readonly SourceLine[], from: number, name: string): number | null {
  const tag = new RegExp(`<(/?)${name}\\b`, "gi");
  let depth = 0;
  for (let at = from; at < Math.min(lines.length, from + HTML_LINES_MAX); at++) {
    for (const [, slash] of (lines[at]?.text ?? "").matchAll(tag)) depth += slash === "/" ? -1 : 1;
    if (depth <= 0) return at;
  }
  return null;
}
