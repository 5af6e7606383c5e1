// Measures what tells the right unit among those that may answer: what is covered where, and kind by kind.

import { type AnswerType, answerTypeOf, isFigure } from "../question/answer-type.ts";
import type { Concept } from "../question/concepts.ts";
import { tokenize } from "../text/analyzer.ts";
import { UNIT_KINDS } from "./unit-index.ts";
import type { Candidate, UnitSearch } from "./unit-search.ts";
import type { UnitSentences } from "./unit-sentences.ts";
import { type Sign, UNIT_SIGNS } from "./unit-signs.ts";
import type { UnitKind } from "./units.ts";

/** Shares are of the question's weight (IDF among the units); what is a sign is 0 or 1. */
export const BLOCK_FEATURES = [
  "score",
  "leaning",
  "page",
  "name",
  "heading",
  "lastHeading",
  "headingAsked",
  "own",
  "sentence",
  "bestSentence",
  "section",
  "lexicon",
  "firstOfSection",
  "sectionShare",
  "words",
  "pageWords",
  "history",
  "code",
  "table",
  "opensSection",
  "howList",
  "howCode",
  "howAction",
  "figureDigits",
  "figureNone",
  "moneyMoney",
  "timeDuration",
  "whyReason",
  "wherePlace",
  "whoName",
] as const;
export type BlockFeature = (typeof BLOCK_FEATURES)[number];
export type BlockFeatures = Readonly<Record<BlockFeature, number>>;

/** A candidate with what tells whether it answers. */
export interface ReadUnit extends Candidate {
  readonly features: BlockFeatures;
  /** The concepts whose words stand in the unit or its headings, and in its section. */
  readonly covered: readonly boolean[];
  readonly coveredInSection: readonly boolean[];
}

export interface RankedUnit extends ReadUnit {
  readonly log: number;
  /** How likely it is the first that answers, among all that were found: they sum to 1. */
  readonly probability: number;
}

/** What is asked, worked out once. */
export interface AskedConcepts {
  readonly concepts: readonly Concept[];
  readonly weights: readonly number[];
  /** Their sum; 0 where nothing is asked. */
  readonly total: number;
  readonly sought: AnswerType;
  readonly isHow: boolean;
}

const HISTORY =
  /\b(?:release notes?|releases?|changelog|change log|changes|history|archive|archived|previous versions?|what s new|news|announcements?|blog|deprecated|obsolete)\b/i;

export function askConcepts(text: string, concepts: readonly Concept[], search: UnitSearch): AskedConcepts {
  const weights = concepts.map((concept) => concept.count * search.idf(concept));
  const sought = answerTypeOf(tokenize(text));
  return {
    concepts,
    weights,
    total: weights.reduce((sum, weight) => sum + weight, 0),
    sought,
    isHow:
      /\bhow (?:do|does|can|could|to|would|should|i|we|did|is|are)\b|\b(?:command|steps?|way to|what do i (?:do|run|type|write|put|set|have to|need)|set ?up)\b/i.test(
        text,
      ),
  };
}

/**
 * @param candidates best first
 * @param sentences what a search for sentences found
 */
