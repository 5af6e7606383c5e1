// Reads reStructuredText, Sphinx's directives included, into title, dates and blocks, each sentence with its exact
// lines.

import type { Block, LineRange, Sentence } from "../../document.ts";
import { squeeze } from "../../text/sentences.ts";
import { Page } from "./page.ts";
import {
  CODE_DIRECTIVES,
  HIDDEN_DIRECTIVES,
  LABEL_DIRECTIVES,
  NOTE_DIRECTIVES,
  TAB_DIRECTIVES,
} from "./rst-directives.ts";
import { type RstLine, rstRun, type Substitutions } from "./rst-inline.ts";
import { listTable, type RstTable, tableAt } from "./rst-tables.ts";

export interface Rst {
  readonly firstHeading: string | null;
  /** As its fields say: "Last Reviewed", "Date". */
  readonly updated: string | null;
  readonly blocks: readonly Block[];
}

const VERSION = /^\s*v?\d[\w.]*\s*$/;

/**
 * Reads one file. Line numbers are those of the file; other files that it includes are not read.
 * @param file what errors name the file
 */
export function parseRst(source: string, file: string): Rst {
  const lines = source
    .replace(/\r\n?/g, "\n")
    .replace(/^\uFEFF/, "")
    .split("\n")
    .map((text, at): RstLine => ({ text: text.replace(/\t/g, "        ").trimEnd(), number: at + 1 }));
  const page = new Page(file);
  const reader = new Reader(page, substitutionsIn(lines));
  reader.readBody(lines, 0);
  return { firstHeading: page.firstHeading, updated: reader.updated, blocks: page.blocks() };
}

