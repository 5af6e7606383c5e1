// Reads the closed lists of everyday English: word forms, and what is said instead.

import { createLexicon, type Groups, isStopWord, type Lexicon, solidOf, stemOf } from "../text/analyzer.ts";
import irregular from "../text/irregular-forms.json" with { type: "json" };
import joined from "../text/joined-words.json" with { type: "json" };
import { createThesaurus, type Thesaurus } from "./concepts.ts";
import phrases from "./words/everyday-phrases.json" with { type: "json" };

/** Irregular forms count as their base, words that are met joined, hyphenated or apart as one: "paid", "co-working". */
export const everydayLexicon = ({ names, synonyms }: Groups): Lexicon =>
  createLexicon({ names, synonyms: [...synonyms, ...JOINED, ...IRREGULAR] });

/** Those that have one stem when they are joined count as one: "coworker" and "coworking" do. */
const JOINED: readonly (readonly string[])[] = [
  ...joined
    .reduce((groups, word) => {
      const key = solidOf(word).map(stemOf).join(" ");
      return groups.set(key, [...(groups.get(key) ?? []), word]);
    }, new Map<string, readonly string[]>())
    .values(),
];

const IRREGULAR = Object.entries(irregular)
  .filter(([form, base]) => !isStopWord(form) && !isStopWord(base))
  .map(([form, base]) => [base, form]);

export const everydayThesaurus = (lexicon: Lexicon): Thesaurus => createThesaurus(phrases, lexicon);
