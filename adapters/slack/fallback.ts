// Blocks to the text that notifications and screen readers say in their place: the same words, in lines.

import { shorten, utf8Bytes } from "../shared/shorten.ts";
import { mrkdwn } from "./escape.ts";
import type { Block } from "./layout.ts";
import { FALLBACK_BYTES_MAX } from "./limits.ts";

/** As many lines as fit, from the first; "" where no block says anything. */
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
