// Finds the sentence of another document that gives another figure than the best sentence does.

import type { QuestionAnalysis } from "../question/analysis.ts";
import { type AnswerType, isFigure } from "../question/answer-type.ts";
import { isStopWord, stemOf, tokenize } from "../text/analyzer.ts";
import { mayBeEqual, type Quantity, type QuantityKind, quantitiesIn, unitNames } from "../text/quantities.ts";
import { LOOSE_AMOUNTS, MAGNITUDES, MULTIPLES, NUMBERS, WEEKDAYS } from "../text/words.ts";
import type { Evidence } from "./evidence.ts";

/** Set by hand; `npm run bench -- ablate` has what each is worth. */
export const CONTRADICTION = Object.freeze({
  /** A sentence that contradicts the best one answers nearly as well: its score is this much lower at most. */
  scoreWithin: 8,
  /** It says as much of the question, or nearly, or at least so much. */
  saidWithin: 0.1,
  saidMin: 0.6,
  /** Share of the words of the longer one, and number, that both have besides their figures: they speak of the same. */
  alike: 0.5,
  alikeWordsMin: 2,
  /** The same where figures have no unit that tells what they measure. */
  same: 0.8,
});

/**
 * The first sentence that answers as well and says the same with another figure: one of another document, or of what
 * another version's heading stands over. Null where there is none, where the question asks for no figure, and where it
 * names the version that it asks about.
 */
export function contradictionOf(
  { text, answerType }: QuestionAnalysis,
  [best, ...others]: readonly Evidence[],
): Evidence | null {
  if (best === undefined || !isFigure(answerType)) return null;
  const mine = figuresFor(answerType, best.text);
  const namesVersion = VERSION.test(text);
  return (
    others.find((other) => {
      const isOtherVersion = versionOf(other) !== versionOf(best);
      const isOtherSource = other.passage.document !== best.passage.document;
      return (
        (isOtherVersion ? !namesVersion : isOtherSource) &&
        other.score > best.score - CONTRADICTION.scoreWithin &&
        other.features.names >= best.features.names &&
        saidOf(other) >= Math.min(saidOf(best) - CONTRADICTION.saidWithin, CONTRADICTION.saidMin) &&
        differing(mine, figuresFor(answerType, other.text)).some(
          (kind) => likeness(best.text, other.text) >= (kind === "number" ? CONTRADICTION.same : CONTRADICTION.alike),
        )
      );
    }) ?? null
  );
}

/** The figures of a text that may be what is asked for. */
function figuresFor(type: AnswerType, text: string): Quantity[] {
  const isTold = ({ kind }: Quantity): boolean => {
    if (type === "time") return kind === "time" || kind === "working time";
    return type === "number" || kind !== "number";
  };
  return quantitiesIn(text).filter(isTold);
}

/** The kinds of figure that both give, and none of which may be the same. */
function differing(one: readonly Quantity[], other: readonly Quantity[]): QuantityKind[] {
  return [...new Set(one.map(({ kind }) => kind))].filter((kind) => {
    const [left, right] = [one, other].map((list) => list.filter((measure) => measure.kind === kind));
    if (left === undefined || right === undefined || right.length === 0) return false;
    return left.every((mine) => right.every((theirs) => !mayBeEqual(mine, theirs)));
  });
}

/** Share of the words of the one with more that both have, figures left out; 0 where that is hardly anything. */
function likeness(one: string, other: string): number {
  const [left, right] = [subjectOf(one), subjectOf(other)];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared < CONTRADICTION.alikeWordsMin ? 0 : shared / Math.max(left.size, right.size);
}

const subjectOf = (text: string): ReadonlySet<string> =>
  new Set(
    tokenize(text)
      .filter((word) => !isStopWord(word) && !tellsFigure(word))
      .map(stemOf),
  );
const FIGURE_WORDS: ReadonlySet<string> = new Set([
  ...NUMBERS.keys(),
  ...MAGNITUDES,
  ...MULTIPLES,
  ...LOOSE_AMOUNTS,
  ...["about", "nearly", "least"],
  ...(["time", "money", "share"] as const).flatMap(unitNames),
  ...WEEKDAYS.flatMap((day) => [day, `${day}s`]),
]);
const tellsFigure = (word: string): boolean => /^\d/.test(word) || FIGURE_WORDS.has(word);

/** Share of the question that the sentence says itself, or that its headings or the sentence before it say. */
const saidOf = ({ features: { sentence, previous, title } }: Evidence): number => sentence + previous + title;

const VERSION = /\b(?:v|version|release|edition)\W?(?:notes\W)?(\d[\w.]*)/i;

/** "3.2" of a heading "Release notes 3.2", "v2", "version 2"; "" without any. */
function versionOf({ passage: { heading, document } }: Evidence): string {
  const [, version = ""] = VERSION.exec(`${heading} ${document.id}`) ?? [];
  return tokenize(version).join(".");
}
