// Statements and citations to lines of mrkdwn.

import type { Citation, Statement } from "../../src/reply.ts";
import { joinPlace, linesOf, marksOf } from "../cite.ts";
import { shorten } from "../shorten.ts";
import { within } from "./blocks.ts";
import { link, mrkdwn } from "./text.ts";

/** A statement and its marks in ascending order, as mrkdwn. */
export const state = (statement: Statement): string => `${within(statement.text)} ${marksOf(statement)}`;
export const bold = (statement: Statement): string => `*${within(statement.text)}* ${marksOf(statement)}`;

/** The same as foreign text. */
export const marked = (statement: Statement): string => `${statement.text} ${marksOf(statement)}`;

/** Number, title, section and lines. */
export const sourceLine = ({ number, title, section, lines, url }: Citation): string =>
  `[${number}] ${placeOf(title, section, url)}, ${linesOf(lines)}`;

/** Title and section; linked where the document has an address. */
export const placeOf = (title: string, section: string, url: string | null = null): string =>
  joinPlace(link(url, shorten(title, PLACE_LENGTH_MAX).text), mrkdwn(shorten(section, PLACE_LENGTH_MAX).text));
const PLACE_LENGTH_MAX = 200;
