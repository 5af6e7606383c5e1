// Renders what a button or command shows besides replies: quotes, the rest of a reply, the sources, short notices.

import type { Corpus } from "../../src/ingest/library.ts";
import { joinPlace, linesOf } from "../shared/citation-text.ts";
import { VOTE_REASONS } from "../shared/memory.ts";
import { count, FEEDBACK, NOTICE, REASONS } from "../shared/wording.ts";
import { type Press, type Told, writePress, writeShows, writeVote } from "./buttons.ts";
import { link, literal } from "./escape.ts";
import { buttons, type Card, createCard, fits, muted, type Part, rule, text } from "./layout.ts";
import type { Place, Places, Source } from "./places.ts";

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

function drawPlace({ text: said, quoted, sources }: Place): Part[] {
  const line = quoted === null ? literal(said) : `> ${literal(`[${quoted}]`)} “${literal(said)}”`;
  return [text(line, ...sources.map((source) => muted(drawSource(source)))), rule];
}

const drawSource = ({ title, section, file, lines, url }: Source): string =>
  `${joinPlace(link(title, url), literal(section))} · ${literal(file)}, ${linesOf(lines)}`;

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

/** Asks what was wrong with a reply that was voted down. */
export const renderWhy = (
  thanks: string,
  of: Omit<Extract<Press, { readonly kind: "why" }>, "kind" | "reason">,
): Card =>
  createCard(ACCENT, [
    text(`${thanks} ${NOTICE.whatWasWrong}`),
    buttons(
      VOTE_REASONS.map((reason) => ({
        label: REASONS[reason],
        customId: writeVote({ kind: "why", reason, ...of }),
      })),
    ),
  ]);

/** Says that something is noted, and offers to tell of a better answer. @param receipt null where that can't be told */
export const renderNoted = (said: string, receipt: string | null, of: Told): Card =>
  createCard(ACCENT, [
    text(said),
    buttons(receipt === null ? [] : [{ label: FEEDBACK.hear, customId: writePress({ kind: "hear", receipt, of }) }]),
  ]);

/** What only Discord needs saying, beside the notices of every bot. */
export const DISCORD_NOTICE = {
  expired: "That has expired: my documents have changed since. Please ask again.",
  unknown:
    "I do not know that command: it is of another version of me. Discord shows the right ones after a restart of its app.",
  unheard:
    "Discord does not show me what that message says. Please mention me in it (the bot, not the role of the same name), or use `/ask`.",
  busy: "More questions are coming in here than Discord lets me answer. Those I skipped: please ask again in a moment, or with `/ask`.",
};
