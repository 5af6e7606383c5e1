// Renders what a button or command shows besides replies: quotes, the rest of a reply, the sources, short notices.

import type { Corpus } from "../../src/ingest/library.ts";
import { dateWords } from "../shared/age.ts";
import { joinPlace, linesOf } from "../shared/citation-text.ts";
import { VOTE_REASONS } from "../shared/memory.ts";
import { shorten } from "../shared/shorten.ts";
import { sourceAddress } from "../shared/source-address.ts";
import { count, FEEDBACK, NOTICE, REASONS } from "../shared/wording.ts";
import { type Press, type Told, writePress, writeShows, writeVote } from "./buttons.ts";
import { link, literal, prose } from "./escape.ts";
import { buttons, type Card, createCard, fits, muted, type Part, rule, text } from "./layout.ts";
import type { Place, Source } from "./places.ts";
import type { View } from "./view.ts";

const ACCENT = 0x5865f2;

/**
 * Quotes and statements with where they stand; as many as fit, the others behind "More".
 * @returns null where a name means nothing in this corpus
 */
export function renderPlaces(names: readonly string[], view: View): Card | null {
  const { places } = view;
  const found = names.flatMap((name) => places.place(name) ?? []);
  if (found.length < names.length || found.length === 0) return null;
  for (let shown = found.length; shown > 0; shown--) {
    const more = writeShows(names.slice(shown), places).map((customId) => ({ label: "More", customId }));
    const card = createCard(ACCENT, [...drawPlaces(found.slice(0, shown), view, WHOLE), buttons(more)]);
    if (fits(card)) return card;
  }
  return null;
}

/**
 * The sources of a reply, each with its quote; quotes are cut where not all of them fit whole.
 * @returns null where a name means nothing in this corpus
 */
export function renderSourcesOf(names: readonly string[], view: View): Card | null {
  const found = names.flatMap((name, at) => view.places.source(name, at + 1) ?? []);
  if (found.length < names.length || found.length === 0) return null;
  const cards = QUOTE_ROOMS.map((room) => createCard(ACCENT, drawPlaces(found, view, room)));
  return cards.find(fits) ?? null;
}

interface QuoteRoom {
  /** Characters of each quote. */
  readonly quote: number;
  readonly isLinked: boolean;
}

const WHOLE: QuoteRoom = { quote: Number.POSITIVE_INFINITY, isLinked: true };
/** The last is small enough for all that a reply may cite. */
const QUOTE_ROOMS: readonly QuoteRoom[] = [
  WHOLE,
  { quote: 240, isLinked: true },
  { quote: 100, isLinked: true },
  { quote: 100, isLinked: false },
  { quote: 0, isLinked: false },
];
/** Of a title and of a section: links and paths need the rest. */
const NAME_LENGTH_MAX = 80;

const drawPlaces = (places: readonly Place[], view: View, room: QuoteRoom): Part[] =>
  places.flatMap(({ text: said, quoted, sources }) => {
    const quote = shorten(said, room.quote, (part) => prose(part).length).text;
    const line =
      quoted === null ? prose(quote) : `${literal(`[${quoted}]`)}${quote === "" ? "" : ` “${prose(quote)}”`}`;
    return [
      text(quoted === null ? line : `> ${line}`, ...sources.map((source) => muted(drawSource(source, view, room)))),
      rule,
    ];
  });

function drawSource(source: Source, { addresses, places, updates }: View, { isLinked }: QuoteRoom): string {
  const { title, section, file, lines, document } = source;
  const [named, path] = [title, section].map((one) => shorten(one, NAME_LENGTH_MAX).text);
  const updated = updates.get(document);
  const address = isLinked ? sourceAddress(source, places.hash, addresses) : null;
  const place = joinPlace(link(named ?? "", address), literal(path ?? ""));
  const at = `${literal(shorten(file, NAME_LENGTH_MAX).text)}, ${linesOf(lines)}`;
  return [place, at, ...(updated === undefined ? [] : [`last updated ${literal(dateWords(updated))}`])].join(" · ");
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
