// A statement and the texts it rests on to where it says otherwise than they do: denied, opposite, swapped or stronger.

import { stemOf } from "../text/analyzer.ts";
import { ARTICLES } from "../text/words.ts";
import type { AssertedWord, Assertion, Grade } from "./assertion.ts";

/** One of the ways in which two texts of the same words contradict each other (de Marneffe, Rafferty and Manning, ACL 2008). */
export interface Deviation {
  readonly kind: "negation" | "opposite" | "side" | "strength";
  /** As it stands in the statement; of a hedge that was dropped, as it stands in the source. */
  readonly surface: string;
  readonly problem: string;
}

/** What words are called beyond their form. */
export interface Naming {
  /** One of two sides that are compared; null for any other word. */
  sideOf(word: AssertedWord): string | null;
  /** What it counts as: its stem, or that of the words that mean the same. */
  senseOf(word: AssertedWord): string;
  /** Whether one says the opposite of the other. */
  areOpposite(one: AssertedWord, other: AssertedWord): boolean;
}

/** @param aside the side that the statement speaks of where it names none */
export function deviationsOf(
  statement: Assertion,
  sources: readonly Assertion[],
  naming: Naming,
  aside: string | null = null,
): readonly Deviation[] {
  const said = hold(statement, naming, aside);
  const sourced = sources.map((source) => hold(source, naming, null));
  const found = [
    ...unheard(said, sourced.flat()),
    ...misplaced(said, sourced),
    ...deniedOrOpposite(said, sourced, naming),
    ...stronger(statement, sources),
    ...swapped(said, sourced, naming),
  ];
  return found.filter(({ surface }, at) => found.findIndex((other) => other.surface === surface) === at);
}

/** A word with whom it is said of. */
interface HeldWord extends AssertedWord {
  readonly side: string | null;
  readonly sense: string;
  /** The side named last before it, else first behind it in its part; the first thing named, where no side is. */
  readonly holder: string | null;
  readonly isHeldBySide: boolean;
}

function hold({ words }: Assertion, naming: Naming, aside: string | null): HeldWord[] {
  const named = words.map((word) => ({ ...word, side: naming.sideOf(word), sense: naming.senseOf(word) }));
  const first = named.find(({ isLight }) => !isLight)?.sense ?? null;
  let last: string | null = aside;
  let lastPart = -1;
  let outside: string | null = null;
  return named.map((word, at) => {
    if (word.part !== lastPart) {
      // What stands behind the standard of a comparison goes on with what was compared.
      if (outside !== null && !word.isStandard) last = outside;
      outside = word.isStandard ? last : null;
      lastPart = word.part;
    }
    if (word.side !== null) last = word.side;
    const clause = named.filter((one) => one.clause === word.clause && one.side !== null);
    const before = clause.findLast((one) => named.indexOf(one) <= at)?.side;
    const following = named.find((one, place) => place > at && one.side !== null && one.part === word.part)?.side;
    const side = before ?? clause[0]?.side ?? last ?? following ?? null;
    return { ...word, holder: side ?? first, isHeldBySide: side !== null };
  });
}

/** A side that no source names where they name another. */
function unheard(said: readonly HeldWord[], sourced: readonly HeldWord[]): Deviation[] {
  const named = new Set(sidesIn(sourced));
  if (named.size === 0) return [];
  return said
    .filter(({ side }) => side !== null && !named.has(side))
    .map(({ surface }) => ({ kind: "side", surface, problem: "stands in no quote" }));
}

/** What is said of one side, all of which the sources say of the other. */
function misplaced(said: readonly HeldWord[], sourced: readonly (readonly HeldWord[])[]): Deviation[] {
  const found: Deviation[] = [];
  for (const part of new Set(said.map((word) => word.part))) {
    const own = said.filter((word) => word.part === part);
    const [side, ...further] = sidesIn(own);
    if (side === undefined || further.length > 0) continue;
    const [first] = own.filter((one) => one.side !== null);
    const told = own
      .filter((word) => !word.isLight && word.side === null && !word.isCompared && !word.isLessened)
      .map((word) =>
        sourced.flatMap((words) =>
          words
            .filter((other) => areSame(word, other))
            .map((other) => sidesIn(words.filter((one) => one.part === other.part))),
        ),
      )
      .filter((places) => places.length > 0);
    const isOfTheOther = (sides: readonly string[]): boolean => sides.length === 1 && sides[0] !== side;
    if (first !== undefined && told.length > 0 && told.every((places) => places.every(isOfTheOther)))
      found.push({ kind: "side", surface: first.surface, problem: "is said what the quotes say of the other" });
  }
  return found;
}

const sidesIn = (words: readonly HeldWord[]): readonly string[] => [
  ...new Set(words.flatMap(({ side }) => (side === null ? [] : [side]))),
];

