// Ranks the units found for a question by one weighted sum, and says how likely each is.

import { BLOCK_FEATURES, type BlockFeature, type RankedUnit, type ReadUnit } from "./block-features.ts";
import { SPEAKING_FEATURES, type SpeakingFeature } from "./speaking.ts";

/** What is fitted: `npm run bench -- fit-blocks --data DIR` writes it, with what it reaches on folders left out. */
export interface BlockWeights {
  /** Log-odds for each unit of a feature. */
  readonly ranker: Readonly<Record<BlockFeature, number>>;
  /** Whether the documents answer, and whether the first unit does. */
  readonly answerable: SpeakingModel;
  readonly right: SpeakingModel;
}

/** A logistic regression, and the log-odds from which it is believed. */
export interface SpeakingModel {
  readonly weights: Readonly<Record<SpeakingFeature, number>>;
  readonly bias: number;
  readonly from: number;
}

/** Best first; ties by what was found first. */
export function rankUnits(found: readonly ReadUnit[], weights: BlockWeights["ranker"]): RankedUnit[] {
  const scored = found.map((one) => ({
    one,
    log: BLOCK_FEATURES.reduce((sum, name) => sum + weights[name] * one.features[name], 0),
  }));
  const highest = Math.max(...scored.map(({ log }) => log));
  const total = scored.reduce((sum, { log }) => sum + Math.exp(log - highest), 0);
  return scored
    .map(({ one, log }): RankedUnit => ({ ...one, log, probability: Math.exp(log - highest) / total }))
    .sort((a, b) => b.log - a.log || b.score - a.score || a.unit - b.unit);
}

/** Log-odds by one of the two models. */
export const oddsBy = ({ weights, bias }: SpeakingModel, features: Readonly<Record<SpeakingFeature, number>>): number =>
  SPEAKING_FEATURES.reduce((sum, name) => sum + weights[name] * features[name], bias);
