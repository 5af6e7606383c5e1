// Renders a reply as a part of a page: the verdict first, then what supports it, then where it stands.

import { html } from "hono/html";
import type {
  Answer,
  Citation,
  CitedStatement,
  Clarify,
  Comparison,
  Disagreement,
  Help,
  Leads,
  Passage,
  Reply,
  Unknown,
} from "../../src/reply.ts";
import { joinPlace, linesOf, pageAddress, rangeOf } from "../shared/citation-text.ts";
import type { Names } from "../shared/names.ts";
import { clean } from "../shared/one-line.ts";
import { CUT_NOTE, headerOf, type Piece, readPassage, type Stretch } from "../shared/passage-text.ts";
import { readingLine } from "../shared/reading-line.ts";
import { NOT_SAID, SOURCES_DIFFER, SUGGESTIONS_LEAD } from "../shared/wording.ts";
import { type Html, inline, NONE } from "./markup.ts";

/** What a page shows besides the reply, and where its links lead. */
export interface View {
  readonly names: Names;
  /** The page of a citation's document, at its lines. */
  readonly source: (citation: Citation) => string;
  /** The page on which a question is asked that follows this reply. */
  readonly ask: (question: string) => string;
  /** Whether links leave the frame that the reply is shown in. */
  readonly isFramed: boolean;
}

export function renderReply(reply: Reply, view: View): Html {
  const reading = readingLine(reply, view.names, clean);
  return html`<article class="reply reply-${reply.kind}" aria-label="Reply">
${bodyOf(reply, view)}
${reading === "" ? NONE : html`<p class="reading">${reading}</p>`}
</article>`;
}

function bodyOf(reply: Reply, view: View): Html {
  switch (reply.kind) {
    case "answer":
      return renderAnswer(reply, view);
    case "comparison":
      return renderComparison(reply, view);
    case "leads":
      return renderLeads(reply, view);
    case "unknown":
      return renderUnknown(reply, view);
    case "clarify":
      return renderClarify(reply, view);
    case "help":
      return html`<p class="said">${inline(reply.text)}</p>${suggestionsOf(reply, view)}`;
  }
}

function renderAnswer(answer: Answer, view: View): Html {
  const { verdict, support, passage, disagreement, citations } = answer;
  const shown = passage === null ? null : renderPassage(passage, verdict, citations, view);
  return html`${shown?.saysVerdict === true ? NONE : html`<p class="verdict">${state(verdict, citations, view)}</p>`}
${shown?.drawn ?? NONE}
${support.length === 0 ? NONE : html`<ul class="support">${support.map((one) => html`<li>${state(one, citations, view)}</li>`)}</ul>`}
${renderDisagreement(disagreement, citations, view)}
${renderSources(citations, view)}
${suggestionsOf(answer, view)}`;
}

function renderComparison(comparison: Comparison, view: View): Html {
  const { title, verdict, sides, rows, disagreement, citations } = comparison;
  const cell = (one: CitedStatement | null): Html =>
    one === null ? html`<span class="not-said">${NOT_SAID}</span>` : state(one, citations, view);
  const table = html`<div class="wide" tabindex="0" role="group" aria-label="Both sides"><table class="sides">
<thead><tr><th scope="col"><span class="unseen">Aspect</span></th>${sides.map((side) => html`<th scope="col">${clean(side)}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ aspect, cells }) =>
      html`<tr><th scope="row">${clean(aspect)}</th>${cells.map((one, at) => html`<td data-side="${clean(sides[at] ?? "")}">${cell(one)}</td>`)}</tr>`,
  )}</tbody></table></div>`;
  return html`<h2 class="title">${inline(title)}</h2>
${verdict === null ? NONE : html`<p class="verdict">${state(verdict, citations, view)}</p>`}
${rows.length === 0 ? NONE : table}
${renderDisagreement(disagreement, citations, view)}
${renderSources(citations, view)}
${suggestionsOf(comparison, view)}`;
}

function renderLeads(leads: Leads, view: View): Html {
  const { text, passages, citations } = leads;
  return html`<p class="said"><strong class="tag">Not sure</strong> ${inline(text)}</p>
${passages.map((passage) => {
  const cited = citations.find(({ number }) => number === passage.citation);
  const place = joinPlace(clean(cited?.title ?? ""), clean(passage.section));
  const head = cited === undefined ? html`${place}` : link(view.source(cited), place, view);
  return html`<section class="lead"><h2>${head} <span class="where">[${passage.citation}] ${clean(cited?.file ?? "")}, ${linesOf(passage.lines)}</span></h2>
${renderPassage(passage, null, citations, view).drawn}</section>`;
})}
${suggestionsOf(leads, view)}`;
}

function renderUnknown(unknown: Unknown, view: View): Html {
  const { text, nearest } = unknown;
  const places = nearest.map(({ title, section }) => html`<li>${joinPlace(clean(title), clean(section))}</li>`);
  return html`<p class="said"><strong class="tag">No answer</strong> ${inline(text)}</p>