function deniedOrOpposite(
  said: readonly HeldWord[],
  sourced: readonly (readonly HeldWord[])[],
  naming: Naming,
): Deviation[] {
  const found: Deviation[] = [];
  for (const word of said) {
    const near = new Set(wordsBeside(word, said).map(keyOf));
    const among = (isMeant: (other: HeldWord) => boolean): Likeness[] =>
      sourced.flatMap((words) =>
        words
          .filter((other) => other.side === word.side && isMeant(other))
          .map((other) => ({
            other,
            inCommon: wordsBeside(other, words).filter((one) => near.has(keyOf(one))).length,
          })),
      );
    const known = among((other) => areSame(word, other) && other.isLight === word.isLight);
    const against = among((other) => naming.areOpposite(word, other)).filter(
      ({ inCommon }) => inCommon > 0 || near.size === 0,
    );
    const [same, opposite] = [closest(known), closest(against)];
    if (
      opposite > same &&
      !against.some(({ other }) => other.polarity !== word.polarity || isTurnedAround(word, other))
    )
      found.push({
        kind: "opposite",
        surface: word.surface,
        problem: `says the opposite of "${against[0]?.other.surface}"`,
      });
    else if (
      known.length > 0 &&
      !word.isLight &&
      !isAsDenied(word, known, isEquated(word, said)) &&
      !isDeniedElsewhere(word, said, sourced.flat(), naming)
    )
      found.push({ kind: "negation", surface: word.surface, problem: "is denied by one and not by the other" });
  }
  return found;
}

/** "not as reliable as" is less reliable. */
const isEquated = ({ part }: HeldWord, said: readonly HeldWord[]): boolean =>
  said.some((other) => other.part === part && (other.surface === "as" || other.surface === "so"));

interface Likeness {
  readonly other: HeldWord;
  /** How many of the words near it stand near the word of the statement. */
  readonly inCommon: number;
}

const closest = (list: readonly Likeness[]): number => Math.max(-1, ...list.map(({ inCommon }) => inCommon));

/** Whether the sources, where they say the word of the same or among the same words, deny it as the statement does. */
function isAsDenied(word: HeldWord, known: readonly Likeness[], isEquated: boolean): boolean {
  const agrees = ({ other }: Likeness): boolean => {
    const isSame = other.polarity === word.polarity;
    if (word.isOpen || other.isOpen) return true;
    if (word.polarity === -1 && other.isLessened && !word.isLessened && !isEquated) return false;
    return areOfTwoSides(word, other) ? !isSame : isSame || isTurnedAround(word, other);
  };
  const agreeing = known.filter(agrees);
  const against = known.filter((one) => !agrees(one) && one.other.holder === word.holder);
  return agreeing.length > 0 && closest(agreeing) >= closest(against);
}

/** The words around it that say something, of its clause if there are any, and those next to it whatever they say. */
function wordsBeside(word: HeldWord, words: readonly HeldWord[]): readonly HeldWord[] {
  const ofPart = words.filter((one) => one.part === word.part && isTelling(one));
  const ofClause = ofPart.filter((one) => one.clause === word.clause);
  const around = ofClause.some((one) => one !== word && !one.isLight) ? ofClause : ofPart;
  const at = around.indexOf(word);
  const telling = around.filter((one) => one === word || !one.isLight);
  const place = telling.indexOf(word);
  const near = [
    ...telling.slice(Math.max(0, place - NEAR), place + 1 + NEAR),
    ...around.slice(Math.max(0, at - 1), at + 2),
  ];
  return [...new Set(near)].filter((one) => one !== word);
}
const NEAR = 3;

/** "does not right itself as reliably" against "rights itself less reliably": the denial stands at another word. */
const isDeniedElsewhere = (
  word: HeldWord,
  said: readonly HeldWord[],
  sourced: readonly HeldWord[],
  naming: Naming,
): boolean =>
  word.polarity === -1 &&
  !word.isLessened &&
  said.some(
    (other) =>
      other !== word &&
      other.clause === word.clause &&
      other.polarity === -1 &&
      !other.isLight &&
      sourced.some((known) => (known.polarity === -1 ? areSame(other, known) : naming.areOpposite(other, known))),
  );

const areSame = (one: HeldWord, other: HeldWord): boolean =>
  one.sense === other.sense || stemOf(one.form) === stemOf(other.form);

/** "A is faster" and "B is faster", in comparisons of A and B. */
const areOfTwoSides = (word: HeldWord, other: HeldWord): boolean =>
  word.isCompared && other.isCompared && word.isHeldBySide && other.isHeldBySide && word.holder !== other.holder;

/** What is more of the one is less of the other. */
const isTurnedAround = (word: HeldWord, other: HeldWord): boolean =>
  (word.isCompared || other.isCompared || word.isLessened || other.isLessened) &&
  word.holder !== other.holder &&
  word.isHeldBySide === other.isHeldBySide;

function stronger(statement: Assertion, sources: readonly Assertion[]): Deviation[] {
  const graded = sources.flatMap(({ grades }) => grades);
  const added = statement.grades.filter(
    (grade) =>
      grade.rank > 0 &&
      !grade.isDenied &&
      (grade.scale !== "degree" || grade.graded.length > 0) &&
      !graded.some(({ scale, rank }) => scale === grade.scale && rank >= grade.rank),
  );
  const dropped = sources.flatMap((source) =>
    source.grades.filter((hedge) => isDropped(hedge, source, statement, sources)),
  );
  return [
    ...added.map(({ surface }): Deviation => ({ kind: "strength", surface, problem: "claims more" })),
    ...dropped.map(({ surface }): Deviation => ({ kind: "strength", surface, problem: "is left out" })),
  ];
}

