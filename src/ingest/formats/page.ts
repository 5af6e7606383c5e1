// Builds blocks that know their section, their list and what announces them, from what a reader meets in reading order.

import type { Block, CodeText, ItemPlace, LineRange, RowCells, Sentence } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { hidesAll, isBoilerplate, lastCrumb, onlyNamesTroubles } from "./boilerplate.ts";
import type { Scope } from "./scope.ts";
import { updatedIn } from "./updated.ts";

/** Of one document, headings included: a file of the largest size that is read hardly has more. */
export const ENTRIES_MAX = 150_000;

/** What a block may have besides its sentences. */
export interface Details {
  /** A row's header cells, joined by " | ". */
  readonly header?: string;
  readonly restates?: string | null;
  readonly row?: RowCells;
  readonly code?: CodeText;
  readonly term?: string;
}

/** What a reader of any format fills while it walks a file from top to bottom. */
export class Page {
  firstHeading: string | null = null;
  /** When the page was last updated, as a line of it says. */
  updated: string | null = null;
  /** The sentence that announces the list that is being read ("Both of them:"), null outside of lists. */
  lead: Sentence | null = null;
  private readonly list: Block[] = [];
  private entries = 0;
  private groups = 0;
  private path: readonly Heading[] = [];
  private readonly lists: OpenList[] = [];
  private table: number | null = null;
  private lastOrdered: { readonly group: number; readonly next: number; readonly section: string } | null = null;

  /**
   * @param file what errors name the file
   * @param scopes of the file, in the order that they begin in
   */
  constructor(
    readonly file: string,
    private readonly scopes: readonly Scope[] = [],
  ) {}

  private nextScope = 0;

  /**
   * @param depth 1 for the outermost; a heading ends all that are as deep or deeper, but none outside of its scope
   * @param lines where it stands; null where nothing of it can be cited
   * @param page of a .pdf
   */
  heading(depth: number, title: string, lines: LineRange | null = null, page: number | null = null): void {
    if (lines !== null) this.moveTo(lines.start);
    this.count(1);
    const hides = isBoilerplate(title) || hidesAll(title);
    if (!hides) this.firstHeading ??= title;
    const inScope = this.path.findLastIndex(({ scope }) => scope !== null) + 1;
    const kept = this.path.filter((above, at) => at < inScope || above.depth < depth);
    this.path = [...kept, { depth, title, hides, scope: null }];
    this.lead = null;
    this.before = null;
    if (this.lists.length === 0) this.lastOrdered = null;
    if (lines !== null) this.push("heading", [{ text: title, lines, ...(page === null ? {} : { page }) }], { depth });
  }

  /** What introduces an item, the list it stands in and the question it answers are known here. */
  add(kind: Exclude<Block["kind"], "heading">, all: readonly Sentence[], details: Details = {}): void {
    const [first] = all;
    if (first === undefined || !all.some(({ text }) => text !== "")) return;
    this.moveTo(first.lines.start);
    const sentences = kind === "paragraph" ? this.withoutQuestion(all) : all;
    if (sentences.length === 0) return;
    this.count(sentences.length);
    const text = sentences.map((sentence) => sentence.text).join(" ");
    this.updated ??= updatedIn(text);
    const isOutside = this.path.some(({ hides }) => hides) || isBoilerplate(text);
    this.firstHeading ??= lastCrumb(text);
    this.push(isOutside ? "furniture" : kind, sentences, {
      ...details,
      header: kind === "item" ? (this.lead?.text ?? "") : (details.header ?? ""),
    });
    const last = sentences.at(-1);
    if (last === undefined) return;
    const isLead = last.text.endsWith(":");
    if (kind === "paragraph" || (kind === "item" && isLead)) {
      this.lead = isLead ? last : null;
      this.isAnnounced = false;
    }
    if (kind !== "code") this.before = kind === "paragraph" || kind === "item" ? last : null;
    const open = this.lists.at(-1);
    if (open?.item) open.item = { ...open.item, isContinued: true };
  }

  /** Whether the list or table that was announced has ended: the same words announce no code behind it. */
  private isAnnounced = false;
  /** The last sentence before code: what announces it, even without a colon. */
  private before: Sentence | null = null;

