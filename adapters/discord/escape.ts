// Foreign text as Discord shows it: a question's without any markup, a document's with its code and web addresses alone.

import { pageAddress } from "../shared/citation-text.ts";
import { clean } from "../shared/one-line.ts";

/** Marks anywhere: emphasis, spoilers, code, links, `<…>` of mentions, timestamps, emoji; a colon makes a URL. */
const MARKS = /[\\*_~`|<>[\]#]|:(?=\/\/)/g;

/** Marks at the start of a line only: lists, small text, numbered lists. */
const LEADING = /^(?:[-+](?=\s|#|$)|\d+(?=[.)](?:\s|$)))/;

/**
 * One line that Discord's Markdown shows literally. discord.js's `escapeMarkdown` leaves headings, lists, masked
 * links, quotes, `-#`, mentions, timestamps and bidirectional controls, so every mark is escaped here. An @ stays as it is:
 * every message forbids mentions, and an address must be fit to be copied.
 * https://support.discord.com/hc/en-us/articles/210298617 lists the marks.
 */
export const literal = (text: string): string => startOf(escaped(clean(text)));

/** Inline code, or a web address of characters that no markup is made of. */
const KEPT = /`([^`]*[^\s`][^`]*)`(?!`)|https?:\/\/[\w.~%-]+(?::\d+)?(?:[/?#][\w.~%!$&'()+,;=:@/?#-]*)?/gi;
const ENDS_SENTENCE = /[.,;:!?']+$/;
/** What may stand behind an address that ends. */
const AFTER_ADDRESS = /^[\s\]})>"'’”»]|^$/;

/**
 * One line of a document: literal, but inline code between its backticks stays code, and a plain web address stays a link
 * that shows where it leads, set off by `<…>` so that no mark around it counts as its own.
 */
export function prose(text: string): string {
  const line = clean(text);
  let drawn = "";
  let from = 0;
  for (const { 0: found, 1: code, index } of line.matchAll(KEPT)) {
    const before = line.slice(from, index);
    const kept = code === undefined ? addressIn(found, line.slice(index + found.length)) : found;
    // Backticks that touch would be read as one longer mark.
    if (kept === null || (code !== undefined && before === "" && drawn.endsWith("`"))) continue;
    drawn += escaped(before) + (code === undefined ? `<${kept}>` : kept);
    from = index + kept.length;
  }
  return startOf(drawn + escaped(line.slice(from)));
}

/** The question that a card's first text opens with, as it was asked; null where there is none, or it was cut. */
export function readAsked(text: string): string | null {
  const [, shown] = /^-# “(.*)”(?:\n|$)/.exec(text) ?? [];
  if (shown === undefined || shown.endsWith("…")) return null;
  return shown.replace(/\\([^\sA-Za-z\d])/g, "$1");
}

/** The address without what ends the sentence that it stands in; null for what is none, goes on, or would show a password. */
function addressIn(found: string, after: string): string | null {
  const isOpen = !found.includes("(");
  const address = found.replace(isOpen ? /[.,;:!?')]+$/ : ENDS_SENTENCE, "");
  return AFTER_ADDRESS.test(after) && pageAddress(address) !== null ? address : null;
}

const escaped = (text: string): string => text.replace(MARKS, "\\$&");
const startOf = (line: string): string =>
  line.replace(LEADING, (mark) => (/^\d/.test(mark) ? `${mark}\\` : `\\${mark}`));

const FENCE = "```";

/** Lines of foreign code between fences, those that hold a fence themselves outside of them; none where nothing is to be seen. */
export function fenced(lines: readonly string[], language: string | null): string[] {
  const named = language !== null && /^[a-z0-9+#-]{1,20}$/i.test(language) ? language : "";
  const blocks: string[][] = [[]];
  const drawn: string[] = [];
  const close = (): void => {
    const block = blocks.pop() ?? [];
    if (block.some((line) => line.trim() !== "")) drawn.push(`${FENCE}${named}`, ...block, FENCE);
    blocks.push([]);
  };
  for (const line of lines) {
    if (!line.includes(FENCE)) {
      blocks.at(-1)?.push(line);
      continue;
    }
    close();
    drawn.push(literal(line));
  }
  close();
  return drawn;
}

const URL_LENGTH_MAX = 400;

/** A masked link to a page of the web, or the escaped text alone where the address is none. */
export function link(text: string, url: string | null): string {
  const shown = literal(text);
  const address = safeAddress(url);
  return address === null || shown === "" ? shown : `[${shown}](${address})`;
}

/** The numbers of citations, each a link to its place where that has an address: "[1][3]". */
export const numbered = (numbers: readonly number[], addressOf: (number: number) => string | null): string =>
  [...numbers]
    .sort((a, b) => a - b)
    .map((number) => `\\[${link(`${number}`, addressOf(number))}\\]`)
    .join("");

/** An address without a sign that could end a link early; null for none, or one that is too long. */
function safeAddress(url: string | null): string | null {
  const safe = pageAddress(url)?.replace(
    /[()<>\\*_~`|[\]\s]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  return safe !== undefined && safe.length <= URL_LENGTH_MAX ? safe : null;
}
