// A FAQ and its examples to an index of its points: what each states, what it is asked, and how.

import type { Faq, Point, Topic } from "../ingest/faq.ts";
import type { SubjectFinder } from "../ingest/subjects.ts";
import { type QuestionType, typeOf } from "../question/answer-type.ts";
import { type Bm25Index, indexTexts } from "../retrieval/bm25.ts";
import { type Packed, pack } from "../structures/string-list.ts";
import { type Lexicon, terms, words } from "../text/analyzer.ts";
import type { Example } from "./training-examples.ts";

/** What is computed of the points once: plain data that can be saved. */
export interface PointIndex {
  /** Terms of each point's statement, quotes and their sections. */
  readonly stated: Bm25Index;
  /** All words of its statement (twice), quotes and known questions. */
  readonly covered: Bm25Index;
  /** In the order of the FAQ. */
  readonly points: readonly PointTerms[];
}

export interface PointTerms {
  /** The words of `covered`, each once. */
  readonly words: Packed;
  /** Subjects it speaks of. */
  readonly about: readonly string[];
  readonly types: readonly QuestionType[];
  /** Places of its questions, and for a verdict the topic's names, among the remembered examples. */
  readonly examples: readonly number[];
}

export interface PreparedPoint extends Omit<PointTerms, "about"> {
  readonly topic: Topic;
  readonly point: Point;
  readonly about: ReadonlySet<string>;
}

/** Indexes every point of a FAQ with the examples that lead to it. */
export function indexPoints(
  faq: Faq,
  examples: readonly Example[],
  lexicon: Lexicon,
  subjects: SubjectFinder,
): PointIndex {
  const places = placesByPoint(examples);
  const points = faq.topics.flatMap((topic) => topic.points);
  const askedOf = (point: Point): string[] => (places.get(point.id) ?? []).map((at) => examples[at]?.text ?? "");
  const stated = points.map(({ text, quotes }) =>
    terms([text, ...quotes.flatMap((quote) => [quote.text, quote.section])].join(" . "), lexicon),
  );
  const covered = points.map((point) => {
    const said = [point.text, point.text, ...point.quotes.map(({ text }) => text), ...askedOf(point)];
    return words(said.join(" . "), lexicon).map(({ term }) => term);
  });
  return {
    stated: indexTexts(stated),
    covered: indexTexts(covered),
    points: points.map((point, at) => {
      const mentioned = point.about.length > 0 ? [] : subjects.mentions(point.text).map(({ subject }) => subject);
      return {
        words: pack(new Set(covered[at])),
        about: [...new Set([...point.about, ...mentioned])],
        types: [...new Set(askedOf(point).map(typeOf))],
        examples: places.get(point.id) ?? [],
      };
    }),
  };
}

/** The points of a FAQ with what the index holds of them. */
export function preparePoints(faq: Faq, pointIndex: PointIndex): PreparedPoint[] {
  const points = faq.topics.flatMap((topic) => topic.points.map((point) => ({ topic, point })));
  return points.flatMap(({ topic, point }, at): PreparedPoint[] => {
    const known = pointIndex.points[at];
    return known === undefined ? [] : [{ topic, point, ...known, about: new Set(known.about) }];
  });
}

function placesByPoint(examples: readonly Example[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [at, { point }] of examples.entries()) {
    if (point === null) continue;
    const list = places.get(point);
    if (list) list.push(at);
    else places.set(point, [at]);
  }
  return places;
}
