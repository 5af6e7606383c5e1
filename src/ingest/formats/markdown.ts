// Reads Markdown into front matter and blocks, each sentence with its exact lines.

import type { List, ListItem, Nodes, Paragraph, PhrasingContent, Root, RootContent, Table, TableRow } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFootnoteFromMarkdown } from "mdast-util-gfm-footnote";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTaskListItemFromMarkdown } from "mdast-util-gfm-task-list-item";
import { toString as textOf } from "mdast-util-to-string";
import { gfmFootnote } from "micromark-extension-gfm-footnote";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import type { Block, LineRange, Sentence } from "../../document.ts";
import { squeeze } from "../../text/sentences.ts";
import { readDialects } from "./dialects.ts";
import { type Fenced, splitFrontMatter } from "./front-matter.ts";
import { readHtmlInto } from "./html.ts";
import { addInline, addMarkdown, inlineSentences } from "./inline.ts";
import { type Details, Page, QUESTION_DEPTH } from "./page.ts";
import { refuseLongReading } from "./parse-budget.ts";
import { Run } from "./run.ts";

export interface Markdown {
  readonly frontMatter: Fenced | null;
  /** Whether it shows the description of its front matter as text. */
  readonly showsDescription: boolean;
  readonly firstHeading: string | null;
  /** When it was last updated, as it says itself. */
  readonly updated: string | null;
  readonly blocks: readonly Block[];
}

/**
 * Reads one Markdown file. Line numbers are those of the file, front matter included.
 * @param file what errors name the file; what ends in .mdx is read as MDX
 * @throws CorpusError when reading it would take too long
 */
export function parseMarkdown(source: string, file = "the text"): Markdown {
  const text = source.replace(/\r\n?/g, "\n").replace(/^\uFEFF/, "");
  const { fenced, body } = splitFrontMatter(text, file);
  refuseLongReading(body, file);
  const { text: plain, scopes } = readDialects(body, /\.mdx$/i.test(file));
  const page = new Page(file, scopes);
  readInto(page, plain, body.split("\n"));
  return {
    frontMatter: fenced,
    showsDescription: DESCRIPTION.test(body),
    firstHeading: page.firstHeading,
    updated: page.updated,
    blocks: page.blocks(),
  };
}

const DESCRIPTION = /^[ \t]*\{\{-?\s*(?:page\.(?:meta\.)?)?description\s*-?\}\}[ \t]*$/m;

/** Reads Markdown without front matter or dialects. @param lines as they stand in the file, where quotes are looked for */
export function readInto(page: Page, text: string, lines: readonly string[]): void {
  const root: Root = fromMarkdown(text, {
    extensions: [gfmTable(), gfmFootnote(), gfmStrikethrough({ singleTilde: false }), gfmTaskListItem()],
    mdastExtensions: [
      gfmTableFromMarkdown(),
      gfmFootnoteFromMarkdown(),
      gfmStrikethroughFromMarkdown(),
      gfmTaskListItemFromMarkdown(),
    ],
  });
  const walk = new Walk(lines, page);
  for (const node of root.children) walk.visit(node);
}

