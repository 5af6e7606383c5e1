// Terms of a question to evidence: the best sentences of the best passages, and how sure it is that they answer.

import { holdsAsked, typeOf } from "./answer-type.ts";
import { saturation } from "./bm25.ts";
import { type Grounded, quoteSentence, type Sentence } from "./document.ts";
import type { Passage, Passages } from "./passages.ts";
import { STATEMENT_LENGTH_MAX } from "./reply.ts";
import type { Hit, Retriever } from "./retriever.ts";
import type { Statistics } from "./statistics.ts";
import { type Lexicon, stemOf, terms, tokenize, words } from "./terms.ts";

/** A sentence that may answer, with the passage it stands in. */
export interface Evidence extends Grounded {
  readonly passage: Passage;
  /** Orders sentences of one question. */
  readonly score: number;
  /** Share of the question's weight found in the passage and its headings. */
  readonly covered: number;
  /** Log-odds that the question is one the documents answer, judged by this sentence. */
  readonly odds: number;
  readonly features: EvidenceFeatures;
}

/** What a sentence is chosen by; each 0 to 1. Weights of terms are IDF among the sentences times general rarity. */
export interface EvidenceFeatures {
  /** Share of the question's weight in the sentence. */
  readonly sentence: number;
  /** Share found only in the sentence before. */
  readonly previous: number;
  /** Share found only in title and headings. */
  readonly title: number;
  /** Share of the missing terms that begin like a term of the sentence. */
  readonly prefix: number;
  /** Share in the passage or its headings. */
  readonly passage: number;
  /** BM25 of the sentence over the question's weight. */
  readonly bm25: number;
  /** Longest run of words that both have, of eight. */
  readonly run: number;
  /** Whether it holds the kind of thing that is asked for, and the same for figures and reasons alone. */
  readonly cue: number;
  readonly cueForFigures: number;
  /** Score of the passage over that of the best passage. */
  readonly rank: number;
  /** Share of the question's names and numbers in the passage. */
  readonly names: number;
  /** Share of the question's weight in terms that stand nowhere in the documents. */
  readonly unknown: number;
}

export interface EvidenceFinder {
  /** Best first; the passages' order breaks ties. */
  gather(ask: string): Evidence[];
}

type Weights = Readonly<Partial<Record<keyof EvidenceFeatures, number>>>;

const PASSAGES = 5;

