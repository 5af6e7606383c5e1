// Draws the list of documents, each with where it came from.

import { html } from "hono/html";
import type { Document } from "../../src/document.ts";
import { clean } from "../shared/one-line.ts";
import { count } from "../shared/wording.ts";
import type { Addresses } from "./addresses.ts";
import { type Html, inline, NONE } from "./markup.ts";

/** As many to a page. */
export const LISTED_MAX = 200;

/** @param page from 1 */
export function drawDocuments(documents: readonly Document[], page: number, addresses: Addresses): Html {
  const from = (page - 1) * LISTED_MAX;
  const shown = documents.slice(from, from + LISTED_MAX);
  const entries = shown.map(
    ({ title, file, origin, updated }) => html`<li><a href="${addresses.document(file)}">${inline(title)}</a>
<span class="where">${clean(file)}${origin === file ? "" : ` · ${clean(origin)}`}${updated === null ? "" : ` · ${clean(updated)}`}</span></li>`,
  );
  const pages = Math.ceil(documents.length / LISTED_MAX);
  const to = (name: string, number: number): Html =>
    number < 1 || number > pages ? NONE : html`<a href="${addresses.documents}?page=${number}">${name}</a> `;
  return html`<h1>Documents</h1>
<p class="lede">${count(documents.length, "document")}; replies say what stands in these, and nothing else.</p>
<ul class="documents">${entries}</ul>
${pages < 2 ? NONE : html`<nav class="pager" aria-label="More documents">${to("Previous", page - 1)}${to("Next", page + 1)}</nav>`}`;
}
