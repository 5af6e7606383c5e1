// The ids in a reply to what people call them.

import type { Corpus } from "../../src/ingest/library.ts";
import type { Reply } from "../../src/reply.ts";

/** Titles of topics and names of subjects, by id. */
export type Names = ReadonlyMap<string, string>;

export const namesOf = ({ faq }: Corpus): Names =>
  new Map([
    ...faq.subjects.map(({ id, name }) => [id, name] as const),
    ...faq.topics.map(({ id, title }) => [id, title] as const),
  ]);

/**
 * The question that a comparison is remembered by in its thread; null where no topic was compared. The next question may
 * lean on it, and a topic's title asked alone is its comparison.
 */
export const titleOf = ({ reading }: Reply, names: Names): string | null =>
  reading.topic === null ? null : (names.get(reading.topic) ?? null);
