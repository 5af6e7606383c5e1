// Markdown text to front matter and blocks, each sentence with its exact lines.

import type { Nodes, Paragraph, Root, RootContent, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { toString as textOf } from "mdast-util-to-string";
import { gfmTable } from "micromark-extension-gfm-table";
import { type Block, fold, type Sentence } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { squeeze } from "../../text/sentences.ts";
import { Page } from "./page.ts";
import { refuseLongReading } from "./parse-budget.ts";
import { Run } from "./run.ts";

export interface Markdown {
  /** The YAML between the leading `---` lines, "" without front matter. */
  readonly frontMatter: string;
  readonly firstHeading: string | null;
  readonly blocks: readonly Block[];
}

/**
 * Reads one Markdown file. Line numbers are those of the file, front matter included.
 * @param file what errors name the file
 * @throws CorpusError when reading it would take too long
 */
export function parseMarkdown(source: string, file = "the text"): Markdown {
  const text = source.replace(/\r\n?/g, "\n").replace(/^\uFEFF/, "");
  const front = /^---\n(?:([\s\S]*?)\n)??---(?:\n|$)/.exec(text);
  if ((front?.[1] ?? "").length > FRONT_MATTER_LENGTH_MAX)
    throw new CorpusError(file, 1, `front matter of more than ${FRONT_MATTER_LENGTH_MAX} characters`, "shorten it");
  // Blank lines in place of the front matter keep every line number.
  const whole = front ? front[0].replace(/[^\n]/g, "") + text.slice(front[0].length) : text;
  const body = whole.replace(ADMONITION, "");
  refuseLongReading(body, file);
  const root: Root = fromMarkdown(body, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const page = new Page(file);
  const walk = new Walk(body.split("\n"), page);
  for (const node of root.children) walk.visit(node);
  return { frontMatter: front?.[1] ?? "", firstHeading: page.firstHeading, blocks: page.blocks() };
}

/** Front matter is a handful of lines; what is longer is something else. */
const FRONT_MATTER_LENGTH_MAX = 20_000;
/** What opens and closes a note in many dialects: a line of `:::note`, or `[!NOTE]` in a block quote. */
const ADMONITION = /^[ \t]*:{3,}.*$|\[![A-Z]+\](?<=^[ \t]*>[ \t]*\[![A-Z]+\])/gm;
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
        this.page.heading(node.depth, squeeze(textOf(node)));
        this.restates = null;
        return;
      }
      case "html": {
        this.restates = RESTATES.exec(node.value.trim())?.[1] ?? this.restates;
        return;
      }
      case "paragraph":
        this.add(isOnlyLinks(node) ? "furniture" : "paragraph", inlineSentences(node, this.lines));
        break;
      case "list": {
        const { restates } = this;
        const { introduction } = this.page;
        for (const item of node.children)
          for (const [at, child] of item.children.entries()) {
            this.restates = restates;
            if (at === 0) this.page.introduction = introduction;
            if (child.type === "paragraph")
              this.add(isOnlyLinks(child) ? "furniture" : "item", inlineSentences(child, this.lines));
            else this.visit(child);
          }
        break;
      }
      case "blockquote": {
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
        const { start, end } = node.position ?? { start: { line: 1 }, end: { line: 1 } };
        const isFenced = /^\s*(?:`{3}|~{3})/.test(this.lines[start.line - 1] ?? "");
        const first = isFenced ? start.line + 1 : start.line;
        this.add("code", [{ text: squeeze(node.value), lines: { start: first, end: end.line } }]);
        break;
      }
      default:
        break;
    }
    this.restates = null;
  }

  private addTable(table: Table): void {
    const [head, ...rows] = table.children;
    const header = head?.children.map((cell) => squeeze(textOf(cell))).join(" | ") ?? "";
    for (const row of rows) {
      const line = row.position?.start.line ?? 0;
      const text = squeeze(row.children.map((cell) => textOf(cell)).join(" | "));
      if (text.replace(/[\s|]+/g, "") !== "") this.add("row", [{ text, lines: { start: line, end: line } }], header);
    }
  }

  private add(kind: Block["kind"], sentences: readonly Sentence[], header = ""): void {
    this.page.add(kind, sentences, header, this.restates);
  }
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

/** A paragraph's sentences, each with its lines. */
function inlineSentences(paragraph: Paragraph, lines: readonly string[]): Sentence[] {
  const plain = sentencesIn(paragraph, {});
  if (!paragraph.children.some(({ type }) => type in MARKS)) return plain;
  const marked = sentencesIn(paragraph, MARKS).map(({ text }) => text);
  return plain.map((sentence) => {
    // A mark may end a sentence where the plain text goes on.
    let verbatim = marked.shift() ?? "";
    while (unmarked(verbatim).length < unmarked(sentence.text).length && marked.length > 0)
      verbatim += ` ${marked.shift()}`;
    const raw = fold(lines.slice(sentence.lines.start - 1, sentence.lines.end).join("\n"));
    const isSame = unmarked(verbatim) === unmarked(sentence.text);
    const isNeeded = isSame && !raw.includes(fold(sentence.text)) && raw.includes(fold(verbatim));
    return isNeeded ? { ...sentence, verbatim } : sentence;
  });
}

/** What is left of a text without marks and white space, whatever it holds of either itself. */
const unmarked = (text: string): string => text.replace(/[\s`*]+/g, "");

const MARKS = { inlineCode: "`", strong: "**", emphasis: "*" };

function sentencesIn(paragraph: Paragraph, marks: { readonly [type: string]: string }): Sentence[] {
  const run = new Run("\n");
  const walk = (node: Nodes): void => {
    const line = node.position?.start.line ?? 1;
    const mark = marks[node.type] ?? "";
    if (mark !== "") run.add(mark, line);
    if (node.type === "text" || node.type === "inlineCode") run.add(node.value, line);
    else if (node.type === "html" && /^<br\s*\/?>$/i.test(node.value)) run.break(line);
    else if (node.type === "break") run.break(line);
    else if (node.type === "image") run.add(node.alt ?? "", line);
    else if ("children" in node) for (const child of node.children) walk(child);
    if (mark !== "") run.add(mark, node.position?.end.line ?? line);
  };
  walk(paragraph);
  return run.sentences();
}
