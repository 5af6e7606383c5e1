// Reads a Jupyter notebook as one page of Markdown, its code as code, at the lines of the file.

import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import type { Block, LineRange, Sentence } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { type Markdown, parseMarkdown } from "./markdown.ts";
import { refuseLongLine } from "./parse-budget.ts";

/**
 * @param file what errors name the file
 * @throws CorpusError when it is no notebook
 */
export function parseNotebook(source: string, file: string): Markdown {
  const errors: ParseError[] = [];
  const root = refusingDepth(source, file) ?? parseTree(source, errors);
  const lineOf = lineFinder(source);
  const [error] = errors;
  if (root === undefined || error !== undefined)
    throw new CorpusError(
      file,
      lineOf(error?.offset ?? 0),
      `is no JSON (${error === undefined ? "empty" : printParseErrorCode(error.error)})`,
      "save the notebook again",
    );
  const cells = findNodeAtLocation(root, ["cells"])?.children;
  if (cells === undefined) throw new CorpusError(file, null, "is no notebook with cells", "save it in format 4");
  const language = findNodeAtLocation(root, ["metadata", "language_info", "name"])?.value;
  const lines = cells.flatMap((cell) => linesOf(cell, typeof language === "string" ? language : "python", lineOf));
  for (const { text, line } of lines) refuseLongLine(text.length, file, line);
  const { blocks, ...rest } = parseMarkdown(lines.map(({ text }) => text).join("\n"), file);
  const places = lines.map(({ line }) => line);
  return { ...rest, frontMatter: null, showsDescription: false, blocks: blocks.map((block) => placed(block, places)) };
}

/** Objects and lists inside each other; a notebook has five. */
const DEPTH_MAX = 200;

function refusingDepth(source: string, file: string): undefined {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < source.length; at++) {
    const sign = source[at];
    if (isString) {
      if (sign === "\\") at++;
      else if (sign === '"') isString = false;
    } else if (sign === '"') isString = true;
    else if (sign === "{" || sign === "[") depth++;
    else if (sign === "}" || sign === "]") depth--;
    if (depth > DEPTH_MAX) throw new CorpusError(file, null, `nests deeper than ${DEPTH_MAX}`, "remove it");
  }
  return undefined;
}

interface CellLine {
  readonly text: string;
  /** Of the file. */
  readonly line: number;
}

/** A cell's lines of Markdown, blank ones around them; what a cell printed is not read. */
function linesOf(cell: Node, language: string, lineOf: (offset: number) => number): CellLine[] {
  const type = findNodeAtLocation(cell, ["cell_type"])?.value;
  const source = findNodeAtLocation(cell, ["source"]);
  if (source === undefined || (type !== "markdown" && type !== "code")) return [];
  const strings = source.type === "array" ? (source.children ?? []) : [source];
  const lines: { text: string; line: number }[] = [];
  let isOpen = false;
  for (const node of strings) {
    const value: unknown = getNodeValue(node);
    if (typeof value !== "string") continue;
    for (const [at, text] of value.split(/\r\n|\r|\n/).entries()) {
      const last = lines.at(-1);
      if (at === 0 && isOpen && last !== undefined) {
        // A line end closes the string it stands in: what follows stands on the next line of the file.
        if (last.text === "") last.line = lineOf(node.offset);
        last.text += text;
      } else lines.push({ text, line: lineOf(node.offset) });
    }
    isOpen = true;
  }
  const [first, last] = [lines[0]?.line ?? 1, lines.at(-1)?.line ?? 1];
  const fence = fenceFor(lines.map(({ text }) => text));
  const own =
    type === "markdown" ? lines : [{ text: fence + language, line: first }, ...lines, { text: fence, line: last }];
  return [{ text: "", line: first }, ...own, { text: "", line: last }];
}

/** Longer than any run of backticks that the code holds. */
const fenceFor = (lines: readonly string[]): string =>
  "`".repeat(
    Math.max(3, ...lines.map((line) => Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length)) + 1)),
  );

function lineFinder(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** A block at the lines of the file. @param places the line of the file, by line of the Markdown from 0 */
function placed(block: Block, places: readonly number[]): Block {
  const range = ({ start, end }: LineRange): LineRange => ({
    start: places[start - 1] ?? 1,
    end: places[end - 1] ?? 1,
  });
  const sentence = (one: Sentence): Sentence => ({ ...one, lines: range(one.lines) });
  const { lead, row } = block;
  return {
    ...block,
    sentences: block.sentences.map(sentence),
    ...(lead === undefined ? {} : { lead: sentence(lead) }),
    ...(row === undefined
      ? {}
      : { row: { ...row, headerLines: row.headerLines === null ? null : range(row.headerLines) } }),
  };
}
