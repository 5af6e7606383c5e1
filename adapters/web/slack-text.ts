// Reads Slack's mrkdwn as its clients do, and draws it as HTML.
// https://docs.slack.dev/messaging/formatting-message-text/

import { html } from "hono/html";
import { pageAddress } from "../shared/citation-text.ts";
import { type Html, NONE } from "./markup.ts";

const FENCE = /(```[\s\S]*?```)/;

/** Foreign text is escaped as Slack wants it; what is drawn here is escaped anew. */
export const drawMrkdwn = (text: string): readonly Html[] =>
  text.split(FENCE).flatMap((part) => {
    if (part.startsWith("```") && part.length >= 6)
      return [html`<pre tabindex="0">${shown(part.slice(3, -3).replace(/^\n|\n$/g, ""))}</pre>`];
    return part === "" ? [] : drawLines(part.replace(/^\n|\n$/g, ""));
  });

/** Quoted lines that follow each other are one quote. */
function drawLines(text: string): Html[] {
  const runs: { readonly isQuote: boolean; readonly lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const isQuote = /^(?:&gt;|>)/.test(line);
    const last = runs.at(-1);
    const said = isQuote ? line.replace(/^(?:&gt;|>) ?/, "") : line;
    if (last?.isQuote === isQuote) last.lines.push(said);
    else runs.push({ isQuote, lines: [said] });
  }
  return runs.map(({ isQuote, lines }) => {
    const drawn = lines.map((line, at) => html`${at === 0 ? NONE : html`<br>`}${drawInline(line)}`);
    return isQuote ? html`<blockquote>${drawn}</blockquote>` : html`<p>${drawn}</p>`;
  });
}

/** U+2060 beside a mark keeps it from being one. */
const TOKEN =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}\u2060])([*_~])(?![\s\u2060])((?:(?!\3)[^\n])*?(?<![\s\u2060]))\3(?![\p{L}\p{N}\u2060])|:([a-z0-9_+-]+):/gu;

function drawInline(text: string): Html[] {
  const drawn: Html[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, code, link, mark, inner, emoji] = match;
    const token = drawToken({ code, link, mark, inner, emoji }, whole);
    drawn.push(html`${shown(text.slice(from, match.index))}`, token);
    from = match.index + whole.length;
  }
  return [...drawn, html`${shown(text.slice(from))}`];
}

interface Token {
  readonly code: string | undefined;
  readonly link: string | undefined;
  readonly mark: string | undefined;
  readonly inner: string | undefined;
  readonly emoji: string | undefined;
}

function drawToken({ code, link, mark, inner = "", emoji }: Token, whole: string): Html {
  if (code !== undefined) return html`<code>${shown(code)}</code>`;
  if (link !== undefined) return drawLink(link);
  if (mark === "*") return html`<strong>${drawInline(inner)}</strong>`;
  if (mark === "_") return html`<em>${drawInline(inner)}</em>`;
  if (mark === "~") return html`<s>${drawInline(inner)}</s>`;
  return html`${(emoji === undefined ? undefined : EMOJI[emoji]) ?? whole}`;
}

function drawLink(link: string): Html {
  const [target = "", label] = link.split("|");
  const address = pageAddress(shown(target));
  if (address !== null)
    return html`<a href="${address}" rel="noreferrer noopener" target="_blank">${shown(label ?? target)}</a>`;
  if (/^[#@!]/.test(target))
    return html`<span class="mention">${label ?? MENTIONED[target.charAt(0)] ?? target}</span>`;
  return html`${shown(label ?? target)}`;
}

/** Names that only Slack knows. */
const MENTIONED: Readonly<Record<string, string>> = { "#": "#channel", "@": "@person", "!": "@group" };

/** Those that our messages use. */
const EMOJI: Readonly<Record<string, string>> = {
  mag: "🔍",
  grey_question: "❔",
  warning: "⚠️",
  hourglass: "⏳",
  scales: "⚖️",
  bulb: "💡",
  information_source: "ℹ️",
};

const shown = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&").replaceAll("\u2060", "");
