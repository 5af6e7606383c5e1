// Terms of a question to evidence: the best sentences of the best passages.

import { holdsAsked, typeOf } from "./answer-type.ts";
import { createBm25 } from "./bm25.ts";
import { type Grounded, quoteSentence } from "./document.ts";
import type { Passage } from "./passages.ts";

import type { Retriever } from "./retriever.ts";
import { type Lexicon, stemOf, terms, tokenize } from "./terms.ts";

/** A sentence that may answer, with the passage it stands in. */
export interface Evidence extends Grounded {
  readonly passage: Passage;
  /** Log-odds like; orders sentences of one question. */
  readonly score: number;
  /** Share of the question's IDF weight found in the passage and its headings. */
  readonly covered: number;
}

export interface EvidenceFinder {
  /** Best first; the passages' order breaks ties. */
  gather(ask: string): Evidence[];
}

const PASSAGES = 5;
const STATEMENT_LENGTH_MAX = 300;

/**
 * Weights of a linear ranker over the sentences of the five best passages, trained on SQuAD 2.0 (conditional logit,
 * cross-validated by article).
 */
const WEIGHTS = {
  sentence: 5.12,
  previous: 2.82,
  title: 2.11,
  prefix: 3.26,
  passage: 1.83,
  bm25: 2.17,
  run: 2.26,
  cue: 0.78,
  cueForFigures: 1.59,
  rank: 4.62,
  names: 1.92,
};

export function createEvidenceFinder(
  passages: readonly Passage[],
  retriever: Retriever,
  lexicon: Lexicon,
): EvidenceFinder {
  const sentenceTerms = passages.map(({ block }) => block.sentences.map(({ text }) => terms(text, lexicon)));
  const collection = createBm25(sentenceTerms.flat());
  const firstSentence = passages.map(() => 0);
  for (const [at, sentences] of sentenceTerms.slice(0, -1).entries())
    firstSentence[at + 1] = (firstSentence[at] ?? 0) + sentences.length;
  return {
    gather(ask) {
      const query = [...new Set(terms(ask, lexicon))];
      const total = query.reduce((sum, term) => sum + collection.idf(term), 0);
      if (total === 0) return [];
      const hits = retriever.search(query, PASSAGES);
      const bm25 = collection.scores(query);
      const best = hits[0]?.score ?? 1;
      const type = typeOf(ask);
      const names = namesOf(ask);
      const asked = tokenize(ask);
      const found = hits.flatMap((hit): Evidence[] => {
        const passage = passages[hit.passage];
        if (passage === undefined || passage.block.kind === "code") return [];
        const bySentence = sentenceTerms[hit.passage] ?? [];
        const heading = new Set(terms(passage.heading, lexicon));
        const whole = new Set([...bySentence.flat(), ...terms(passage.block.header, lexicon)]);
        const share = (holds: (term: string) => boolean): number =>
          query.reduce((sum, term) => sum + (holds(term) ? collection.idf(term) : 0), 0) / total;
        const covered = share((term) => whole.has(term) || heading.has(term));
        return passage.block.sentences.flatMap((sentence, at): Evidence[] => {
          if (sentence.text.length > STATEMENT_LENGTH_MAX || sentence.text.endsWith("?")) return [];
          const own = new Set(bySentence[at]);
          const before = new Set(bySentence[at - 1]);
          const missing = query.filter((term) => !own.has(term));
          const near = missing.filter((term) => [...own].some((other) => samePrefix(term, other)));
          const cue = holdsAsked(type, sentence.text);
          const features = {
            sentence: share((term) => own.has(term)),
            previous: share((term) => !own.has(term) && !heading.has(term) && before.has(term)),
            title: share((term) => !own.has(term) && heading.has(term)),
            prefix: missing.length === 0 ? 0 : near.length / missing.length,
            passage: covered,
            bm25: bm25[(firstSentence[hit.passage] ?? 0) + at] ?? 0,
            run: Math.min(1, longestRun(asked, tokenize(sentence.text)) / 8),
            cue,
            cueForFigures: type === "duration" || type === "quantity" || type === "why" ? cue : 0.5,
            rank: hit.score / best,
            names: names.length === 0 ? 0.5 : names.filter((name) => passage.text.includes(name)).length / names.length,
          };
          const score = (Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]).reduce(
            (sum, key) => sum + WEIGHTS[key] * features[key],
            0,
          );
          const quote = quoteSentence(passage.document, passage.block, sentence);
          return [{ text: sentence.text, quotes: [quote], passage, score, covered }];
        });
      });
      return found.sort((a, b) => b.score - a.score);
    },
  };
}

const PREFIX_LENGTH = 5;
const samePrefix = (a: string, b: string): boolean =>
  a.length >= PREFIX_LENGTH && b.length >= PREFIX_LENGTH && a.slice(0, PREFIX_LENGTH) === b.slice(0, PREFIX_LENGTH);

/** Capitalised words inside the question, and its numbers. */
const namesOf = (ask: string): string[] => ask.match(/(?<=\S\s+)\p{Lu}[\p{L}\p{N}.-]+|\d[\d.,]*/gu) ?? [];

function longestRun(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  const stemsB = b.map(stemOf);
  const stemsA = a.map(stemOf);
  for (let i = 0; i < stemsA.length; i++)
    for (let j = 0; j < stemsB.length; j++) {
      let length = 0;
      while (i + length < stemsA.length && j + length < stemsB.length && stemsA[i + length] === stemsB[j + length])
        length++;
      longest = Math.max(longest, length);
    }
  return longest;
}