const SUBSTITUTION = /^\s*\.\.\s+\|([^|]+)\|\s+(?:replace|unicode)::\s*(.*)$/;
const substitutionsIn = (lines: readonly RstLine[]): Substitutions =>
  new Map(
    lines.flatMap(({ text }) => {
      const [, name, by] = SUBSTITUTION.exec(text) ?? [];
      return name === undefined || by === undefined ? [] : [[name, by.replace(/[`*]/g, "")] as const];
    }),
  );

/** Quotations, lists and directives inside each other; deeper ones are not read. */
const DEPTH_MAX = 30;
const ADORNMENT = /^([!-/:-@[-`{-~])\1{1,}$/;
const BULLET = /^([-*+•‣⁃])(?:\s+|$)/;
const ENUMERATED = /^(?:\((\d{1,4}|[a-zA-Z]|#)\)|(\d{1,4}|[a-zA-Z]|#)[.)])(?:\s+|$)/;
const FIELD = /^:([^:\s`][^:`]{0,80}?):(?:\s+|$)/;
const OPTION = /^(?:-\w|--[\w-]+|\/\w+)(?:[ =]<?[\w.-]+>?)?(?:, (?:-\w|--[\w-]+)(?:[ =]<?[\w.-]+>?)?)*(?: {2,}|$)/;
const EXPLICIT = /^\.\.(?:\s+|$)/;
const DIRECTIVE = /^\.\.\s+(?:\|[^|]+\|\s+)?([A-Za-z][\w:+.-]*?)::(?:\s+(.*))?$/;
const NOTE = /^\.\.\s+\[(#?[\w.*-]*)\]\s*(.*)$/;
const TARGET = /^(?:\.\.\s+_|__\s)/;
const UPDATED = /^(?:last[ -](?:updated|reviewed|modified|changed)|updated|modified|date)$/i;

const isBlank = (text: string | undefined): boolean => (text ?? "") === "";
const indentOf = (text: string): number => text.length - text.trimStart().length;

class Reader {
  updated: string | null = null;
  /** Kinds of underlines, in the order that they are met: the first heads the page. */
  private readonly styles: string[] = [];

  constructor(
    private readonly page: Page,
    private readonly substitutions: Substitutions,
  ) {}

  /** Reads lines that stand together, the leftmost of them not indented. */
  readBody(lines: readonly RstLine[], depth: number): void {
    if (depth > DEPTH_MAX) return;
    for (let at = 0; at < lines.length; ) {
      const text = lines[at]?.text ?? "";
      at += text === "" ? 1 : Math.max(1, this.readUnit(lines, at, depth));
    }
  }

  /** Reads what begins at a line. Returns how many lines it took. */
  private readUnit(lines: readonly RstLine[], at: number, depth: number): number {
    const text = lines[at]?.text ?? "";
    if (text.startsWith(" ")) return this.readQuotation(lines, at, depth);
    const heading = depth === 0 ? this.readHeading(lines, at) : 0;
    if (heading > 0) return heading;
    const table = tableAt(lines, at);
    if (table !== null) {
      this.addTable(table, null);
      return table.length;
    }
    if (ADORNMENT.test(text) && text.length >= 4 && isBlank(lines[at + 1]?.text)) return 1;
    if (EXPLICIT.test(text) || TARGET.test(text)) return this.readExplicit(lines, at, depth);
    if (BULLET.test(text)) return this.readList(lines, at, depth, BULLET);
    if (ENUMERATED.test(text) && this.isEnumerated(lines, at)) return this.readList(lines, at, depth, ENUMERATED);
    if (FIELD.test(text)) return this.readDefined(lines, at, depth, FIELD);
    if (OPTION.test(text)) return this.readDefined(lines, at, depth, OPTION);
    if (/^\|(?:\s|$)/.test(text)) return this.readLineBlock(lines, at);
    if (text.startsWith(">>> ")) return this.readDoctest(lines, at);
    const next = lines[at + 1]?.text ?? "";
    if (next.startsWith(" ") && !text.endsWith("::")) return this.readDefinition(lines, at, depth);
    return this.readParagraph(lines, at);
  }

  private readHeading(lines: readonly RstLine[], at: number): number {
    const [first, second, third] = [lines[at], lines[at + 1], lines[at + 2]];
    if (first === undefined || second === undefined) return 0;
    const isOverlined =
      ADORNMENT.test(first.text) && second.text !== "" && third?.text === first.text && !ADORNMENT.test(second.text);
    const title = isOverlined ? second : first;
    const line = isOverlined ? first.text : second.text;
    const isTitled = isOverlined || (!ADORNMENT.test(first.text) && ADORNMENT.test(line) && line.length >= 3);
    if (!isTitled || (!isOverlined && line.length * 2 < title.text.length)) return 0;
    const style = `${line[0]}${isOverlined}`;
    if (!this.styles.includes(style)) this.styles.push(style);
    const whole = rstRun([{ ...title, text: title.text.trim() }], this.substitutions).whole();
    if (whole !== null) this.page.heading(this.styles.indexOf(style) + 1, whole.text, whole.lines);
    return isOverlined ? 3 : 2;
  }

  private readQuotation(lines: readonly RstLine[], at: number, depth: number): number {
    const end = endOfIndented(lines, at);
    this.readBody(dedented(lines.slice(at, end)), depth + 1);
    return end - at;
  }

  private readParagraph(lines: readonly RstLine[], at: number): number {
    let end = at;
    while (end < lines.length && !isBlank(lines[end]?.text)) end++;
    const own = lines.slice(at, end);
    const last = own.at(-1)?.text ?? "";
    const isLiteral = last.endsWith("::");
    const shown = own.flatMap((line, place): RstLine[] => {
      if (!isLiteral || place < own.length - 1) return [line];
      return last.trim() === "::" ? [] : [{ ...line, text: line.text.replace(/\s::$/, "").replace(/::$/, ":") }];
    });
    this.addText("paragraph", shown);
    return end - at + (isLiteral ? this.readLiteral(lines, end) : 0);
  }

  /** The code below "::". Returns how many lines it took. */
  private readLiteral(lines: readonly RstLine[], at: number): number {
    let from = at;
    while (from < lines.length && isBlank(lines[from]?.text)) from++;
    const end = endOfIndented(lines, from);
    if (end === from) return 0;
    this.addCode(dedented(lines.slice(from, end)), null);
    return end - at;
  }

  /** A lone "A." may begin a sentence: what goes on below without indentation is no item. */
  private isEnumerated(lines: readonly RstLine[], at: number): boolean {
    const next = lines[at + 1]?.text ?? "";
    return next === "" || next.startsWith(" ") || ENUMERATED.test(next);
  }

  private readList(lines: readonly RstLine[], from: number, depth: number, mark: RegExp): number {
    let at = from;
    const [, bracketed, plain] = ENUMERATED.exec(lines[from]?.text ?? "") ?? [];
    const named = bracketed ?? plain ?? "";
    const start = mark === BULLET ? null : /^\d+$/.test(named) ? Number(named) : 1;
    this.page.inList(start, () => {
      while (at < lines.length) {
        const { text = "" } = lines[at] ?? {};
        const width = mark.exec(text)?.[0].length;
        if (width === undefined || (mark === ENUMERATED && !this.isEnumerated(lines, at))) break;
        const end = endOfItem(lines, at);
        const inside = lines.slice(at + 1, end);
        const first = lines[at];
        this.page.inItem(() => {
          const rest = first === undefined ? [] : [{ number: first.number, text: text.slice(width) }];
          this.readItem([...rest, ...dedented(inside)], depth + 1);
        });
        at = end;
        while (isBlank(lines[at]?.text) && at < lines.length && mark.test(nextText(lines, at))) at++;
      }
    });
    return at - from;
  }

  /** Its paragraphs are parts of the item; what else stands in it is read as anywhere. */
  private readItem(lines: readonly RstLine[], depth: number): void {
    const outer = this.paragraphs;
    this.paragraphs = "item";
    this.readBody(lines, depth);
    this.paragraphs = outer;
  }

  private paragraphs: "paragraph" | "item" = "paragraph";

  /** Fields and options: what stands before the text is its name. */
  private readDefined(lines: readonly RstLine[], from: number, depth: number, mark: RegExp): number {
    const first = lines[from];
    const found = mark.exec(first?.text ?? "");
    if (first === undefined || found === null) return 1;
    const end = endOfItem(lines, from);
    const name = squeeze(mark === FIELD ? (found[1] ?? "") : found[0]);
    const value = [{ ...first, text: first.text.slice(found[0].length) }, ...dedented(lines.slice(from + 1, end))];
    if (mark === FIELD && UPDATED.test(name)) this.updated ??= value[0]?.text.trim() || null;
    if (mark === FIELD && /^(?:orphan|nosearch|nocomments|tocdepth)$/.test(name)) return end - from;
    this.define({ text: name, lines: { start: first.number, end: first.number } }, value, depth);
    return end - from;
  }

  private readDefinition(lines: readonly RstLine[], at: number, depth: number): number {
    const first = lines[at];
    if (first === undefined) return 1;
    const end = endOfIndented(lines, at + 1);
    const [term = ""] = first.text.split(/ : /);
    const whole = rstRun([{ ...first, text: term }], this.substitutions).whole();
    if (whole !== null) this.define(whole, dedented(lines.slice(at + 1, end)), depth);
    return end - at;
  }

  /** A short definition is a row of term and definition; a longer one are items that the term introduces. */
  private define(term: Sentence, lines: readonly RstLine[], depth: number): void {
    const filled = lines.filter(({ text }) => text !== "");
    const isPlain = filled.every(({ text }) => !text.startsWith(" ") && !EXPLICIT.test(text) && !BULLET.test(text));
    const paragraphs = lines.join("\n").trim() === "" ? 0 : countParagraphs(lines);
    const [only, ...others] = isPlain && paragraphs === 1 ? rstRun(filled, this.substitutions).sentences() : [];
    if (only !== undefined && others.length === 0) {
      const range: LineRange = { start: term.lines.start, end: only.lines.end };
      this.page.add("row", [{ text: `${term.text} | ${only.text}`, lines: range }], { term: term.text });
      return;
    }
    const { lead } = this.page;
    this.page.lead = term;
    this.term = term.text;
    this.readItem(lines, depth + 1);
    this.term = "";
    this.page.lead = lead;
  }

  private term = "";

  private readLineBlock(lines: readonly RstLine[], from: number): number {
    let at = from;
    for (; /^\|(?:\s|$)/.test(lines[at]?.text ?? ""); at++) {
      const line = lines[at];
      if (line !== undefined) this.addText(this.paragraphs, [{ ...line, text: line.text.slice(1).trim() }]);
    }
    return at - from;
  }

  private readDoctest(lines: readonly RstLine[], from: number): number {
    let at = from;
    while (at < lines.length && !isBlank(lines[at]?.text)) at++;
    this.addCode(lines.slice(from, at), "python");
    return at - from;
  }

  /** Directives and footnotes; comments, targets and substitutions show nothing. */
  private readExplicit(lines: readonly RstLine[], at: number, depth: number): number {
    const first = lines[at];
    if (first === undefined) return 1;
    const end = endOfIndented(lines, at + 1);
    const inside = lines.slice(at + 1, end);
    const note = NOTE.exec(first.text);
    const directive = DIRECTIVE.exec(first.text);
    if (note !== null && directive === null) {
      this.readBody([{ ...first, text: note[2] ?? "" }, ...dedented(inside)], depth + 1);
    } else if (directive !== null && !first.text.includes(" |")) {
      const argument = { number: first.number, text: (directive[2] ?? "").trim() };
      this.readDirective(directive[1] ?? "", argument, dedented(inside), depth);
    }
    return end - at;
  }

  private readDirective(name: string, argument: RstLine, inside: readonly RstLine[], depth: number): void {
    const { options, content } = partsOf(inside);
    const label = argument.text === "" ? undefined : (rstRun([argument], this.substitutions).whole() ?? undefined);
    const read = (): void => this.readBody(content, depth + 1);
    if (HIDDEN_DIRECTIVES.test(name)) return;
    if (CODE_DIRECTIVES.test(name)) {
      this.addCode(content, /^[\w+#.-]+$/.test(argument.text) ? argument.text : null);
    } else if (TAB_DIRECTIVES.test(name))
      this.page.within({ ...(label === undefined ? {} : { label }), isTab: true }, read);
    else if (NOTE_DIRECTIVES.test(name)) this.readNote(name, argument, label, content, depth);
    else if (/^(?:list-table|flat-table)$/.test(name))
      this.addTable(listTable(content, Number(options.get("header-rows") ?? 0)), label ?? null);
    else if (name === "table") {
      const at = content.findIndex(({ text }) => text !== "");
      const table = at < 0 ? null : tableAt(content, at);
      if (table !== null) this.addTable(table, label ?? null);
    } else if (name === "csv-table") this.addCode(content, "csv");
    else if (name === "rubric") {
      if (label !== undefined) this.page.heading(RUBRIC_DEPTH, label.text, label.lines);
    } else if (LABEL_DIRECTIVES.test(name) && label !== undefined) this.page.within({ label }, read);
    else read();
  }

  private readNote(
    name: string,
    argument: RstLine,
    label: Sentence | undefined,
    content: readonly RstLine[],
    depth: number,
  ): void {
    // "Added in version 2.1" says nothing of what was added.
    if (content.every(({ text }) => text === "") && /^(?:version|deprecated)/.test(name) && VERSION.test(argument.text))
      return;
    const isTitled = /^(?:admonition|todo-title)$/.test(name);
    const note = { note: name.toLowerCase() };
    const body = isTitled || argument.text === "" ? content : [argument, ...content];
    this.page.within(isTitled && label !== undefined ? { ...note, label } : note, () => this.readBody(body, depth + 1));
  }

  private addTable({ header, rows }: RstTable, caption: Sentence | null): void {
    const wholeOf = (cell: readonly RstLine[]): Sentence | null => rstRun(cell, this.substitutions).whole();
    const [first] = header.length === 0 && rows.length > 1 ? rows.filter(isBold) : [];
    const isBoldHeaded = first !== undefined && first === rows[0];
    const headed = (isBoldHeaded ? first : header).map(wholeOf);
    const headLines = rangeOf(headed);
    this.page.inTable(() => {
      for (const row of isBoldHeaded ? rows.slice(1) : rows) {
        const cells = row.map(wholeOf);
        const lines = rangeOf(cells);
        if (lines === null) continue;
        const shown = (cell: Sentence | null): string => cell?.coded ?? cell?.text ?? "";
        this.page.add("row", [{ text: squeeze(cells.map((cell) => cell?.text ?? "").join(" | ")), lines }], {
          header: headed.map((cell) => cell?.text ?? "").join(" | "),
          row: { cells: cells.map(shown), header: headed.map(shown), headerLines: headLines, head: null, caption },
        });
      }
    });
  }

  private addText(kind: "paragraph" | "item", lines: readonly RstLine[]): void {
    const sentences = rstRun(lines, this.substitutions).sentences();
    const isItem = kind === "item" || this.paragraphs === "item";
    this.page.add(isItem ? "item" : "paragraph", sentences, this.term === "" ? {} : { term: this.term });
  }

  private addCode(lines: readonly RstLine[], language: string | null): void {
    const filled = lines.filter(({ text }) => text !== "");
    const [first, last] = [filled[0], filled.at(-1)];
    if (first === undefined || last === undefined) return;
    const text = lines.filter(({ number }) => number >= first.number && number <= last.number).map((line) => line.text);
    const sentence = { text: squeeze(text.join("\n")), lines: { start: first.number, end: last.number } };
    this.page.add("code", [sentence], { code: { language, text: text.join("\n") } });
  }
}

/** A first row that is all in bold heads the others. */
const isBold = (row: RstTable["rows"][number]): boolean => {
  const cells = row.map((lines) => lines.map(({ text }) => text).join(" ")).filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => /^\*\*[^*]+\*\*$/.test(cell));
};

/** Headings that stand in no table of contents. */
const RUBRIC_DEPTH = 6;

const rangeOf = (cells: readonly (Sentence | null)[]): LineRange | null => {
  const lines = cells.flatMap((cell) => (cell === null ? [] : [cell.lines]));
  if (lines.length === 0) return null;
  return {
    start: lines.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY),
    end: lines.reduce((most, { end }) => Math.max(most, end), 0),
  };
};

/** Behind the last line that is indented, or blank with an indented one behind it. */
function endOfIndented(lines: readonly RstLine[], from: number): number {
  let end = from;
  for (let at = from; at < lines.length; at++) {
    const text = lines[at]?.text ?? "";
    if (text === "") continue;
    if (!text.startsWith(" ")) break;
    end = at + 1;
  }
  return end;
}

const endOfItem = (lines: readonly RstLine[], at: number): number => endOfIndented(lines, at + 1);

/** What stands below blank lines. */
function nextText(lines: readonly RstLine[], at: number): string {
  let next = at;
  while (next < lines.length && isBlank(lines[next]?.text)) next++;
  return lines[next]?.text ?? "";
}

/** As far left as the leftmost of them. */
function dedented(lines: readonly RstLine[]): RstLine[] {
  const least = lines.reduce(
    (min, { text }) => (text === "" ? min : Math.min(min, indentOf(text))),
    Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(least) ? lines.map((line) => ({ ...line, text: line.text.slice(least) })) : [...lines];
}

function countParagraphs(lines: readonly RstLine[]): number {
  return lines.filter(({ text }, at) => text !== "" && isBlank(lines[at - 1]?.text)).length;
}

/** The options of a directive, ":name: value", and what stands below them. */
function partsOf(lines: readonly RstLine[]): { options: ReadonlyMap<string, string>; content: readonly RstLine[] } {
  const options = new Map<string, string>();
  let at = 0;
  for (; at < lines.length; at++) {
    const [, name, value = ""] = /^:([\w-]+):(?:\s+(.*))?$/.exec(lines[at]?.text ?? "") ?? [];
    if (name === undefined) break;
    options.set(name, value);
  }
  return { options, content: lines.slice(at) };
}
