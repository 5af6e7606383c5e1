// What the ids in a reply are called, and what can be compared.

import type { Corpus } from "../../src/library.ts";

/** Titles and names of the ids of topics and subjects. */
export const namesOf = ({ faq }: Corpus): ReadonlyMap<string, string> =>
  new Map([
    ...faq.subjects.map(({ id, name }) => [id, name] as const),
    ...faq.topics.map(({ id, title }) => [id, title] as const),
  ]);

/** Titles of the topics that have two sides. */
export const topicsOf = ({ faq }: Corpus): string[] =>
  faq.topics.filter(({ rows }) => rows.length > 0).map(({ title }) => title);
