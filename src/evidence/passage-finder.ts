// Finds the units of the documents that may answer a question in its thread, and how sure it is that they do.

import type { Document } from "../document.ts";
import { conceptsOf, type Thesaurus } from "../question/concepts.ts";
import type { Lexicon } from "../text/analyzer.ts";
import { type AskedConcepts, askConcepts, readUnits } from "./block-features.ts";
import { type BlockWeights, oddsBy, rankUnits } from "./block-ranker.ts";
import type { Evidence } from "./evidence.ts";
import { speakingFeatures } from "./speaking.ts";
import { leanOn } from "./thread-leaning.ts";
import { UNIT_KINDS, type UnitIndex } from "./unit-index.ts";
import { createUnitSearch, termSet } from "./unit-search.ts";
import { sentencesOf } from "./unit-sentences.ts";
import type { Unit } from "./units.ts";

/** A unit with the document it stands in. */
export interface FoundUnit {
  readonly document: Document;
  readonly unit: Unit;
}

export interface FoundPassages {
  /** The share of what is asked that a text holds, weighed by how much each word tells. */
  shareIn(text: string): number;
  /** The likeliest first. */
  readonly units: readonly FoundUnit[];
  /** Log-odds that the first is right, and that the documents answer, above those from which each is believed. */
  readonly right: number;
  readonly answerable: number;
}

export interface PassageFinder {
  /**
   * @param earlier the thread's questions, oldest first
   * @param evidence the sentences that a search found for it, best first
   * @returns null where nothing that is asked stands in the documents
   */
  find(question: string, earlier: readonly string[], evidence: readonly Evidence[]): Promise<FoundPassages | null>;
}

/** As many as any reply shows, and some that may be passed over. */
const UNITS_MAX = 12;

/** @param documents those that the index was made of, in its order */
export function createPassageFinder(
  index: UnitIndex,
  documents: readonly Document[],
  weights: BlockWeights,
  lexicon: Lexicon,
  thesaurus: Thesaurus,
): PassageFinder {
  const search = createUnitSearch(index, lexicon);
  const pages = new Map(documents.map(({ id }, page) => [id, page]));
  return {
    async find(question, earlier, evidence) {
      const own = conceptsOf(question, lexicon, thesaurus);
      const thread = earlier.map((one) => conceptsOf(one, lexicon, thesaurus));
      const lean = thread.length === 0 ? null : leanOn(thread, own, search.search(own), search);
      const candidates = search.search(lean?.concepts ?? own, lean?.pages);
      const asked = askConcepts(question, own, search);
      const sentences = sentencesOf(evidence, pages, search);
      const ranked = rankUnits(readUnits(asked, candidates, search, sentences), weights.ranker);
      const features = speakingFeatures(asked, ranked, search, sentences);
      if (features === null) return null;
      const units = ranked.slice(0, UNITS_MAX).flatMap(({ unit, page }): FoundUnit[] => {
        const document = documents[page];
        return document === undefined ? [] : [{ document, unit: unitAt(index, unit) }];
      });
      return {
        shareIn: (text) => shareIn(asked, termSet(text, lexicon)),
        units,
        right: oddsBy(weights.right, features) - weights.right.from,
        answerable: oddsBy(weights.answerable, features) - weights.answerable.from,
      };
    },
  };
}

const shareIn = ({ concepts, weights, total }: AskedConcepts, terms: ReadonlySet<string>): number =>
  concepts.reduce((sum, { own }, at) => sum + (own.some((term) => terms.has(term)) ? (weights[at] ?? 0) : 0), 0) /
  total;

const unitAt = ({ froms, tos, kinds }: UnitIndex, unit: number): Unit => ({
  kind: UNIT_KINDS[kinds[unit] ?? 0] ?? "text",
  from: froms[unit] ?? 0,
  to: tos[unit] ?? 0,
});