/** A linear ranker over the sentences of the five best passages (conditional logit on SQuAD 2.0, by article). */
const WEIGHTS: Weights = {
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

/**
 * Whether to answer at all: logistic regression on eight SQuAD 2.0 articles of about 40 paragraphs each, questions on
 * the article against questions on other articles and other subjects, cross-validated by article: AUROC .976 and .974;
 * where 90 % of the answerable pass, 4.7 and 6.3 % of the others do (2026-11-21).
 */
const GATE: Weights = { previous: 3.68, prefix: 7.84, passage: 3.19, run: 12.51, names: 3.96, unknown: -2.92 };
const GATE_BIAS = -6.18;
/** However rare, a word's IDF counts by this much; the rest by how rare it is in general English. */
const IDF_FLOOR = 0.2;

/** @param weightOf how much a word tells in general, 0 to 1.2; by its surface and its term */
export function createEvidenceFinder(
  passages: Passages,
  retriever: Retriever,
  statistics: Statistics,
  lexicon: Lexicon,
  weightOf: (surface: string, term: string) => number,
): EvidenceFinder {
  return {
    gather(ask) {
      const asked = new Question(ask, lexicon, statistics, weightOf);
      if (asked.total === 0) return [];
      const hits = retriever.search(asked.terms, PASSAGES);
      const found = hits.flatMap((hit) => {
        const passage = passages.at(hit.passage);
        if (passage.block.kind === "code") return [];
        const within = new Within(passage, lexicon, hit, hits[0]);
        return passage.block.sentences.flatMap((sentence, at): Evidence[] => {
          if (sentence.text.length > STATEMENT_LENGTH_MAX || sentence.text.endsWith("?")) return [];
          const features = compare(asked, within, sentence, at);
          const quote = quoteSentence(passage.document, passage.block, sentence);
          const odds = weigh(features, GATE) + GATE_BIAS;
          const score = weigh(features, WEIGHTS);
          return [{ text: sentence.text, quotes: [quote], passage, score, covered: features.passage, odds, features }];
        });
      });
      return found.sort((a, b) => b.score - a.score);
    },
  };
}

/** What of a question the sentences are compared with. */
class Question {
  readonly terms: readonly string[];
  readonly tokens: readonly string[];
  readonly names: readonly string[];
  readonly type;
  readonly total: number;
  /** Share of the weight in terms that the documents don't have. */
  readonly unknown: number;
  private readonly weights: ReadonlyMap<string, number>;

  constructor(
    text: string,
    lexicon: Lexicon,
    private readonly statistics: Statistics,
    weightOf: (surface: string, term: string) => number,
  ) {
    this.terms = [...new Set(terms(text, lexicon))];
    const surfaces = new Map(words(text, lexicon).map(({ surface, term }) => [term, surface]));
    this.weights = new Map(
      this.terms.map((term) => {
        const general = Math.min(1, weightOf(surfaces.get(term) ?? term, term));
        return [term, (IDF_FLOOR + (1 - IDF_FLOOR) * general) * statistics.idf(term)];
      }),
    );
    this.total = [...this.weights.values()].reduce((sum, weight) => sum + weight, 0);
    this.unknown = 1 - this.share((term) => statistics.has(term));
    this.tokens = tokenize(text);
    this.type = typeOf(text);
    this.names = text.match(/(?<=\S\s+)\p{Lu}[\p{L}\p{N}.-]+|\d[\d.,]*/gu) ?? [];
  }

  /** Share of the question's weight in terms that hold something. */
  share(holds: (term: string) => boolean): number {
    return this.terms.reduce((sum, term) => sum + (holds(term) ? (this.weights.get(term) ?? 0) : 0), 0) / this.total;
  }

  /** BM25 of a sentence over the question's IDF. */
  bm25(sentence: readonly string[]): number {
    const { statistics } = this;
    let sum = 0;
    let total = 0;
    for (const term of this.terms) {
      const idf = statistics.idf(term);
      const count = sentence.filter((other) => other === term).length;
      total += idf;
      sum += count === 0 ? 0 : idf * saturation(count, sentence.length, statistics.lengthMean);
    }
    return sum / total;
  }
}

/** A passage that was hit, with its terms. */
class Within {
  readonly heading: ReadonlySet<string>;
  readonly whole: ReadonlySet<string>;
  readonly rank: number;
  readonly bySentence: readonly (readonly string[])[];

  constructor(
    readonly passage: Passage,
    lexicon: Lexicon,
    hit: Hit,
    best: Hit | undefined,
  ) {
    this.bySentence = passage.block.sentences.map(({ text }) => terms(text, lexicon));
    this.heading = new Set(terms(passage.heading, lexicon));
    this.whole = new Set([...this.bySentence.flat(), ...terms(passage.block.header, lexicon), ...this.heading]);
    this.rank = hit.score / (best?.score || 1);
  }
}

function compare(asked: Question, within: Within, { text }: Sentence, at: number): EvidenceFeatures {
  const ownTerms = within.bySentence[at] ?? [];
  const own = new Set(ownTerms);
  const before = new Set(within.bySentence[at - 1]);
  const missing = asked.terms.filter((term) => !own.has(term));
  const near = missing.filter((term) => [...own].some((other) => samePrefix(term, other)));
  const cue = holdsAsked(asked.type, text);
  const wantsFigure = asked.type === "duration" || asked.type === "quantity" || asked.type === "why";
  const named = asked.names.filter((name) => within.passage.text.includes(name)).length;
  return {
    sentence: asked.share((term) => own.has(term)),
    previous: asked.share((term) => !own.has(term) && !within.heading.has(term) && before.has(term)),
    title: asked.share((term) => !own.has(term) && within.heading.has(term)),
    prefix: missing.length === 0 ? 0 : near.length / missing.length,
    passage: asked.share((term) => within.whole.has(term)),
    bm25: asked.bm25(ownTerms),
    unknown: asked.unknown,
    run: Math.min(1, longestRun(asked.tokens.map(stemOf), tokenize(text).map(stemOf)) / 8),
    cue,
    cueForFigures: wantsFigure ? cue : 0.5,
    rank: within.rank,
    names: asked.names.length === 0 ? 0.5 : named / asked.names.length,
  };
}

function weigh(features: EvidenceFeatures, weights: Weights): number {
  let sum = 0;
  for (const [name, weight] of Object.entries(weights) as [keyof EvidenceFeatures, number][])
    sum += weight * features[name];
  return sum;
}

const PREFIX_LENGTH = 5;
const samePrefix = (a: string, b: string): boolean =>
  a.length >= PREFIX_LENGTH && b.length >= PREFIX_LENGTH && a.slice(0, PREFIX_LENGTH) === b.slice(0, PREFIX_LENGTH);

/** Words in the longest run that both have. */
function longestRun(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) {
      let length = 0;
      while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length++;
      longest = Math.max(longest, length);
    }
  return longest;
}
