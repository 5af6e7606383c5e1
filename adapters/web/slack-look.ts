// Draws a Slack message from its very payload, much as Slack's clients do.
// https://docs.slack.dev/reference/block-kit/blocks/

import { html } from "hono/html";
import { pageAddress } from "../shared/citation-text.ts";
import { clean } from "../shared/one-line.ts";
import { listIn, objectIn, textIn } from "./json.ts";
import { type Html, NONE } from "./markup.ts";
import { drawMrkdwn } from "./slack-text.ts";

/** @param payload arguments of `chat.postMessage` */
export function drawSlack(payload: unknown): Html {
  const blocks = listIn(objectIn(payload).blocks);
  return html`<div class="slack"><span class="avatar" aria-hidden="true">¹</span><div class="message">
<p class="author"><strong>Footnote</strong> <span class="badge">APP</span></p>
${blocks.map(drawBlock)}</div></div>`;
}

/** Drawn by the kinds that Block Kit has, those included that our renderer leaves out today. */
function drawBlock(value: unknown): Html {
  const block = objectIn(value);
  switch (block.type) {
    case "section":
      return html`<div class="section"><div>${drawText(block.text)}${listIn(block.fields).map(drawText)}</div>${
        block.accessory === undefined ? NONE : drawElement(block.accessory)
      }</div>`;
    case "context":
      return html`<div class="context">${listIn(block.elements).map(drawText)}</div>`;
    case "header":
      return html`<p class="header">${textIn(objectIn(block.text).text)}</p>`;
    case "divider":
      return html`<hr>`;
    case "actions":
    case "context_actions":
      return html`<div class="actions">${listIn(block.elements).map(drawElement)}</div>`;
    case "data_table":
    case "table":
      return drawTable(block);
    case "rich_text":
      return html`${listIn(block.elements).map(drawRich)}`;
    case "markdown":
      return html`<p class="plain">${textIn(block.text)}</p>`;
    case "image":
      return html`<p class="plain">${textIn(block.alt_text)}</p>`;
    default:
      return NONE;
  }
}

function drawText(value: unknown): Html {
  const { type, text } = objectIn(value);
  return type === "mrkdwn" ? html`${drawMrkdwn(textIn(text))}` : html`<p>${textIn(text)}</p>`;
}

function drawElement(value: unknown): Html {
  const element = objectIn(value);
  if (element.type === "feedback_buttons")
    return html`<span class="faces"><span class="button">👍</span><span class="button">👎</span></span>`;
  const label = objectIn(element.text ?? element.placeholder).text;
  const kind = element.style === "primary" ? "button main" : "button";
  if (/_select$|^overflow$/.test(textIn(element.type)))
    return html`<span class="button">${textIn(label) || "…"} ▾</span>`;
  return html`<span class="${kind}">${textIn(label)}</span>`;
}

function drawTable({ rows, caption }: Readonly<Record<string, unknown>>): Html {
  const [head = [], ...body] = listIn(rows).map(listIn);
  const cell = (one: unknown): Html => {
    const { type, text, elements } = objectIn(one);
    return type === "rich_text" ? html`${listIn(elements).map(drawRich)}` : html`${textIn(text)}`;
  };
  return html`<div class="wide" tabindex="0" role="group" aria-label="${clean(textIn(caption)) || "Table"}"><table>
<thead><tr>${head.map((one) => html`<th scope="col">${cell(one)}</th>`)}</tr></thead>
<tbody>${body.map((row) => html`<tr>${row.map((one) => html`<td>${cell(one)}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** Sections, lists, quotes and code of a rich text. */
function drawRich(value: unknown): Html {
  const { type, elements, style, indent } = objectIn(value);
  const inner = listIn(elements);
  switch (type) {
    case "rich_text_list": {
      const depth = `depth-${Math.min(Number(indent) || 0, 4)}`;
      const items = inner.map((one) => html`<li>${listIn(objectIn(one).elements).map(drawLeaf)}</li>`);
      const first = Number(objectIn(value).offset) || 0;
      return style === "ordered"
        ? html`<ol class="${depth}" start="${first + 1}">${items}</ol>`
        : html`<ul class="${depth}">${items}</ul>`;
    }
    case "rich_text_preformatted":
      return html`<pre tabindex="0">${inner.map((one) => textIn(objectIn(one).text))}</pre>`;
    case "rich_text_quote":
      return html`<blockquote>${inner.map(drawLeaf)}</blockquote>`;
    default:
      return html`<p>${inner.map(drawLeaf)}</p>`;
  }
}

function drawLeaf(value: unknown): Html {
  const { type, text, url, style, name } = objectIn(value);
  const { bold, italic, strike, code } = objectIn(style);
  const words = textIn(text) || textIn(url) || (type === "emoji" ? `:${textIn(name)}:` : "");
  const lines = words.split("\n").map((line, at) => html`${at === 0 ? NONE : html`<br>`}${line}`);
  const address = type === "link" ? pageAddress(textIn(url)) : null;
  let drawn: Html = html`${lines}`;
  if (address !== null) drawn = html`<a href="${address}" rel="noreferrer noopener" target="_blank">${drawn}</a>`;
  if (code === true) drawn = html`<code>${drawn}</code>`;
  if (strike === true) drawn = html`<s>${drawn}</s>`;
  if (italic === true) drawn = html`<em>${drawn}</em>`;
  return bold === true ? html`<strong>${drawn}</strong>` : drawn;
}
