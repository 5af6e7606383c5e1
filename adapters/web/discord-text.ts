// Reads Discord's Markdown as its clients do, and draws it as HTML.
// https://support.discord.com/hc/en-us/articles/210298617

import { html } from "hono/html";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { pageAddress } from "../shared/citation-text.ts";
import { type Html, NONE } from "./markup.ts";

/** What CommonMark has and Discord does not. */
const WITHOUT = [
  ...["setextUnderline", "codeIndented", "htmlFlow", "htmlText", "thematicBreak", "definition", "labelStartImage"],
  "characterReference",
];

/** Small grey lines are Discord's own; what stands between them is Markdown. */
export function drawMarkdown(text: string): readonly Html[] {
  const runs: { readonly isSmall: boolean; readonly lines: string[] }[] = [];
  let isCode = false;
  for (const line of text.split("\n")) {
    const isSmall = !isCode && line.startsWith("-# ");
    if (/^```/.test(line)) isCode = !isCode;
    const last = runs.at(-1);
    const said = isSmall ? line.slice(3) : line;
    if (last?.isSmall === isSmall) last.lines.push(said);
    else runs.push({ isSmall, lines: [said] });
  }
  return runs.map(({ isSmall, lines }) => {
    const drawn = drawTree(lines.join("\n"));
    return isSmall ? html`<div class="small">${drawn}</div>` : drawn;
  });
}

const drawTree = (text: string): Html => draw(fromMarkdown(text, { extensions: [{ disable: { null: WITHOUT } }] }));

function draw(node: Nodes): Html {
  switch (node.type) {
    case "text":
      return html`${node.value.split("\n").map((line, at) => html`${at === 0 ? NONE : html`<br>`}${mentions(line)}`)}`;
    case "break":
      return html`<br>`;
    case "strong":
      return html`<strong>${node.children.map(draw)}</strong>`;
    case "emphasis":
      return html`<em>${node.children.map(draw)}</em>`;
    case "inlineCode":
      return html`<code>${node.value}</code>`;
    case "code":
      return html`<pre tabindex="0">${node.value}</pre>`;
    case "heading":
      return html`<p class="heading">${node.children.map(draw)}</p>`;
    case "paragraph":
      return html`<p>${node.children.map(draw)}</p>`;
    case "blockquote":
      return html`<blockquote>${node.children.map(draw)}</blockquote>`;
    case "list": {
      const items = node.children.map((item) => html`<li>${item.children.map(draw)}</li>`);
      return node.ordered === true ? html`<ol start="${node.start ?? 1}">${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case "link": {
      const address = pageAddress(node.url);
      const label = node.children.map(draw);
      return address === null
        ? html`${label}`
        : html`<a href="${address}" rel="noreferrer noopener" target="_blank">${label}</a>`;
    }
    case "root":
      return html`${node.children.map(draw)}`;
    default:
      return NONE;
  }
}

/** Channels and roles have names that only Discord knows. */
const mentions = (line: string): Html[] =>
  line
    .replaceAll("\u200B", "")
    .split(/(<(?:#|@&?)\d{15,21}>)/)
    .map((part) =>
      /^<[#@]/.test(part)
        ? html`<span class="mention">${part.startsWith("<#") ? "#channel" : "@role"}</span>`
        : html`${part}`,
    );