export function readUnits(
  asked: AskedConcepts,
  candidates: readonly Candidate[],
  search: UnitSearch,
  sentences: UnitSentences,
): ReadUnit[] {
  const [first] = candidates;
  if (first === undefined || asked.total === 0) return [];
  const { index } = search;
  const shares = sectionShares(candidates, first.score);
  const seen = new Set<number>();
  return candidates.map((candidate): ReadUnit => {
    const { unit, section, page, score } = candidate;
    const [heading, name] = [search.headingTerms(section), search.nameTerms(page)];
    const inText = (term: string): boolean => search.holdsText(unit, term);
    const inUnit = (term: string): boolean => inText(term) || heading.all.has(term) || name.has(term);
    const inSection = (term: string): boolean => search.sectionHolds(section, term) || name.has(term);
    const covered = asked.concepts.map(({ own }) => own.some(inUnit));
    const coveredInSection = asked.concepts.map(({ own }) => own.some(inSection));
    const shareOf = (holds: (concept: Concept, at: number) => boolean): number =>
      asked.concepts.reduce((sum, concept, at) => sum + (holds(concept, at) ? (asked.weights[at] ?? 0) : 0), 0) /
      asked.total;
    const shareIn = (terms: ReadonlySet<string>): number => shareOf(({ own }) => own.some((term) => terms.has(term)));
    const features: BlockFeatures = {
      score: score / first.score,
      leaning: candidate.leaning,
      page: candidate.pageScore,
      name: shareIn(name),
      heading: shareIn(heading.all),
      lastHeading: shareIn(heading.last),
      headingAsked: heading.last.size === 0 ? 0 : sizeOfShared(heading.last, asked.concepts) / heading.last.size,
      own: shareOf(({ own }) => own.some(inText)),
      sentence: nearness(sentences, unit),
      bestSentence: is(sentences.first !== null && sentences.best.get(unit) === sentences.first),
      section: shareOf((_, at) => coveredInSection[at] === true),
      lexicon: shareOf(
        ({ alternatives }, at) => covered[at] !== true && alternatives.some(({ terms }) => terms.every(inUnit)),
      ),
      firstOfSection: is(!seen.has(section)),
      sectionShare: shares.get(section) ?? 0,
      words: Math.log(1 + (index.words[unit] ?? 0)) / 5,
      pageWords: Math.log(1 + search.pageWords(page)) / 10,
      history: is(HISTORY.test(search.pageName(page)) || HISTORY.test(search.headingPath(section))),
      ...kindFeatures(asked, UNIT_KINDS[index.kinds[unit] ?? 0] ?? "text", index.signs[unit] ?? 0),
    };
    seen.add(section);
    return { ...candidate, features, covered, coveredInSection };
  });
}

/** What kind of unit it is, and whether that fits what is asked. */
function kindFeatures({ sought, isHow }: AskedConcepts, kind: UnitKind, signs: number) {
  const shows = (sign: Sign): boolean => (signs & UNIT_SIGNS[sign]) !== 0;
  const figure = isFigure(sought) && sought !== "phone" && sought !== "address";
  return {
    code: is(kind === "code"),
    table: is(kind === "table"),
    opensSection: is(shows("opensSection")),
    howList: is(isHow && kind === "list"),
    howCode: is(isHow && kind === "code"),
    howAction: is(isHow && shows("action")),
    figureDigits: is(figure && shows("digits")),
    figureNone: is(figure && !shows("digits")),
    moneyMoney: is(sought === "money" && shows("money")),
    timeDuration: is((sought === "time" || sought === "date") && shows("duration")),
    whyReason: is(sought === "reason" && shows("reason")),
    wherePlace: is(sought === "place" && shows("place")),
    whoName: is(sought === "person" && (shows("name") || shows("contact"))),
  };
}

const is = (condition: boolean): number => (condition ? 1 : 0);

/** 1 for the unit of the best sentence, less for that of another by how much lower it scores, 0 where none was found. */
function nearness({ first, best }: UnitSentences, unit: number): number {
  const own = best.get(unit);
  return first === null || own === undefined ? 0 : Math.exp((own.score - first.score) / SCORE_SCALE);
}
/** How much lower a sentence scores that counts a third of the best; by hand. */
const SCORE_SCALE = 4;

const sizeOfShared = (terms: ReadonlySet<string>, concepts: readonly Concept[]): number =>
  [...terms].filter((term) => concepts.some(({ own }) => own.includes(term))).length;

/** How sharply a section's share falls with its score: at 10, half the best score counts a 150th. */
const SHARPNESS = 10;

/** Softmax over the sections' best scores. */
function sectionShares(candidates: readonly Candidate[], best: number): ReadonlyMap<number, number> {
  const likely = new Map<number, number>();
  for (const { section, score } of candidates)
    if (!likely.has(section)) likely.set(section, Math.exp(SHARPNESS * (score / best - 1)));
  const total = [...likely.values()].reduce((sum, one) => sum + one, 0);
  return new Map([...likely].map(([section, one]) => [section, one / total]));
}
