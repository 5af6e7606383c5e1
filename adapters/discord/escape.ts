// Escapes foreign text, so that Discord shows it as it is: no markup, mention, link or reordering.

import { pageAddress } from "../shared/citation-text.ts";
import { clean } from "../shared/one-line.ts";

/** Marks anywhere: emphasis, spoilers, code, links, `<…>` of mentions, timestamps, emoji; a colon makes a URL. */
const MARKS = /[\\*_~`|<>[\]#]|:(?=\/\/)/g;

/** Marks at the start of a line only: lists, small text, numbered lists. */
const LEADING = /^(?:[-+](?=\s|#|$)|\d+(?=[.)](?:\s|$)))/;

const ZERO_WIDTH_SPACE = "\u200B";

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

/** The question that a card's first text opens with, as it was asked; null where there is none, or it was cut. */
export function readAsked(text: string): string | null {
  const [, escaped] = /^-# “(.*)”(?:\n|$)/.exec(text) ?? [];
  if (escaped === undefined || escaped.endsWith("…")) return null;
  return escaped.replaceAll(ZERO_WIDTH_SPACE, "").replace(/\\([^\sA-Za-z\d])/g, "$1");
}

/** Lines of foreign code between fences; none where there is nothing to be seen. */
export function fenced(lines: readonly string[], language: string | null): string[] {
  if (lines.every((line) => line.trim() === "")) return [];
  const named = language !== null && /^[a-z0-9+#-]{1,20}$/i.test(language) ? language : "";
  const inside = lines.map((line) =>
    line.replace(/`(?=`)/g, `\`${ZERO_WIDTH_SPACE}`).replaceAll("@", `@${ZERO_WIDTH_SPACE}`),
  );
  return [`\`\`\`${named}`, ...inside, "```"];
}

const URL_LENGTH_MAX = 400;

/** A masked link to a page of the web, or the escaped text alone where the address is none. */
export function link(text: string, url: string | null): string {
  const shown = literal(text);
  const address = pageAddress(url);
  if (address === null || shown === "") return shown;
  const safe = address.replace(
    /[()<>\\*_~`|[\]\s]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  return safe.length <= URL_LENGTH_MAX ? `[${shown}](${safe})` : shown;
}