  /** All that `read` adds stands in one list. @param start of an ordered list, null for any other */
  inList(start: number | null, read: () => void): void {
    const close = this.openList(start);
    read();
    close();
  }

  /** Begins a list. @returns what ends it */
  openList(start: number | null): () => void {
    const outer = this.lists[0];
    const goesOn = start !== null && start > 1 && outer === undefined ? this.lastOrdered : null;
    const isSame = goesOn !== null && goesOn.next === start && goesOn.section === this.section;
    const group = outer?.group ?? (isSame ? goesOn.group : ++this.groups);
    const open: OpenList = { group, next: start, item: null, lead: this.lead };
    this.lists.push(open);
    return () => {
      this.lists.pop();
      this.isAnnounced = outer === undefined;
      if (outer === undefined)
        this.lastOrdered = open.next === null ? null : { group, next: open.next, section: this.section };
    };
  }

  /** All that `read` adds is one item of the list that is being read; it stands under what introduces the list. */
  inItem(read: () => void, isChecked: boolean | null = null): void {
    this.openItem(isChecked);
    read();
    this.closeItem();
  }

  /** Begins an item of the list that is being read, if one is. */
  openItem(isChecked: boolean | null = null): void {
    const open = this.lists.at(-1);
    if (open === undefined) return;
    open.item = {
      depth: this.lists.length - 1,
      number: open.next,
      isContinued: false,
      ...(isChecked === null ? {} : { isChecked }),
    };
    if (open.next !== null) open.next++;
    this.lead = open.lead;
    this.before = null;
  }

  closeItem(): void {
    const open = this.lists.at(-1);
    if (open !== undefined) open.item = null;
  }

  /** All rows that `read` adds stand in one table. */
  inTable(read: () => void): void {
    this.table = this.lists[0]?.group ?? ++this.groups;
    read();
    this.table = null;
    this.isAnnounced = this.lists.length === 0;
  }

  /** All that `read` adds stands under a label that ends with it: a tab's, or that of what folds open. */
  within(scope: Omit<Scope, "lines">, read: () => void): void {
    const leave = this.enterScope(scope);
    read();
    leave();
  }

  /** Begins what stands under a label. @returns what ends it */
  enterScope(scope: Omit<Scope, "lines">): () => void {
    const { path } = this;
    this.enter({ ...scope, lines: UNBOUNDED });
    return () => {
      this.path = path;
    };
  }

  private get section(): string {
    return this.path.flatMap(({ title }) => (title === "" ? [] : [title])).join(" › ");
  }

  private push(kind: Block["kind"], sentences: readonly Sentence[], details: Details & { depth?: number }): void {
    const [open, list] = [this.lists.at(-1), this.lists[0]];
    const scopes = this.path.flatMap(({ scope }) => scope ?? []);
    const note = scopes.findLast((scope) => scope.note !== undefined)?.note;
    const tab = scopes.findLast((scope) => scope.isTab === true)?.label?.text;
    const question = kind === "heading" ? undefined : this.path.findLast(({ title }) => asks(title))?.title;
    const group = list?.group ?? this.table;
    const announced = this.isAnnounced && kind === "code" ? null : this.lead;
    const lead = leadOf(kind, open, announced, this.before);
    const { header = "", restates = null, depth, ...rest } = details;
    this.list.push({
      kind,
      section: this.section,
      sentences,
      header,
      restates,
      ...rest,
      ...(depth === undefined ? {} : { depth }),
      ...(lead === null ? {} : { lead }),
      ...(group === null || kind === "heading" ? {} : { group }),
      ...(open?.item && kind !== "heading" ? { item: open.item } : {}),
      ...(question === undefined ? {} : { question }),
      ...(note === undefined ? {} : { note }),
      ...(tab === undefined ? {} : { tab }),
    });
  }

  /** Begins the scopes that hold this line, and ends those that end before it. */
  private moveTo(line: number): void {
    for (let scope = this.scopes[this.nextScope]; scope !== undefined && scope.lines.start <= line; ) {
      if (scope.lines.end >= line) {
        this.endBefore(scope.lines.start);
        this.enter(scope);
      }
      scope = this.scopes[++this.nextScope];
    }
    this.endBefore(line);
  }

