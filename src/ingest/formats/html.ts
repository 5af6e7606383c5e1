// Reads HTML into title and blocks, each sentence with its exact lines.

import type { Block, Sentence } from "../../document.ts";
import { squeeze } from "../../text/sentences.ts";
import { type Fenced, splitFrontMatter } from "./front-matter.ts";
import { addSpecial, CODE, isForLayout, rowsOf, runOf, type TextReader } from "./html-table.ts";
import { isTemplate, withoutTemplates } from "./html-templates.ts";
import {
  attribute,
  type Element,
  isElement,
  isText,
  parsePart,
  parseTree,
  startLineOf,
  type TextNode,
} from "./html-tree.ts";
import { findMainText, INLINE, NO_TEXT } from "./main-text.ts";
import { Page } from "./page.ts";
import { Run } from "./run.ts";

export interface Html {
  /** As it stands above a page that a site generator fills in. */
  readonly frontMatter: Fenced | null;
  /** What stands in `<title>`, null where nothing does. */
  readonly title: string | null;
  readonly firstHeading: string | null;
  /** When it was last updated, as it says itself. */
  readonly updated: string | null;
  /** What its `<meta name="audience">` elements say, null without any. */
  readonly audience: readonly string[] | null;
  readonly blocks: readonly Block[];
}

/**
 * Reads one page. Line numbers are those of the file.
 * @param file what errors name the file
 * @throws CorpusError when the page is nested deeper, or holds more elements, than a page that is read
 */
export function parseHtml(source: string, file: string): Html {
  const text = source.replace(/\r\n?/g, "\n").replace(/^\uFEFF/, "");
  const { fenced, body } = splitFrontMatter(text, file);
  const own = isTemplate(body, fenced !== null) ? withoutTemplates(body) : body;
  const root = parseTree(withoutEntities(own), file);
  const page = new Page(file);
  const mainText = findMainText(root);
  const walk = new Walk(page, { isLeftOut: mainText.isLeftOut, addText: (piece, line, run) => run.add(piece, line) });
  for (const part of mainText.roots) walk.read(part);
  const { firstHeading, updated } = page;
  const told = { title: titleOf(root), firstHeading, updated, audience: audienceOf(root) };
  return { frontMatter: fenced, ...told, blocks: page.blocks() };
}

/**
 * Reads a part of a page that stands in another text.
 * @param line the one of the file that the part begins on
 * @param addText how its texts are read
 */
export function readHtmlInto(page: Page, source: string, line: number, addText: TextReader["addText"]): void {
  const root = parsePart(withoutEntities(source), page.file, line);
  if (root !== null) new Walk(page, { isLeftOut: ({ tagName }) => NO_TEXT.has(tagName), addText }).read(root);
}

