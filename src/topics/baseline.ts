// A FAQ's examples, each looked at as if it had never been taught, to what is usual there: what the gate measures against.

import type { SubjectFinder } from "../ingest/subjects.ts";
import { createVocabulary, type VocabularyModel } from "../ingest/vocabulary.ts";
import { wordAt } from "../structures/term-dictionary.ts";
import { analyze, contentTokens, type Lexicon, stemOf } from "../text/analyzer.ts";
import type { ClassifierModel } from "./classifier.ts";
import type { TrainingExample } from "./training-examples.ts";

/**
 * How strange a right question usually is. A FAQ of three short topics knows few words, one of station names meets a new
 * one in every question: the same unknown word that is a bad sign in one FAQ is none in another.
 */
export interface Baseline {
  /** Mean share of an example's weight of words that stand nowhere but in it, 0 to 1. */
  readonly unknownShare: number;
  /** Mean cosine of an example to the nearest other one of its topic, 0 to 1. */
  readonly nearest: number;
}

/** So many examples, drawn evenly, tell what is usual. */
const DRAWN_MAX = 500;

/** @param examples those that the classifier was trained on, in its order */
export function baselineOf(
  examples: readonly TrainingExample[],
  classifier: ClassifierModel,
  vocabulary: VocabularyModel,
  lexicon: Lexicon,
  subjects: SubjectFinder,
): Baseline {
  const places = drawn(classifier.remembered);
  return {
    unknownShare: mean(
      unknownShares(
        places.flatMap((place) => examples[place] ?? []),
        vocabulary,
        lexicon,
        subjects,
      ),
    ),
    nearest: mean(nearestCosines(places, examples, classifier)),
  };
}

function unknownShares(
  examples: readonly TrainingExample[],
  model: VocabularyModel,
  lexicon: Lexicon,
  subjects: SubjectFinder,
): number[] {
  const { weight } = createVocabulary(model);
  const uses = usesOfStems(model);
  return examples
    .filter(({ isQuestion }) => isQuestion)
    .map(({ text }) => {
      const content = contentTokens(analyze(text, lexicon)).filter(({ term }) => !subjects.isSubject(term));
      const stems = content.flatMap(({ surface }) => surface.split(" ").map(stemOf));
      const isOnlyHere = (stem: string): boolean =>
        (uses.get(stem) ?? 0) <= stems.filter((other) => other === stem).length;
      const massOf = (list: typeof content): number => list.reduce((sum, { surface }) => sum + weight(surface), 0);
      const mass = massOf(content);
      return mass === 0
        ? 0
        : massOf(content.filter(({ surface }) => surface.split(" ").map(stemOf).some(isOnlyHere))) / mass;
    });
}

/** How often documents and FAQ have a word or another form of it, by its stem. */
function usesOfStems({ spelling: { words, counts } }: VocabularyModel): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const [number, count] of counts.entries()) {
    if (count === 0) continue;
    const stem = stemOf(wordAt(words, number));
    uses.set(stem, (uses.get(stem) ?? 0) + count);
  }
  return uses;
}

function nearestCosines(
  places: readonly number[],
  examples: readonly TrainingExample[],
  { remembered, postingStarts, postingExamples, postingValues }: ClassifierModel,
): number[] {
  const rows = new Map(places.map((place, row) => [place, row]));
  const cosines = places.map(() => new Float32Array(remembered));
  for (let feature = 0; feature + 1 < postingStarts.length; feature++) {
    const from = postingStarts[feature] ?? 0;
    const to = postingStarts[feature + 1] ?? 0;
    for (let at = from; at < to; at++) {
      const row = cosines[rows.get(postingExamples[at] ?? 0) ?? -1];
      if (row === undefined) continue;
      for (let other = from; other < to; other++) {
        const example = postingExamples[other] ?? 0;
        row[example] = (row[example] ?? 0) + (postingValues[at] ?? 0) * (postingValues[other] ?? 0);
      }
    }
  }
  return places.map((place, row) => {
    const isAnother = (other: number): boolean => other !== place && examples[other]?.label === examples[place]?.label;
    let most = 0;
    for (const [other, cosine] of (cosines[row] ?? new Float32Array()).entries())
      if (cosine > most && isAnother(other)) most = cosine;
    return most;
  });
}

function drawn(count: number): number[] {
  const step = Math.max(1, count / DRAWN_MAX);
  return Array.from({ length: Math.min(count, DRAWN_MAX) }, (_, at) => Math.floor(at * step));
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
