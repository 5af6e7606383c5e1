// Searches for the units that may answer a question's concepts, and says what of it stands where.

import { LRUCache } from "lru-cache";
import type { Concept } from "../question/concepts.ts";
import { type ConceptScores, createConceptSearch } from "../retrieval/concept-search.ts";
import { TopK } from "../retrieval/top-k.ts";
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

/** The terms of a section's heading path, and of its last heading. */
export interface HeadingTerms {
  readonly all: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
}

/** Headings and names whose terms are kept for the next question. */
const KEPT_MAX = 5000;

/** Set by hand, after trials on six teams' folders; what is fitted on top of it weighs the sum itself. */
export const SEARCHING = Object.freeze({
  /** So many units are ranked. */
  candidatesMax: 60,
  /** Units are also looked for in so many of the best sections, whatever they hold themselves. */
  sectionsMax: 40,
  /** What the scores of section and page count beside the unit's. */
  section: 1,
  page: 0.6,
  /** What a long unit counts more: so much for each unit of the logarithm of its words, up to so many. */
  length: 0.1,
  lengthWordsMax: 80,
});

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
  headingTerms(section: number): HeadingTerms;
  nameTerms(page: number): ReadonlySet<string>;
  /** Words of all units of a page. */
  pageWords(page: number): number;
}

export function createUnitSearch(index: UnitIndex, lexicon: Lexicon): UnitSearch {
  const units = createConceptSearch(index.units);
  const sections = createConceptSearch(index.sections);
  const pages = createConceptSearch(index.pages);
  const orderOf = (unit: number): Uint32Array => {
    const { orderStarts, order } = index.units;
    return order.subarray(orderStarts[unit] ?? 0, orderStarts[unit + 1] ?? 0);
  };
  const keptHeadings = new LRUCache<number, HeadingTerms>({ max: KEPT_MAX });
  const keptNames = new LRUCache<number, ReadonlySet<string>>({ max: KEPT_MAX });
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
    search: (concepts, leaning = new Map()) =>
      rank(index, [units.score(concepts), sections.score(concepts), pages.score(concepts)], leaning),
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
    headingTerms: (section) =>
      remembered(keptHeadings, section, () => {
        const path = headings[section] ?? "";
        return { all: termSet(path, lexicon), last: termSet(path.split(" › ").at(-1) ?? "", lexicon) };
      }),
    nameTerms: (page) => remembered(keptNames, page, () => termSet(names[page] ?? "", lexicon)),
    pageWords: (page) => pageWords[page] ?? 0,
  };
}

/** All that hold something, and all of the best sections, by summed scores and what their pages count more. */
function rank(
  { sectionOf, pageOf, words, firstUnits }: UnitIndex,
  [units, sections, pages]: readonly [ConceptScores, ConceptScores, ConceptScores],
  leaning: ReadonlyMap<number, number>,
): Candidate[] {
  const pageAt = (unit: number): number => pageOf[sectionOf[unit] ?? 0] ?? 0;
  const scoreOf = (unit: number): number => {
    const sum =
      units.of(unit) + SEARCHING.section * sections.of(sectionOf[unit] ?? 0) + SEARCHING.page * pages.of(pageAt(unit));
    return sum * (1 + SEARCHING.length * Math.log(1 + Math.min(SEARCHING.lengthWordsMax, words[unit] ?? 0)));
  };
  const bestSections = new TopK(SEARCHING.sectionsMax);
  for (const section of sections.touched) bestSections.offer(section, sections.of(section));
  const others = bestSections.hits().flatMap(({ passage: section }) => {
    const first = firstUnits[section] ?? 0;
    const own = Array.from({ length: (firstUnits[section + 1] ?? first) - first }, (_, at) => first + at);
    return own.filter((unit) => units.of(unit) === 0);
  });
  let best = 0;
  for (const list of [units.touched, others]) for (const unit of list) best = Math.max(best, scoreOf(unit));
  const kept = new TopK(SEARCHING.candidatesMax);
  for (const list of [units.touched, others])
    for (const unit of list) kept.offer(unit, scoreOf(unit) + best * (leaning.get(pageAt(unit)) ?? 0));
  return kept.hits().map(({ passage: unit, score }): Candidate => {
    const page = pageAt(unit);
    const pageScore = pages.of(page) / (pages.total || 1);
    return { unit, section: sectionOf[unit] ?? 0, page, score, pageScore, leaning: leaning.get(page) ?? 0 };
  });
}

function remembered<T extends object>(kept: LRUCache<number, T>, key: number, make: () => T): T {
  const known = kept.get(key) ?? make();
  kept.set(key, known);
  return known;
}

/** The terms of a text once each. */
export const termSet = (text: string, lexicon: Lexicon): ReadonlySet<string> => new Set(queryTerms(text, lexicon));