const FENCE_END = /^[\s>]*(?:`{3,}|~{3,}|\$\$|\{[{%].*highlight.*)\s*$/;
const RESTATES = /^<!--\s*restates\s+([\d,\s-]+?)\s*-->$/;

class Walk {
  private restates: string | null = null;

  constructor(
    private readonly lines: readonly string[],
    private readonly page: Page,
  ) {}

  visit(node: RootContent): void {
    switch (node.type) {
      case "heading": {
        this.page.heading(node.depth, squeeze(textOf(node).replace(/<[^<>]*>/g, "")), linesOf(node));
        this.restates = null;
        return;
      }
      case "html": {
        const restates = RESTATES.exec(node.value.trim())?.[1];
        this.restates = restates ?? this.restates;
        if (restates === undefined) readHtmlInto(this.page, node.value, linesOf(node).start, addMarkdown);
        return;
      }
      case "paragraph":
        this.addParagraph(node, "paragraph");
        break;
      case "list":
        this.readList(node);
        break;
      case "blockquote":
      case "footnoteDefinition": {
        const { restates } = this;
        for (const child of node.children) {
          this.restates = restates;
          this.visit(child);
        }
        break;
      }
      case "table":
        this.addTable(node);
        break;
      case "code": {
        const { start, end } = linesOf(node);
        const isFenced = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(?:`{3}|~{3}|\{|\$\$)/.test(this.lines[start - 1] ?? "");
        const isClosed = isFenced && end > start + 1 && FENCE_END.test(this.lines[end - 1] ?? "");
        const lines = { start: isFenced ? start + 1 : start, end: isClosed ? end - 1 : end };
        const language = /^[\w+#.-]+/.exec((node.lang ?? "").replace(/^[{.\s]+/, ""))?.[0] ?? null;
        this.add("code", [{ text: squeeze(node.value), lines }], { code: { language, text: node.value } });
        break;
      }
      default:
        break;
    }
    this.restates = null;
  }

  private readList(list: List): void {
    const { restates } = this;
    this.page.inList(list.ordered ? (list.start ?? 1) : null, () => {
      for (const item of list.children) this.page.inItem(() => this.readItem(item, restates), item.checked ?? null);
    });
  }

  private readItem(item: ListItem, restates: string | null): void {
    for (const child of item.children) {
      this.restates = restates;
      if (child.type === "paragraph") this.addParagraph(child, "item");
      else this.visit(child);
    }
  }

  private addParagraph(node: Paragraph, kind: "paragraph" | "item"): void {
    if (isOnlyImages(node)) return;
    if (isOnlyLinks(node) && !(kind === "item" && leadsAway(node)))
      this.add("furniture", inlineSentences(node, this.lines));
    else if (kind === "paragraph" && isBoldQuestion(node))
      this.page.heading(QUESTION_DEPTH, squeeze(textOf(node)), linesOf(node));
    else if (DEFINES.test(textOf(node))) this.addDefinitions(node);
    else this.add(kind, inlineSentences(node, this.lines));
  }

  /** "Term", and below it ": what it is". */
  private addDefinitions(paragraph: Paragraph): void {
    const parts = splitAt(paragraph, /(?:^|\n)[ \t]*:[ \t]+/);
    const [term, ...definitions] = parts.map((children) => inlineSentences({ ...paragraph, children }, this.lines));
    const name = term?.map(({ text }) => text).join(" ") ?? "";
    const [first] = term ?? [];
    for (const sentences of definitions) {
      const [only] = sentences;
      if (first !== undefined && only !== undefined && sentences.length === 1)
        this.add(
          "row",
          [{ text: `${name} | ${only.text}`, lines: { start: first.lines.start, end: only.lines.end } }],
          { term: name },
        );
      else this.add("item", sentences, name === "" ? {} : { term: name });
    }
  }

  private addTable(table: Table): void {
    const [head, ...rows] = table.children;
    const header = head?.children.map((cell) => squeeze(cellText(cell.children))).join(" | ") ?? "";
    const headed = head === undefined ? [] : cellsOf(head);
    const isHeaded = headed.some((cell) => cell !== "");
    this.page.inTable(() => {
      for (const row of rows) {
        const { start: line } = linesOf(row);
        const text = squeeze(row.children.map((cell) => cellText(cell.children)).join(" | "));
        if (text.replace(/[\s|]+/g, "") === "") continue;
        const cells = cellsOf(row);
        const coded = cells.join(" | ").trim();
        this.add("row", [{ text, lines: { start: line, end: line }, ...(coded.includes("`") ? { coded } : {}) }], {
          header: isHeaded ? header : "",
          row: {
            cells,
            header: isHeaded ? headed : [],
            headerLines: head === undefined || !isHeaded ? null : linesOf(head),
            head: null,
            caption: null,
          },
        });
      }
    });
  }

  private add(kind: Exclude<Block["kind"], "heading">, sentences: readonly Sentence[], details: Details = {}): void {
    this.page.add(kind, sentences, { ...details, restates: this.restates });
  }
}

