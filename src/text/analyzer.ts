// Turns text into terms: the one way in which documents, FAQ and questions become comparable.

import { stem } from "porter2";
import stopWords from "./words/stop-words.json" with { type: "json" };

/** Phrases that count as one term: synonyms and the subjects' aliases, both as stems. */
export interface Lexicon {
  /** Stems joined by a space, or `=` and singulars for a name → the term that stands for them. */
  readonly phrases: ReadonlyMap<string, string>;
  /** The words that each such term is written as. */
  readonly written: ReadonlyMap<string, string>;
  /** The first word of a phrase, as it stands in `phrases`, to the number of words in the longest that it opens. */
  readonly openings: ReadonlyMap<string, number>;
}

/** What a lexicon is made of: in each group every phrase counts as the group's first. */
export interface Groups {
  /** Names match as they are, singular or plural: "containment" is no "container", though both stem to "contain". */
  readonly names: readonly (readonly string[])[];
  /** Other words match by their stems: "booting" is "start". */
  readonly synonyms: readonly (readonly string[])[];
}

/** A word or phrase of a text. */
export interface Token {
  /** As it stands in the text, folded to lower case without accents. */
  readonly surface: string;
  /** What it counts as: its stem, or the term of the phrase it is part of. */
  readonly term: string;
  /** A function word, or a word that only frames a question. */
  readonly isStop: boolean;
}

export const EMPTY_LEXICON: Lexicon = { phrases: new Map(), written: new Map(), openings: new Map() };

/** After "how" these ask for a measure and name nothing: how long, how many. */
const MEASURES: ReadonlySet<string> = new Set(stopWords.measures);

/** Whether a word asks for a measure behind "how". */
export const isMeasureWord = (token: string): boolean => MEASURES.has(token);

/** Longer words are cut before anything is searched. */
export const TERM_LENGTH_MAX = 64;

const STOP_WORDS: ReadonlySet<string> = new Set(stopWords.words);

/** Whether a word only frames what is said. */
export const isStopWord = (token: string): boolean => STOP_WORDS.has(token);

/** The letters and digits of a text in runs, folded to lower case; accents, possessive 's and plural s of acronyms removed. */
export function tokenize(text: string): string[] {
  const singular = text.replace(/\b(\p{Lu}{2,})s\b/gu, "$1");
  const folded = (ASCII.test(singular) ? singular : singular.normalize("NFKD").replace(/\p{M}+/gu, "")).toLowerCase();
  const plain = folded.replace(/['’]s\b/g, "").replace(/['’]/g, "");
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((token) => token.slice(0, TERM_LENGTH_MAX));
}

/** The same in one string: two texts that differ in marks, case and accents alone are the same plain text. */
export const plain = (text: string): string => tokenize(text).join(" ");

/** Needs no folding of accents. */
const ASCII = /^[\t\n\r -~]*$/;

/** "virtualise" and the like; too short a rest is a word of its own: raise, noise. */
const BRITISH = /^(.{4,})is(e|ed|es|er|ers|ing|ation|ations)$/;

const stems = new Map<string, string>();
const STEMS_CACHED_MAX = 200_000;

/** Stems that were worked out before, so that they need not be again. */
export function keepStems(tokens: readonly string[], known: readonly string[]): void {
  if (stems.size + tokens.length > STEMS_CACHED_MAX) return;
  for (const [at, token] of tokens.entries()) stems.set(token, known[at] ?? stemOf(token));
}

/** Porter2 after folding British -ise to -ize and plural acronyms (VMs) to their singular. */
export function stemOf(token: string): string {
  const known = stems.get(token);
  if (known !== undefined) return known;
  // Most words are neither, which a look at their letters tells sooner than an expression.
  let word = token.includes("is") ? token.replace(BRITISH, "$1iz$2") : token;
  if (word.endsWith("s") && /^[b-df-hj-np-tv-xz0-9]{2,}u?s$/.test(word)) word = word.slice(0, -1);
  const stemmed = stem(word);
  if (stems.size >= STEMS_CACHED_MAX) stems.clear();
  stems.set(token, stemmed);
  return stemmed;
}

/** The tokens of a text in order; a known phrase becomes one. The longest phrase wins. */
export const analyze = (text: string, lexicon: Lexicon): Token[] => tokensOf(tokenize(text), lexicon);

