// Statements and citations to lines of mrkdwn.

import type { Citation, Statement } from "../../src/reply.ts";
import { shorten } from "../shorten.ts";
import { within } from "./blocks.ts";
import { link, mrkdwn } from "./text.ts";

export const NOT_SAID = "the documents do not say";

/** A statement and its marks in ascending order, as mrkdwn. */
export const state = (statement: Statement): string => `${within(statement.text)} ${marks(statement)}`;
export const bold = (statement: Statement): string => `*${within(statement.text)}* ${marks(statement)}`;

/** The same as foreign text. */
export const marked = (statement: Statement): string => `${statement.text} ${marks(statement)}`;

/** Number, title, section and lines. */
export function sourceLine({ number, title, section, lines, url }: Citation): string {
  const at = lines.start === lines.end ? `line ${lines.start}` : `lines ${lines.start}–${lines.end}`;
  return `[${number}] ${placeOf(title, section, url)}, ${at}`;
}

/** Title and section; linked where the document has an address. */
export function placeOf(title: string, section: string, url: string | null = null): string {
  const name = shorten(title, PLACE_LENGTH_MAX).text;
  const named = url === null ? mrkdwn(name) : link(url, name);
  const below = mrkdwn(shorten(section, PLACE_LENGTH_MAX).text);
  return [named, below].filter((part) => part !== "").join(" › ");
}
const PLACE_LENGTH_MAX = 200;

const marks = ({ citations }: Statement): string =>
  [...citations]
    .sort((a, b) => a - b)
    .map((number) => `[${number}]`)
    .join("");
