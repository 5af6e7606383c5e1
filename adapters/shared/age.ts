// Documents to when they were last updated, in words, and to a word of caution where that is long ago.

import type { Corpus } from "../../src/ingest/library.ts";
import type { Citation } from "../../src/reply.ts";

/** When a document was last updated, by its id; as the document says: an ISO date, else its own words. */
export type Updates = ReadonlyMap<string, string>;

export const updatesOf = ({ documents }: Corpus): Updates =>
  new Map(documents.flatMap(({ id, updated }) => (updated === null ? [] : [[id, updated] as const])));

/** A matter of taste: what a team wrote down changes within a year or two. */
const OLD_YEARS = 2;
const YEAR_MS = 365.25 * 24 * 60 * 60 * 1000;
const ISO_DATE = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/;

/** "3 March 2021", "March 2021"; a document's own words where they are no date. */
export function dateWords(updated: string): string {
  const date = dateOf(updated);
  if (date === null) return updated;
  const day = ISO_DATE.exec(updated)?.[3] === undefined ? {} : { day: "numeric" as const };
  return date.toLocaleDateString("en-GB", { ...day, month: "long", year: "numeric", timeZone: "UTC" });
}

/**
 * A line that warns of the oldest document that a reply cites, where it was last updated more than two years ago; null where
 * none says so of itself.
 * @param now milliseconds since 1970: the reply is the same on every day, what is said around it is not
 * @param show makes a document's title safe where the line is shown
 */
export function cautionOf(
  citations: readonly Pick<Citation, "document" | "title">[],
  updates: Updates,
  now: number,
  show: (title: string) => string,
): string | null {
  const dated = [...new Map(citations.map(({ document, title }) => [document, title]))].flatMap(([document, title]) => {
    const updated = updates.get(document) ?? "";
    const date = dateOf(updated);
    return date === null ? [] : [{ title, updated, at: date.getTime() }];
  });
  const old = dated.filter(({ at }) => now - at > OLD_YEARS * YEAR_MS).sort((a, b) => a.at - b.at);
  const [oldest] = old;
  if (oldest === undefined) return null;
  const years = Math.floor((now - oldest.at) / YEAR_MS);
  const others = old.length === 1 ? "" : `, and ${old.length - 1} more of these sources over ${OLD_YEARS} years ago`;
  return `Check that it still holds: “${show(oldest.title)}” was last updated ${dateWords(oldest.updated)}, over ${years} years ago${others}.`;
}

function dateOf(updated: string): Date | null {
  const [, year, month, day = "01"] = ISO_DATE.exec(updated) ?? [];
  if (year === undefined || month === undefined) return null;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}
