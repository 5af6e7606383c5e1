// Terms of a question to evidence: the best sentences of the best passages, and how sure it is that they answer.

import { type AtLeastOne, type Grounded, quoteSentence } from "./document.ts";
import { Asked, type EvidenceFeatures, Surroundings } from "./features.ts";
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

/** Passages that are looked up, and of those with their neighbours so many whose sentences are ranked. */
const HITS = 16;
const SURROUNDINGS = 8;
/** A passage and its neighbours are about as long as a paragraph, in characters. */
const SURROUNDINGS_LENGTH_MAX = 500;

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
/** All that is asked is there, in two words at least: short questions have few other signs. */
const COMPLETE = 2;
const COMPLETE_FROM = 0.99;
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
    const hits = retriever.search(asked.terms, HITS);
    const best = hits[0]?.score || 1;
    const seen = new Set<number>();
    const found: Evidence[] = [];
    let looked = 0;
    for (const { passage: number, score } of hits) {
      if (looked === SURROUNDINGS || seen.has(number)) continue;
      looked++;
      const around = neighboursOf(number, passages);
      const surroundings = new Surroundings(around, score / best, lexicon);
      for (const [at, passage] of around.entries()) {
        if (!seen.has(passage.number)) found.push(...evidenceIn(asked, surroundings, passage, at));
        seen.add(passage.number);
      }
    }
    return found.sort((a, b) => b.score - a.score);
  },
});

/** A passage and as many before and after it under the same heading as make up a paragraph, in their order. */
function neighboursOf(number: number, passages: Passages): AtLeastOne<Passage> {
  const middle = passages.at(number);
  const before: Passage[] = [];
  const after: Passage[] = [];
  let length = middle.text.length;
  const take = (list: Passage[], at: number): boolean => {
    if (at < 0 || at >= passages.count) return false;
    const next = passages.at(at);
    length += next.text.length;
    const fits =
      next.heading === middle.heading && next.document === middle.document && length <= SURROUNDINGS_LENGTH_MAX;
    if (fits) list.push(next);
    return fits;
  };
  let [goesBack, goesOn] = [true, true];
  for (let distance = 1; goesBack || goesOn; distance++) {
    goesOn = goesOn && take(after, number + distance);
    goesBack = goesBack && take(before, number - distance);
  }
  const [first = middle, ...rest] = [...before.reverse(), middle, ...after];
  return [first, ...rest];
}

function evidenceIn(asked: Asked, surroundings: Surroundings, passage: Passage, place: number): Evidence[] {
  const { document, block } = passage;
  return block.sentences.flatMap((sentence, at): Evidence[] => {
    if (!isQuotable(block, sentence)) return [];
    const features = asked.compare(surroundings, { passage: place, sentence: at });
    const isComplete = features.passage >= COMPLETE_FROM && features.count >= 0.5;
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
        odds: weigh(features, GATE) + GATE_BIAS + (isComplete ? COMPLETE : 0) + (lacksFigure ? FIGURE_MISSING : 0),
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
