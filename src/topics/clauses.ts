// A long message to the parts that are heard on their own, and to those of them that tell what it asks.

import { contentWords } from "../ingest/vocabulary.ts";
import { pointsBack } from "../question/follow-up.ts";
import { analyze, EMPTY_LEXICON, type Lexicon } from "../text/analyzer.ts";
import type { Classification } from "./classifier.ts";

/** A clause of a long question, or of what stands around it, counts by so much of the whole question. */
const CLAUSE_WEIGHT = 0.9;
const BACKGROUND_WEIGHT = 0.6;
const LONG_FROM_WORDS = 14;
const CLAUSE_WORDS_MIN = 3;
const SEGMENTS_MAX = 8;

/** A segment as the classifier heard it. */
export type ClassifiedClause = Classification & { readonly weight: number };

/** A part of a message that is heard on its own. */
export interface Clause {
  readonly text: string;
  /** How much it counts beside the whole question. */
  readonly weight: number;
}

/** The question whole, and the clauses of what is too long to be heard as one. */
export function clausesOf(ask: string, background: string, lexicon: Lexicon): Clause[] {
  const clauses = (text: string, weight: number): Clause[] =>
    text
      .split(/[,;:.!?()–—]+\s+|\s+(?:and|but|because|so|that|which|while|or)\s+/i)
      .filter((clause) => contentWords(clause, lexicon).length >= CLAUSE_WORDS_MIN)
      .map((clause) => ({ text: clause, weight }));
  const own = analyze(ask, lexicon).length > LONG_FROM_WORDS ? clauses(ask, CLAUSE_WEIGHT) : [];
  const around = background === "" ? [] : clauses(background, pointsBack(ask) ? CLAUSE_WEIGHT : BACKGROUND_WEIGHT);
  return [{ text: ask, weight: 1 }, ...own, ...around].slice(0, SEGMENTS_MAX);
}

/**
 * What of a long message its strange words are counted in: the clause that tells its topic and the last one, which
 * asks. A story around them may be about anything.
 */
export function tellingClauses(
  segments: readonly Clause[],
  heard: readonly ClassifiedClause[],
  topic: string | undefined,
): Clause[] {
  const [whole, ...clauses] = segments;
  if (whole === undefined) return [];
  const own = clauses.filter(({ text }) => whole.text.includes(text));
  const isLong = analyze(whole.text, EMPTY_LEXICON).length > LONG_FROM_WORDS;
  const asking = isLong ? (own.at(-1) ?? whole) : whole;
  const candidates = pointsBack(whole.text) ? clauses : own;
  const decisionOf = (segment: Clause): number => heard[segments.indexOf(segment)]?.margins.get(topic ?? "") ?? -1;
  const [first] = candidates;
  if (first === undefined) return [asking];
  const telling = candidates.reduce((best, clause) => (decisionOf(clause) > decisionOf(best) ? clause : best), first);
  return telling === asking ? [asking] : [telling, asking];
}
