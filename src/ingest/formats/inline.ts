// Reads a paragraph of Markdown into the run of its text, and into sentences with their lines.

import type { Nodes, Paragraph } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { fold, type Sentence } from "../../document.ts";
import { Run } from "./run.ts";

/** A paragraph's sentences, each with its lines. @param lines as they stand in the file */
export function inlineSentences(paragraph: Paragraph, lines: readonly string[]): Sentence[] {
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
type Marks = Readonly<Record<string, string>>;

function sentencesIn(paragraph: Paragraph, marks: Marks): Sentence[] {
  const run = new Run("\n");
  addInline(paragraph, run, marks);
  return run.sentences();
}

/** Adds the text of a node, without its marks but for those that are named. */
export function addInline(node: Nodes, run: Run, marks: Marks = {}): void {
  const line = node.position?.start.line ?? 1;
  const mark = marks[node.type] ?? "";
  if (mark !== "") run.add(mark, line);
  if (node.type === "text") run.add(node.value.replace(FOOTNOTE, ""), line);
  else if (node.type === "inlineCode") run.code(() => run.add(node.value, line));
  else if (node.type === "html") addElement(node.value, run, line);
  else if (node.type === "break") run.break(line);
  else if (node.type === "image" || node.type === "imageReference") run.add(altOf(node.alt), line);
  else if ("children" in node) for (const child of node.children) addInline(child, run, marks);
  if (mark !== "") run.add(mark, node.position?.end.line ?? line);
}

/** Adds a text of HTML, in which writers of Markdown use its marks, though few tools read them there. */
export function addMarkdown(text: string, line: number, run: Run): void {
  if (!/[*_`]|\]\(|~~|^\s*(?:[-+]|\d+\.)\s/.test(text)) {
    run.add(text, line);
    return;
  }
  const lines = text.split("\n");
  const opening = /^\s*/.exec(text)?.[0] ?? "";
  if (opening !== "") run.add(" ", line);
  const shifted = (node: Nodes, isFirst: boolean): void => {
    if (!isFirst && BLOCKS.has(node.type)) run.space();
    if (node.type === "code") {
      const isFenced = /^\s*(?:`{3}|~{3})/.test(lines[lineOf(node) - line] ?? "");
      run.code(() => run.add(node.value, lineOf(node) + (isFenced ? 1 : 0)));
    } else if (node.type === "html" || node.type === "text") run.add(node.value, lineOf(node));
    else if (node.type === "inlineCode") run.code(() => run.add(node.value, lineOf(node)));
    else if (node.type === "break") run.break(lineOf(node));
    else if (node.type === "image") run.add(altOf(node.alt), lineOf(node));
    else if ("children" in node) for (const [at, child] of node.children.entries()) shifted(child, at === 0);
  };
  const lineOf = ({ position }: Nodes): number => line + (position?.start.line ?? 1) - 1;
  // An indented line of HTML is no code.
  shifted(fromMarkdown(text.replace(/^[ \t]+/gm, "")), true);
  if (/\s$/.test(text)) run.add(" ", line + text.split("\n").length - 1);
}

const BLOCKS = new Set(["paragraph", "heading", "list", "listItem", "blockquote", "code"]);

/** A reference to a footnote that is not there. */
const FOOTNOTE = /\[\^[\w-]{1,40}\]/g;

/** What describes an image; a file's name does not. */
const altOf = (alt: string | null | undefined): string =>
  /^\S*\.(?:png|jpe?g|gif|svg|webp)$/i.test(alt ?? "") ? "" : (alt ?? "");

/** Elements of HTML; what else stands between angle brackets and holds no attribute is a name to fill in. */
const ELEMENT =
  /^<\/?(?:a|abbr|acronym|address|area|article|aside|audio|b|bdi|bdo|big|blockquote|br|button|canvas|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|link|main|mark|math|meta|nav|noscript|object|ol|option|p|param|picture|pre|progress|q|rp|rt|ruby|s|samp|script|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr)\b/i;

function addElement(html: string, run: Run, line: number): void {
  if (/^<br\s*\/?>$/i.test(html)) run.break(line);
  else if (/^<img\b/i.test(html)) run.add(altOf(/\balt\s*=\s*(["'])([^"']*)\1/i.exec(html)?.[2]), line);
  else if (/^<(?:li|p|div|tr|dd|dt)\b/i.test(html) && run.end !== "") run.break(line);
  else if (/^<[A-Za-z][\w.-]*>$/.test(html) && !ELEMENT.test(html)) run.add(html, line);
}
