// Reads AsciiDoc into blocks, each sentence with its exact lines; files that a page includes are not read.

import {
  type AbstractBlock,
  type Document as AdocDocument,
  List,
  ListItem,
  LoggerManager,
  load,
  NullLogger,
  Reader,
  Section,
} from "@asciidoctor/core";
import type { Block, LineRange, Sentence } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { squeeze } from "../../text/sentences.ts";
import { runOf, type TextReader } from "./html-table.ts";
import { attribute, parsePart } from "./html-tree.ts";
import { Page, QUESTION_DEPTH } from "./page.ts";
import { refuseLongReading } from "./parse-budget.ts";
import type { Run } from "./run.ts";

export interface Adoc {
  readonly firstHeading: string | null;
  /** Its revision's date. */
  readonly updated: string | null;
  readonly blocks: readonly Block[];
}

/** Parsing takes the square of some lines' length. */
const LINE_LENGTH_MAX = 20_000;
/** What would differ from one day to the next, or name the machine. */
const UNKNOWN = Object.fromEntries(
  ["date", "time", "datetime", "year"].flatMap((name) => [
    [`local${name}`, " "],
    [`doc${name}`, " "],
  ]),
);

/**
 * @param file what errors name the file
 * @throws CorpusError when reading it would take too long, or it is broken beyond what Asciidoctor mends
 */
