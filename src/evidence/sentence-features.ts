// Measures what tells whether a sentence, with what surrounds it, answers a question.

import type { AtLeastOne } from "../document.ts";
import type { Passage } from "../ingest/passages.ts";
import type { QuestionAnalysis } from "../question/analysis.ts";
import { type AnswerType, holdsAnswerType, isFigure, wordsNaming } from "../question/answer-type.ts";
import { saturation } from "../retrieval/bm25.ts";
import type { Statistics } from "../retrieval/collection-statistics.ts";
import { isStopWord, type Lexicon, queryTerms, stemOf, tokenize } from "../text/analyzer.ts";

/** Each about 0 to 1. A term weighs by its IDF among the sentences times how rare it is in general English. */
export interface SentenceFeatures {
  /** Share of the question's weight in the sentence; a row of a table holds its header too. */
  readonly sentence: number;
  /** Share found only in the sentence before, or in what introduces the list. */
  readonly previous: number;
  /** Share found only in title and headings. */
  readonly title: number;
  /** Share of terms that the sentence lacks, but for a term with the same five first letters. */
  readonly prefix: number;
  /** Share in the surroundings or their headings. */
  readonly passage: number;
  /** BM25 of the sentence over the question's IDF. */
  readonly bm25: number;
  /** The same of the surroundings with their headings. */
  readonly depth: number;
  /** Longest run of words that both have, of eight. */
  readonly run: number;
  /** Share of the question's neighbouring terms that are neighbours in the surroundings; 0.5 where it has one term. */
  readonly pairs: number;
  /** Whether the sentence holds what is asked for; the same for figures alone, and for persons and places alone. */
  readonly cue: number;
  readonly cueForFigures: number;
  readonly cueForNames: number;
  /** Score of the passage over that of the best passage. */
  readonly rank: number;
  /** Share of the question's names and numbers in the surroundings or their headings; 0.5 where it has none. */
  readonly names: number;
  /** Share of the question's terms that are rare in general English in the surroundings; 0.5 where it has none. */
  readonly rare: number;
  /** Terms of the question in the surroundings, of four. */
  readonly count: number;
  /** Share of the question's weight in terms that stand nowhere in the documents. */
  readonly unknown: number;
  /** Whether the sentence, or what stands over it, names what is asked for: 1 or 0, 1 where that has no name. */
  readonly focus: number;
}

/** However common, a word's IDF counts by this much; the rest by how rare it is in general English. */
const IDF_FLOOR = 0.2;
/** General weight from which a term counts as rare. */
const RARE = 0.85;
/** What a sentence is about, before what it says of it; before a colon, the term of a glossary. */
const DEFINES =
  /^(.{1,60}?)(?:\s\([^)]*\))?(?:\s(?:is|are|means?|refers? to|stands? for|turns?|lets?|allows?|provides?|creates?|describes?|consists? of)\b|: )/u;
/** Where there is such a thing, the sentence is hardly about anything else. */
const isDeciding = (type: AnswerType): boolean =>
  type === "reason" || type === "definition" || (isFigure(type) && type !== "phone" && type !== "address");
/** A name stands for "which city" as well as for "where", a price for "what price"; a number may count anything. */
const isNamedByCue = (type: AnswerType): boolean =>
  type === "person" || type === "place" || (isFigure(type) && type !== "number");
/** A passage is as long as so many sentences, for BM25. */
const SENTENCES_OF_A_PASSAGE = 5;

/** A question with what each of its terms weighs in these documents: what sentences are compared with. */
export class WeighedQuestion {
  /** Its terms, each once. */
  readonly terms: readonly string[];
  /** Weight of all terms; 0 where it says nothing. */
  readonly total: number;
  /** Stems of all its words, in order. */
  private readonly stems: readonly string[];
  private readonly words: ReadonlySet<string>;
  /** Terms that are rare in general English. */
  private readonly rare: readonly string[];
  private readonly pairs: readonly (readonly [string, string])[];
  /** Terms that name the kind of thing that is asked for: "money" in "how much money". */
  private readonly typed: ReadonlySet<string>;
  /** Terms one of which names what is asked for; empty where that cannot be told. */
  private readonly focus: readonly string[];
  /** Share of the weight in terms that the documents don't have. */
  private readonly unknown: number;
  private readonly weights: ReadonlyMap<string, number>;
  private readonly idfTotal: number;

