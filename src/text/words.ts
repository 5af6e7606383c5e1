// Reads the lists of words in words/ into the groups, sets and patterns that the engine uses.

import articles from "./words/articles.json" with { type: "json" };
import auxiliaries from "./words/auxiliaries.json" with { type: "json" };
import conjunctions from "./words/conjunctions.json" with { type: "json" };
import calendar from "./words/months-and-days.json" with { type: "json" };
import negations from "./words/negations.json" with { type: "json" };
import numbers from "./words/number-words.json" with { type: "json" };
import pronouns from "./words/pronouns.json" with { type: "json" };
import questionWords from "./words/question-words.json" with { type: "json" };

/** The source of a pattern that matches any of these as they are; the first that fits is taken. None holds a "|". */
export const oneOf = (words: Iterable<string>): string =>
  `(?:${[...words].join("|").replace(/[.*+?^${}()[\]\\]/g, "\\$&")})`;

/**
 * The same for phrases with parts that vary: `(a|b)` is one of these, `[a]` may be there, `{a}` may be there several
 * times. "just [a ][quick ]question" is "just question" as well as "just a quick question".
 */
export const oneOfPhrases = (phrases: Iterable<string>): string =>
  `(?:${[...phrases]
    .join("|")
    .replace(/[.*+?^$\\]/g, "\\$&")
    .replace(/[([{\]}]/g, (sign) => GROUPS[sign] ?? sign)})`;

const GROUPS: Readonly<Record<string, string>> = { "(": "(?:", "[": "(?:", "{": "(?:", "]": ")?", "}": ")*" };

export const ARTICLES: readonly string[] = articles.words;
/** Those that can open a question. */
export const AUXILIARIES: readonly string[] = auxiliaries.finite;
export const AUXILIARY_FORMS: readonly string[] = [...auxiliaries.finite, ...auxiliaries.others];
/** What is said to a bot that is to be silent. */
export const QUESTION_WORDS: readonly string[] = questionWords.words;
export const CONJUNCTIONS: readonly string[] = conjunctions.words;
/** What ties a question to what was said before it. */
export const CONNECTIVES: readonly string[] = conjunctions.connectives;
export const CLAUSE_OPENERS: readonly string[] = conjunctions.clauseOpeners;

/** What denies what stands around it: as often as not, the text says the opposite. */
export const NEGATIONS: readonly string[] = [...negations.words, ...negations.contracted, ...negations.lacking];
/** Words of lesser degree or exclusion. */
export const LESSER: readonly string[] = negations.lesser;

/** What each number from 0 to 19 and each multiple of ten below 100 is called. */
export const NUMBERS: ReadonlyMap<string, number> = new Map(Object.entries(numbers.numbers));
/** Those that are counted themselves, "two dozen", and those that say how many times as much. */
export const MAGNITUDES: readonly string[] = numbers.magnitudes;
export const MULTIPLES: readonly string[] = numbers.multiples;
/** Amounts in one sentence and none in another. */
export const LOOSE_AMOUNTS: readonly string[] = numbers.loose;

export const MONTHS: readonly string[] = calendar.months;
export const WEEKDAYS: readonly string[] = calendar.weekdays;

const { speakers, persons, things } = pronouns;
/** this, that, these, those */
export const DEMONSTRATIVES: readonly string[] = pronouns.demonstrative;
export const SUBJECT_PRONOUNS: readonly string[] = [...speakers.subject, ...persons.subject, ...things.subject];
export const POSSESSIVES: readonly string[] = [...speakers.possessive, ...persons.possessive, ...things.possessive];
/** it, they, them */
export const THING_PRONOUNS: readonly string[] = [...new Set([...things.subject, ...things.object])];
/** The same, its and their. */
export const THING_PRONOUN_FORMS: readonly string[] = [...THING_PRONOUNS, ...things.possessive];
/** The same, and those of persons. */
export const THIRD_PERSON: readonly string[] = [
  ...new Set([...THING_PRONOUN_FORMS, ...persons.subject, ...persons.object, ...persons.possessive]),
];

/** They open a clause that a negation before them does not reach. */
export const SUBORDINATORS: readonly string[] = conjunctions.subordinators;
/** They set one thing against another. */
export const CONTRASTS: readonly string[] = conjunctions.contrasts;