const linesOf = ({ position }: Nodes): LineRange => ({
  start: position?.start.line ?? 1,
  end: position?.end.line ?? 1,
});

const cellText = (children: readonly PhrasingContent[]): string => {
  const run = new Run("\n");
  for (const child of children) addInline(child, run);
  return run.whole()?.text ?? "";
};

const cellsOf = (row: TableRow): string[] =>
  row.children.map(({ children }) => {
    const run = new Run("\n");
    for (const child of children) addInline(child, run);
    const whole = run.whole();
    return whole?.coded ?? whole?.text ?? "";
  });

const DEFINES = /\S[ \t]*\n[ \t]*:[ \t]+\S/;

/** A paragraph's contents, parted where a pattern matches in its text. */
function splitAt({ children }: Paragraph, pattern: RegExp): PhrasingContent[][] {
  const parts: PhrasingContent[][] = [[]];
  for (const child of children) {
    if (child.type !== "text") {
      parts.at(-1)?.push(child);
      continue;
    }
    let line = child.position?.start.line ?? 1;
    const pieces = child.value.split(new RegExp(`(${pattern.source})`));
    for (const [at, piece] of pieces.entries()) {
      const { position } = child;
      if (at % 2 === 1) parts.push([]);
      else if (position !== undefined)
        parts.at(-1)?.push({ ...child, value: piece, position: { ...position, start: { ...position.start, line } } });
      line += piece.split("\n").length - 1;
    }
  }
  return parts;
}

/** Between the links of a bar stand no more than labels: "Older:", "·"; after a stroke or an arrow, where one is. */
const LABEL_WORDS_MAX = 2;
const PLACE_WORDS_MAX = 6;
const PARTED = /^\s*[›»>→|·•/]/;
const BAR_LINKS_MIN = 2;

/** What is nothing but links, or a bar of links with labels and no full stop, says nothing by itself. */
function isOnlyLinks({ children }: Paragraph): boolean {
  const links = children.filter(({ type }) => type === "link").length;
  const between = children.filter(({ type }) => type !== "link").map((child) => textOf(child));
  const isBar = links >= BAR_LINKS_MIN && !/[.!?]\s*$/.test(between.at(-1) ?? "");
  const mostOf = (text: string): number => (isBar ? (PARTED.test(text) ? PLACE_WORDS_MAX : LABEL_WORDS_MAX) : 0);
  return links > 0 && between.every((text) => (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= mostOf(text));
}

/** An item that names what stands on another site says so itself; a link within the site is a menu's. */
const leadsAway = ({ children }: Paragraph): boolean =>
  children.every((child) => child.type !== "link" || /^https?:/.test(child.url));

/** Fewer words under an image name it; more describe what it shows. */
const DESCRIPTION_WORDS_MIN = 4;

const isOnlyImages = ({ children }: Paragraph): boolean =>
  children.some(({ type }) => type === "image" || type === "imageReference") &&
  children.every(
    (child) =>
      ((child.type === "image" || child.type === "imageReference") &&
        ((child.alt ?? "").match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < DESCRIPTION_WORDS_MIN) ||
      (child.type === "text" && child.value.trim() === "") ||
      child.type === "break",
  );

/** A question that is all in bold heads its answer. */
const isBoldQuestion = ({ children }: Paragraph): boolean => {
  const [only, ...others] = children.filter((child) => child.type !== "text" || child.value.trim() !== "");
  return only?.type === "strong" && others.length === 0 && /\?\W*$/.test(textOf(only));
};
