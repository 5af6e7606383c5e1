// HTML text to title and blocks, each sentence with its exact lines.

import type { Block, Sentence } from "../../document.ts";
import { squeeze } from "../../text/sentences.ts";
import { addSpecial, isForLayout, rowsOf, runOf } from "./html-table.ts";
import { type Element, isElement, isText, parseTree, startLineOf } from "./html-tree.ts";
import { findMainText, INLINE, type MainText } from "./main-text.ts";
import { Page } from "./page.ts";
import { Run } from "./run.ts";

export interface Html {
  /** What stands in `<title>`, null where nothing does. */
  readonly title: string | null;
  readonly firstHeading: string | null;
  readonly blocks: readonly Block[];
}

/**
 * Reads one page. Line numbers are those of the file.
 * @param file what errors name the file
 * @throws CorpusError when the page is nested deeper, or holds more elements, than a page that is read
 */
export function parseHtml(source: string, file: string): Html {
  const text = source.replace(/\r\n?/g, "\n").replace(/^\uFEFF/, "");
  // A line end that is written as an entity is no line of the file.
  const root = parseTree(text.replace(/&(?:#0*1[03]|#x0*[ad]|NewLine);/gi, " "), file);
  const page = new Page(file);
  const mainText = findMainText(root);
  const walk = new Walk(page, mainText);
  for (const part of mainText.roots) walk.read(part);
  return { title: titleOf(root), firstHeading: page.firstHeading, blocks: page.blocks() };
}

function titleOf(root: Element): string | null {
  const [head] = root.childNodes.filter(isElement);
  const title = head?.childNodes.filter(isElement).find(({ tagName }) => tagName === "title");
  const text = squeeze(title?.childNodes.map((node) => (isText(node) ? node.value : "")).join("") ?? "");
  return text === "" ? null : text;
}

/** Without an end mark and all of it a link: "Next: Storage", "Download as PDF". */
const ENDS_LIKE_A_SENTENCE = /[.!?:;]["”’)]*$/u;

class Walk {
  private run = new Run(" ");
  /** What of the run is not linked. */
  private saysMore = false;
  private kind: "paragraph" | "item" = "paragraph";
  private linkDepth = 0;

  constructor(
    private readonly page: Page,
    private readonly mainText: MainText,
  ) {}

  /** Reads an element as a block of its own. */
  read(element: Element): void {
    this.end();
    this.readChildren(element);
    this.end();
  }

  private readChildren(element: Element): void {
    for (const child of element.childNodes)
      if (isText(child)) {
        if (this.linkDepth === 0 && /[\p{L}\p{N}]/u.test(child.value)) this.saysMore = true;
        this.run.add(child.value, startLineOf(child));
      } else if (isElement(child)) this.visit(child);
  }

  private visit(element: Element): void {
    const { tagName } = element;
    if (this.mainText.isLeftOut(element)) {
      if (!INLINE.has(tagName)) this.end();
      return;
    }
    if (addSpecial(element, this.run)) return;
    if (tagName === "a") this.readLink(element);
    else if (INLINE.has(tagName) || tagName.includes("-")) this.readChildren(element);
    else {
      this.end();
      this.readBlock(element);
      this.end();
    }
  }

  private readBlock(element: Element): void {
    const { isLeftOut } = this.mainText;
    const level = /^h([1-6])$/.exec(element.tagName)?.[1];
    switch (element.tagName) {
      case "pre": {
        const code = runOf(element, isLeftOut).whole();
        if (code !== null) this.page.add("code", [code]);
        return;
      }
      case "table":
        if (isForLayout(element)) this.readChildren(element);
        else this.readTable(element);
        return;
      case "dl":
        this.readDefinitions(element);
        return;
      case "ul":
      case "ol":
        this.readList(element);
        return;
      case "li":
        this.readAs("item", element);
        return;
      default: {
        const title = level === undefined ? "" : (runOf(element, isLeftOut).whole()?.text ?? "");
        if (level === undefined) this.readChildren(element);
        else if (title !== "") this.page.heading(Number(level), title);
      }
    }
  }

  /** Each item stands under what introduces the list. */
  private readList(list: Element): void {
    const { introduction } = this.page;
    for (const child of list.childNodes.filter(isElement)) {
      this.page.introduction = introduction;
      this.visit(child);
    }
  }

  private readTable(table: Element): void {
    for (const caption of table.childNodes.filter(isElement)) if (caption.tagName === "caption") this.visit(caption);
    for (const { sentence, header } of rowsOf(table, this.mainText.isLeftOut)) this.page.add("row", [sentence], header);
  }

  /** A short definition is a row of term and definition; a longer one is an item that its term introduces. */
  private readDefinitions(list: Element): void {
    const { introduction } = this.page;
    const { isLeftOut } = this.mainText;
    let terms: Sentence[] = [];
    let isDefined = false;
    for (const part of partsOf(list)) {
      if (isLeftOut(part)) continue;
      if (part.tagName === "dt") {
        if (isDefined) terms = [];
        isDefined = false;
        const term = runOf(part, isLeftOut).whole();
        if (term !== null) terms.push(term);
        continue;
      }
      isDefined = true;
      const [first] = terms;
      const term = terms.map(({ text }) => text).join(" | ");
      const sentences = part.childNodes.some(isBlock) ? [] : runOf(part, isLeftOut).sentences();
      const [only] = sentences;
      if (first !== undefined && only !== undefined && sentences.length === 1) {
        const lines = { start: first.lines.start, end: only.lines.end };
        this.page.add("row", [{ text: `${term} | ${only.text}`, lines }]);
      } else {
        this.page.introduction = term;
        this.readAs("item", part);
      }
    }
    this.page.introduction = introduction;
  }

  private readAs(kind: "paragraph" | "item", element: Element): void {
    const before = this.kind;
    this.kind = kind;
    this.read(element);
    this.kind = before;
  }

  private readLink(element: Element): void {
    this.linkDepth++;
    this.readChildren(element);
    this.linkDepth--;
  }

  /** Ends the paragraph that is being read. A paragraph that is nothing but a link only says where it leads. */
  private end(): void {
    const { run, saysMore } = this;
    if (run.isEmpty) return;
    this.run = new Run(" ");
    this.saysMore = false;
    const sentences = run.sentences();
    const last = sentences.at(-1)?.text ?? "";
    if (this.kind === "item" || saysMore || ENDS_LIKE_A_SENTENCE.test(last)) this.page.add(this.kind, sentences);
  }
}

/** The terms and definitions of a list, which may be grouped. */
const partsOf = (list: Element): Element[] =>
  list.childNodes
    .filter(isElement)
    .flatMap((part) => (part.tagName === "div" ? part.childNodes.filter(isElement) : [part]))
    .filter(({ tagName }) => tagName === "dt" || tagName === "dd");

const isBlock = (node: Element["childNodes"][number]): boolean => isElement(node) && !INLINE.has(node.tagName);
