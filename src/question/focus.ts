// Finds the words of a question that name what it asks for: "level" in "which compression level is used".

import { isStopWord } from "../text/analyzer.ts";
import { unitNames } from "../text/quantities.ts";
import namelessNouns from "../text/words/nameless-nouns.json" with { type: "json" };
import prepositions from "../text/words/prepositions.json" with { type: "json" };
import {
  ARTICLES,
  AUXILIARY_FORMS,
  CONJUNCTIONS,
  DEMONSTRATIVES,
  oneOf,
  POSSESSIVES,
  QUESTION_WORDS,
  SUBJECT_PRONOUNS,
} from "../text/words.ts";

/**
 * Words one of which a sentence must hold, itself or in what stands over it, to answer: the noun after "which", "what is
 * the" and "how many", the things of "is there", "do you have" and "is … included". Empty where the
 * question's shape doesn't tell, or where it asks for a thing without a name of its own (a way, a reason, a number of hours).
 * @param words of the question, as `tokenize` gives them
 */
export function focusOf(words: readonly string[]): readonly string[] {
  const text = ` ${words.join(" ")} `;
  for (const { pattern, read } of SHAPES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const rest = text.slice(match.index + match[0].length).trim();
    const named = read(rest === "" ? [] : rest.split(" "), match[1] ?? "");
    if (NAMELESS.has(named.at(-1) ?? "")) return [];
    return named.filter((word) => !NAMELESS.has(word) && !isStopWord(word) && !/^\d/.test(word));
  }
  return [];
}

const AUXILIARY = new RegExp(`^${oneOf(AUXILIARY_FORMS)}$`);
/** Where a noun with what stands before it ends. */
const PHRASE_ENDS: ReadonlySet<string> = new Set([
  ...ARTICLES,
  ...POSSESSIVES,
  ...DEMONSTRATIVES,
  ...SUBJECT_PRONOUNS,
  ...QUESTION_WORDS,
  ...prepositions.words,
  ...CONJUNCTIONS,
  ...["there", "not", "only", "also", "usually"],
]);
const PHRASE_WORDS_MAX = 3;

/** Whether a word stands around a noun with its adjectives, and not in it. */
export const endsPhrase = (word: string): boolean =>
  AUXILIARY.test(word.toLowerCase()) || PHRASE_ENDS.has(word.toLowerCase());

/** The words up to where a phrase ends, and the word that ends it. */
function phraseAt(words: readonly string[]): { readonly phrase: readonly string[]; readonly end: string | undefined } {
  const found = words.findIndex(endsPhrase);
  const length = found < 0 ? words.length : found;
  return length > PHRASE_WORDS_MAX
    ? { phrase: [], end: undefined }
    : { phrase: words.slice(0, length), end: words[length] };
}

/** The noun of a phrase is its last word: "limit" in "the speed limit set" by somebody. */
const nounOf = (phrase: readonly string[]): readonly string[] => phrase.filter((word) => !DONE.test(word)).slice(-1);
const DONE =
  /^(?:\p{L}{2,}[^e]ed|set|built|made|given|taken|held|sold|paid|sent|kept|left|put|done|found|written|known|born|seen|shown|told)$/u;

/** "which level is used": a noun only where a verb follows; "what makes it fast" has none. */
function nounBeforeVerb(words: readonly string[]): readonly string[] {
  const { phrase, end } = phraseAt(words);
  return end !== undefined && AUXILIARY.test(end) ? nounOf(phrase) : [];
}

interface Shape {
  readonly pattern: RegExp;
  /** @param rest the words after the match; `inside` is what the pattern's group caught */
  readonly read: (rest: readonly string[], inside: string) => readonly string[];
}

const SHAPES: readonly Shape[] = [
  {
    pattern: / how much (?:is|are|was|were|s) (?:a|an|the|one|my|our|your) /,
    read: (rest) => nounOf(phraseAt(rest).phrase),
  },
  { pattern: / how (?:many|much) /, read: (rest) => phraseAt(rest).phrase },
  {
    pattern: / what(?:s| is| are| was| were)? (?:the|our|your|my|its|their) /,
    read: (rest) => nounOf(phraseAt(rest).phrase),
  },
  { pattern: / (?:what|which) /, read: nounBeforeVerb },
  {
    pattern: / (?:is|are|was|were) there (?:(?:a|an|any|some|the|no|still) )*/,
    read: (rest) => nounOf(phraseAt(rest).phrase),
  },
  {
    pattern:
      /(?<! (?:how|why|when|where|what|which|who)) (?:do|does|did|can|could|will|would) (?:(?!to )[\p{L}\p{N}]+ ){1,7}?(?:(?:have|offer|support|include|provide) (?:(?:a|an|any|some|the) )*|get (?:a|an|any|some) )/u,
    read: (rest) => nounOf(phraseAt(rest).phrase),
  },
  {
    pattern:
      /^ (?:is|are) (?:(?:the|a|an) )?((?:[\p{L}\p{N}]+ ){1,2}?)(?:included|provided|available|offered|supported) /u,
    read: (_, inside) => inside.trim().split(" "),
  },
];

/** What is asked for by these is named otherwise, or is a unit in which it is told. */
const NAMELESS: ReadonlySet<string> = new Set([
  ...namelessNouns.words,
  ...(["time", "size", "money", "share", "length"] as const).flatMap(unitNames),
]);
