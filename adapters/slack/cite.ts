// Statements and citations to lines of mrkdwn.

import type { Citation, CitedStatement } from "../../src/reply.ts";
import { joinPlace, linesOf, marksOf } from "../shared/citation-text.ts";
import { shorten } from "../shared/shorten.ts";
import { link } from "./escape.ts";
import { within } from "./layout.ts";

/** A statement and its marks in ascending order, as mrkdwn. */
export const state = (statement: CitedStatement): string => `${within(statement.text)} ${marksOf(statement)}`;
export const bold = (statement: CitedStatement): string => `*${within(statement.text)}* ${marksOf(statement)}`;

/** The same as foreign text. */
export const marked = (statement: CitedStatement): string => `${statement.text} ${marksOf(statement)}`;

/** Number, title, section and lines. */
export const sourceLine = ({ number, title, section, lines, url }: Citation): string =>
  `[${number}] ${placeOf(title, section, url)}, ${linesOf(lines)}`;

/** A line for each document, in the order of first use: a long title is said once, and a section where it changes. */
export function sourceLines(citations: readonly Citation[]): string[] {
  const byDocument = new Map<string, Citation[]>();
  for (const citation of citations) {
    const key = JSON.stringify([citation.document, citation.title, citation.url]);
    byDocument.set(key, [...(byDocument.get(key) ?? []), citation]);
  }
  const further = (citation: Citation, before: Citation | undefined): string => {
    const { number, section, lines } = citation;
    const changed = section === before?.section ? "" : within(section, PLACE_LENGTH_MAX);
    return `[${number}] ${[changed, linesOf(lines)].filter((part) => part !== "").join(", ")}`;
  };
  return [...byDocument.values()].map((cited) =>
    cited.map((citation, at) => (at === 0 ? sourceLine(citation) : further(citation, cited[at - 1]))).join(" · "),
  );
}

/** Title and section; linked where the document has an address. */
export const placeOf = (title: string, section: string, url: string | null = null): string =>
  joinPlace(link(url, shorten(title, PLACE_LENGTH_MAX).text), within(section, PLACE_LENGTH_MAX));
const PLACE_LENGTH_MAX = 200;
