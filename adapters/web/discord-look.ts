// Draws a Discord message from its very payload, much as Discord's clients do.
// https://docs.discord.com/developers/components/reference

import { html } from "hono/html";
import { drawMarkdown } from "./discord-text.ts";
import { listIn, objectIn, textIn } from "./json.ts";
import { type Html, NONE } from "./markup.ts";

/** @param payload body of a message create request */
export function drawDiscord(payload: unknown): Html {
  const components = listIn(objectIn(payload).components);
  return html`<div class="discord"><span class="avatar" aria-hidden="true">¹</span><div class="message">
<p class="author"><strong>Footnote</strong> <span class="badge">APP</span></p>
${components.map(drawComponent)}</div></div>`;
}

const COMPONENT = { row: 1, button: 2, select: 3, section: 9, text: 10, separator: 14, container: 17 } as const;

function drawComponent(value: unknown): Html {
  const component = objectIn(value);
  const inner = listIn(component.components);
  switch (component.type) {
    case COMPONENT.container:
      return html`<div class="card">${accent(component.accent_color)}<div>${inner.map(drawComponent)}</div></div>`;
    case COMPONENT.text:
      return html`<div class="text">${drawMarkdown(textIn(component.content))}</div>`;
    case COMPONENT.section:
      return html`<div class="section"><div>${inner.map(drawComponent)}</div>${drawComponent(component.accessory)}</div>`;
    case COMPONENT.separator:
      return html`<hr>`;
    case COMPONENT.row:
      return html`<div class="actions">${inner.map(drawComponent)}</div>`;
    case COMPONENT.button:
      return html`<span class="${component.style === 1 ? "button main" : "button"}">${textIn(component.label) || emojiOf(component.emoji)}</span>`;
    case COMPONENT.select:
      return html`<span class="button">${textIn(component.placeholder) || "…"} ▾</span>`;
    default:
      return NONE;
  }
}

const emojiOf = (emoji: unknown): string => textIn(objectIn(emoji).name);

/** The bar at a card's left: an attribute of a picture, since no style may stand in a page. */
function accent(colour: unknown): Html {
  if (typeof colour !== "number" || !Number.isInteger(colour) || colour < 0 || colour > 0xffffff) return NONE;
  const hex = `#${colour.toString(16).padStart(6, "0")}`;
  return html`<svg class="accent" aria-hidden="true" width="4" height="100%"><rect width="4" height="100%" fill="${hex}"/></svg>`;
}
