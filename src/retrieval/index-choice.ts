// Chooses which index is made, by how many passages there are.

/** Which index is to be made; "auto" by the number of passages. */
export const INDEX_CHOICES = ["auto", "minisearch", "compact"] as const;
export type IndexChoice = (typeof INDEX_CHOICES)[number];

/**
 * From so many passages the index is compact. MiniSearch is still quick to search there (0.1 ms), but already takes
 * 0.6 s to load, on the thread that answers, and both grow with the collection: 1.6 s and 0.3 ms at 20,000, against
 * 0.2 s and 0.01 ms (two shared cores under load, 2026-11-21). Below, its index is small.
 */
const COMPACT_FROM = 5000;

/** @param compactFrom passages from which "auto" is compact */
export const isCompact = (choice: IndexChoice, passages: number, compactFrom: number = COMPACT_FROM): boolean =>
  choice === "compact" || (choice === "auto" && passages >= compactFrom);
