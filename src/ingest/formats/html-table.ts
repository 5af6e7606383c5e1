// Tables of a page to rows under their header, and any element to the run of its text.

import type { Sentence } from "../../document.ts";
import { attribute, type Element, isElement, isText, startLineOf } from "./html-tree.ts";
import { INLINE } from "./main-text.ts";
import { Run } from "./run.ts";

export interface TableRow {
  /** The cells that are not empty, joined by " | ". */
  readonly sentence: Sentence;
  /** The header cells that it stands under, joined the same; "" without any. */
  readonly header: string;
}

type IsLeftOut = (element: Element) => boolean;

/** The rows of a table without those of its header. Rows of header cells further down begin a new header. */
export function rowsOf(table: Element, isLeftOut: IsLeftOut): TableRow[] {
  const found: TableRow[] = [];
  let header = "";
  for (const [at, { row, isHead }] of rowElements(table, isLeftOut).entries()) {
    const cells = row.childNodes.filter(isElement).filter((cell) => /^t[dh]$/.test(cell.tagName) && !isLeftOut(cell));
    const texts = cells.flatMap((cell) => runOf(cell, isLeftOut).whole() ?? []);
    const [first] = texts;
    const last = texts.at(-1);
    if (first === undefined || last === undefined) continue;
    const text = texts.map((cell) => cell.text).join(" | ");
    const isHeader = isHead || cells.every(({ tagName }) => tagName === "th") || (at === 0 && cells.every(isBold));
    if (!isHeader) found.push({ sentence: { text, lines: { start: first.lines.start, end: last.lines.end } }, header });
    // A single header cell across the table names a group of rows.
    else if (texts.length > 1 || header === "") header = text;
  }
  return found;
}

/** Whether a table only places things: it says so, or it holds headings or tables. */
export const isForLayout = (table: Element): boolean =>
  /^(?:presentation|none)$/.test(attribute(table, "role") ?? "") || holdsHeadingOrTable(table);

/** All text of an element as one run; blocks in it are parted by spaces. */
export function runOf(element: Element, isLeftOut: IsLeftOut): Run {
  const run = new Run(" ");
  const addFrom = (parent: Element): void => {
    for (const child of parent.childNodes)
      if (isText(child)) run.add(child.value, startLineOf(child));
      else if (isElement(child) && !isLeftOut(child) && !addSpecial(child, run)) {
        const isBlock = !INLINE.has(child.tagName);
        if (isBlock) run.space();
        addFrom(child);
        if (isBlock) run.space();
      }
  };
  addFrom(element);
  return run;
}

/** Adds what is not the text of its parts: the end of a line, or an exponent, which is no further digit of its number. */
export function addSpecial({ tagName, sourceCodeLocation, childNodes }: Element, run: Run): boolean {
  const line = sourceCodeLocation?.startLine ?? 1;
  if (tagName === "br") run.break(line);
  const raised = tagName === "sup" ? childNodes.map((node) => (isText(node) ? node.value : "")).join("") : "";
  const isExponent = /^[-−+]?\d+$/.test(raised) && /[\p{L}\p{N})]/u.test(run.end);
  if (isExponent)
    run.add(
      raised.replace(/./g, (sign) => RAISED[sign] ?? sign),
      line,
    );
  return tagName === "br" || isExponent;
}

const RAISED: Readonly<Record<string, string>> = {
  ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((raised, digit) => [String(digit), raised])),
  "+": "⁺",
  "-": "⁻",
  "−": "⁻",
};

interface RowElement {
  readonly row: Element;
  readonly isHead: boolean;
}

function rowElements(table: Element, isLeftOut: IsLeftOut): RowElement[] {
  return table.childNodes.filter(isElement).flatMap((part): RowElement[] => {
    if (isLeftOut(part)) return [];
    const isHead = part.tagName === "thead";
    const rows = part.tagName === "tr" ? [part] : part.childNodes.filter(isElement);
    return rows.filter((row) => row.tagName === "tr" && !isLeftOut(row)).map((row) => ({ row, isHead }));
  });
}

/** Whether all text of a cell is bold. */
const isBold = (cell: Element): boolean =>
  cell.childNodes.every((node) =>
    isElement(node)
      ? /^(?:b|strong)$/.test(node.tagName) || (!INLINE.has(node.tagName) && isBold(node))
      : !isText(node) || node.value.trim() === "",
  );

const holdsHeadingOrTable = (element: Element): boolean =>
  element.childNodes.some(
    (node) => isElement(node) && (/^(?:table|h[1-6])$/.test(node.tagName) || holdsHeadingOrTable(node)),
  );
