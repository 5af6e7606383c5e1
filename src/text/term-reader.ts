// Numbers of words to numbers of terms: what `queryTerms` does to a text, for texts that are words by number already.

import { isMeasureWord, isStopWord, type Lexicon, longestAt, stemOf, termOf } from "./analyzer.ts";

/** What a word is on its own. */
interface WordFacts {
  /** Words in the longest phrase that it opens, 0 where it opens none. */
  readonly longest: number;
  readonly isStop: boolean;
  readonly isMeasure: boolean;
  /** The term that it counts as where it is part of no phrase. */
  readonly term: number;
}

export class TermReader {
  /** By their numbers, in the order in which they were first looked at. */
  readonly terms: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly facts: WordFacts[] = [];

  /** @param words by their numbers; more may come */
  constructor(
    private readonly words: readonly string[],
    private readonly lexicon: Lexicon,
  ) {}

  /** The terms that are searched for, as `queryTerms` gives them for a text of these words. */
  read(tokens: readonly number[]): readonly number[] {
    const all: number[] = [];
    const content: number[] = [];
    for (let at = 0; at < tokens.length; ) {
      const word = tokens[at] ?? 0;
      const facts = this.factsOf(word);
      const { term, width } = this.phraseAt(tokens, at, facts.longest) ?? { term: null, width: 1 };
      const isMeasured = width === 1 && facts.isMeasure && this.words[tokens[at - 1] ?? -1] === "how";
      const number = term === null ? facts.term : this.numberOf(term);
      all.push(number);
      if (!isMeasured && (term !== null || !facts.isStop)) content.push(number);
      at += width;
    }
    return content.length > 0 ? content : all;
  }

  private phraseAt(
    tokens: readonly number[],
    at: number,
    longest: number,
  ): { readonly term: string; readonly width: number } | null {
    for (let width = Math.min(longest, tokens.length - at); width > 0; width--) {
      const term = termOf(
        tokens.slice(at, at + width).map((word) => this.words[word] ?? ""),
        this.lexicon,
      );
      if (term !== undefined) return { term, width };
    }
    return null;
  }

  private factsOf(word: number): WordFacts {
    const known = this.facts[word];
    if (known !== undefined) return known;
    const text = this.words[word] ?? "";
    const facts = {
      longest: longestAt(text, this.lexicon),
      isStop: isStopWord(text),
      isMeasure: isMeasureWord(text),
      term: this.numberOf(stemOf(text)),
    };
    this.facts[word] = facts;
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