export async function parseAdoc(source: string, file: string): Promise<Adoc> {
  const text = source.replace(/\r\n?/g, "\n").replace(/^\uFEFF/, "");
  const lines = text.split("\n");
  const long = lines.findIndex((line) => line.length > LINE_LENGTH_MAX);
  if (long >= 0)
    throw new CorpusError(file, long + 1, `holds a line of more than ${LINE_LENGTH_MAX} characters`, "wrap it");
  refuseLongReading(text, file);
  const document = await loaded(text, file);
  const page = new Page(file);
  const walk = new Walk(page, lines);
  const title = document.getDocumentTitle();
  if (typeof title === "string") walk.heading(1, title, lines.findIndex((line) => /^[=#] \S/.test(line)) + 1);
  await walk.visitAll(document);
  const updated: unknown = document.getAttribute("revdate");
  return {
    firstHeading: page.firstHeading,
    updated: typeof updated === "string" ? updated : null,
    blocks: page.blocks(),
  };
}

const SILENT = new NullLogger();
// A reader of a part of a page knows no document, and would write what it thinks of the page to the console.
Object.defineProperty(Reader.prototype, "logger", { get: () => SILENT });

async function loaded(text: string, file: string): Promise<AdocDocument> {
  LoggerManager.logger = SILENT;
  try {
    return await load(text, {
      safe: "secure",
      sourcemap: true,
      attributes: {
        ...UNKNOWN,
        "attribute-missing": "drop",
        "skip-front-matter": "",
        experimental: "",
        sectnums: null,
      },
    });
  } catch (error) {
    const [problem = ""] = String(error instanceof Error ? error.message : error).split("\n");
    throw new CorpusError(file, null, `is no AsciiDoc that can be read (${problem})`, "mend it");
  }
}

/** How a converted text is read: without the numbers of footnotes and callouts, which stand nowhere in the file. */
const READER: TextReader = {
  isLeftOut: (element) =>
    /^(?:footnote\w*|conum|image)$/.test(attribute(element, "class") ?? "") || element.tagName === "img",
  addText: (text, line, run) => run.add(text, line),
};

class Walk {
  /** What a paragraph is a part of. */
  private kind: "paragraph" | "item" = "paragraph";
  private term = "";

  constructor(
    private readonly page: Page,
    private readonly lines: readonly string[],
  ) {}

  heading(depth: number, html: string, line: number): void {
    const whole = this.run(html, Math.max(1, line))?.whole();
    if (whole) this.page.heading(depth, whole.text, whole.lines);
  }

  async visitAll(parent: Node): Promise<void> {
    for (const block of parent.getBlocks()) await this.visit(block);
  }

  private async visit(block: Node): Promise<void> {
    const line = this.lineOf(block);
    if (block instanceof Section) {
      this.heading((block.getLevel() ?? 1) + 1, block.getTitle() ?? "", line);
      await this.visitAll(block);
      return;
    }
    if (block.getContext() === "table") {
      await this.addTable(block);
      return;
    }
    if (block instanceof List) {
      await (block.getContext() === "dlist" ? this.readDefinitions(block) : this.readList(block));
      return;
    }
    switch (block.getContext()) {
      case "listing":
      case "literal":
        this.addCode(block, line);
        return;
      case "admonition":
        await this.readNote(block, line);
        return;
      case "image":
      case "video":
      case "audio":
      case "toc":
      case "pass":
      case "stem":
      case "thematic_break":
      case "page_break":
        return;
      default:
        await this.readOther(block, line);
    }
  }

  private async readOther(block: Node, line: number): Promise<void> {
    const isPlain = block.getBlocks().length === 0;
    const read = async (): Promise<void> => (isPlain ? await this.addText(block, line) : await this.visitAll(block));
    const title = this.labelOf(block, line);
    const isTabs = block.getStyle() === "tabs" || block.hasRole("tabs");
    if (isTabs) await this.readTabs(block);
    else if (title !== null && !isPlain) await this.within({ label: title }, read);
    else await read();
  }

  /** Tabs are the terms of a definition list. */
  private async readTabs(block: Node): Promise<void> {
    for (const list of block.getBlocks())
      for (const { terms, definition } of definitionsOf(list)) {
        const label = terms.map((term) => this.wholeOf(term)).find((whole) => whole !== null);
        if (definition !== null)
          await this.within({ ...(label ? { label } : {}), isTab: true }, () => this.readDefinition(definition));
      }
  }

  private async readNote(block: Node, line: number): Promise<void> {
    const label = this.labelOf(block, line);
    const note = String(block.getAttribute("name") ?? "note").toLowerCase();
    const isPlain = block.getBlocks().length === 0;
    await this.within({ note, ...(label === null ? {} : { label }) }, async () => {
      if (isPlain) await this.addText(block, line);
      else await this.visitAll(block);
    });
  }

  /** Like `Page.within`, for what is read step by step. */
  private async within(scope: Parameters<Page["within"]>[0], read: () => Promise<void>): Promise<void> {
    const leave = this.page.enterScope(scope);
    await read();
    leave();
  }

  private async readList(list: List): Promise<void> {
    const start = Number(list.getAttribute("start") ?? 1);
    const leave = this.page.openList(list.getContext() === "ulist" ? null : start);
    for (const item of list.getItems()) {
      const checked = item.hasAttribute("checkbox") ? item.hasAttribute("checked") : null;
      this.page.openItem(checked);
      await this.as("item", async () => {
        this.addHtml("item", item.getText() ?? "", this.lineOf(item));
        await this.visitAll(item);
      });
      this.page.closeItem();
    }
    leave();
  }

  private async readDefinitions(list: List): Promise<void> {
    const isQuestions = list.getStyle() === "qanda";
    for (const { terms, definition } of definitionsOf(list)) {
      const [first = null] = terms.map((term) => this.wholeOf(term));
      if (first === null || definition === null) continue;
      const sentences = this.run(definition.getText() ?? "", this.textLineOf(definition, first))?.sentences() ?? [];
      const [only] = sentences;
      if (isQuestions) {
        this.page.heading(QUESTION_DEPTH, first.text, first.lines);
        this.page.add("paragraph", sentences);
        await this.visitAll(definition);
      } else if (only !== undefined && sentences.length === 1 && definition.getBlocks().length === 0) {
        const lines = { start: first.lines.start, end: only.lines.end };
        this.page.add("row", [{ text: `${first.text} | ${only.text}`, lines }], { term: first.text });
      } else {
        const { lead } = this.page;
        this.page.lead = first;
        this.term = first.text;
        this.page.add("item", sentences, { term: first.text });
        await this.as("item", () => this.visitAll(definition));
        this.term = "";
        this.page.lead = lead;
      }
    }
  }

  private async readDefinition(definition: ListItem): Promise<void> {
    this.addHtml(this.kind, definition.getText() ?? "", this.lineOf(definition));
    await this.visitAll(definition);
  }

  private async as(kind: "paragraph" | "item", read: () => Promise<void>): Promise<void> {
    const before = this.kind;
    this.kind = kind;
    await read();
    this.kind = before;
  }

  private async addText(block: Node, line: number): Promise<void> {
    const content: unknown = await block.getContent();
    if (typeof content === "string" && !linesOf(block).every((text) => INCLUDED.test(text)))
      this.addHtml(this.kind, content, this.firstLineOf(block, line));
  }

  private addHtml(kind: "paragraph" | "item", html: string, line: number): void {
    this.page.add(kind, this.run(html, line)?.sentences() ?? [], this.term === "" ? {} : { term: this.term });
  }

  private addCode(block: Node, line: number): void {
    const own = linesOf(block).map((text) => text.replace(/\s*<\d+>\s*$/, ""));
    if (own.every((text) => text.trim() === "" || INCLUDED.test(text))) return;
    const start = this.firstLineOf(block, line);
    const named: unknown = block.getAttribute("language");
    const language = typeof named === "string" ? named : null;
    const sentence = { text: squeeze(own.join("\n")), lines: { start, end: start + own.length - 1 } };
    this.page.add("code", [sentence], { code: { language, text: own.join("\n") } });
  }

  private async addTable(table: Node): Promise<void> {
    const [head, body, foot] = ["head", "body", "foot"].map((part) => rowsOf(table, part));
    let at = this.lineOf(table);
    const read = async (row: readonly Cell[]): Promise<(Sentence | null)[]> => {
      const cells: (Sentence | null)[] = [];
      for (const cell of row) {
        // The lines that the library counts for cells drift where one is wrapped.
        at = this.lineWith(String(cell.source()).split("\n")[0] ?? "", at, CELL_LINES_MAX);
        cells.push(await this.wholeOfCell(cell, at));
      }
      return cells;
    };
    const header = await read(head?.[0] ?? []);
    const caption = this.labelOf(table, this.lineOf(table));
    const rows: (Sentence | null)[][] = [];
    for (const row of [...(body ?? []), ...(foot ?? [])]) rows.push(await read(row));
    const shown = (cell: Sentence | null): string => cell?.coded ?? cell?.text ?? "";
    this.page.inTable(() => {
      for (const cells of rows) {
        const lines = rangeOf(cells);
        if (lines === null) continue;
        const details = {
          cells: cells.map(shown),
          header: header.map(shown),
          headerLines: rangeOf(header),
          head: null,
          caption,
        };
        this.page.add("row", [{ text: squeeze(cells.map((cell) => cell?.text ?? "").join(" | ")), lines }], {
          header: header.map((cell) => cell?.text ?? "").join(" | "),
          row: details,
        });
      }
    });
  }

  /** A cell of AsciiDoc holds a document of its own: what it says stands somewhere on its lines. */
  private async wholeOfCell(cell: Cell, line: number): Promise<Sentence | null> {
    const inner = cell.style === "asciidoc" ? cell.getInnerDocument() : null;
    if (inner === null) return this.run(cell.getText() ?? "", line)?.whole() ?? null;
    const part = parsePart(shown(await inner.convert()), this.page.file, line);
    const whole = part === null ? null : runOf(part, READER).whole();
    const length = String(cell.source()).trim().split("\n").length;
    return whole && { ...whole, lines: { start: line, end: Math.min(line + length - 1, this.lines.length) } };
  }

  private wholeOf(item: ListItem): Sentence | null {
    return this.run(item.getText() ?? "", this.lineOf(item))?.whole() ?? null;
  }

  /** A block's own title stands above it, behind a full stop. */
  private labelOf(block: Node, line: number): Sentence | null {
    const title = block.getTitle();
    if (title === undefined || title === null || title === "") return null;
    let at = Math.min(line, this.lines.length);
    while (at > 1 && at > line - TITLE_LINES_MAX && !/^\.[^.\s]/.test(this.lines[at - 1] ?? "")) at--;
    const stands = /^\.[^.\s]/.test(this.lines[at - 1] ?? "") ? at : line;
    return this.run(title, stands)?.whole() ?? null;
  }

  private run(html: string, line: number): Run | null {
    const part = parsePart(this.atItsLines(shown(html), line), this.page.file, line);
    return part === null ? null : runOf(part, READER);
  }

  /** A text with the line ends of comments and conditions, which are taken out of it. */
  private atItsLines(html: string, line: number): string {
    let at = line;
    return html
      .split("\n")
      .map((own, place) => {
        let skipped = "";
        if (place > 0) at++;
        for (; place > 0 && TAKEN_OUT.test(this.lines[at - 1] ?? ""); at++) skipped += "\n";
        return skipped + own;
      })
      .join("\n");
  }

  private lineOf(block: { getLineNumber(): number | undefined }): number {
    return block.getLineNumber() ?? 1;
  }

  /** Where a block's own text begins: behind the line that delimits it, or the mark that names it. */
  private firstLineOf(block: Node, line: number): number {
    return this.lineWith(linesOf(block)[0] ?? "", line);
  }

  /** The first line from another one on that holds a text, or that one. */
  private lineWith(text: string, from: number, within = TITLE_LINES_MAX): number {
    const wanted = text.trim();
    for (let at = from; wanted !== "" && at < Math.min(from + within, this.lines.length + 1); at++)
      if ((this.lines[at - 1] ?? "").includes(wanted)) return at;
    return from;
  }

  /** The text of a definition stands behind its term, or below it. */
  private textLineOf(definition: ListItem, term: Sentence): number {
    const [first = ""] = (this.run(definition.getText() ?? "", 1)?.whole()?.text ?? "").split(/\s/);
    const own = this.lines[term.lines.end - 1] ?? "";
    return own.slice(own.search(/(?::{2,4}|;;)(?:\s|$)/)).includes(first)
      ? term.lines.end
      : Math.max(this.lineOf(definition), term.lines.end + 1);
  }
}

const TAKEN_OUT = /^(?:\/\/(?!\/)|(?:ifdef|ifndef|ifeval|endif)::)/;
/** What is left of a file that is to be included. */
const INCLUDED = /^link:\S*\[role=include[^\]]*\]$/;
/** A link to another page without a text of its own: its name is what a reader can look for. */
const OTHER_PAGE = /(?<=<a [^>]{0,300}>)(?:[\w.$-]+[:/])*([\w.-]+)\.html(?=<\/a>)/g;

/** A macro that no extension is loaded for: `linkgit:git-log[1]`, as pages of manuals are named, and any other with its text. */
const MANUAL = /(?<![\w:/])[a-z]\w{1,20}:([\w.+-]{1,60})\[(\d\w{0,3})\]/g;
const MACRO = /(?<![\w:/])[a-z]\w{1,20}:[\w./#-]{1,200}\[([^[\]<>]{1,200})\]/g;
const UNNAMED = /(?<![\w:/])[a-z]\w{1,20}:([\w.-]{1,60})\[\]/g;
const shown = (html: string): string =>
  html
    .replace(OTHER_PAGE, "$1")
    .split(/(<code\b[^>]*>.*?<\/code>)/s)
    .map((piece, at) =>
      at % 2 === 1 ? piece : piece.replace(MANUAL, "$1($2)").replace(MACRO, "$1").replace(UNNAMED, "$1"),
    )
    .join("");

/** Between a block's title and its text stand no more lines of attributes. */
const TITLE_LINES_MAX = 8;
/** A cell of a table begins so many lines behind the one before it, at most. */
const CELL_LINES_MAX = 60;

type Node = AbstractBlock<string>;

/** As much of a cell of a table as is read; the library has no type for it. */
interface Cell {
  readonly style: unknown;
  getText(): string | null;
  source(): unknown;
  getInnerDocument(): { convert(): Promise<string> } | null;
}

const isCell = (cell: unknown): cell is Cell =>
  typeof cell === "object" &&
  cell !== null &&
  "getText" in cell &&
  "source" in cell &&
  "style" in cell &&
  "getInnerDocument" in cell;

/** @param part of the table: "head", "body" or "foot" */
function rowsOf(table: Node, part: string): Cell[][] {
  const rows: unknown = "rows" in table ? table.rows : null;
  const found: unknown =
    typeof rows === "object" && rows !== null ? Object.entries(rows).find(([name]) => name === part)?.[1] : null;
  return Array.isArray(found) ? found.map((row: unknown) => (Array.isArray(row) ? row.filter(isCell) : [])) : [];
}

const linesOf = (block: Node): readonly string[] => {
  const lines: unknown = "lines" in block ? block.lines : [];
  return Array.isArray(lines) ? lines.map(String) : [];
};

interface Definition {
  readonly terms: readonly ListItem[];
  readonly definition: ListItem | null;
}

/** A definition list's entries: each some terms and what they mean. */
function definitionsOf(list: { getBlocks(): unknown[] }): Definition[] {
  const entries: unknown[] = list.getBlocks();
  return entries.flatMap((entry): Definition[] => {
    if (!Array.isArray(entry)) return [];
    const [terms, definition]: unknown[] = entry;
    if (!Array.isArray(terms)) return [];
    const named = terms.filter((term): term is ListItem => term instanceof ListItem);
    return [{ terms: named, definition: definition instanceof ListItem ? definition : null }];
  });
}

function rangeOf(cells: readonly (Sentence | null)[]): LineRange | null {
  const lines = cells.flatMap((cell) => (cell === null ? [] : [cell.lines]));
  if (lines.length === 0) return null;
  return { start: Math.min(...lines.map(({ start }) => start)), end: Math.max(...lines.map(({ end }) => end)) };
}
