// Foreign text as Slack's rich text, which shows it letter by letter: nothing in it is read as markup, so nothing is escaped.

import type { types } from "@slack/bolt";
import { pageAddress } from "../shared/citation-text.ts";
import { clean } from "../shared/one-line.ts";
import type { Item } from "../shared/passage-text.ts";
import { shorten } from "../shared/shorten.ts";

/** Text and links are all that is made here: whoever is mentioned would be notified. */
export type Inline = types.RichTextText | types.RichTextLink;
export type RichText = types.RichTextBlock;
/** `offset` is Slack's, and missing from its own types: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block/ */
type RichList = types.RichTextList & { readonly offset?: number };
type RichElement = RichText["elements"][number];

/** Of a text, as JSON; the longest that a reply holds is shorter. */
const PROSE_LENGTH_MAX = 2000;
/** What its code and links may add. */
const PARTS_LENGTH_MAX = 1000;
const INDENT_MAX = 8;

/** A line of foreign text: inline code as code, addresses of pages as links, everything else as it is. */
export function prose(text: string, { isBold = false, max = PROSE_LENGTH_MAX } = {}): Inline[] {
  const shown = shorten(clean(text), max, jsonLength).text;
  const parts: Inline[] = [];
  let from = 0;
  for (const found of shown.matchAll(CODE_OR_ADDRESS)) {
    const part = found[2] === undefined ? linkTo(found[0]) : styled(found[2], isBold, true);
    if (part === null) continue;
    if (found.index > from) parts.push(styled(shown.slice(from, found.index), isBold));
    parts.push(part.type === "link" && isBold ? { ...part, style: { bold: true } } : part);
    from = found.index + (part.type === "link" ? (part.text ?? part.url).length : found[0].length);
  }
  if (from < shown.length) parts.push(styled(shown.slice(from), isBold));
  // A text of signs rather than words.
  return JSON.stringify(parts).length > PROSE_LENGTH_MAX + PARTS_LENGTH_MAX ? [styled(shown, isBold)] : parts;
}

const jsonLength = (text: string): number => JSON.stringify(text).length;

/** Our own words, or a text that holds no markup of a document. */
export const words = (text: string, isBold = false): Inline[] => (text === "" ? [] : [styled(text, isBold)]);

/** A label that leads to a page; the label alone where there is none. */
export function labelled(address: string | null, label: string, isBold = false): Inline[] {
  const text = clean(label);
  if (text === "") return [];
  const url = address === null || address.length > ADDRESS_LENGTH_MAX ? null : pageAddress(address);
  if (url === null) return words(text, isBold);
  return [{ type: "link", url, text, ...(isBold ? { style: { bold: true } } : {}) }];
}

/** Slack refuses an empty section. */
const BLANK = "–";

export const line = (parts: readonly Inline[]): types.RichTextSection => ({
  type: "rich_text_section",
  elements: parts.length > 0 ? [...parts] : words(BLANK),
});

export const quoted = (parts: readonly Inline[]): types.RichTextQuote => ({
  type: "rich_text_quote",
  elements: parts.length > 0 ? [...parts] : words(BLANK),
});

/** A block whose one element is a line. */
export const paragraph = (parts: readonly Inline[]): RichText => richText([line(parts)]);

export const richText = (elements: RichElement[]): RichText => ({ type: "rich_text", elements });

export interface ListItem extends Pick<Item, "number" | "depth"> {
  readonly parts: readonly Inline[];
}

/** Items as Slack's lists: one for each run of equal depth, numbers as the document has them. */
export function lists(items: readonly ListItem[]): RichElement[] {
  const made: { list: RichList; next: number | null }[] = [];
  for (const { number, depth, parts } of items) {
    const indent = Math.min(Math.max(0, depth), INDENT_MAX);
    const last = made.at(-1);
    if (last !== undefined && (last.list.indent ?? 0) === indent && last.next === number) {
      last.list.elements.push(line(parts));
      last.next = after(number);
      continue;
    }
    const style = number === null ? ("bullet" as const) : ("ordered" as const);
    const offset = number !== null && number > 1 ? { offset: number - 1 } : {};
    const list = { type: "rich_text_list" as const, style, indent, elements: [line(parts)], ...offset };
    made.push({ list, next: after(number) });
  }
  return made.map(({ list }) => list);
}

/** Lines of fixed width, indents kept. */
export const preformatted = (lines: readonly string[]): types.RichTextPreformatted => ({
  type: "rich_text_preformatted",
  elements: [{ type: "text", text: lines.join("\n") }],
});

const after = (number: number | null): number | null => (number === null ? null : number + 1);

function styled(text: string, isBold: boolean, isCode = false): types.RichTextText {
  const style = { ...(isBold ? { bold: true } : {}), ...(isCode ? { code: true } : {}) };
  return { type: "text", text, ...(isBold || isCode ? { style } : {}) };
}

/** Inline code between as many backticks on either side, or the beginning of a page's address. */
const CODE_OR_ADDRESS = /(?<!`)(`+)(?!`)([^`]+?)\1(?!`)|\bhttps?:\/\/[^\s<>"`“”|]{1,500}/g;

/**
 * An address that a document writes out, as a link that reads as it is written; null where a reader could not tell from it
 * where it leads.
 */
function linkTo(written: string): types.RichTextLink | null {
  const text = withoutStop(written);
  const url = pageAddress(text);
  if (url === null) return null;
  const { hostname } = new URL(url);
  return /^[\x21-\x7E]+$/.test(text) && !/(?:^|\.)xn--/.test(hostname) ? { type: "link", url, text } : null;
}

/** Without what ends the sentence or the parenthesis that it stands in. */
function withoutStop(written: string): string {
  const text = written.replace(/[.,;:!?'*_~]+$/, "");
  return text.endsWith(")") && !text.includes("(") ? withoutStop(text.slice(0, -1)) : text;
}

const ADDRESS_LENGTH_MAX = 1000;
