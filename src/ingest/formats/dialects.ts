// Rewrites any dialect of Markdown as plain Markdown of the same lines, and finds its notes, tabs and folds.

import { fromMarkdown } from "mdast-util-from-markdown";
import { toString as textOf } from "mdast-util-to-string";
import { squeeze } from "../../text/sentences.ts";
import { type FoundTag, type Piece, type Reading, readInlineMarks } from "./inline-marks.ts";
import { type Container, readLineMarks } from "./line-marks.ts";
import type { Scope } from "./scope.ts";
import { indentOf, isBlank, type SourceLine, sourceLines } from "./source-lines.ts";
import { type Tag, wordsOf } from "./tags.ts";

export interface PlainMarkdown {
  readonly text: string;
  /** In the order they begin in, outer ones first. */
  readonly scopes: readonly Scope[];
}

/**
 * Takes away what only one generator of sites understands and keeps its words where they stand, line for line.
 * @param source with line feeds as its only line ends
 * @param isMdx whether braces hold expressions and imports are code
 */
export function readDialects(source: string, isMdx: boolean): PlainMarkdown {
  const lines = sourceLines(source);
  dropProgram(lines, isMdx);
  mendLines(lines);
  const containers = [...readLineMarks(lines), ...readTags(lines, { isMdx, isRaw: false })];
  for (const container of containers.toSorted((a, b) => a.close - b.close || b.open - a.open)) dedent(lines, container);
  const scopes = containers
    .filter(({ label, note, isTab }) => label !== undefined || note !== undefined || isTab === true)
    .toSorted((a, b) => a.open - b.open || b.close - a.close)
    .map(scopeOf);
  return { text: lines.map(({ text }) => text).join("\n"), scopes };
}

function scopeOf({ open, close, label, labelLine = open, note, isTab }: Container): Scope {
  const text = label === undefined ? "" : plain(label);
  const lines = { start: labelLine + 1, end: labelLine + 1 };
  return {
    lines: { start: open + 1, end: close + 1 },
    ...(text === "" ? {} : { label: { text, lines } }),
    ...(isTab === true ? { isTab } : {}),
    ...(note === undefined ? {} : { note }),
  };
}

/** Markdown or HTML of one line as its text. */
const plain = (label: string): string => squeeze(textOf(fromMarkdown(label.replace(/<[^<>]*>/g, " "))));

const IMPORT = /^import\s+(?:[\w{}*,\s$]+\sfrom\s+)?["'][^"']+["']\s*;?\s*$/;
const IMPORT_START = /^import\s+[\w*,\s$]*\{[^}]*$/;
const IMPORT_END = /^[\w\s,$]*\}\s*from\s+["'][^"']+["']\s*;?\s*$/;
const EXPORT = /^export\s+(?:default|const|let|var|function|async|class)\b/;
const IMPORT_LINES_MAX = 40;

/** Imports and exports stand at the beginning of a line, between blank lines or others of them. */
function dropProgram(lines: SourceLine[], isMdx: boolean): void {
  let hasImport = isMdx;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line?.role !== "text") continue;
    let end: number | null = null;
    if (IMPORT.test(line.text)) end = at;
    else if (IMPORT_START.test(line.text)) end = endOfImport(lines, at);
    else if (hasImport && EXPORT.test(line.text)) end = endOfExport(lines, at);
    if (end === null) continue;
    hasImport = true;
    for (const inside of lines.slice(at, end + 1)) inside.text = "";
    at = end;
  }
}

function endOfImport(lines: readonly SourceLine[], at: number): number | null {
  const length = lines.slice(at, at + IMPORT_LINES_MAX).findIndex(({ text }) => IMPORT_END.test(text));
  return length < 0 ? null : at + length;
}

/** Where its brackets are closed, else the line before a blank one. */
function endOfExport(lines: readonly SourceLine[], at: number): number {
  let depth = 0;
  for (let end = at; end < lines.length; end++) {
    const { text } = lines[end] ?? { text: "" };
    for (const [bracket] of text.matchAll(/[()[\]{}]/g)) depth += "([{".includes(bracket) ? 1 : -1;
    if (depth <= 0 && (/[;)}\]]\s*$/.test(text) || isBlank(lines[end + 1]?.text ?? ""))) return end;
  }
  return at;
}

/** Lines that only place something else: contents, pieces of other files, attributes; abbreviations that nobody sees. */
const PLACES =
  /^\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|;?-{1,}8<-{1,}(?:\s.*)?|\{:[^{}]*\}|\*\[[^\]]+\]:\s.*|\\(?:newpage|pagebreak))\s*$/i;