  private endBefore(line: number): void {
    const ended = this.path.findIndex(({ scope }) => scope !== null && scope.lines.end < line);
    if (ended >= 0) this.path = this.path.slice(0, ended);
  }

  private enter(scope: Scope): void {
    const depth = (this.path.at(-1)?.depth ?? 0) + 1;
    const title = scope.label?.text ?? "";
    this.path = [...this.path, { depth, title, hides: hidesAll(title), scope }];
    if (scope.label !== undefined) {
      this.count(1);
      this.push("heading", [scope.label], { depth });
    }
  }

  /** "Q: …?" heads its answer, and so does a question all in bold; "A:" only marks it. */
  private withoutQuestion(sentences: readonly Sentence[]): readonly Sentence[] {
    const [first, ...rest] = sentences;
    if (first === undefined) return sentences;
    const asked = ASKED.exec(first.text)?.[1];
    if (asked !== undefined) {
      this.heading(QUESTION_DEPTH, asked, first.lines);
      return this.withoutQuestion(rest);
    }
    const isAsked = this.path.at(-1)?.depth === QUESTION_DEPTH;
    const mark = isAsked ? ANSWERED.exec(first.text)?.[0] : undefined;
    if (mark === undefined) return sentences;
    const { verbatim: _, coded, ...unmarked } = first;
    const text = first.text.slice(mark.length);
    return [{ ...unmarked, text, ...(coded === undefined ? {} : { coded: coded.slice(mark.length) }) }, ...rest];
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
      if (isMenu(items) || (items.every(({ lead }) => lead === undefined) && onlyNamesTroubles(items.map(textOf))))
        for (const item of items) isLink.add(item);
    return this.list.map((block) => (isLink.has(block) ? { ...block, kind: "furniture" as const } : block));
  }
}

/** Ended by who began it, not by a line. */
const UNBOUNDED: LineRange = { start: 1, end: Number.POSITIVE_INFINITY };

interface Heading {
  readonly depth: number;
  readonly title: string;
  /** Whether nothing under it belongs to the article. */
  readonly hides: boolean;
  /** Where it is the label of one, or an unnamed one: it ends with its lines. */
  readonly scope: Scope | null;
}

interface OpenList {
  readonly group: number;
  /** The number of the next item, null where items have none. */
  next: number | null;
  item: ItemPlace | null;
  readonly lead: Sentence | null;
}

/** Below all headings that are marked as such. */
export const QUESTION_DEPTH = 7;
const ASKED = /^(?:Q|Question)\s?\d*\s?[:.)]\s*(\S.*)$/;
const ANSWERED = /^(?:A|Answer)\s?\d*\s?[:.)]\s*(?=\S)/;
const ASKING =
  /\?["”’)\]]*$|^(?:how|what|why|when|where|which|who|can|could|do|does|did|is|are|should|will|may|must)(?:['’]s)?\s\S+\s\S/iu;

/** Whether a heading is a question, with its mark or without. */
const asks = (heading: string): boolean => ASKING.test(heading);

/** What announces code without a colon. */
const ANNOUNCES =
  /\b(?:following|below|as follows|like (?:this|so)|for example|e\.g\.|run|runs|type|enter|execute|use|add)\b/i;

/** Of items and rows what ends in a colon; of code the step it belongs to, or a sentence before it that points to it. */
function leadOf(
  kind: Block["kind"],
  open: OpenList | undefined,
  lead: Sentence | null,
  before: Sentence | null,
): Sentence | null {
  if (kind === "heading" || kind === "paragraph" || kind === "furniture") return null;
  if (kind !== "code") return lead;
  if (open !== undefined && before !== null) return before;
  return lead ?? (before !== null && ANNOUNCES.test(before.text) ? before : null);
}

/** All links but one, which is no more than a name: breadcrumbs end in the page's own. */
const isMenu = (items: readonly Block[]): boolean =>
  items.length > 1 &&
  items.filter(({ kind }) => kind === "furniture").length >= items.length - 1 &&
  items.every((item) => item.kind === "furniture" || isName(textOf(item)));

const NAME_LENGTH_MAX = 60;
const isName = (text: string): boolean => text.length <= NAME_LENGTH_MAX && !/[.:;!?]["”’)]*$/u.test(text);

const textOf = ({ sentences }: Block): string => sentences.map(({ text }) => text).join(" ");

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