/** A hedge whose words the statement has without any. */
function isDropped(hedge: Grade, source: Assertion, statement: Assertion, sources: readonly Assertion[]): boolean {
  const [first] = hedge.graded;
  if (hedge.rank >= 0 || first === undefined) return false;
  const clause = statement.words.find(({ term }) => term === first)?.clause;
  if (clause === undefined) return false;
  const terms = hedge.graded.filter((term) => holdsIn(statement, clause, term));
  const isHedged = ({ rank, scale, clause: own, graded }: Grade): boolean =>
    (rank < 0 && (own === clause || graded.includes(first))) || (scale === hedge.scale && rank <= hedge.rank);
  if (statement.grades.some(isHedged)) return false;
  const isUnhedged = (other: Assertion): boolean =>
    other.words.some(
      ({ term, clause: own }) =>
        term === first &&
        terms.every((one) => holdsIn(other, own, one)) &&
        !other.grades.some((grade) => grade.rank < 0 && grade.clause === own),
    );
  return ![source, ...sources].some(isUnhedged);
}

const holdsIn = ({ words }: Assertion, clause: number, term: string): boolean =>
  words.some((word) => word.clause === clause && word.term === term);

/** How far apart two words may stand that are taken for a pair. */
const REACH = 4;

/** Set by hand on the true statements of the built-in corpus and on those made false. */
const SWAPPED = Object.freeze({ more: 2, asSaidMax: 0.75, shareMin: 0.85 });

/** Two words that would fit the sources better in each other's place. */
function swapped(said: readonly HeldWord[], sourced: readonly (readonly HeldWord[])[], naming: Naming): Deviation[] {
  // "B is lighter than A" has the sides of "A is heavier than B" in each other's place and is as true.
  const isInverted = said.some((word) =>
    sourced
      .flat()
      .some(
        (other) =>
          isTurnedAround(word, other) &&
          (naming.areOpposite(word, other) || (areSame(word, other) && word.polarity !== other.polarity)),
      ),
  );
  const known = new Set(sourced.flatMap(pairsOf));
  const inSources = new Set(sourced.flat().map(keyOf));
  const keys = [...new Set(said.filter(({ isLight }) => !isLight).map(keyOf))].filter((key) => inSources.has(key));
  const pairs = pairsOf(said).map((pair) => pair.split(">"));
  for (const [at, one] of keys.entries())
    for (const other of keys.slice(at + 1)) {
      const turn = (key: string): string => (key === one ? other : key === other ? one : key);
      const own = pairs.filter((pair) => pair.includes(one) || pair.includes(other));
      const asSaid = own.filter((pair) => known.has(pair.join(">"))).length;
      const turned = own.filter((pair) => known.has(pair.map(turn).join(">"))).length;
      const areSides = one.startsWith("=") && other.startsWith("=");
      const isBetter = turned >= asSaid + SWAPPED.more && asSaid <= SWAPPED.asSaidMax * turned;
      const isWhole = turned >= SWAPPED.shareMin * own.length && areParted(said, one, other);
      const isClear = isBetter && (areSides ? !isInverted : isWhole);
      if (isClear) {
        const surfaceOf = (key: string): string => said.find((word) => keyOf(word) === key)?.surface ?? key;
        const problem = `and "${surfaceOf(other)}" stand in each other's place`;
        return [{ kind: "side", surface: surfaceOf(one), problem }];
      }
    }
  return [];
}

const keyOf = ({ side, sense }: HeldWord): string => (side === null ? sense : `=${side}`);

/** Ordered pairs of words that stand near each other, none across a contrast. */
function pairsOf(words: readonly HeldWord[]): string[] {
  const telling = words.filter(isTelling);
  return telling.flatMap((word, at) =>
    telling
      .slice(at + 1, at + 1 + REACH)
      .filter(({ part }) => part === word.part)
      .map((other) => `${keyOf(word)}>${keyOf(other)}`),
  );
}

const isTelling = ({ surface }: HeldWord): boolean => surface !== "of" && !ARTICLES.includes(surface);

/** Whether more than commas and "and" stands between the two, where they come nearest: what is listed has no order. */
function areParted(said: readonly HeldWord[], one: string, other: string): boolean {
  const places = said.flatMap((word, at) =>
    keyOf(word) === one || keyOf(word) === other ? [{ at, key: keyOf(word) }] : [],
  );
  const between = places.flatMap(({ at, key }, place) => {
    const next = places[place + 1];
    return next === undefined || next.key === key ? [] : [said.slice(at + 1, next.at)];
  });
  return between.every((words) => words.some((word) => word.isLight && isTelling(word) && !JOINING.has(word.surface)));
}

const JOINING: ReadonlySet<string> = new Set(["and", "or", "as", "well"]);
