// Terms of a question to evidence: the best sentences of the best passages, and how sure it is that they answer.

import { type Grounded, quoteSentence } from "./document.ts";
import { Asked, type EvidenceFeatures, Within } from "./features.ts";
import type { Passage, Passages } from "./passages.ts";
import { isQuotable } from "./quotable.ts";
import { STATEMENT_LENGTH_MAX } from "./reply.ts";
import type { Retriever } from "./retriever.ts";
import { wordRow } from "./rows.ts";
import { isFigure } from "./sought.ts";
import type { Statistics } from "./statistics.ts";
import type { Lexicon } from "./terms.ts";

/** A sentence that may answer, with the passage it stands in. */
export interface Evidence extends Grounded {
  readonly passage: Passage;
  /** Place of the sentence in its passage. */
  readonly at: number;
  /** Orders sentences of one question. */
  readonly score: number;
  /** Share of the question's weight found in the passage and its headings. */
  readonly covered: number;
  /** Log-odds that the question is one the documents answer, judged by this sentence. */
  readonly odds: number;
  readonly features: EvidenceFeatures;
}

export interface EvidenceFinder {
  /** Best first; the passages' order breaks ties. */
  gather(ask: string): Evidence[];
}

type Weights = Readonly<Partial<Record<keyof EvidenceFeatures, number>>>;

/** Passages whose sentences are ranked. */
const PASSAGES = 5;

const WEIGHTS: Weights = {
  sentence: 5.16,
  previous: 3.54,
  title: 3.72,
  prefix: 4.18,
  passage: 2.63,
  bm25: 2.88,
  depth: 0.65,
  run: 2.08,
  pairs: 1.83,
  cue: 0.47,
  cueForFigures: 1.73,
  cueForNames: 1,
  rank: 3.28,
  names: 1.72,
};

const GATE: Weights = {
  passage: -1.18,
  prefix: 3.66,
  run: 3.93,
  names: 1.48,
  unknown: -1.42,
  depth: 3.51,
  rare: 3.29,
  count: 6.1,
  pairs: 2.21,
  cue: 0.46,
};
const GATE_BIAS = -8.35;
/** A price, a date or a number that is asked for and not there: what else matches hardly counts. */
const FIGURE_MISSING = -4;

/** @param weightOf how much a word tells in general, 0 to 1.2; by its surface and its term */
export const createEvidenceFinder = (
  passages: Passages,
  retriever: Retriever,
  statistics: Statistics,
  lexicon: Lexicon,
  weightOf: (surface: string, term: string) => number,
): EvidenceFinder => ({
  gather(ask) {
    const asked = new Asked(ask, lexicon, statistics, weightOf);
    if (asked.total === 0) return [];
    const hits = retriever.search(asked.terms, PASSAGES);
    const best = hits[0]?.score || 1;
    const found = hits.flatMap(({ passage: number, score }) => {
      const passage = passages.at(number);
      return evidenceIn(asked, new Within(passage, score / best, lexicon));
    });
    return found.sort((a, b) => b.score - a.score);
  },
});

function evidenceIn(asked: Asked, within: Within): Evidence[] {
  const { passage } = within;
  const { document, block } = passage;
  return block.sentences.flatMap((sentence, at): Evidence[] => {
    if (!isQuotable(block, sentence)) return [];
    const features = asked.compare(within, sentence, at);
    const lacksFigure = isFigure(asked.sought) && features.cue === 0;
    const worded = wordRow(block, sentence.text);
    return [
      {
        text: worded.length <= STATEMENT_LENGTH_MAX ? worded : sentence.text,
        quotes: [quoteSentence(document, block, sentence)],
        passage,
        at,
        score: weigh(features, WEIGHTS),
        covered: features.passage,
        odds: weigh(features, GATE) + GATE_BIAS + (lacksFigure ? FIGURE_MISSING : 0),
        features,
      },
    ];
  });
}

function weigh(features: EvidenceFeatures, weights: Weights): number {
  let sum = 0;
  for (const [name, weight] of Object.entries(weights) as [keyof EvidenceFeatures, number][])
    sum += weight * features[name];
  return sum;
}
