// Passages to the index that is right for so many of them, and back to what ranks them.

import { type CompactIndex, indexCompactly } from "./compact-index.ts";
import { createCompactRetriever, storedOrder } from "./compact-search.ts";
import { readOrder, type TermOrder } from "./pairs.ts";
import type { Passage, Passages } from "./passages.ts";
import { createRetriever, indexPassages, loadIndex, type Retriever } from "./retriever.ts";
import type { Lexicon } from "./terms.ts";

/** Which index is to be made; "auto" by the number of passages. */
export const INDEX_CHOICES = ["auto", "minisearch", "compact"] as const;
export type IndexChoice = (typeof INDEX_CHOICES)[number];

/** Plain data that can be saved; `saved` is MiniSearch's own. */
export type SavedIndex = { readonly kind: "minisearch"; readonly saved: unknown } | CompactIndex;

/**
 * From so many passages the index is compact.
 */
export const COMPACT_FROM = 5000;

/** @param compactFrom passages from which "auto" is compact */
export const isCompact = (choice: IndexChoice, passages: number, compactFrom: number = COMPACT_FROM): boolean =>
  choice === "compact" || (choice === "auto" && passages >= compactFrom);

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
