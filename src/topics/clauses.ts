// Splits a long message into clauses, and picks those that tell what it asks.

import type { AnalyseQuestion, QuestionAnalysis } from "../question/analysis.ts";
import type { Classification } from "./classifier.ts";

/** Counts of tokens; weights beside the whole question's 1. Set by hand; `npm run bench -- ablate` has what each is worth. */
export const CLAUSES = Object.freeze({
  /** A question of more is taken apart. */
  longFrom: 14,
  /** Tokens that say something, at least. */
  contentMin: 3,
  /** A clause of a long question, or of what stands around it. */
  ownWeight: 0.9,
  backgroundWeight: 0.6,
  most: 8,
});

/** A part of a message that is classified on its own. */
export interface Clause {
  readonly question: QuestionAnalysis;
  /** How much it counts beside the whole question. */
  readonly weight: number;
}

/** A clause as the classifier heard it. */
export interface ClassifiedClause extends Clause {
  readonly heard: Classification;
}

/** The question whole, and the clauses of what is too long to be heard as one. */
export function clausesOf(question: QuestionAnalysis, background: string, analyse: AnalyseQuestion): Clause[] {
  const clauses = (text: string, weight: number): Clause[] =>
    text
      .split(/[,;:.!?()–—]+\s+|\s+(?:and|but|because|so|that|which|while|or)\s+/i)
      .map((clause) => ({ question: analyse(clause), weight }))
      .filter((clause) => clause.question.content.length >= CLAUSES.contentMin);
  const own = isLong(question) ? clauses(question.text, CLAUSES.ownWeight) : [];
  const weight = question.pointsBack ? CLAUSES.ownWeight : CLAUSES.backgroundWeight;
  const around = background === "" ? [] : clauses(background, weight);
  return [{ question, weight: 1 }, ...own, ...around].slice(0, CLAUSES.most);
}

const isLong = ({ tokens }: QuestionAnalysis): boolean => tokens.length > CLAUSES.longFrom;

/**
 * The clauses of a long message in which unknown words count: the one that tells its topic, and the last one, which
 * asks. The story around them may be about anything.
 */
export function tellingClauses<T extends ClassifiedClause>(
  [whole, ...clauses]: readonly T[],
  topic: string | undefined,
): T[] {
  if (whole === undefined) return [];
  const own = clauses.filter(({ question }) => whole.question.text.includes(question.text));
  const asking = isLong(whole.question) ? (own.at(-1) ?? whole) : whole;
  const [first, ...rest] = whole.question.pointsBack ? clauses : own;
  if (first === undefined) return [asking];
  const decisionOf = ({ heard }: T): number => heard.margins.get(topic ?? "") ?? -1;
  const telling = rest.reduce((best, clause) => (decisionOf(clause) > decisionOf(best) ? clause : best), first);
  return telling === asking ? [asking] : [telling, asking];
}
