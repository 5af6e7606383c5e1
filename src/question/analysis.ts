// Works out all that a question's words alone tell, once, in one frozen value that is handed from stage to stage.

import { LRUCache } from "lru-cache";
import type { Mention, SubjectFinder } from "../ingest/subjects.ts";
import { contentTokens, type Lexicon, queryTermsOf, type Token, tokenize, tokensOf } from "../text/analyzer.ts";
import lightWords from "../text/words/light-words.json" with { type: "json" };
import { DEMONSTRATIVES, oneOf, THING_PRONOUN_FORMS } from "../text/words.ts";
import { type AnswerType, answerTypeOf } from "./answer-type.ts";
import { focusOf } from "./focus.ts";

export interface QuestionAnalysis {
  readonly text: string;
  /** Runs of letters and digits, folded. */
  readonly words: readonly string[];
  /** The same with each phrase of the lexicon as one, in order. */
  readonly tokens: readonly Token[];
  /** What is searched for, in order; a term stands as often as it is said. */
  readonly terms: readonly string[];
  /** Tokens that say something: no function words. */
  readonly content: readonly Token[];
  /** Of these what doesn't only point or frame. */
  readonly standing: readonly Token[];
  /** Of these what it says besides its subjects. */
  readonly own: readonly Token[];
  readonly mentions: readonly Mention[];
  /** Ids of the subjects it names, each once, in order. */
  readonly subjects: readonly string[];
  readonly answerType: AnswerType;
  /** Words one of which names what is asked for; empty where its shape doesn't tell. */
  readonly focus: readonly string[];
  /** It points at something that it doesn't name: "it", "the second one", "that". */
  readonly pointsBack: boolean;
  /** Capitalised words but the first, and figures, as they are written. */
  readonly names: readonly string[];
  /** What was so in one year need not be so in another. */
  readonly years: readonly string[];
}

/** The same text gives the same value, which nobody can change. */
export type AnalyseQuestion = (text: string) => QuestionAnalysis;

/** A question passes every stage in a few forms: as typed, spelt, completed, and in clauses. */
const KEPT_MAX = 64;

export function createQuestionAnalyser(lexicon: Lexicon, subjects: SubjectFinder): AnalyseQuestion {
  const kept = new LRUCache<string, QuestionAnalysis>({ max: KEPT_MAX });
  return (text) => {
    const known = kept.get(text) ?? analyse(text, lexicon, subjects);
    kept.set(text, known);
    return known;
  };
}

function analyse(text: string, lexicon: Lexicon, subjects: SubjectFinder): QuestionAnalysis {
  const words = tokenize(text);
  const tokens = tokensOf(words, lexicon);
  const content = contentTokens(tokens);
  const standing = content.filter(({ surface }) => !LIGHT.has(surface));
  const mentions = subjects.mentionsIn(tokens);
  return Object.freeze({
    text,
    words,
    tokens,
    terms: queryTermsOf(tokens),
    content,
    standing,
    own: standing.filter(({ term }) => !subjects.isSubject(term)),
    mentions,
    subjects: [...new Set(mentions.map(({ subject }) => subject))],
    answerType: answerTypeOf(words),
    focus: focusOf(words),
    pointsBack: POINTING.test(text),
    names: text.match(NAMES) ?? [],
    years: text.match(YEARS) ?? [],
  });
}

const NAMES = /(?<=\S\s+)\p{Lu}[\p{L}\p{N}.-]+|\d[\d.,]*/gu;
const YEARS = /\b(?:19|20)\d\d\b/g;

/** Words that point back or frame, and say nothing on their own. */
const LIGHT: ReadonlySet<string> = new Set(lightWords.words);

/** The demonstratives but "that", which may be a conjunction. */
const POINTERS = DEMONSTRATIVES.filter((word) => word !== "that");
/** Pronouns, "the second one", "both"; "that" where it isn't a conjunction. */
const POINTING = new RegExp(
  [
    `\\b(?:${oneOf([...THING_PRONOUN_FORMS, ...POINTERS])}|there|then|latter|former)\\b`,
    "\\b(?:which|the|this|that|first|second|other) ones?\\b",
    "\\bthe (?:first|second|others?|two)\\b(?! [a-z])",
    "\\bthe two\\b|\\bboth\\b(?! [a-z]+s\\b)",
    "\\b(?:about|after|against|before|by|do|does|for|from|in|is|like|of|on|than|to|was|why|with) that\\b",
    "\\bthat\\b(?=\\W*$)",
  ].join("|"),
  "i",
);
