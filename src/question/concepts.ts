// Finds the concepts of a question: each word or phrase once, with how often it is asked and what documents say
// instead.

import { analyze, type Lexicon, queryTerms, stemOf, tokenize } from "../text/analyzer.ts";

/** A word or phrase of a question: what it is written as, and phrases that may stand for it. */
export interface Concept {
  /** Its own terms; none where all are stop words. */
  readonly own: readonly string[];
  readonly alternatives: readonly { readonly terms: readonly string[]; readonly weight: number }[];
  /** How often it is asked. */
  readonly count: number;
}

/** Everyday phrases, as the stems of all their words, to what documents say instead. */
export interface Thesaurus {
  readonly phrases: ReadonlyMap<string, readonly Alternative[]>;
  /** Words in the longest phrase. */
  readonly longest: number;
}

interface Alternative {
  readonly terms: readonly string[];
  readonly weight: number;
}

/** What an alternative counts where the document has the everyday word and the question the other. */
const BACKWARDS = 0.7;

/** @param entries what people say to what documents say */
export function createThesaurus(entries: Readonly<Record<string, readonly string[]>>, lexicon: Lexicon): Thesaurus {
  const phrases = new Map<string, Alternative[]>();
  let longest = 0;
  const add = (head: string, phrase: string, weight: number): void => {
    const stems = tokenize(head).map(stemOf);
    const terms = queryTerms(phrase, lexicon);
    if (stems.length === 0 || terms.length === 0) return;
    const key = stems.join(" ");
    const known = phrases.get(key) ?? [];
    if (known.some((one) => one.terms.join(" ") === terms.join(" "))) return;
    phrases.set(key, [...known, { terms, weight }]);
    longest = Math.max(longest, stems.length);
  };
  for (const [head, alternatives] of Object.entries(entries))
    for (const alternative of alternatives) add(head, alternative, 1);
  for (const [head, alternatives] of Object.entries(entries))
    for (const alternative of alternatives) if (saysSomething(head, lexicon)) add(alternative, head, BACKWARDS);
  return { phrases, longest };
}

const saysSomething = (phrase: string, lexicon: Lexicon): boolean =>
  analyze(phrase, lexicon).some(({ isStop }) => !isStop);

/** In the order of the question. Phrases are looked for before stop words are dropped, the longest first. */
export function conceptsOf(text: string, lexicon: Lexicon, { phrases, longest }: Thesaurus): Concept[] {
  const words = analyze(text, lexicon);
  const stems = words.map(({ surface }) => tokenize(surface).map(stemOf).join(" "));
  const found: Concept[] = [];
  for (let at = 0; at < words.length; ) {
    let width = Math.min(longest, words.length - at);
    let alternatives: readonly Alternative[] | undefined;
    for (; width > 0; width--) {
      alternatives = phrases.get(stems.slice(at, at + width).join(" "));
      if (alternatives !== undefined) break;
    }
    const own = words.slice(at, at + Math.max(1, width)).flatMap(({ term, isStop }) => (isStop ? [] : [term]));
    if (own.length > 0 || width > 1) found.push({ own, alternatives: alternatives ?? [], count: 1 });
    at += Math.max(1, width);
  }
  const all =
    found.length > 0 ? found : words.map(({ term }): Concept => ({ own: [term], alternatives: [], count: 1 }));
  return counted(all);
}

/** The same asked twice counts twice. */
function counted(concepts: readonly Concept[]): Concept[] {
  const byKey = new Map<string, Concept>();
  for (const concept of concepts) {
    const key = `${concept.own.join(" ")}|${concept.alternatives.map(({ terms }) => terms.join(" ")).join("|")}`;
    const before = byKey.get(key);
    byKey.set(key, before === undefined ? concept : { ...before, count: before.count + concept.count });
  }
  return [...byKey.values()];
}
