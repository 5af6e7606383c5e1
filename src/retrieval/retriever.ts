// Defines the port behind which passages are ranked for the terms of a question.

import type { Passage } from "../ingest/passages.ts";

export interface Hit {
  readonly passage: number;
  /** BM25's; orders hits of one search, comparable with nothing else. */
  readonly score: number;
}

/** Whatever ranks passages, in memory or on another machine. */
export interface Retriever {
  /**
   * Best first, ties by passage number.
   * @throws SearchUnavailable where the search failed or took longer than it may
   */
  search(terms: readonly string[], limit: number): Promise<readonly Hit[]>;
}

/** What of a passage is indexed. */
export type Indexed = Pick<Passage, "number" | "text" | "heading">;
