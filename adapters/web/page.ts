// Frames what a page shows: its head, the way to other pages, and what it answers from.

import { html } from "hono/html";
import { clean } from "../shared/one-line.ts";
import { count } from "../shared/wording.ts";
import type { Addresses } from "./addresses.ts";
import type { Assets } from "./assets.ts";
import { type Html, NONE } from "./markup.ts";

/** What all pages share. */
export interface Site {
  readonly addresses: Addresses;
  readonly assets: Assets;
}

export interface Page {
  readonly title: string;
  readonly here: "ask" | "documents" | "api" | null;
  /** Of what answers now; null where nothing of it is shown. */
  readonly corpus: { readonly hash: string; readonly documents: number } | null;
  readonly body: Html;
}

export function framed({ title, here, corpus, body }: Page, { addresses, assets }: Site): Html {
  const way = (name: string, to: string, mark: Page["here"]): Html =>
    html`<li><a href="${to}"${here === mark ? html` aria-current="page"` : NONE}>${name}</a></li>`;
  return html`${head(title, { addresses, assets })}
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><div class="in">
<a class="brand" href="${addresses.home}">Footnote<sup aria-hidden="true">1</sup></a>
<nav aria-label="Pages"><ul>${way("Ask", addresses.home, "ask")}${way("Documents", addresses.documents, "documents")}${way("API", addresses.api, "api")}</ul></nav>
</div></header>
<main id="main" tabindex="-1"><div class="in">
${body}
</div></main>
<footer><div class="in">${
    corpus === null
      ? NONE
      : html`<p>Answered from ${count(corpus.documents, "document")}, version <code>${corpus.hash}</code>. No language model: every sentence is somebody’s, with its source.</p>`
  }</div></footer>
</body>
</html>`;
}

/** A page without anything around it, as it stands in a frame. */
export const bare = (title: string, body: Html, site: Site): Html => html`${head(title, site)}
<body class="framed">
<main id="main">
${body}
</main>
</body>
</html>`;

const head = (title: string, { addresses, assets }: Site): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${clean(title)}</title>
<link rel="icon" type="image/svg+xml" href="${addresses.asset("icon.svg", assets.versionOf("icon.svg"))}">
<link rel="stylesheet" href="${addresses.asset("style.css", assets.versionOf("style.css"))}">
<script defer src="${addresses.asset("page.js", assets.versionOf("page.js"))}"></script>
</head>`;

/** A page that says why there is nothing else. */
export const notice = (title: string, text: string, site: Site): Html =>
  framed(
    { title, here: null, corpus: null, body: html`<h1>${title}</h1><p class="notice" role="status">${text}</p>` },
    site,
  );
