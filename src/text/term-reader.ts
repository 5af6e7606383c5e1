// Turns numbers of words into numbers of terms: `queryTerms` for texts that are stored as numbers.

import { isMeasureWord, isStopWord, type Lexicon, singularOf, stemOf } from "./analyzer.ts";

/** A lexicon's phrases word by word. */
interface PhraseNode {
  readonly next: Map<string, PhraseNode>;
  /** What the words up to here count as together. */
  term: string | null;
}

/** What is known of a word, as bits. */
const MET = 1;
const STOPS = 2;
const MEASURES = 4;
const OPENS = 8;

export class TermReader {
  /** By their numbers, in the order in which they were first looked at. */
  readonly terms: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly names: PhraseNode = { next: new Map(), term: null };
  private readonly phrases: PhraseNode = { next: new Map(), term: null };
  private readonly known: number[] = [];
  /** As names are told, and as other phrases are. */
  private readonly singulars: string[] = [];
  private readonly stems: string[] = [];
  /** The number of the term that each word is where it is part of no phrase. */
  private readonly own: number[] = [];

  /** @param words by their numbers; more may follow those that are there, until they are read */
  constructor(
    private readonly words: readonly string[],
    lexicon: Lexicon,
  ) {
    for (const [phrase, term] of lexicon.phrases)
      if (phrase.startsWith("=")) add(this.names, phrase.slice(1), term);
      else add(this.phrases, phrase, term);
  }

  /** The terms that are searched for, as `queryTerms` gives them for a text of these words. */
  read(tokens: readonly number[]): readonly number[] {
    const all: number[] = [];
    const content: number[] = [];
    for (let at = 0; at < tokens.length; ) {
      const word = tokens[at] ?? 0;
      const facts = this.factsOf(word);
      const phrase = (facts & OPENS) === 0 ? null : this.phraseAt(tokens, at);
      const width = phrase?.width ?? 1;
      const number = phrase === null ? (this.own[word] ?? 0) : this.numberOf(phrase.term);
      const isMeasured = width === 1 && (facts & MEASURES) !== 0 && this.words[tokens[at - 1] ?? -1] === "how";
      all.push(number);
      if (!isMeasured && (phrase !== null || (facts & STOPS) === 0)) content.push(number);
      at += width;
    }
    return content.length > 0 ? content : all;
  }

  /** What a word counts as by itself. */
  termOf(word: number): string {
    const facts = this.factsOf(word);
    const phrase = (facts & OPENS) === 0 ? null : this.phraseAt([word], 0);
    return phrase?.term ?? this.terms[this.own[word] ?? 0] ?? "";
  }

  /** The longest phrase that begins there; of two that are as long, the name. */
  private phraseAt(tokens: readonly number[], from: number): { readonly term: string; readonly width: number } | null {
    let name: PhraseNode | undefined = this.names;
    let phrase: PhraseNode | undefined = this.phrases;
    let found: { readonly term: string; readonly width: number } | null = null;
    for (let at = from; at < tokens.length && (name !== undefined || phrase !== undefined); at++) {
      const word = tokens[at] ?? 0;
      this.factsOf(word);
      name = name?.next.get(this.singulars[word] ?? "");
      phrase = phrase?.next.get(this.stems[word] ?? "");
      const term = name?.term ?? phrase?.term ?? null;
      if (term !== null) found = { term, width: at - from + 1 };
    }
    return found;
  }

  private factsOf(word: number): number {
    const known = this.known[word] ?? 0;
    if (known !== 0) return known;
    const text = this.words[word] ?? "";
    const [singular, stem] = [singularOf(text), stemOf(text)];
    this.singulars[word] = singular;
    this.stems[word] = stem;
    const opens = this.names.next.has(singular) || this.phrases.next.has(stem);
    const facts = MET | (isStopWord(text) ? STOPS : 0) | (isMeasureWord(text) ? MEASURES : 0) | (opens ? OPENS : 0);
    this.known[word] = facts;
    this.own[word] = this.numberOf(stem);
    return facts;
  }

  private numberOf(term: string): number {
    let number = this.numbers.get(term);
    if (number === undefined) {
      number = this.terms.push(term) - 1;
      this.numbers.set(term, number);
    }
    return number;
  }
}

function add(root: PhraseNode, phrase: string, term: string): void {
  let node = root;
  for (const word of phrase.split(" ")) {
    const next = node.next.get(word) ?? { next: new Map(), term: null };
    node.next.set(word, next);
    node = next;
  }
  node.term = term;
}
