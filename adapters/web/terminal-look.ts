// Draws what a terminal would show, colours and all, as a part of a page.

import { html } from "hono/html";
import type { Html } from "./markup.ts";

/** The attributes that our own terminal texts use: https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
const COLOURS: Readonly<Record<string, string>> = { 31: "red", 32: "green", 33: "yellow", 36: "cyan" };

interface Ink {
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly colour: string | null;
}
const PLAIN: Ink = { isBold: false, isDim: false, colour: null };

/**
 * @param text lines with their escapes
 * @param places pages by how a terminal names what they show, "file:12-14"; linked wherever that stands whole
 */
export function drawTerminal(text: string, places: ReadonlyMap<string, string>): Html {
  let ink = PLAIN;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes begin with one
  const parts = text.split(/\u001b\[(\d+)m/).map((part, at) => {
    if (at % 2 === 0) return part === "" ? html`` : html`<span class="${classOf(ink)}">${linked(part, places)}</span>`;
    ink = inkAfter(ink, part);
    return html``;
  });
  return html`<pre class="terminal" tabindex="0">${parts}</pre>`;
}

function linked(text: string, places: ReadonlyMap<string, string>): Html[] {
  return text.split(/(\S+:\d+(?:-\d+)?)/).map((part) => {
    const page = places.get(part);
    return page === undefined ? html`${part}` : html`<a href="${page}">${part}</a>`;
  });
}

function inkAfter(ink: Ink, code: string): Ink {
  if (code === "1") return { ...ink, isBold: true };
  if (code === "2") return { ...ink, isDim: true };
  if (code === "22") return { ...ink, isBold: false, isDim: false };
  if (code === "39") return { ...ink, colour: null };
  return code in COLOURS ? { ...ink, colour: COLOURS[code] ?? null } : PLAIN;
}

const classOf = ({ isBold, isDim, colour }: Ink): string =>
  [isBold ? "bold" : "", isDim ? "dim" : "", colour ?? ""].filter((one) => one !== "").join(" ");