/** A line end that is written as an entity is no line of the file. */
const withoutEntities = (source: string): string => source.replace(/&(?:#0*1[03]|#x0*[ad]|NewLine);/gi, " ");

function titleOf(root: Element): string | null {
  const [head] = root.childNodes.filter(isElement);
  const title = head?.childNodes.filter(isElement).find(({ tagName }) => tagName === "title");
  const text = squeeze(title?.childNodes.map((node) => (isText(node) ? node.value : "")).join("") ?? "");
  return text === "" ? null : text;
}

/** Wherever in the page: one that stands amid its text is meant all the same. */
function audienceOf(root: Element): readonly string[] | null {
  const said: string[] = [];
  const open = [root];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    const isMeta = element.tagName === "meta" && attribute(element, "name")?.trim().toLowerCase() === "audience";
    if (isMeta) said.push(attribute(element, "content") ?? "");
    open.push(...element.childNodes.filter(isElement));
  }
  return said.length === 0 ? null : said;
}

/** Without an end mark and all of it a link: "Next: Storage", "Download as PDF". */
const ENDS_LIKE_A_SENTENCE = /[.!?:;]["”’)]*$/u;

class Walk {
  private run = new Run(" ");
  /** What of the run is not linked. */
  private saysMore = false;
  private kind: "paragraph" | "item" = "paragraph";
  private linkDepth = 0;
  private codeDepth = 0;
  /** What is being defined, "" elsewhere. */
  private term = "";

  constructor(
    private readonly page: Page,
    private readonly reader: TextReader,
  ) {}

  /** Reads an element as a block of its own. */
  read(element: Element): void {
    this.end();
    this.readChildren(element);
    this.end();
  }

  private readChildren(element: Element): void {
    for (const child of element.childNodes)
      if (isText(child)) this.readText(child);
      else if (isElement(child)) this.visit(child);
  }

  private readText(text: TextNode): void {
    if (this.linkDepth === 0 && /[\p{L}\p{N}]/u.test(text.value)) this.saysMore = true;
    if (this.codeDepth > 0) this.run.add(text.value, startLineOf(text));
    else this.reader.addText(text.value, startLineOf(text), this.run);
  }

  private visit(element: Element): void {
    const { tagName } = element;
    if (this.reader.isLeftOut(element)) {
      if (!INLINE.has(tagName)) this.end();
      return;
    }
    if (addSpecial(element, this.run)) return;
    if (tagName === "a") this.readLink(element);
    else if (CODE.test(tagName) && tagName !== "pre") this.readCode(element);
    else if (INLINE.has(tagName) || tagName.includes("-")) this.readChildren(element);
    else {
      this.end();
      this.readBlock(element);
      this.end();
    }
  }

  private readBlock(element: Element): void {
    switch (element.tagName) {
      case "pre":
        this.readPre(element);
        return;
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
        this.page.inItem(() => this.readAs("item", element));
        return;
      case "details":
        this.readDetails(element);
        return;
      default:
        this.readOther(element);
    }
  }

  private readOther(element: Element): void {
    const level = /^h([1-6])$/.exec(element.tagName)?.[1];
    const note = noteOf(element);
    if (level !== undefined) {
      const title = runOf(element, this.reader).whole();
      if (title !== null) this.page.heading(Number(level), title.text, title.lines);
    } else if (note === null) this.readChildren(element);
    else this.page.within({ note }, () => this.read(element));
  }

  /** What folds open stands under its summary. */
  private readDetails(element: Element): void {
    const summary = element.childNodes.filter(isElement).find(({ tagName }) => tagName === "summary");
    const label = summary === undefined ? null : runOf(summary, this.reader).whole();
    const read = (): void => {
      for (const child of element.childNodes)
        if (child !== summary && isElement(child)) this.visit(child);
        else if (isText(child)) this.readText(child);
      this.end();
    };
    if (label === null) read();
    else this.page.within({ label }, read);
  }

  private readPre(element: Element): void {
    const code = runOf(element, this.reader).whole();
    if (code === null) return;
    const text = rawTextOf(element).replace(/^\n+|\s+$/g, "");
    const named = [element, ...element.childNodes.filter(isElement)]
      .map((one) => attribute(one, "class") ?? "")
      .join(" ");
    const language =
      /\b(?:lang(?:uage)?|highlight|highlight-source|brush:?\s?)[-:]?\s?([\w+#]+)/.exec(named)?.[1] ?? null;
    const { coded: _, ...sentence } = code;
    this.page.add("code", [sentence], { code: { language, text } });
  }

  /** Each item stands under what introduces the list. */
  private readList(list: Element): void {
    const start = Number(attribute(list, "start") ?? 1);
    this.page.inList(list.tagName === "ol" && Number.isInteger(start) ? start : null, () => {
      for (const child of list.childNodes.filter(isElement))
        if (child.tagName === "li") this.visit(child);
        else this.page.inItem(() => this.visit(child));
    });
  }

  private readTable(table: Element): void {
    for (const caption of table.childNodes.filter(isElement)) if (caption.tagName === "caption") this.visit(caption);
    this.page.inTable(() => {
      for (const { sentence, header, row } of rowsOf(table, this.reader))
        this.page.add("row", [sentence], { header, row });
    });
  }

  /** A short definition is a row of term and definition; a longer one is an item that its term introduces. */
  private readDefinitions(list: Element): void {
    const { lead } = this.page;
    const { isLeftOut } = this.reader;
    let terms: Sentence[] = [];
    let isDefined = false;
    for (const part of partsOf(list)) {
      if (isLeftOut(part)) continue;
      if (part.tagName === "dt") {
        if (isDefined) terms = [];
        isDefined = false;
        const term = runOf(part, this.reader).whole();
        if (term !== null) terms.push(term);
        continue;
      }
      isDefined = true;
      const [first] = terms;
      const term = terms.map(({ text }) => text).join(" | ");
      const sentences = part.childNodes.some(isBlock) ? [] : runOf(part, this.reader).sentences();
      const [only] = sentences;
      if (first !== undefined && only !== undefined && sentences.length === 1) {
        const lines = { start: first.lines.start, end: only.lines.end };
        this.page.add("row", [{ text: `${term} | ${only.text}`, lines }], { term });
      } else {
        this.page.lead = first === undefined ? null : { ...first, text: term };
        this.term = term;
        this.readAs("item", part);
        this.term = "";
      }
    }
    this.page.lead = lead;
  }

  private readAs(kind: "paragraph" | "item", element: Element): void {
    const before = this.kind;
    this.kind = kind;
    this.read(element);
    this.kind = before;
  }

  private readCode(element: Element): void {
    this.codeDepth++;
    this.run.code(() => this.readChildren(element));
    this.codeDepth--;
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
    const details = this.term === "" ? {} : { term: this.term };
    if (this.kind === "item" || saysMore || ENDS_LIKE_A_SENTENCE.test(last))
      this.page.add(this.kind, sentences, details);
  }
}

/** The terms and definitions of a list, which may be grouped. */
const partsOf = (list: Element): Element[] =>
  list.childNodes
    .filter(isElement)
    .flatMap((part) => (part.tagName === "div" ? part.childNodes.filter(isElement) : [part]))
    .filter(({ tagName }) => tagName === "dt" || tagName === "dd");

const isBlock = (node: Element["childNodes"][number]): boolean => isElement(node) && !INLINE.has(node.tagName);

/** An element's text, letter by letter. */
const rawTextOf = (element: Element): string =>
  element.childNodes
    .map((node) =>
      isText(node) ? node.value : isElement(node) ? (node.tagName === "br" ? "\n" : rawTextOf(node)) : "",
    )
    .join("");

const NOTES = /^(?:note|tip|info|warning|danger|caution|important|attention|hint|success|error)$/;

/** The kind of note that a class names: "admonition warning", "alert alert-info", "callout". */
function noteOf(element: Element): string | null {
  const names = (attribute(element, "class") ?? "").toLowerCase().split(/\s+/);
  if (
    !names.some((name) => /^(?:admonition|alert|callout|notice|note|admonitionblock|markdown-alert)(?:-|$)/.test(name))
  )
    return null;
  return names.flatMap((name) => name.split(/[-_]/)).find((name) => NOTES.test(name)) ?? "note";
}
