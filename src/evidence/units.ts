// A document's blocks to the units that answer: a paragraph, a list or code with the line that announces it, a table.

import type { Block } from "../document.ts";

export type UnitKind = "text" | "list" | "code" | "table";

/** What is ranked and shown together: blocks of one section that follow each other in their document. */
export interface Unit {
  readonly kind: UnitKind;
  /** Places in the document's blocks, the second exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Lists are parted between items when they hold more words: what is longer is no answer, and half of it may be one. */
const LIST_WORDS_MAX = 120;
/** A paragraph in front of code is read with it although it does not end in a colon, unless it is longer. */
const ANNOUNCEMENT_WORDS_MAX = 40;

/** Every block that is no boilerplate stands in exactly one unit. */
export function unitsOf(blocks: readonly Block[]): Unit[] {
  const units: Unit[] = [];
  let at = 0;
  while (at < blocks.length) {
    const block = blocks[at];
    if (block === undefined || block.kind === "furniture") {
      at++;
      continue;
    }
    const to = endOf(blocks, at);
    const kind = KINDS[(blocks[to - 1] ?? block).kind];
    units.push(...(kind === "list" ? partedList(blocks, at, to) : [{ kind, from: at, to }]));
    at = to;
  }
  return units;
}

const KINDS: Readonly<Record<Block["kind"], UnitKind>> = {
  paragraph: "text",
  item: "list",
  code: "code",
  row: "table",
  furniture: "text",
};

/** Where the unit ends that begins with this block. */
function endOf(blocks: readonly Block[], from: number): number {
  const first = blocks[from];
  if (first === undefined) return from;
  const next = blocks[from + 1];
  if (first.kind === "paragraph") {
    if (next === undefined || !isBeside(first, next)) return from + 1;
    const announces = lastOf(first).endsWith(":");
    const isAnnounced = next.kind !== "paragraph" && (announces || (next.kind === "code" && wordsOf(first) <= ANNOUNCEMENT_WORDS_MAX));
    return isAnnounced ? endOf(blocks, from + 1) : from + 1;
  }
  let to = from + 1;
  if (first.kind === "code") return to;
  for (let after = blocks[to]; after !== undefined && isBeside(first, after); after = blocks[++to])
    if (after.kind !== first.kind || (first.kind === "row" && after.header !== first.header)) break;
  return to;
}

/** Parts of a long list, each but the first without the line that announces it: that is read as the items' header. */
function partedList(blocks: readonly Block[], from: number, to: number): Unit[] {
  const parts: Unit[] = [];
  let start = from;
  let words = 0;
  for (let at = from; at < to; at++) {
    const block = blocks[at];
    const own = block === undefined ? 0 : wordsOf(block);
    if (words > 0 && words + own > LIST_WORDS_MAX) {
      parts.push({ kind: "list", from: start, to: at });
      [start, words] = [at, 0];
    }
    words += own;
  }
  return [...parts, { kind: "list", from: start, to }];
}

const isBeside = (one: Block, other: Block): boolean => other.kind !== "furniture" && one.section === other.section;

const lastOf = ({ sentences }: Block): string => sentences.at(-1)?.text ?? "";

const wordsOf = ({ sentences }: Block): number =>
  sentences.reduce((sum, { text }) => sum + (text.match(/\S+/g)?.length ?? 0), 0);

/** The text of a unit as it is searched: what announces it, then its sentences; a table's header once. */
export function textOf(blocks: readonly Block[], { from, to }: Unit): string {
  const own = blocks.slice(from, to);
  const [first] = own;
  const header = first === undefined || first.kind === "paragraph" ? "" : first.header;
  return [header, ...own.flatMap(({ sentences }) => sentences.map(({ text }) => text))]
    .filter((part) => part !== "")
    .join(" ");
}