/** The same of what `tokenize` gives. */
export function tokensOf(tokens: readonly string[], lexicon: Lexicon): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    let length = Math.min(longestAt(tokens[at] ?? "", lexicon), tokens.length - at);
    let term: string | undefined;
    for (; length > 0; length--) {
      term = termOf(tokens.slice(at, at + length), lexicon);
      if (term !== undefined) break;
    }
    const width = term === undefined ? 1 : length;
    const surface = tokens.slice(at, at + width).join(" ");
    const isMeasure = tokens[at - 1] === "how" && MEASURES.has(surface);
    const isStop = isMeasure || (term === undefined && STOP_WORDS.has(surface));
    found.push({ surface, term: term ?? stemOf(surface), isStop });
    at += width;
  }
  return found;
}

/** Words in the longest phrase that a word opens, 0 where it opens none. */
export const longestAt = (token: string, { openings }: Lexicon): number =>
  openings.size === 0 ? 0 : Math.max(openings.get(`=${singularOf(token)}`) ?? 0, openings.get(stemOf(token)) ?? 0);

/** The term that these words count as together; undefined where they are no phrase of the lexicon. */
export const termOf = (tokens: readonly string[], { phrases }: Lexicon): string | undefined =>
  phrases.get(`=${tokens.map(singularOf).join(" ")}`) ?? phrases.get(tokens.map(stemOf).join(" "));

/** The terms that are searched for. */
export const queryTerms = (text: string, lexicon: Lexicon): string[] => queryTermsOf(analyze(text, lexicon));

/** The terms of tokens without the stop words, unless nothing else is left. */
export function queryTermsOf(all: readonly Token[]): string[] {
  const content = all.filter(({ isStop }) => !isStop);
  return (content.length > 0 ? content : all).map(({ term }) => term);
}

/** The tokens that count when it is asked whether a corpus knows what a text is about. */
export const contentTokens = (tokens: readonly Token[]): Token[] =>
  tokens.filter(({ isStop, surface }) => !isStop && (surface.length > 1 || /\d/.test(surface)));

/** Makes a lexicon; where two groups hold a phrase the first one has it. */
export function createLexicon({ names, synonyms }: Groups): Lexicon {
  const phrases = new Map<string, string>();
  const written = new Map<string, string>();
  const openings = new Map<string, number>();
  const add = (group: readonly string[], term: string, phraseKey: (tokens: readonly string[]) => string): void => {
    written.set(term, tokenize(group[0] ?? "").join(" "));
    for (const phrase of group) {
      const tokens = tokenize(phrase);
      if (tokens.length === 0) continue;
      if (!phrases.has(phraseKey(tokens))) phrases.set(phraseKey(tokens), term);
      const opening = phraseKey(tokens.slice(0, 1));
      openings.set(opening, Math.max(openings.get(opening) ?? 0, tokens.length));
    }
  };
  const nameKey = (tokens: readonly string[]): string => `=${tokens.map(singularOf).join(" ")}`;
  const stemKey = (tokens: readonly string[]): string => tokens.map(stemOf).join(" ");
  const stemTerm = ([first = ""]: readonly string[]): string => tokenize(first).map(stemOf).join("_");
  for (const group of names) add(group, nameTerm(group[0] ?? ""), nameKey);
  for (const group of synonyms) add(group, stemTerm(group), stemKey);
  // What a group itself writes as one word comes first.
  for (const group of synonyms)
    for (const key of group.flatMap(solidOf).map(stemOf)) {
      if (phrases.has(key)) continue;
      phrases.set(key, stemTerm(group));
      openings.set(key, Math.max(openings.get(key) ?? 0, 1));
    }
  return { phrases, written, openings };
}

/** A phrase as people run it together: "opensource" for "open source"; none for a single word. */
export function solidOf(phrase: string): readonly string[] {
  const tokens = tokenize(phrase);
  return tokens.length === 2 ? [tokens.join("")] : [];
}

/** The term that a name counts as; no stem looks like it. */
export const nameTerm = (name: string): string => `=${tokenize(name).map(singularOf).join("_")}`;

/** The singular of a plural noun, British -ise folded to -ize; other words stay. */
export function singularOf(token: string): string {
  const word = token.includes("is") ? token.replace(BRITISH, "$1iz$2") : token;
  if (!word.endsWith("s") || /(?:ss|us|is)$/.test(word) || word.length <= 2) return word;
  return word
    .replace(/ies$/, "y")
    .replace(/(s|x|z|ch|sh)es$/, "$1")
    .replace(/s$/, "");
}