  /** @param weightOf how much a word tells in general, 0 to 1.2; by its surface and its term */
  constructor(
    readonly question: QuestionAnalysis,
    private readonly statistics: Statistics,
    weightOf: (surface: string, term: string) => number,
  ) {
    const { words, tokens, terms, answerType } = question;
    this.terms = [...new Set(terms)];
    this.pairs = terms.slice(1).map((term, at) => [terms[at] ?? "", term] as const);
    const surfaces = new Map(tokens.map(({ surface, term }) => [term, surface]));
    const general = new Map(this.terms.map((term) => [term, Math.min(1, weightOf(surfaces.get(term) ?? term, term))]));
    this.weights = new Map(
      [...general].map(([term, weight]) => [term, (IDF_FLOOR + (1 - IDF_FLOOR) * weight) * statistics.idf(term)]),
    );
    this.total = [...this.weights.values()].reduce((sum, weight) => sum + weight, 0);
    this.idfTotal = this.terms.reduce((sum, term) => sum + statistics.idf(term), 0);
    this.rare = this.terms.filter((term) => (general.get(term) ?? 1) >= RARE);
    this.words = new Set(words);
    this.stems = words.map(stemOf);
    const naming = wordsNaming(answerType);
    this.typed = new Set([...surfaces].flatMap(([term, surface]) => (naming.has(surface) ? [term] : [])));
    const focus = new Set(question.focus);
    this.focus = [...surfaces].flatMap(([term, surface]) =>
      surface.split(" ").some((word) => focus.has(word)) ? [term] : [],
    );
    this.unknown = this.total === 0 ? 1 : 1 - this.share((term) => statistics.has(term) || this.typed.has(term));
  }

  /** Share of the question's weight in terms that something holds. */
  share(holds: (term: string) => boolean): number {
    return this.terms.reduce((sum, term) => sum + (holds(term) ? (this.weights.get(term) ?? 0) : 0), 0) / this.total;
  }

  /** BM25 of a text over the question's IDF. */
  bm25(text: readonly string[], lengthMean: number): number {
    let sum = 0;
    for (const term of this.terms) {
      const count = text.filter((other) => other === term).length;
      if (count > 0) sum += this.statistics.idf(term) * saturation(count, text.length, lengthMean);
    }
    return sum / this.idfTotal;
  }

  /** Whether a sentence opens with nothing but what is asked for, and goes on to say what it is or does. */
  private defines(text: string): number {
    const [, head] = DEFINES.exec(text) ?? [];
    const named = tokenize(head ?? "").filter((token) => !isStopWord(token));
    return named.length > 0 && named.every((token) => this.stems.includes(stemOf(token))) ? 1 : 0;
  }

  /** What holds for every sentence of the surroundings. */
  lookAround({ heading, ordered, text, rank }: PassageWindow): Around {
    return {
      depth: this.bm25([...heading, ...ordered], this.statistics.lengthMean * SENTENCES_OF_A_PASSAGE),
      pairs: shareOf(this.pairs, ([one, other]) => areNear(ordered, one, other)),
      names: shareOf(this.question.names, (name) => text.includes(name)),
      rank,
      unknown: this.unknown,
    };
  }

