// Searches for the units that may answer a question's concepts, and says what of it stands where.

import type { Concept } from "../question/concepts.ts";
import { type ConceptScores, createConceptSearch } from "../retrieval/concept-search.ts";
import { unpack } from "../structures/string-list.ts";
import { numberOf } from "../structures/term-dictionary.ts";
import { type Lexicon, queryTerms } from "../text/analyzer.ts";
import type { UnitIndex } from "./unit-index.ts";

/** A unit that may answer. */
export interface Candidate {
  readonly unit: number;
  readonly section: number;
  readonly page: number;
  /** Summed score of unit, section and page. */
  readonly score: number;
  /** BM25 of its page over the question's IDF among the pages. */
  readonly pageScore: number;
  /** What the thread's preference for its page counts, as a share of the best score. */
  readonly leaning: number;
}

/** So many are ranked. */
export const CANDIDATES_MAX = 60;
/** Units are also looked for in so many of the best sections, whatever they hold themselves. */
const SECTIONS_MAX = 40;

/** What the scores of section and page count beside the unit's, and what a long unit counts more. */
const SECTION = 1;
const PAGE = 0.6;
const LENGTH = 0.1;
const LENGTH_WORDS_MAX = 80;

export interface UnitSearch {
  readonly index: UnitIndex;
  /** Best first, ties by number. @param leaning what a page counts more, by page, as a share of the best score */
  search(concepts: readonly Concept[], leaning?: ReadonlyMap<number, number>): Candidate[];
  /** How telling a concept is among the units. */
  idf(concept: Concept): number;
  holdsText(unit: number, term: string): boolean;
  /** Share of neighbouring terms that are neighbours in the unit too; 0.5 of a single term. */
  pairs(unit: number, terms: readonly string[]): number;
  sectionHolds(section: number, term: string): boolean;
  /** Whether any unit or heading holds the term. */
  knows(term: string): boolean;
  /** The unit of a page that holds a line, -1 where none does. */
  unitAt(page: number, line: number): number;
  headingPath(section: number): string;
  pageName(page: number): string;
  /** Words of all units of a page. */
  pageWords(page: number): number;
}

export function createUnitSearch(index: UnitIndex): UnitSearch {
  const units = createConceptSearch(index.units);
  const sections = createConceptSearch(index.sections);
  const pages = createConceptSearch(index.pages);
  const orderOf = (unit: number): Uint32Array => {
    const { orderStarts, order } = index.units;
    return order.subarray(orderStarts[unit] ?? 0, orderStarts[unit + 1] ?? 0);
  };
  const headings = unpack(index.headings);
  const names = unpack(index.names);
  const pageWords = index.firstSections.subarray(1).map((_, page) => {
    const first = index.firstUnits[index.firstSections[page] ?? 0] ?? 0;
    const end = index.firstUnits[index.firstSections[page + 1] ?? 0] ?? 0;
    let sum = 0;
    for (let unit = first; unit < end; unit++) sum += index.words[unit] ?? 0;
    return sum;
  });
  return {
    index,
    search(concepts, leaning = new Map()) {
      const found = [units.score(concepts), sections.score(concepts), pages.score(concepts)] as const;
      const list = rank(index, found);
      const best = list[0]?.score ?? 0;
      if (leaning.size === 0) return list.slice(0, CANDIDATES_MAX);
      return list
        .map((one) => {
          const share = leaning.get(one.page) ?? 0;
          return { ...one, score: one.score + best * share, leaning: share };
        })
        .sort(byScore)
        .slice(0, CANDIDATES_MAX);
    },
    idf: ({ own, alternatives }) =>
      own.some((term) => units.knows(term)) || alternatives.length === 0
        ? units.mass(own)
        : Math.max(...alternatives.map(({ terms }) => units.idf(terms))),
    holdsText(unit, term) {
      const number = numberOf(index.units.terms, term);
      if (number < 0) return false;
      return orderOf(unit).includes(number);
    },
    pairs(unit, terms) {
      if (terms.length < 2) return 0.5;
      const numbers = terms.map((term) => numberOf(index.units.terms, term));
      const text = orderOf(unit);
      const paired = numbers.slice(1).filter((number, at) => {
        const before = numbers[at] ?? -1;
        return number >= 0 && before >= 0 && text.some((one, place) => one === before && text[place + 1] === number);
      });
      return paired.length / (terms.length - 1);
    },
    sectionHolds: (section, term) => sections.holds(section, term),
    knows: (term) => units.knows(term),
    unitAt(page, line) {
      const first = index.firstUnits[index.firstSections[page] ?? 0] ?? 0;
      const end = index.firstUnits[index.firstSections[page + 1] ?? 0] ?? 0;
      for (let unit = first; unit < end; unit++)
        if ((index.firstLines[unit] ?? 0) <= line && line <= (index.lastLines[unit] ?? 0)) return unit;
      return -1;
    },
    headingPath: (section) => headings[section] ?? "",
    pageName: (page) => names[page] ?? "",
    pageWords: (page) => pageWords[page] ?? 0,
  };
}

const byScore = (one: Candidate, other: Candidate): number => other.score - one.score || one.unit - other.unit;

function rank(
  { sectionOf, pageOf, words, firstUnits }: UnitIndex,
  [units, sections, pages]: readonly [ConceptScores, ConceptScores, ConceptScores],
): Candidate[] {
  const candidateOf = (unit: number): Candidate => {
    const section = sectionOf[unit] ?? 0;
    const page = pageOf[section] ?? 0;
    const sum = units.of(unit) + SECTION * sections.of(section) + PAGE * pages.of(page);
    const score = sum * (1 + LENGTH * Math.log(1 + Math.min(LENGTH_WORDS_MAX, words[unit] ?? 0)));
    return {
      unit,
      section,
      page,
      score,
      pageScore: pages.of(page) / (pages.total || 1),
      leaning: 0,
    };
  };
  const best = [...sections.touched]
    .sort((a, b) => sections.of(b) - sections.of(a) || a - b)
    .slice(0, SECTIONS_MAX)
    .flatMap((section) => {
      const first = firstUnits[section] ?? 0;
      return Array.from({ length: (firstUnits[section + 1] ?? first) - first }, (_, at) => first + at);
    });
  return [...new Set([...units.touched, ...best])].map(candidateOf).sort(byScore);
}

/** The terms of a text once each. */
export const termSet = (text: string, lexicon: Lexicon): ReadonlySet<string> => new Set(queryTerms(text, lexicon));