${places.length === 0 ? NONE : html`<section class="nearest"><h2>Nearest sections</h2><ul>${places}</ul></section>`}
${suggestionsOf(unknown, view)}`;
}

const renderClarify = ({ text, options }: Clarify, view: View): Html => html`<p class="said">${inline(text)}</p>
<ul class="options">${options.map(
  ({ label, question }) =>
    html`<li><a href="${view.ask(question)}">${clean(label) || clean(question)}</a>${
      clean(label) === clean(question) ? NONE : html` <span class="where">${clean(question)}</span>`
    }</li>`,
)}</ul>`;

function renderDisagreement(disagreement: Disagreement | null, citations: readonly Citation[], view: View): Html {
  if (disagreement === null) return NONE;
  const sides = disagreement.sides.map((side) => html`<li>${state(side, citations, view)}</li>`);
  return html`<section class="differ"><h2>${SOURCES_DIFFER} ${inline(disagreement.text)}</h2><ul>${sides}</ul></section>`;
}

type Suggesting = Answer | Comparison | Leads | Unknown | Help;

function renderSources(citations: readonly Citation[], view: View): Html {
  if (citations.length === 0) return NONE;
  const drawn = citations.map((citation) => {
    const { number, title, section, file, lines, page, quote, url } = citation;
    const origin = pageAddress(url);
    const place = joinPlace(clean(title), clean(section));
    return html`<li><span class="number">[${number}]</span><div>${link(view.source(citation), place, view)}
<span class="where">${clean(file)}:${rangeOf(lines)}${page === null ? "" : `, page ${page}`}${
      origin === null ? NONE : html` · <a href="${origin}" rel="noreferrer noopener" target="_blank">original</a>`
    }</span>
<blockquote>${clean(quote)}</blockquote></div></li>`;
  });
  return html`<section class="sources"><h2>Sources</h2><ul>${drawn}</ul></section>`;
}

function suggestionsOf({ kind, suggestions }: Suggesting, view: View): Html {
  const asked = suggestions.filter((one) => clean(one) !== "");
  if (asked.length === 0) return NONE;
  const links = asked.map((one) => html`<li><a href="${view.ask(one)}">${clean(one)}</a></li>`);
  return html`<nav class="next" aria-label="${SUGGESTIONS_LEAD[kind]}"><h2>${SUGGESTIONS_LEAD[kind]}</h2><ul class="chips">${links}</ul></nav>`;
}

/** A passage as the document has it; where the verdict is one of its sentences, that is set apart with its marks. */
function renderPassage(
  passage: Passage,
  verdict: CitedStatement | null,
  citations: readonly Citation[],
  view: View,
): { readonly saysVerdict: boolean; readonly drawn: Html } {
  const { stretches, saysVerdict } = readPassage(passage, verdict);
  const marks = verdict === null ? NONE : marksOf(verdict, citations, view);
  const drawn = html`<div class="passage">${stretches.map((stretch) => renderStretch(stretch, marks))}${
    passage.cut ? html`<p class="where">${CUT_NOTE}</p>` : NONE
  }</div>`;
  return { saysVerdict, drawn };
}

function renderStretch(stretch: Stretch, marks: Html): Html {
  const say = (pieces: readonly Piece[]): Html[] =>
    pieces.map(({ text, marked, isVerdict }) => {
      const drawn = marked ? html`<strong>${inline(text)}</strong>` : html`${inline(text)}`;
      return html`${drawn}${isVerdict ? marks : NONE} `;
    });
  switch (stretch.kind) {
    case "text":
      return html`<p>${say(stretch.pieces)}</p>`;
    case "items":
      return html`<ul class="items">${stretch.items.map(
        ({ number, depth, pieces }) =>
          html`<li class="depth-${Math.min(depth, 4)}"><span class="bullet">${number === null ? "•" : `${number}.`}</span><span>${say(pieces)}</span></li>`,
      )}</ul>`;
    case "code":
      return html`<pre tabindex="0"><code>${stretch.lines.join("\n")}</code></pre>`;
    case "rows": {
      const header = headerOf(stretch.rows);
      const head =
        header.length === 0
          ? NONE
          : html`<thead><tr>${header.map((one) => html`<th scope="col">${inline(one)}</th>`)}</tr></thead>`;
      const rows = stretch.rows.filter((row) => !row.header);
      return html`<div class="wide" tabindex="0" role="group" aria-label="Table"><table>${head}<tbody>${rows.map(
        (row) =>
          html`<tr${row.marked ? html` class="marked"` : NONE}>${row.cells.map((one) => html`<td>${inline(one)}</td>`)}</tr>`,
      )}</tbody></table></div>`;
    }
  }
}

/** A statement with its marks, each a link to where it stands. */
const state = (statement: CitedStatement, citations: readonly Citation[], view: View): Html =>
  html`${inline(statement.text)}${marksOf(statement, citations, view)}`;

function marksOf(statement: CitedStatement, citations: readonly Citation[], view: View): Html {
  const marks = [...statement.citations].sort((a, b) => a - b);
  return html`<span class="marks">\u00a0${marks.map((number) => {
    const cited = citations.find((one) => one.number === number);
    if (cited === undefined) return html`[${number}]`;
    const target = view.isFramed ? html` target="_blank"` : NONE;
    return html`<a class="mark" href="${view.source(cited)}" title="${clean(cited.quote)}" aria-label="Source ${number}: ${clean(cited.title)}, ${linesOf(cited.lines)}"${target}>[${number}]</a>`;
  })}</span>`;
}

const link = (address: string, text: string, { isFramed }: View): Html =>
  html`<a href="${address}"${isFramed ? html` target="_blank"` : NONE}>${text}</a>`;
