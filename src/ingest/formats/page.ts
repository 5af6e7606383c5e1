// Headings, paragraphs, items and rows in reading order to blocks that know their section and what introduces them.

import type { Block, Sentence } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { hidesAll, isBoilerplate, lastCrumb, onlyNamesTroubles } from "./boilerplate.ts";

/** Of one document, headings included: more than two megabytes of prose have. */
const ENTRIES_MAX = 30_000;

/** What a reader of any format fills while it walks a file from top to bottom. */
export class Page {
  firstHeading: string | null = null;
  /** The line that introduces the list that is being read ("Both of them:"), "" outside of lists. */
  introduction = "";
  private readonly list: Block[] = [];
  private entries = 0;
  private path: readonly Heading[] = [];

  /** @param file what errors name the file */
  constructor(private readonly file: string) {}

  /** @param depth 1 for the outermost; a heading ends all that are as deep or deeper */
  heading(depth: number, title: string): void {
    this.count(1);
    const hides = isBoilerplate(title) || hidesAll(title);
    if (!hides) this.firstHeading ??= title;
    this.path = [...this.path.filter((above) => above.depth < depth), { depth, title, hides }];
    this.introduction = "";
  }

  /** @param header the header cells of a row; what introduces an item is known here */
  add(kind: Block["kind"], sentences: readonly Sentence[], header = "", restates: string | null = null): void {
    if (!sentences.some(({ text }) => text !== "")) return;
    this.count(sentences.length);
    const section = this.path.map(({ title }) => title).join(" › ");
    const text = sentences.map((sentence) => sentence.text).join(" ");
    const isOutside = this.path.some(({ hides }) => hides) || isBoilerplate(text);
    this.firstHeading ??= lastCrumb(text);
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

  private count(more: number): void {
    this.entries += more;
    if (this.entries > ENTRIES_MAX)
      throw new CorpusError(this.file, null, `holds more than ${ENTRIES_MAX} sentences, items and rows`, "split it");
  }

  /** All that was added; lists that only name other pages are furniture. */
  blocks(): Block[] {
    const isLink = new Set<Block>();
    for (const items of lists(this.list))
      if (isMenu(items) || onlyNamesTroubles(items.map(({ sentences }) => sentences.map(({ text }) => text).join(" "))))
        for (const item of items) isLink.add(item);
    return this.list.map((block) => (isLink.has(block) ? { ...block, kind: "furniture" as const } : block));
  }
}

interface Heading {
  readonly depth: number;
  readonly title: string;
  /** Whether nothing under it belongs to the article. */
  readonly hides: boolean;
}

/** All links but one: breadcrumbs end in the page's own name. */
const isMenu = (items: readonly Block[]): boolean =>
  items.length > 1 && items.filter(({ kind }) => kind === "furniture").length >= items.length - 1;

/** Runs of items that stand next to each other. */
function lists(blocks: readonly Block[]): Block[][] {
  const runs: Block[][] = [];
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== "item" && block.kind !== "furniture") continue;
    const before = blocks[at - 1];
    const goesOn = before?.kind === "item" || before?.kind === "furniture";
    if (goesOn && before.section === block.section) runs.at(-1)?.push(block);
    else runs.push([block]);
  }
  return runs;
}
