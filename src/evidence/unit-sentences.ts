// Gives the sentences that a search found to the units they stand in, the best of each.

import type { Evidence } from "./evidence.ts";
import type { UnitSearch } from "./unit-search.ts";

export interface UnitSentences {
  /** The best sentence of all; null where none was found. */
  readonly first: Evidence | null;
  /** By unit. */
  readonly best: ReadonlyMap<number, Evidence>;
}

/**
 * @param evidence best first
 * @param pages by the id of their document
 */
export function sentencesOf(
  evidence: readonly Evidence[],
  pages: ReadonlyMap<string, number>,
  search: UnitSearch,
): UnitSentences {
  const best = new Map<number, Evidence>();
  for (const one of evidence) {
    const [{ document, lines }] = one.quotes;
    const page = pages.get(document);
    const unit = page === undefined ? -1 : search.unitAt(page, lines.start);
    if (unit >= 0 && !best.has(unit)) best.set(unit, one);
  }
  return { first: evidence[0] ?? null, best };
}
