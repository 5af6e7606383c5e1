// Turns two sections, or two pages, that a question sets against each other into a comparison: what each opens with.

import type { Grounded } from "../document.ts";
import { type Lexicon, queryTerms } from "../text/analyzer.ts";
import { ARTICLES, oneOf } from "../text/words.ts";
import type { Section } from "./sections.ts";
import type { SideBySide } from "./tables.ts";

export interface SectionPairs {
  /** The two sections that a question names, null where it names no two, or asks what is under neither of them. */
  compare(ask: string): SideBySide | null;
}

/** What the row of the openings is called. */
const OPENING_ASPECT = "In short";
/** In words: a longer phrase is no name. */
const NAME_LENGTH_MAX = 5;

const VERSUS = String.raw`(?:vs\.?|versus|or|against|compared (?:to|with)|and)`;
const NAMES = String.raw`(.+?)\s+${VERSUS}\s+(.+?)(?:[,;:?.!]|$)`;
/** "the difference between A and B", "compare A with B", "A vs B". */
const ASKS = [
  new RegExp(String.raw`\bdifferences?\s+between\s+${NAMES}`, "i"),
  new RegExp(String.raw`\bcompare\s+(.+?)\s+(?:with|to|${VERSUS})\s+(.+?)(?:[,;:?.!]|$)`, "i"),
  /^(.+?)\s+(?:vs\.?|versus)\s+(.+?)(?:[,;:?.!]|$)/i,
];
const ARTICLE = new RegExp(String.raw`^${oneOf(ARTICLES)}\s+`, "i");

export function createSectionPairs(sections: readonly Section[], lexicon: Lexicon): SectionPairs {
  let byKey: ReadonlyMap<string, readonly Section[]> | null = null;
  return {
    compare(ask) {
      const names = namesIn(ask);
      if (names === null) return null;
      byKey ??= keyed(sections, lexicon);
      const known = byKey;
      const [lefts, rights] = names.map((name) => known.get(keyOf(name, lexicon)) ?? []);
      const pair = nearest(lefts ?? [], rights ?? []);
      return pair === null ? null : sideBySide(names, pair, sections);
    },
  };
}

function keyed(sections: readonly Section[], lexicon: Lexicon): ReadonlyMap<string, readonly Section[]> {
  const byKey = new Map<string, Section[]>();
  for (const section of sections) {
    const key = keyOf(headingOf(section), lexicon);
    const own = byKey.get(key);
    if (own === undefined) byKey.set(key, [section]);
    else own.push(section);
  }
  return byKey;
}

function namesIn(ask: string): readonly [string, string] | null {
  for (const pattern of ASKS) {
    const [, left, right] = pattern.exec(ask.trim()) ?? [];
    if (left === undefined || right === undefined) continue;
    const [one, other] = [left, right].map((name) => name.trim().replace(ARTICLE, ""));
    if (one === undefined || other === undefined) return null;
    return [one, other].every((name) => name.split(/\s+/).length <= NAME_LENGTH_MAX) ? [one, other] : null;
  }
  return null;
}

/** Whatever order and form the words of a name have. */
const keyOf = (name: string, lexicon: Lexicon): string => [...new Set(queryTerms(name, lexicon))].sort().join(" ");

const headingOf = ({ section, document }: Section): string => section.split(" › ").at(-1) || document.title;

type Pair = readonly [Section, Section];

/** Two sections of these names under one heading, else of one page, else the only ones there are. */
function nearest(lefts: readonly Section[], rights: readonly Section[]): Pair | null {
  const pairs = lefts.flatMap((left) => rights.filter((right) => right !== left).map((right): Pair => [left, right]));
  const isOnePage = ([left, right]: Pair): boolean => left.document === right.document;
  const isOneParent = (pair: Pair): boolean => isOnePage(pair) && parentOf(pair[0]) === parentOf(pair[1]);
  return pairs.find(isOneParent) ?? pairs.find(isOnePage) ?? (pairs.length === 1 ? (pairs[0] ?? null) : null);
}

const parentOf = ({ section }: Section): string => section.split(" › ").slice(0, -1).join(" › ");

function sideBySide(sides: readonly [string, string], [left, right]: Pair, sections: readonly Section[]): SideBySide {
  const below = (own: Section): ReadonlyMap<string, Section> =>
    new Map(
      sections
        .filter((one) => one.document === own.document && parentOf(one) === own.section)
        .map((one) => [headingOf(one), one]),
    );
  const others = below(right);
  const shared = [...below(left)].flatMap(([aspect, one]) => {
    const other = others.get(aspect);
    return other === undefined ? [] : [{ aspect, cells: [openingOf(one), openingOf(other)] as const }];
  });
  return {
    document: left.document,
    section: left.section,
    sides,
    rows: [{ aspect: OPENING_ASPECT, cells: [openingOf(left), openingOf(right)] }, ...shared],
  };
}

const openingOf = ({ opening: [first] }: Section): Grounded => first;
