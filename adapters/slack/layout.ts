// Lays text out as Slack's blocks, pages and messages, each within its own limits.

import type { types } from "@slack/bolt";
import { shorten, utf8Bytes } from "../shared/shorten.ts";
import { code, mrkdwn, plain } from "./escape.ts";
import {
  ACTIONS_MAX,
  BLOCKS_MAX,
  BUTTON_LENGTH_MAX,
  FALLBACK_BYTES_MAX,
  HEADER_LENGTH_MAX,
  MESSAGE_LENGTH_MAX,
  TABLE_COLUMNS_MAX,
  TABLE_LENGTH_MAX,
  TABLE_ROWS_MAX,
  TEXT_LENGTH_MAX,
} from "./limits.ts";

export type Block = types.KnownBlock;
export type Button = types.Button;

/** The part of `chat.postMessage`'s arguments, and of a response's, that a reply decides. */
export interface Message {
  /** What notifications and screen readers say. */
  readonly text: string;
  readonly blocks: Block[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/**
 * Slack refuses a message without text or blocks, so an empty one is a dash.
 * @param spoken those that the text stands in for
 */
export const messageOf = (blocks: Block[], spoken: readonly Block[] = blocks): Message => ({
  text: fallback(spoken).trim() || BLANK,
  blocks: blocks.length > 0 ? blocks : sections([BLANK]),
  unfurl_links: false,
  unfurl_media: false,
});

/** One sentence of our own as a message; it may hold our own markup. */
export const say = (text: string): Message => messageOf(sections([text]));

/** Lines of finished mrkdwn as as few blocks as hold them; a line is never parted. */
export const sections = (lines: readonly string[]): Block[] =>
  gather(lines).map((text) => ({ type: "section", text: { type: "mrkdwn", text, verbatim: true }, expand: true }));

/** The same, small and muted. */
export const contexts = (lines: readonly string[]): Block[] =>
  gather(lines).map((text) => ({ type: "context", elements: [{ type: "mrkdwn", text, verbatim: true }] }));

/** Lines of code as as few preformatted blocks as hold them; a line that fills one by itself is parted. */
export function fenced(lines: readonly string[]): Block[] {
  const texts: string[] = [];
  for (const line of lines.flatMap((one) => preformatted(one))) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < BLOCK_LENGTH_MAX)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts
    .filter((text) => text.trim() !== "")
    .map((text) => ({
      type: "section",
      text: { type: "mrkdwn", text: `\`\`\`\n${text}\n\`\`\``, verbatim: true },
      expand: true,
    }));
}

/** A line of code as it stands between fences, in pieces that fit. */
function preformatted(line: string): string[] {
  const pieces = line.match(new RegExp(`.{1,${CODE_PIECE_MAX}}`, "gu")) ?? [""];
  return pieces.map(code);
}
/** Escapes make a sign five characters long. */
const CODE_PIECE_MAX = 350;

export const header = (text: string): Block => ({
  type: "header",
  text: { type: "plain_text", text: shorten(plain(text), HEADER_LENGTH_MAX).text || BLANK, emoji: false },
});

export const actions = (buttons: readonly Button[]): Block[] =>
  buttons.length === 0 ? [] : [{ type: "actions", elements: buttons.slice(0, ACTIONS_MAX) }];

/** @param label what a screen reader says where the button's own words are too few */
export function button(id: string, text: string, value: string, label?: string): Button {
  const shown = plainWithin(text);
  return {
    type: "button",
    action_id: id,
    text: { type: "plain_text", text: shown, emoji: false },
    value,
    ...(label === undefined ? {} : { accessibility_label: plainWithin(label) }),
  };
}

/**
 * A table with its header row first, every row as long as that; null where Slack would refuse it.
 * @param caption what a screen reader says first
 */
export function table(caption: string, rows: readonly (readonly string[])[]): Block | null {
  const cells = rows.map((row) => row.map((cell) => plain(cell) || BLANK));
  const characters = cells.flat().reduce((sum, { length }) => sum + length, 0);
  const columns = cells[0]?.length ?? 0;
  // The header row counts on top of Slack's hundred, so there is one to spare.
  const fits = characters <= TABLE_LENGTH_MAX && cells.length <= TABLE_ROWS_MAX && columns <= TABLE_COLUMNS_MAX;
  if (!fits || cells.length < 2) return null;
  return {
    type: "data_table",
    caption: plain(caption) || BLANK,
    page_size: cells.length - 1,
    row_header_column_index: 0,
    rows: cells.map((row) => row.map((text) => ({ type: "raw_text", text }))),
  };
}

/** Foreign text as mrkdwn of at most so many characters, cut at the end of a sentence. */
export const within = (text: string, max: number = LINE_LENGTH_MAX): string =>
  mrkdwn(shorten(text, max, (part) => mrkdwn(part).length).text);

/**
 * Blocks in order, as many to a page as a message holds.
 * @param foot blocks that every page must have room for besides
 */
export function paginate(blocks: readonly Block[], foot: readonly Block[]): Block[][] {
  const room = MESSAGE_LENGTH_MAX - weigh(foot);
  const pages: Block[][] = [[]];
  for (const block of blocks) {
    const page = pages.at(-1) ?? [];
    const isFull = page.length + foot.length >= BLOCKS_MAX || weigh([...page, block]) > room;
    const hasTable = block.type === "data_table" && page.some(({ type }) => type === "data_table");
    if (page.length > 0 && (isFull || hasTable)) pages.push([block]);
    else page.push(block);
  }
  return pages;
}

/** Length as JSON. */
export const weigh = (blocks: readonly Block[]): number => JSON.stringify(blocks).length;

/** One line may fill a block, less what we put around it. */
const LINE_LENGTH_MAX = TEXT_LENGTH_MAX - 200;
/** Slack refuses empty text. */
const BLANK = "–";

const plainWithin = (text: string): string => shorten(plain(text), BUTTON_LENGTH_MAX).text || BLANK;

function gather(lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (const line of lines.filter((one) => one !== "")) {
    const last = texts.at(-1);
    const longer = last === undefined ? line : `${last}\n${line}`;
    if (last !== undefined && longer.length <= BLOCK_LENGTH_MAX) texts[texts.length - 1] = longer;
    else texts.push(line.slice(0, TEXT_LENGTH_MAX));
  }
  return texts;
}

/** Blocks are kept well below their limit, so that pages fill evenly and clients don't fold them. */
const BLOCK_LENGTH_MAX = 2000;

/** What blocks say, in as many lines as fit, from the first; "" where none says anything. */
function fallback(blocks: readonly Block[]): string {
  const kept: string[] = [];
  for (const line of blocks.flatMap(linesOf)) {
    // A choice's button says again what a line above explains.
    if (kept.some((said) => said.startsWith(`${line}:`))) continue;
    if (utf8Bytes([...kept, line, "…"].join("\n")) > FALLBACK_BYTES_MAX) {
      const rest = FALLBACK_BYTES_MAX - utf8Bytes([...kept, ""].join("\n"));
      return [...kept, kept.length === 0 ? shorten(line, rest, utf8Bytes).text : "…"].join("\n");
    }
    kept.push(line);
  }
  return kept.join("\n");
}

function linesOf(block: Block): string[] {
  switch (block.type) {
    case "section":
      return block.text === undefined ? [] : spoken(block.text.text);
    case "context":
      return block.elements.flatMap((element) => ("text" in element ? spoken(element.text) : []));
    case "actions":
      return block.elements.flatMap((element) => (element.type === "button" ? [`• ${mrkdwn(element.text.text)}`] : []));
    case "data_table":
      return rowsOf(block.rows.map((row) => row.map((cell) => (cell.type === "raw_text" ? mrkdwn(cell.text) : ""))));
    default:
      return [];
  }
}

/** Without the addresses of links. */
const spoken = (text: string): string[] => text.replace(/<https?:[^<>|]*\|([^<>]*)>/g, "$1").split("\n");

/** A row with what stands in the header before each of its cells. */
const rowsOf = ([head = [], ...rows]: readonly (readonly string[])[]): string[] =>
  rows.map(
    ([aspect = "", ...cells]) => `• ${aspect} – ${cells.map((cell, at) => `${head[at + 1]}: ${cell}`).join("; ")}`,
  );