  /**
   * @param around what `lookAround` tells of the surroundings
   * @param at place of the passage in its surroundings, and of the sentence in the passage
   */
  compare(
    { passages, heading, whole: terms, text: told }: PassageWindow,
    around: Around,
    at: SentencePlace,
  ): SentenceFeatures {
    const passage = passages[at.passage];
    const text = passage?.passage.block.sentences[at.sentence]?.text ?? "";
    const ownTerms = passage?.bySentence[at.sentence] ?? [];
    const { answerType, years } = this.question;
    const cue = answerType === "definition" ? this.defines(text) : holdsAnswerType(answerType, text, this.words);
    // A price is the money that is asked for, whatever its words.
    const implied = cue === 1 ? this.typed : [];
    const own = new Set([...(passage?.passage.block.kind === "row" ? passage.header : []), ...ownTerms, ...implied]);
    const whole = cue === 1 && this.typed.size > 0 ? new Set([...terms, ...implied]) : terms;
    const before = new Set(at.sentence === 0 ? passage?.header : passage?.bySentence[at.sentence - 1]);
    const hasFocus =
      this.focus.length === 0 ||
      (cue === 1 && isNamedByCue(answerType)) ||
      this.focus.some((term) => isToldIn(term, own, heading, before));
    return {
      sentence: this.share((term) => own.has(term)),
      previous: this.share((term) => !own.has(term) && !heading.has(term) && before.has(term)),
      title: this.share((term) => !own.has(term) && heading.has(term)),
      prefix: this.share((term) => !own.has(term) && [...own].some((other) => samePrefix(term, other))),
      passage: this.share((term) => whole.has(term)),
      bm25: this.bm25(ownTerms, this.statistics.lengthMean),
      run: Math.min(1, longestRun(this.stems, passage?.stems[at.sentence] ?? []) / 8),
      cue,
      cueForFigures: isDeciding(answerType) ? cue : 0.5,
      cueForNames: answerType === "person" || answerType === "place" ? cue : 0.5,
      rare: shareOf(this.rare, (term) => whole.has(term)),
      focus: hasFocus && years.every((year) => told.includes(year)) ? 1 : 0,
      count: Math.min(1, this.terms.filter((term) => whole.has(term)).length / 4),
      ...around,
    };
  }
}

/** The features that all sentences of the same surroundings share. */
type Around = Pick<SentenceFeatures, "depth" | "pairs" | "names" | "rank" | "unknown">;

/** Where a sentence stands: which passage, and which of its sentences. */
export interface SentencePlace {
  readonly passage: number;
  readonly sentence: number;
}

/** A passage with the terms of its parts; made once, since the same passages are found again and again. */
export interface ReadPassage {
  readonly passage: Passage;
  readonly heading: readonly string[];
  readonly header: readonly string[];
  /** Terms of each sentence, and the stems of all its words. */
  readonly bySentence: readonly (readonly string[])[];
  readonly stems: readonly (readonly string[])[];
}

export function readPassage(passage: Passage, lexicon: Lexicon): ReadPassage {
  const { header, sentences } = passage.block;
  return {
    passage,
    heading: queryTerms(passage.heading, lexicon),
    header: header === "" ? [] : queryTerms(header, lexicon),
    bySentence: sentences.map(({ text }) => queryTerms(text, lexicon)),
    stems: sentences.map(({ text }) => tokenize(text).map(stemOf)),
  };
}

/** A passage that was found and its neighbours under the same heading. */
export class PassageWindow {
  readonly heading: ReadonlySet<string>;
  /** Terms of headers and sentences, in order. */
  readonly ordered: readonly string[];
  /** The same, and those of title and headings. */
  readonly whole: ReadonlySet<string>;
  /** Headings and all text. */
  readonly text: string;

  /** @param rank the score of what was found over that of the best */
  constructor(
    readonly passages: AtLeastOne<ReadPassage>,
    readonly rank: number,
  ) {
    const [{ passage, heading }] = passages;
    this.heading = new Set(heading);
    this.ordered = passages.flatMap(({ header, bySentence }) => [...header, ...bySentence.flat()]);
    this.whole = new Set([...this.ordered, ...this.heading]);
    this.text = [passage.heading, ...passages.map(({ passage: { text } }) => text)].join(" ");
  }
}

/** Share of a list for which something holds; 0.5 of an empty one. */
const shareOf = <T>(list: readonly T[], holds: (entry: T) => boolean): number =>
  list.length === 0 ? 0.5 : list.filter(holds).length / list.length;

/** Whether two terms stand side by side in any order, or one after the other with one between. */
const areNear = (text: readonly string[], one: string, other: string): boolean =>
  text.some((term, at) => term === one && (text[at + 1] === other || text[at + 2] === other || text[at - 1] === other));

/** Whether a term, or one that opens like it, is in one of these. */
const isToldIn = (term: string, ...places: readonly ReadonlySet<string>[]): boolean =>
  places.some((held) => held.has(term) || [...held].some((other) => samePrefix(term, other)));

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
