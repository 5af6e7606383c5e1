// Draws a document as a page: its lines numbered, the quoted ones marked, its headings as contents.

import { html } from "hono/html";
import type { Block, Document, LineRange, Sentence } from "../../src/document.ts";
import { pageAddress } from "../shared/citation-text.ts";
import { clean } from "../shared/one-line.ts";
import type { Addresses } from "./addresses.ts";
import { type Changes, changesOf } from "./changes.ts";
import type { Earlier } from "./editions.ts";
import { type NumberedLine, numbered } from "./lines.ts";
import { codeLine, type Html, inline, NONE } from "./markup.ts";

export interface DocumentView {
  readonly addresses: Addresses;
  /** The lines that are quoted; null where none are named. */
  readonly quoted: LineRange | null;
  /** What is known of the version that the link was made from; null where it names none. */
  readonly earlier: Earlier | null;
}

export function drawDocument(document: Document, view: DocumentView): Html {
  const { title, file, origin, url, updated, hasLines, blocks } = document;
  const page = pageAddress(url);
  const facts = [
    ...(origin === file ? [] : [html`${clean(origin)}`]),
    ...(page === null ? [] : [html`<a href="${page}" rel="noreferrer noopener" target="_blank">original page</a>`]),
    ...(updated === null ? [] : [html`last updated ${clean(updated)}`]),
    html`<a href="${view.addresses.raw(file)}">raw file</a>`,
  ];
  const changes = changesOf(document, view.quoted, view.earlier);
  const drawing = new Drawing(changes, Math.min(...depthsOf(blocks)));
  return html`<div class="reader">
${contentsOf(blocks)}
<article class="document" aria-label="${clean(title)}">
<h1>${inline(title)}</h1>
<p class="where">${clean(file)}${facts.map((fact) => html` · ${fact}`)}</p>
${changes.notice}
${hasLines ? NONE : html`<p class="where">This kind of file has no lines: the numbers count its blocks in reading order.</p>`}
${drawing.draw(blocks)}
</article></div>`;
}

const depthsOf = (blocks: readonly Block[]): number[] =>
  blocks.flatMap(({ kind, depth = 1 }) => (kind === "heading" ? [depth] : []));

/** More headings, and deeper ones, are not listed. */
const CONTENTS_MAX = 120;
const CONTENTS_DEPTHS = 3;

function contentsOf(blocks: readonly Block[]): Html {
  const outermost = Math.min(...depthsOf(blocks));
  const headings = blocks
    .filter(({ kind, depth = 1 }) => kind === "heading" && depth < outermost + CONTENTS_DEPTHS)
    .slice(0, CONTENTS_MAX);
  if (headings.length < 2) return NONE;
  const entries = headings.flatMap(({ sentences, depth = 1 }) =>
    sentences
      .slice(0, 1)
      .map(
        ({ text, lines }) =>
          html`<li class="depth-${depth - outermost}"><a href="#L${lines.start}">${inline(text)}</a></li>`,
      ),
  );
  return html`<nav class="contents" aria-label="Contents"><details open><summary>Contents</summary><ol>${entries}</ol></details></nav>`;
}

/** One document drawn once: every line is a place that can be linked to, and each place there is once. */
class Drawing {
  private readonly taken = new Set<number>();

  /** @param outermost depth of the outermost heading, which stands next to the page's title */
  constructor(
    private readonly changes: Changes,
    private readonly outermost: number,
  ) {}

  draw(blocks: readonly Block[]): readonly Html[] {
    const drawn: Html[] = [];
    for (let at = 0; at < blocks.length; ) {
      const run = runFrom(blocks, at);
      drawn.push(this.run(run));
      at += run.length;
    }
    return drawn;
  }

  private run(blocks: readonly Block[]): Html {
    const [first] = blocks;
    switch (first?.kind) {
      case undefined:
        return NONE;
      case "heading":
        return this.heading(first);
      case "item":
        return html`<ul class="items">${blocks.map((block) => this.item(block))}</ul>`;
      case "row":
        return this.table(blocks);
      case "code":
        return this.code(first);
      case "paragraph":
        return html`<p>${this.term(first)}${this.lines(first)}</p>`;
      case "furniture":
        return html`<p class="furniture">${this.lines(first)}</p>`;
    }
  }

