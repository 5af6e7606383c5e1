// Lays text out as Slack's blocks, pages and messages, each within its own limits.

import type { types } from "@slack/bolt";
import { clean } from "../shared/one-line.ts";
import { shorten } from "../shared/shorten.ts";
import { mrkdwn, plain } from "./escape.ts";
import { fallback } from "./fallback.ts";
import {
  ACTIONS_MAX,
  BLOCKS_MAX,
  BUTTON_LENGTH_MAX,
  HEADER_LENGTH_MAX,
  MESSAGE_LENGTH_MAX,
  OPTION_VALUE_LENGTH_MAX,
  OPTIONS_MAX,
  TABLE_COLUMNS_MAX,
  TABLE_LENGTH_MAX,
  TABLE_ROWS_MAX,
  TEXT_LENGTH_MAX,
} from "./limits.ts";
import {
  type Inline,
  type ListItem,
  lists,
  paragraph,
  preformatted,
  type RichText,
  richText,
  words,
} from "./rich-text.ts";

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

/** Pieces of a running text, in as few paragraphs as hold them. */
export function paragraphs(pieces: readonly (readonly Inline[])[]): Block[] {
  const shown = pieces.filter((piece) => piece.length > 0);
  return inChunks(shown, RICH_LENGTH_MAX).map((chunk) =>
    paragraph(chunk.flatMap((piece, at) => (at === 0 ? piece : [...words(" "), ...piece]))),
  );
}

export const listed = (items: readonly ListItem[]): Block[] =>
  inChunks(items, RICH_LENGTH_MAX).map((chunk) => richText(lists(chunk)));

/** Lines of fixed width, in as few blocks as hold them; a line that fills one by itself is parted. */
export const fixedWidth = (lines: readonly string[]): Block[] =>
  inChunks(
    lines.flatMap((line) => line.match(new RegExp(`.{1,${CODE_PIECE_MAX}}`, "gu")) ?? [""]),
    RICH_LENGTH_MAX,
  )
    .filter((chunk) => chunk.some((line) => line.trim() !== ""))
    .map((chunk) => richText([preformatted(chunk)]));
const CODE_PIECE_MAX = 1000;

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

/** A menu whose every choice says what it is worth; choices that are too long to be sent back are left out. */
export function menu(id: string, placeholder: string, choices: readonly string[]): Block[] {
  const options = choices
    .filter((choice) => choice.length <= OPTION_VALUE_LENGTH_MAX)
    .slice(0, OPTIONS_MAX)
    .map((choice) => ({
      text: { type: "plain_text" as const, text: plainWithin(choice), emoji: false },
      value: choice,
    }));
  if (options.length === 0) return [];
  return [
    {
      type: "actions",
      elements: [
        {
          type: "static_select",
          action_id: id,
          placeholder: { type: "plain_text", text: placeholder, emoji: false },
          options,
        },
      ],
    },
  ];
}

/**
 * A comparison's table with its header row first, every row as long as that; null where Slack would refuse it.
 * @param caption what a screen reader says first
 * @param room of a page, as JSON
 */
export function comparisonTable(
  caption: string,
  head: readonly string[],
  rows: readonly Row[],
  room: number,
): Block | null {
  const cells = cellsWithin(head, rows, room);
  if (cells === null) return null;
  return {
    type: "data_table",
    caption: plain(caption) || BLANK,
    page_size: cells.length - 1,
    row_header_column_index: 0,
    rows: cells,
  };
}

/** A document's table, as `comparisonTable`; its header may be empty. */
export function documentTable(head: readonly string[], rows: readonly Row[], room: number): Block | null {
  const cells = cellsWithin(head, rows, room);
  if (cells === null) return null;
  return { type: "table", rows: cells, column_settings: head.map(() => ({ is_wrapped: true })) };
}

/** Cells, each as parts of a line. */
export type Row = readonly (readonly Inline[])[];

function cellsWithin(head: readonly string[], rows: readonly Row[], room: number): Cell[][] | null {
  const heads = head.map((text): Cell => ({ type: "raw_text", text: clean(text) || BLANK }));
  const cells = [heads, ...rows.map((row) => row.map((parts): Cell => paragraph(parts)))];
  const characters = [...head.join(""), ...rows.flatMap((row) => row.flatMap(textOf)).join("")].length;
  const isEven = rows.every(({ length }) => length === head.length);
  // The header row counts on top of Slack's hundred, so there is one to spare.
  const fits = characters <= TABLE_LENGTH_MAX && cells.length <= TABLE_ROWS_MAX && head.length <= TABLE_COLUMNS_MAX;
  return fits && isEven && rows.length > 0 && head.length > 0 && JSON.stringify(cells).length + TABLE_OVERHEAD <= room
    ? cells
    : null;
}

type Cell = { readonly type: "raw_text"; readonly text: string } | RichText;
/** What a table's JSON holds besides its cells: a caption, settings of columns. */
const TABLE_OVERHEAD = 800;

/** What parts of a line say. */
export const textOf = (parts: readonly Inline[]): string => parts.map((part) => part.text ?? "").join("");

/** Foreign text as mrkdwn of at most so many characters, cut at the end of a sentence. */
export const within = (text: string, max: number = LINE_LENGTH_MAX): string =>
  mrkdwn(shorten(text, max, (part) => mrkdwn(part).length).text);

/**
 * Blocks in order, as many to a page as a message holds.
 * @param foot blocks that every page must have room for besides
 */
export function paginate(blocks: readonly Block[], foot: readonly Block[]): Block[][] {
  const room = roomBeside(foot);
  const pages: Block[][] = [[]];
  for (const block of blocks) {
    const page = pages.at(-1) ?? [];
    const isFull = page.length + foot.length >= BLOCKS_MAX || weigh([...page, block]) > room;
    const hasTable = isTable(block) && page.some(isTable);
    if (page.length > 0 && (isFull || hasTable)) pages.push([block]);
    else page.push(block);
  }
  return pages;
}

/** How much a page can hold besides, as JSON. */
export const roomBeside = (foot: readonly Block[]): number => MESSAGE_LENGTH_MAX - weigh(foot);

const isTable = ({ type }: Block): boolean => type === "table" || type === "data_table";

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

/** Neighbours together as long as their JSON stays below so many characters. */
function inChunks<T>(entries: readonly T[], max: number): T[][] {
  const chunks: T[][] = [];
  let weight = 0;
  for (const entry of entries) {
    const more = JSON.stringify(entry).length;
    const last = chunks.at(-1);
    if (last === undefined || weight + more > max) {
      chunks.push([entry]);
      weight = more;
    } else {
      last.push(entry);
      weight += more;
    }
  }
  return chunks;
}
/** As JSON: blocks are kept well below what a message holds, so that pages fill evenly. */
const RICH_LENGTH_MAX = 2500;