const TIGHT_HEADING = /^( {0,3}#{1,6})(?=[\p{L}"“‘'*[\d])(.*)$/u;
/** Spaces that look like any other, but not to a parser. */
const SPACES = /[\u00a0\u2007\u202f]/g;

/** Headings without a space after their marks become headings; one mark may open "#channel" or "#12" too. */
function mendLines(lines: SourceLine[]): void {
  for (const [at, line] of lines.entries()) {
    if (line.role !== "text") continue;
    line.text = PLACES.test(line.text) ? "" : line.text.replace(SPACES, " ");
    const [, marks = "", title = ""] = TIGHT_HEADING.exec(line.text) ?? [];
    const isApart = at === 0 || isBlank(lines[at - 1]?.text ?? "") || /^ {0,3}#/.test(lines[at - 1]?.text ?? "");
    const isHeading = marks.trim().length > 1 || (/^[\p{Lu}"“*[]/u.test(title) && !/[.,;:]\s*$/.test(title));
    if (marks !== "" && isApart && isHeading) line.text = `${marks} ${title}`;
  }
}

/** Elements of HTML that only hold others: their lines are taken away, and Markdown in them is read as such. */
const HOLDER =
  /^(?:details|summary|div|section|article|main|center|figure|figcaption|header|footer|aside|nav|p|span|small|font)$/;
const TAB = /^(?:tab-?item|tab-?pane|tab-?panel|tab-?content|tab|codetab|code-?group-?item)$/i;
const NOTE =
  /^(?:note|tip|info|warning|warn|danger|caution|important|attention|hint|error|success|question|example|callout|alert|admonition|notice|aside|blockquote-note)$/i;
/** Under what names a component has the words that stand above what it holds, the likeliest first. */
const LABELS = ["title", "label", "name", "header", "heading", "summary", "question", "value", ""] as const;
const KINDS = ["type", "kind", "variant", "level", "style", "severity"] as const;

interface Open {
  readonly found: FoundTag;
  /** Its place among all pieces. */
  readonly place: number;
  readonly line: number;
  summary: { readonly text: string; readonly line: number } | null;
}

/** Reads tags, and says what those contain that stand in pairs. */
function readTags(lines: SourceLine[], reading: Reading): Container[] {
  const containers: Container[] = [];
  const texts: { readonly first: number; readonly pieces: Piece[] }[] = [];
  for (const { first, last } of paragraphs(lines)) {
    const text = lines.slice(first, last + 1).map((line) => line.text);
    if (!/[<{$]|\[\[|\+\+|==|:[a-z]/.test(text.join("\n"))) continue;
    texts.push({ first, pieces: readInlineMarks(text.join("\n"), reading) });
  }
  const all = texts.flatMap(({ first, pieces }) => pieces.map((piece, at) => ({ piece, pieces, at, first })));
  const open: Open[] = [];
  const say = ({ pieces, at }: Entry, text: string): void => {
    pieces[at] = { kind: "text", text };
  };
  const saySelf = (entry: Entry, found: FoundTag): void => {
    const [before, after] = [entry.pieces[entry.at - 1], entry.pieces[entry.at + 1]];
    const words = shownOf(found);
    const isLed = /[\p{L}\p{N}]$/u.test(before?.kind === "text" ? before.text : "") && /^[\p{L}\p{N}]/u.test(words);
    const goesOn = /^[\p{L}\p{N}]/u.test(after?.kind === "text" ? after.text : "") && /[\p{L}\p{N}]$/u.test(words);
    say(entry, `${isLed ? " " : ""}${words}${goesOn ? " " : ""}`);
  };
  for (const [place, entry] of all.entries()) {
    const { piece: found, first } = entry;
    if (found.kind !== "tag") continue;
    const line = first + found.line;
    const role = lines[line]?.role;
    const { tag } = found;
    if (tag.form === "void" || (isHtml(tag) && (role === "html" || !HOLDER.test(tag.name)))) saySelf(entry, found);
    else if (tag.form === "open") open.push({ found, place, line, summary: null });
    else {
      const from = open.findLastIndex((one, at) => at >= open.length - PARTNERS_MAX && isPartner(one.found.tag, tag));
      const [opened, ...within] = from < 0 ? [] : open.splice(from);
      for (const alone of within) saySelf(all[alone.place] ?? entry, alone.found);
      const start = opened === undefined ? undefined : all[opened.place];
      const isKept =
        isHtml(tag) && (opened === undefined || (!/^(?:details|summary)$/.test(tag.name) && !opened.found.isAlone));
      say(entry, isKept ? found.source : lineEndsIn(found.source));
      if (opened === undefined || start === undefined) continue;
      const source = plainTag(opened.found.tag, opened.found.source);
      say(start, isKept ? source : lineEndsIn(opened.found.source));
      if (tag.name === "summary") {
        const inside = all
          .slice(opened.place + 1, place)
          .map((one) => ({ one, text: textOfPiece(one.pieces[one.at]) }));
        for (const { one, text } of inside) say(one, lineEndsIn(text));
        const holder = open.findLast((one) => one.found.tag.name === "details");
        const text = inside.map((piece) => piece.text).join("");
        if (holder !== undefined)
          holder.summary = { text, line: opened.line + lineEndsIn(/^\s*/.exec(text)?.[0] ?? "").length };
      } else if (!isKept && opened.found.isFirst)
        containers.push({ ...meaningOf(opened), open: opened.line, close: line, indent: null });
    }
  }
  for (const alone of open) {
    const entry = all[alone.place];
    if (entry !== undefined) saySelf(entry, alone.found);
  }
  for (const { first, pieces } of texts)
    for (const [at, text] of pieces
      .map((piece) => (piece.kind === "text" ? piece.text : piece.source))
      .join("")
      .split("\n")
      .entries()) {
      const line = lines[first + at];
      if (line !== undefined) line.text = text;
    }
  return containers;
}

/** A tag is closed within so many that are opened inside of it. */
const PARTNERS_MAX = 60;

interface Entry {
  readonly piece: Piece;
  readonly pieces: Piece[];
  readonly at: number;
  /** The line that its paragraph begins on. */
  readonly first: number;
}

const lineEndsIn = (text: string): string => text.replace(/[^\n]/g, "");
const textOfPiece = (piece: Piece | undefined): string => (piece?.kind === "text" ? piece.text : "");

/** What a reader sees of a tag that contains nothing. Where one stands in for a part of a sentence, the gap shows. */
function shownOf({ tag, source, isAlone }: FoundTag): string {
  if (isHtml(tag)) return plainTag(tag, source);
  if (isPlaceholder(tag)) return source;
  if (tag.family !== "liquid") return wordsOf(tag, source);
  return (isAlone || !/^include|^render|^link/.test(tag.name) ? "" : "…") + lineEndsIn(source);
}

/** An element whose attributes hold expressions, which no parser of HTML reads, with those that don't. */
function plainTag({ name, form, attributes }: Tag, source: string): string {
  if (!/[=\s]\{/.test(source)) return source;
  const kept = attributes
    .filter(({ value }) => value !== null && !/["\n]/.test(value))
    .map((one) => ` ${one.name}="${one.value}"`);
  const tag = form === "close" ? `</${name}>` : `<${name}${kept.join("")}${form === "void" ? " /" : ""}>`;
  return tag + lineEndsIn(source);
}

const isHtml = ({ family, name }: Tag): boolean => family === "element" && /^[a-z][a-z0-9]*$/.test(name);

/** `<NAME>` and `<your-name>` stand for a name and are text; components have attributes or a partner. */
const isPlaceholder = ({ family, attributes, form }: Tag): boolean =>
  family === "element" && attributes.length === 0 && form === "open";

const isPartner = (open: Tag, close: Tag): boolean => open.family === close.family && open.name === close.name;

/** What a pair of tags makes of what stands between them. */
function meaningOf({ found: { tag }, summary }: Open): Pick<Container, "label" | "labelLine" | "note" | "isTab"> {
  const attributeOf = (names: readonly string[]): string | undefined =>
    names.map((name) => tag.attributes.find((one) => one.name === name)?.value?.trim()).find((value) => value);
  const label =
    summary?.text ?? (isHtml(tag) || tag.family === "liquid" ? attributeOf(LABELS.slice(0, 2)) : attributeOf(LABELS));
  const labelled = label === undefined || isBlank(label) ? {} : { label: squeeze(label), labelLine: summary?.line };
  if (TAB.test(tag.name)) return { ...labelled, isTab: true };
  const classes = isHtml(tag) ? (tag.attributes.find(({ name }) => name === "class")?.value ?? "") : "";
  const ofClass = classes.split(/[\s-]+/).find((name) => NOTE.test(name));
  if (NOTE.test(tag.name) || ofClass !== undefined) {
    const kind =
      attributeOf(KINDS) ??
      (/^(?:callout|alert|admonition|notice|hint|aside)$/i.test(ofClass ?? tag.name) ? "note" : (ofClass ?? tag.name));
    const title = attributeOf(["title", "heading", "label"]);
    return { ...(title === undefined ? {} : { label: title }), note: kind.toLowerCase() };
  }
  return tag.name === "details" || tag.family !== "element" || !isHtml(tag) ? labelled : {};
}

/** Runs of lines that hold text, no blank line between them. */
function* paragraphs(lines: readonly SourceLine[]): Generator<{ first: number; last: number }> {
  for (let at = 0; at < lines.length; at++) {
    if (!isText(lines[at])) continue;
    const first = at;
    while (isText(lines[at + 1])) at++;
    yield { first, last: at };
  }
}

const isText = (line: SourceLine | undefined): boolean =>
  line !== undefined && line.role !== "code" && !isBlank(line.text);

/** What stands in a container stands as far left as the container itself. */
function dedent(lines: SourceLine[], { open, close, indent }: Container): void {
  const inside = lines.slice(open + 1, close + 1);
  const own = inside.filter(({ text }) => !isBlank(text)).map(({ text }) => indentOf(text));
  const base = indent === null ? baseOf(lines[open]) : 0;
  const least = own.reduce((min, one) => Math.min(min, one), Number.POSITIVE_INFINITY);
  const excess = indent ?? Math.max(0, least - base);
  if (!Number.isFinite(excess) || excess === 0) return;
  for (const line of inside) line.text = line.text.slice(Math.min(excess, indentOf(line.text)));
}

const baseOf = (line: SourceLine | undefined): number => indentOf(line?.text ?? "");