  private heading(block: Block): Html {
    const text = this.lines(block);
    const level = (block.depth ?? 1) - this.outermost;
    if (level <= 0) return html`<h2>${text}</h2>`;
    return level === 1 ? html`<h3>${text}</h3>` : html`<h4>${text}</h4>`;
  }

  private item(block: Block): Html {
    const { depth = 0, number = null, isContinued = false } = block.item ?? {};
    const bullet = isContinued ? "" : number === null ? "•" : `${number}.`;
    return html`<li class="depth-${Math.min(depth, 4)}"><span class="bullet">${bullet}</span><span>${this.term(block)}${this.lines(block)}</span></li>`;
  }

  private table(blocks: readonly Block[]): Html {
    const header = blocks[0]?.row?.header ?? [];
    const head = header.every((cell) => cell.trim() === "")
      ? NONE
      : html`<thead><tr><td></td>${header.map((cell) => html`<th scope="col">${inline(cell)}</th>`)}</tr></thead>`;
    return html`<div class="wide" tabindex="0" role="group" aria-label="Table"><table>${head}<tbody>${blocks.map((block) => this.row(block))}</tbody></table></div>`;
  }

  private row(block: Block): Html {
    const [line] = numbered(block);
    if (line === undefined) return NONE;
    const cells = block.row?.cells ?? [line.sentences.map(({ text }) => text).join(" ")];
    const marked = this.isQuoted(line.lines);
    const place = this.place(line.lines);
    return html`<tr class="line${this.mark(line)}"${place.id}><td>${this.number(line.lines)}${place.others}</td>${cells.map(
      (cell) => html`<td>${marked ? html`<mark>${inline(cell)}</mark>` : inline(cell)}</td>`,
    )}</tr>`;
  }

  private code(block: Block): Html {
    const lines = numbered(block).map((line) => {
      const place = this.place(line.lines);
      const text = line.sentences.map((one) => codeLine(one.text)).join(" ");
      return html`<span class="line${this.mark(line)}"${place.id}>${this.number(line.lines)}${
        this.isQuoted(line.lines) ? html`<mark>${text}</mark>` : text
      }${place.others}
</span>`;
    });
    return html`<pre tabindex="0"><code>${lines}</code></pre>`;
  }

  private term = ({ term }: Block): Html => (term === undefined ? NONE : html`<strong>${inline(term)}</strong> `);

  private lines(block: Block): readonly Html[] {
    return numbered(block).map((line) => {
      const place = this.place(line.lines);
      const said = line.sentences.map((one) => this.sentence(one));
      return html`<span class="line${this.mark(line)}"${place.id}>${this.number(line.lines)}${said}${place.others}</span>`;
    });
  }

  private sentence({ text, coded, lines }: Sentence): Html {
    const drawn = inline(coded ?? text);
    return this.isQuoted(lines) ? html`<mark>${drawn}</mark> ` : html`${drawn} `;
  }

  private isQuoted({ start, end }: LineRange): boolean {
    const { quoted } = this.changes;
    return quoted !== null && start >= quoted.start && end <= quoted.end;
  }

  /** Where a link to these lines leads: to the element, or to an anchor in it for the lines that follow the first. */
  private place({ start, end }: LineRange): { readonly id: Html; readonly others: readonly Html[] } {
    const free: number[] = [];
    for (let line = start; line <= Math.min(end, start + LINES_MAX); line++)
      if (!this.taken.has(line)) {
        this.taken.add(line);
        free.push(line);
      }
    const own = free[0] === start;
    const others = (own ? free.slice(1) : free).map((line) => html`<span class="anchor" id="L${line}"></span>`);
    return { id: own ? html` id="L${start}"` : NONE, others };
  }

  private number = ({ start }: LineRange): Html =>
    html`<a class="ln" href="#L${start}" aria-label="Line ${start}">${start}</a>`;

  private mark = ({ lines }: NumberedLine): string => (this.changes.differing.has(lines.start) ? " changed" : "");
}

/** A sentence that goes on for more lines has no anchors there. */
const LINES_MAX = 400;

/** Blocks that are drawn together: items of lists, and rows of one table, that follow each other. */
function runFrom(blocks: readonly Block[], from: number): readonly Block[] {
  const first = blocks[from];
  if (first?.kind !== "item" && first?.kind !== "row") return blocks.slice(from, from + 1);
  let to = from + 1;
  while (blocks[to]?.kind === first.kind && (first.kind === "item" || blocks[to]?.group === first.group)) to++;
  return blocks.slice(from, to);
}
