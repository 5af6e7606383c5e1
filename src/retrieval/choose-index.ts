// Makes an index of either kind from passages, and opens it for ranking.

import type { Passage, Passages } from "../ingest/passages.ts";
import type { Lexicon } from "../text/analyzer.ts";
import { type CompactIndex, indexCompactly } from "./compact-index.ts";
import { createCompactRetriever, storedOrder } from "./compact-search.ts";
import { createRetriever, indexPassages, loadIndex } from "./minisearch.ts";
import { readOrder, type TermOrder } from "./proximity.ts";
import type { Retriever } from "./retriever.ts";

/** Plain data that can be saved; `saved` is MiniSearch's own. */
export type SavedIndex = { readonly kind: "minisearch"; readonly saved: unknown } | CompactIndex;

/** Reads the passages once, one after another. */
export const indexAs = (kind: SavedIndex["kind"], passages: Iterable<Passage>, lexicon: Lexicon): SavedIndex =>
  kind === "compact"
    ? indexCompactly(passages, lexicon)
    : { kind, saved: indexPassages([...passages], lexicon).toJSON() };

/** What ranks the passages, and in which order their terms stand. */
export const openIndex = (
  index: SavedIndex,
  passages: Passages,
  lexicon: Lexicon,
): { readonly retriever: Retriever; readonly order: TermOrder } =>
  index.kind === "compact"
    ? { retriever: createCompactRetriever(index), order: storedOrder(index) }
    : { retriever: createRetriever(loadIndex(index.saved, lexicon)), order: readOrder(passages, lexicon) };
