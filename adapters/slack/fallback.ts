// Reads blocks as plain lines: what notifications and screen readers say, and what is shown where Slack refuses the blocks.

import type { types } from "@slack/bolt";
import { shorten, utf8Bytes } from "../shared/shorten.ts";
import { code, mrkdwn } from "./escape.ts";
import { FALLBACK_BYTES_MAX } from "./limits.ts";
import type { RichText } from "./rich-text.ts";

type Block = types.KnownBlock;

/** What blocks say, as mrkdwn, in as many lines as fit, from the first; "" where none says anything. */
export function fallback(blocks: readonly Block[]): string {
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
      return block.elements.flatMap((element) => {
        if (element.type === "button") return [`• ${mrkdwn(element.text.text)}`];
        if (element.type !== "static_select") return [];
        return (element.options ?? []).map(({ text }) => `• ${mrkdwn(text.text)}`);
      });
    case "rich_text":
      return richLines(block);
    case "table":
    case "data_table":
      return rowsOf(block.rows.map((row) => row.map(cellText)));
    default:
      return [];
  }
}

type Cell = Extract<Block, { type: "data_table" }>["rows"][number][number];

const cellText = (cell: Cell): string =>
  cell.type === "raw_text" ? mrkdwn(cell.text) : cell.type === "rich_text" ? richLines(cell).join(" ") : "";

function richLines({ elements }: RichText): string[] {
  return elements.flatMap(elementLines);
}

function elementLines(element: RichText["elements"][number]): string[] {
  switch (element.type) {
    case "rich_text_section":
      return [inline(element.elements)];
    case "rich_text_quote":
      return [`&gt; ${inline(element.elements)}`];
    case "rich_text_preformatted":
      return ["```", ...element.elements.flatMap((part) => ("text" in part ? lines(part.text ?? "") : [])), "```"];
    case "rich_text_list": {
      const from = "offset" in element && typeof element.offset === "number" ? element.offset : 0;
      const indent = "  ".repeat(element.indent ?? 0);
      const lead = (at: number): string => (element.style === "ordered" ? `${from + at + 1}.` : "•");
      return element.elements.map((item, at) => `${indent}${lead(at)} ${inline(item.elements)}`);
    }
  }
}

const lines = (text: string): string[] => text.split("\n").map(code);

type InlinePart = Extract<RichText["elements"][number], { type: "rich_text_section" }>["elements"][number];

const inline = (parts: readonly InlinePart[]): string =>
  parts
    .map((part) => {
      if (part.type === "link") return mrkdwnPart(part.text ?? part.url);
      if (part.type !== "text") return "";
      return part.style?.code === true ? `\`${code(part.text)}\`` : mrkdwnPart(part.text);
    })
    .join("");

/** With the spaces around it, which part it from what stands beside it. */
const mrkdwnPart = (text: string): string =>
  `${/^\s/.test(text) ? " " : ""}${mrkdwn(text)}${/\S\s$/.test(text) ? " " : ""}`;

/** Without the addresses of links. */
const spoken = (text: string): string[] => text.replace(/<https?:[^<>|]*\|([^<>]*)>/g, "$1").split("\n");

/** A row with what stands in the header before each of its cells. */
const rowsOf = ([head = [], ...rows]: readonly (readonly string[])[]): string[] =>
  rows.map(
    ([aspect = "", ...cells]) => `• ${aspect} – ${cells.map((cell, at) => `${head[at + 1]}: ${cell}`).join("; ")}`,
  );
