// Splits a document's blocks into the units that answer: a paragraph, a list or code with the line that announces it, a
// table.

import type { Block } from "../document.ts";

export type UnitKind = "text" | "list" | "code" | "table";

/** What is ranked and shown together: blocks of one section that follow each other in their document. */
export interface Unit {
  readonly kind: UnitKind;
  /** Places in the document's blocks, the second exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Lists and tables are parted between items and rows when they hold more words: half of what is longer may answer. */
const PART_WORDS_MAX = 120;
/** A paragraph in front of code is read with it although it does not end in a colon, unless it is longer. */
const ANNOUNCEMENT_WORDS_MAX = 40;

/** Every block that is no boilerplate stands in exactly one unit, but what announces something that is not there. */
export function unitsOf(blocks: readonly Block[]): Unit[] {
  const units: Unit[] = [];
  let at = 0;
  while (at < blocks.length) {
    const block = blocks[at];
    if (block === undefined || !isEvidence(block)) {
      at++;
      continue;
    }
    const to = endOf(blocks, at);
    const own = blocks.slice(at, to);
    if (!own.every(isAnnouncement)) units.push(...parted(blocks, kindOf(own), at, to));
    at = to;
  }
  return units;
}

/** What most of it is beside the paragraph that announces it. */
function kindOf(blocks: readonly Block[]): UnitKind {
  const whole = blocks.find(({ kind, item }) => kind !== "paragraph" || item !== undefined);
  if (whole === undefined) return "text";
  return whole.item !== undefined ? "list" : KINDS[whole.kind];
}

const KINDS: Readonly<Record<Block["kind"], UnitKind>> = {
  paragraph: "text",
  item: "list",
  code: "code",
  row: "table",
  heading: "text",
  furniture: "text",
};

const isEvidence = ({ kind }: Block): boolean => kind !== "furniture" && kind !== "heading";

/** Where the unit ends that begins with this block. */
function endOf(blocks: readonly Block[], from: number): number {
  const first = blocks[from];
  if (first === undefined) return from;
  const next = blocks[from + 1];
  if (first.kind === "paragraph") {
    if (next === undefined || !isBeside(first, next)) return from + 1;
    const announces = lastOf(first).endsWith(":");
    const isLabel = isAnnouncement(first);
    const isShown =
      next.kind === "paragraph"
        ? isLabel
        : announces || next.lead !== undefined || (next.kind === "code" && wordsOf(first) <= ANNOUNCEMENT_WORDS_MAX);
    return isShown ? endOf(blocks, from + 1) : from + 1;
  }
  let to = from + 1;
  for (let after = blocks[to]; after !== undefined && isBeside(first, after); after = blocks[++to])
    if (!isSameWhole(first, after)) break;
  return to;
}

/** Whether two blocks are of one list with all that stands in it, or of one table. */
const isSameWhole = (one: Block, other: Block): boolean =>
  one.group === undefined
    ? one.kind !== "code" && one.kind === other.kind && (one.kind !== "row" || one.header === other.header)
    : one.group === other.group;

/** Parts of a long list or table; each is read with the line that announces it. */
function parted(blocks: readonly Block[], kind: UnitKind, from: number, to: number): Unit[] {
  if (kind !== "list" && kind !== "table") return [{ kind, from, to }];
  const parts: Unit[] = [];
  let start = from;
  let words = 0;
  for (let at = from; at < to; at++) {
    const block = blocks[at];
    const own = block === undefined ? 0 : wordsOf(block);
    const isBound = block?.item?.isContinued === true || isAnnounced(blocks, at, from);
    if (words > 0 && words + own > PART_WORDS_MAX && !isBound) {
      parts.push({ kind, from: start, to: at });
      [start, words] = [at, 0];
    }
    words += own;
  }
  return [...parts, { kind, from: start, to }];
}

/** Whether what stands before it is what announces it. */
function isAnnounced(blocks: readonly Block[], at: number, from: number): boolean {
  const before = blocks[at - 1];
  if (before === undefined || at === from) return false;
  return lastOf(before).endsWith(":") || (at - 1 === from && before.kind === "paragraph" && before.item === undefined);
}

/** Whether it says nothing but that something follows. */
const isAnnouncement = ({ kind, sentences }: Block): boolean =>
  kind === "paragraph" && sentences.every(({ text }) => text.endsWith(":"));

const isBeside = (one: Block, other: Block): boolean => isEvidence(other) && one.section === other.section;

const lastOf = ({ sentences }: Block): string => sentences.at(-1)?.text ?? "";

const wordsOf = ({ sentences }: Block): number =>
  sentences.reduce((sum, { text }) => sum + (text.match(/\S+/g)?.length ?? 0), 0);

/** The text of a unit as it is searched: what announces it, then its sentences; a table's header and caption once. */
export function textOf(blocks: readonly Block[], { from, to }: Unit): string {
  const own = blocks.slice(from, to);
  const [first] = own;
  const last = own.at(-1);
  const above =
    first === undefined || (first.kind === "paragraph" && first.item === undefined)
      ? [last?.kind === "row" ? last.header : ""]
      : [first.lead?.text ?? "", first.kind === "row" || first.lead === undefined ? first.header : ""];
  return [
    last?.row?.caption?.text ?? "",
    ...above,
    ...own.flatMap(({ term, sentences }) => [term ?? "", ...sentences.map(({ text }) => text)]),
  ]
    .filter((part) => part !== "")
    .join(" ");
}
