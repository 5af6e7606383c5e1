// Measures what tells whether to speak: how much of the question is there in the ranked units, and how clearly.

import type { AskedConcepts, RankedUnit } from "./block-features.ts";
import type { Evidence } from "./evidence.ts";
import type { UnitSearch } from "./unit-search.ts";
import type { UnitSentences } from "./unit-sentences.ts";

/** Shares are of the question's weight; what is unknown weighs as if it stood in one unit. */
export const SPEAKING_FEATURES = [
  "covered",
  "coveredInSection",
  "missing",
  "missingInSection",
  "probability",
  "sectionProbability",
  "lead",
  "mass",
  "concepts",
  "unknown",
  "unknownInMany",
  "many",
  "score",
  "headingAsked",
  "pairs",
  "lexicon",
  "sentence",
  "sentenceHere",
  "agrees",
  "lacksFigure",
  "lacksFocus",
] as const;
export type SpeakingFeature = (typeof SPEAKING_FEATURES)[number];
export type SpeakingFeatures = Readonly<Record<SpeakingFeature, number>>;

/** Null where nothing was found. @param ranked best first */
export function speakingFeatures(
  { concepts, weights, total }: AskedConcepts,
  ranked: readonly RankedUnit[],
  search: UnitSearch,
  sentences: UnitSentences,
): SpeakingFeatures | null {
  const [first] = ranked;
  if (first === undefined || total === 0) return null;
  const weightOf = (at: number): number => (weights[at] ?? 0) / total;
  const shareOf = (holds: readonly boolean[]): number =>
    holds.reduce((sum, held, at) => sum + (held ? weightOf(at) : 0), 0);
  const heaviest = (holds: readonly boolean[]): number =>
    holds.reduce((most, held, at) => (held ? most : Math.max(most, weightOf(at))), 0);
  const bySection = new Map<number, number>();
  for (const { section, probability } of ranked) bySection.set(section, (bySection.get(section) ?? 0) + probability);
  const own = bySection.get(first.section) ?? 0;
  bySection.delete(first.section);
  const next = Math.max(0, ...bySection.values());
  const unknown = concepts.reduce(
    (sum, { own: terms }, at) => sum + (terms.some((term) => search.knows(term)) ? 0 : weightOf(at)),
    0,
  );
  const here = sentences.best.get(first.unit) ?? null;
  const terms = concepts.flatMap((concept) => concept.own);
  return {
    covered: shareOf(first.covered),
    coveredInSection: shareOf(first.coveredInSection),
    missing: heaviest(first.covered),
    missingInSection: heaviest(first.coveredInSection),
    probability: first.probability,
    sectionProbability: own,
    lead: own - next,
    mass: Math.log(1 + total * shareOf(first.covered)),
    concepts: Math.log(1 + concepts.length),
    unknown,
    unknownInMany: unknown * Math.log(1 + search.index.words.length),
    many: Math.log(1 + search.index.words.length),
    score: Math.log(1 + first.score),
    headingAsked: first.features.headingAsked,
    pairs: search.pairs(first.unit, terms),
    lexicon: first.features.lexicon,
    sentence: oddsOf(sentences.first),
    sentenceHere: oddsOf(here),
    agrees: here !== null && here === sentences.first ? 1 : 0,
    lacksFigure: sentences.first?.lacksFigure === true ? 1 : 0,
    lacksFocus: sentences.first?.lacksFocus === true ? 1 : 0,
  };
}

/** Log-odds by a sentence that tell something: beyond these it is as good as sure. */
const ODDS_MAX = 6;
const oddsOf = (sentence: Evidence | null): number =>
  sentence === null ? -ODDS_MAX : Math.max(-ODDS_MAX, Math.min(ODDS_MAX, sentence.fittedOdds));
