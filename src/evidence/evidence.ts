// Gathers evidence for a question: the best sentences of the best passages, and how sure it is that they answer.

import { type AtLeastOne, type Grounded, quoteSentence, type Sentence } from "../document.ts";
import type { Passage, Passages } from "../ingest/passages.ts";
import { isQuotable } from "../ingest/quotable.ts";
import type { QuestionAnalysis } from "../question/analysis.ts";
import { isFigure } from "../question/answer-type.ts";
import { STATEMENT_LENGTH_MAX } from "../reply.ts";
import type { Statistics } from "../retrieval/collection-statistics.ts";
import type { Retriever } from "../retrieval/retriever.ts";
import type { Lexicon } from "../text/analyzer.ts";
import { wordRow } from "./row-text.ts";
import {
  PassageWindow,
  type ReadPassage,
  readPassage,
  type SentenceFeatures,
  WeighedQuestion,
} from "./sentence-features.ts";
import { ADDED, GATE, GATE_BIAS, RANKER, weigh } from "./sentence-ranker.ts";

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
  /** The same by what is fitted alone. */
  readonly fittedOdds: number;
  /** Whether it lacks the figure that is asked for, or the thing that is asked for has a name that it lacks. */
  readonly lacksFigure: boolean;
  readonly lacksFocus: boolean;
  readonly features: SentenceFeatures;
}

export interface EvidenceFinder {
  /**
   * Best first; the passages' order breaks ties.
   * @throws SearchUnavailable where the documents can't be searched now
   */
  gather(question: QuestionAnalysis): Promise<readonly Evidence[]>;
}

/** Set by hand. */
export const GATHERING = Object.freeze({
  /** Passages that are looked up, and of those with their neighbours so many whose sentences are ranked. */
  hits: 16,
  windows: 8,
  /** A passage and its neighbours are about as long as a paragraph, in characters. */
  windowLengthMax: 500,
});

/** @param weightOf how much a word tells in general, 0 to 1.2; by its surface and its term */
export const createEvidenceFinder = (
  passages: Passages,
  retriever: Retriever,
  statistics: Statistics,
  lexicon: Lexicon,
  weightOf: (surface: string, term: string) => number,
): EvidenceFinder => {
  const known = new WeakMap<Passage, ReadPassage>();
  const read = (passage: Passage): ReadPassage => {
    const before = known.get(passage);
    if (before !== undefined) return before;
    const terms = readPassage(passage, lexicon);
    known.set(passage, terms);
    return terms;
  };
  const gather = async (question: QuestionAnalysis): Promise<readonly Evidence[]> => {
    const asked = new WeighedQuestion(question, statistics, weightOf);
    if (asked.total === 0) return [];
    const hits = await retriever.search(asked.terms, GATHERING.hits);
    const best = hits[0]?.score || 1;
    const seen = new Set<number>();
    const found: Evidence[] = [];
    let looked = 0;
    for (const { passage: number, score } of hits) {
      if (looked === GATHERING.windows || seen.has(number)) continue;
      looked++;
      const around = await neighboursOf(number, passages);
      const [first, ...rest] = around;
      const surroundings = new PassageWindow([read(first), ...rest.map(read)], score / best);
      for (const [at, passage] of around.entries()) {
        if (!seen.has(passage.number)) found.push(...evidenceIn(asked, surroundings, passage, at));
        seen.add(passage.number);
      }
    }
    return found.sort((a, b) => b.score - a.score);
  };
  return { gather };
};

/** A passage and as many before and after it under the same heading as make up a paragraph, in their order. */
async function neighboursOf(number: number, passages: Passages): Promise<AtLeastOne<Passage>> {
  const middle = await passages.at(number);
  const before: Passage[] = [];
  const after: Passage[] = [];
  let length = middle.text.length;
  const take = async (list: Passage[], at: number): Promise<boolean> => {
    if (at < 0 || at >= passages.count) return false;
    const next = await passages.at(at);
    length += next.text.length;
    const fits =
      next.heading === middle.heading && next.document === middle.document && length <= GATHERING.windowLengthMax;
    if (fits) list.push(next);
    return fits;
  };
  let [goesBack, goesOn] = [true, true];
  for (let distance = 1; goesBack || goesOn; distance++) {
    goesOn = goesOn && (await take(after, number + distance));
    goesBack = goesBack && (await take(before, number - distance));
  }
  const [first = middle, ...rest] = [...before.reverse(), middle, ...after];
  return [first, ...rest];
}

function evidenceIn(asked: WeighedQuestion, surroundings: PassageWindow, passage: Passage, place: number): Evidence[] {
  const { document, block } = passage;
  const around = asked.lookAround(surroundings);
  return block.sentences.flatMap((sentence, at): Evidence[] => {
    if (!isQuotable(block, sentence)) return [];
    const features = asked.compare(surroundings, around, { passage: place, sentence: at });
    const lacksFigure = isFigure(asked.question.answerType) && features.cue === 0;
    const isComplete = features.passage >= ADDED.completeFrom.passage && features.count >= ADDED.completeFrom.count;
    const isHalf = features.passage < ADDED.completeFrom.passage && asked.terms.length <= ADDED.halfOfTerms;
    const lacks = (lacksFigure ? ADDED.figureMissing : 0) + (features.focus === 0 ? ADDED.focusMissing : 0);
    const byHand = lacks < 0 ? lacks : isComplete ? ADDED.complete : isHalf ? ADDED.half : 0;
    const worded = block.kind === "row" ? wordRow(block, sentence.text) : marked(sentence, block.sentences[at + 1], at);
    return [
      {
        text: worded.length <= STATEMENT_LENGTH_MAX ? worded : sentence.text,
        quotes: [quoteSentence(document, block, sentence)],
        passage,
        at,
        score: weigh(features, RANKER),
        covered: features.passage,
        odds: weigh(features, GATE) + GATE_BIAS + byHand,
        fittedOdds: weigh(features, GATE) + GATE_BIAS,
        lacksFigure,
        lacksFocus: features.focus === 0,
        features,
      },
    ];
  });
}

const CONTINUES = /^\p{Ll}/u;

/** A sentence with what marks that it is part of a longer one: only such a part starts with a small letter. */
function marked({ text }: Sentence, next: Sentence | undefined, at: number): string {
  const opens = at > 0 && CONTINUES.test(text) ? "… " : "";
  const ends = next !== undefined && CONTINUES.test(next.text) ? " …" : "";
  return `${opens}${text}${ends}`;
}
