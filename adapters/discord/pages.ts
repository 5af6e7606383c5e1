// What a button or command shows beside replies: quotes, the rest of a reply, the sources, and short notices.

import type { Corpus } from "../../src/library.ts";
import { buttons, type Card, createCard, fits, muted, type Part, rule, text } from "./card.ts";
import { link, literal } from "./literal.ts";
import type { Place, Places, Source } from "./places.ts";
import { writeShows } from "./press.ts";
import { drawLines } from "./render.ts";

const ACCENT = 0x5865f2;

/**
 * Quotes and statements with where they stand; as many as fit, the others behind "More".
 * @returns null where a name means nothing in this corpus
 */
export function renderPlaces(names: readonly string[], places: Places): Card | null {
  const found = names.flatMap((name) => places.place(name) ?? []);
  if (found.length < names.length || found.length === 0) return null;
  for (let shown = found.length; shown > 0; shown--) {
    const more = writeShows(names.slice(shown), places).map((customId) => ({ label: "More", customId }));
    const card = createCard(ACCENT, [...found.slice(0, shown).flatMap(drawPlace), buttons(more)]);
    if (fits(card)) return card;
  }
  return null;
}

function drawPlace({ text: said, isQuote, sources }: Place): Part[] {
  const line = isQuote ? `> “${literal(said)}”` : literal(said);
  return [text(line, ...sources.map((source) => muted(drawSource(source)))), rule];
}

function drawSource({ title, section, file, lines, url }: Source): string {
  const place = [link(title, url), literal(section)].filter((part) => part !== "").join(" › ");
  return `${place} · ${literal(file)}, ${drawLines(lines)}`;
}

/** What the bot knows, and where each document came from. */
export function renderSources({ documents, hash }: Corpus): Card {
  const lines = documents.map(
    ({ title, origin, url, file }) => `- ${link(title, url)}${origin === file ? "" : ` — ${literal(origin)}`}`,
  );
  for (let shown = lines.length; ; shown--) {
    const others = lines.length - shown;
    const rest = others === 0 ? "" : `and ${count(others, "other")}`;
    const intro = `I answer from ${count(documents.length, "document")} and from nothing else:`;
    const card = createCard(ACCENT, [text(intro), text(...lines.slice(0, shown), rest), text(muted(`Corpus ${hash}`))]);
    if (shown === 0 || fits(card)) return card;
  }
}

/** Notices hold no text of a question or document; they are plain content, which is shown even where nothing else is. */
export const NOTICE = {
  expired: "That button has expired: my documents have changed since. Please ask again.",
  unknown:
    "I do not know that command: it is of another version of me. Discord shows the right ones after a restart of its app.",
  failed: "Something went wrong on my side, and your question was not answered. Please ask again.",
  noText: "That message has no text that I can read.",
  busy: "More questions are coming in here than Discord lets me answer. Those I skipped: please ask again in a moment, or with `/ask`.",
  limited: (retryAfterMs: number): string =>
    `That was a lot of questions. Please wait ${count(Math.max(1, Math.ceil(retryAfterMs / 1000)), "second")} and ask again.`,
  elsewhere: (channels: readonly string[]): string =>
    `I answer in ${channels
      .slice(0, 20)
      .map((id) => `<#${id}>`)
      .join(", ")}. Please ask there.`,
  voted: (value: "up" | "down", human: string | null): string => {
    if (value === "up") return "Thanks, noted.";
    return `Thanks, noted. Sorry that it did not help.${human === null ? "" : ` Somebody may know: ${human}`}`;
  },
};

/** "1 document", "5 documents". */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
