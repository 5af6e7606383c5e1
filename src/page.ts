// Headings, paragraphs, items and rows in reading order to blocks that know their section and what introduces them.

import type { Block, Sentence } from "./document.ts";
import { hidesAll, isFurniture, onlyNamesTroubles } from "./furniture.ts";

/** What a reader of any format fills while it walks a file from top to bottom. */
export class Page {
  firstHeading: string | null = null;
  /** The line that introduces the list that is being read ("Both of them:"), "" outside of lists. */
  introduction = "";
  private readonly list: Block[] = [];
  private path: readonly { readonly depth: number; readonly title: string }[] = [];

  /** @param depth 1 for the outermost; a heading ends all that are as deep or deeper */
  heading(depth: number, title: string): void {
    this.firstHeading ??= title;
    this.path = [...this.path.filter((above) => above.depth < depth), { depth, title }];
    this.introduction = "";
  }

  /** @param header the header cells of a row; what introduces an item is known here */
  add(kind: Block["kind"], sentences: readonly Sentence[], header = "", restates: string | null = null): void {
    if (!sentences.some(({ text }) => text !== "")) return;
    const section = this.path.map(({ title }) => title).join(" › ");
    const text = sentences.map((sentence) => sentence.text).join(" ");
    const isOutside = isFurniture(text) || this.path.some(({ title }) => hidesAll(title));
    this.list.push({
      kind: isOutside ? "furniture" : kind,
      section,
      sentences,
      header: kind === "item" ? this.introduction : header,
      restates,
    });
    const last = sentences.at(-1)?.text ?? "";
    if (kind === "paragraph" || last.endsWith(":")) this.introduction = last.endsWith(":") ? last : "";
  }

  /** All that was added; lists that only name other pages' questions are furniture. */
  blocks(): Block[] {
    const isLink = new Set<Block>();
    for (const items of lists(this.list))
      if (onlyNamesTroubles(items.map(({ sentences }) => sentences.map(({ text }) => text).join(" "))))
        for (const item of items) isLink.add(item);
    return this.list.map((block) => (isLink.has(block) ? { ...block, kind: "furniture" as const } : block));
  }
}

/** Runs of items that stand next to each other. */
function lists(blocks: readonly Block[]): Block[][] {
  const runs: Block[][] = [];
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== "item") continue;
    const before = blocks[at - 1];
    if (before?.kind === "item" && before.section === block.section) runs.at(-1)?.push(block);
    else runs.push([block]);
  }
  return runs;
}
