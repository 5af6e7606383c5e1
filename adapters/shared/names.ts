// Calls the subjects and topics of a reply by the names people use for them.

import type { Corpus } from "../../src/ingest/library.ts";

/** Titles of topics and names of subjects, by id. */
export type Names = ReadonlyMap<string, string>;

/** What all replies from a corpus are shown with. */
export interface Frame {
  readonly names: Names;
  /** Whom to ask where the documents have no answer, as the platform names them; null for nobody. */
  readonly human: string | null;
}

export const frameOf = (corpus: Corpus, human: string | null): Frame => ({ names: namesOf(corpus), human });

export const namesOf = ({ faq }: Corpus): Names =>
  new Map([
    ...faq.subjects.map(({ id, name }) => [id, name] as const),
    ...faq.topics.map(({ id, title }) => [id, title] as const),
  ]);
