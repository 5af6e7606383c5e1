// Text from a question or a document to text that Discord shows as it is: no markup, mention, link or reordering.

import { squeeze } from "../../src/sentences.ts";

/** Controls, line separators, bidirectional controls and invisible tags. Joiners stay: emoji and scripts need them. */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;

/** Marks anywhere: emphasis, spoilers, code, links, `<…>` of mentions, timestamps, emoji; a colon makes a URL. */
const MARKS = /[\\*_~`|<>[\]#]|:(?=\/\/)/g;

/** Marks at the start of a line only: lists, small text, numbered lists. */
const LEADING = /^(?:[-+](?=\s|#|$)|\d+(?=[.)](?:\s|$)))/;

const ZERO_WIDTH_SPACE = "\u200B";

/** One line without control characters, for places that read no markup: button labels, choices, command names. */
export const clean = (text: string): string =>
  squeeze(text.replace(/[\p{Zl}\p{Zp}\p{Cc}]/gu, " ").replace(INVISIBLE, ""));

/**
 * One line that Discord's Markdown shows literally. discord.js's `escapeMarkdown` leaves headings, lists, masked
 * links, quotes, `-#`, mentions, timestamps and bidirectional controls, so every mark is escaped here.
 * https://support.discord.com/hc/en-us/articles/210298617 lists the marks.
 */
export function literal(text: string): string {
  const line = clean(text).replace(MARKS, "\\$&");
  const start = line.replace(LEADING, (mark) => (/^\d/.test(mark) ? `${mark}\\` : `\\${mark}`));
  // An escaped @ is still read by clients as @everyone; a character that can't be seen between them is not.
  return start.replaceAll("@", `@${ZERO_WIDTH_SPACE}`);
}

const URL_LENGTH_MAX = 400;

/** A masked link to a page of the web, or the escaped text alone where the address is none. */
export function link(text: string, address: string | null): string {
  const shown = literal(text);
  if (address === null || shown === "" || !URL.canParse(address)) return shown;
  const { protocol, href, username } = new URL(address);
  const safe = href.replace(
    /[()<>\\*_~`|[\]\s]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  const isPage = (protocol === "https:" || protocol === "http:") && username === "";
  return isPage && safe.length <= URL_LENGTH_MAX ? `[${shown}](${safe})` : shown;
}
