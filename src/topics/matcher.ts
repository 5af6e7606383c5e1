// A question to its match: the topics it may be about, the statements that may answer it, and how sure that is.

import type { Faq, Point, Topic } from "../ingest/faq.ts";
import type { SubjectFinder } from "../ingest/subjects.ts";
import { contentWords, type Vocabulary } from "../ingest/vocabulary.ts";
import { type QuestionType, typeOf } from "../question/answer-type.ts";
import { createBm25 } from "../retrieval/bm25.ts";
import { unpack } from "../structures/string-list.ts";
import { type Lexicon, terms, words } from "../text/analyzer.ts";
import { unitsOf } from "../text/quantities.ts";
import type { Classifier } from "./classifier.ts";
import { heartOf, type Segment, segmentsOf } from "./clauses.ts";
import { type PointIndex, type PreparedPoint, preparePoints } from "./statement-index.ts";

/** A topic that the question may be about. */
export interface TopicScore {
  readonly topic: Topic;
  /** Between 0 and 1, all topics together 1: which topic, if it is any. */
  readonly probability: number;
  readonly decision: number;
}

/** A statement that may answer the question. */
export interface PointScore {
  readonly topic: Topic;
  readonly point: Point;
  readonly score: number;
  readonly probability: number;
  readonly features: PointFeatures;
}

/** What a statement is chosen by. */
export interface PointFeatures {
  /** Sum of the cosines to the three nearest questions that the statement is known to answer. */
  readonly similarity: number;
  /** How far its nearest known question passes a cosine of one half: the same question in nearly the same words. */
  readonly near: number;
  /** The topic's SVM decision value. */
  readonly decision: number;
  /** BM25 share of the question found in statement and quotes. */
  readonly stated: number;
  /** The same in statement, quotes and known questions, function words included. */
  readonly covered: number;
  /** Whether it speaks of the subjects the question names: 1 all and no other, 0.5 partly or not told, 0 another. */
  readonly subjects: number;
  /** Whether one of its questions asks in the same way (why, how many …): 1 or 0. */
  readonly type: number;
  /** Whether it is its topic's verdict: 1 or 0. */
  readonly verdict: number;
}

/** What the gate decides by. */
export interface AbstentionFeatures {
  /** Decision value of the best topic, and of the best of what is no topic. */
  readonly decision: number;
  readonly outside: number;
  /** Probabilities of the best topic and the best point. */
  readonly topic: number;
  readonly point: number;
  /** Weight of the content words that neither documents nor FAQ know: in all, as a share, and of the strongest. */
  readonly unknownMass: number;
  readonly unknownShare: number;
  readonly unknownMax: number;
  /** Shares of the content words' weight that the best point, and the best topic, know. */
  readonly covered: number;
  readonly topicCovered: number;
  /** Numbers that the best point does not know, and kinds of measure that it does not state. */
  readonly strangeNumbers: number;
  readonly strangeUnits: number;
  /** Whether a subject is named: 1 or 0. */
  readonly subject: number;
  readonly words: number;
}

export interface Match {
  /** Best first. */
  readonly topics: readonly TopicScore[];
  /** Those of the best topic, then all others, each best first. */
  readonly points: readonly PointScore[];
  readonly signals: AbstentionFeatures;
  /** Telling words that neither documents nor FAQ know, the most telling first. */
  readonly unknown: readonly string[];
  /** Of a long message, the clause that tells its topic; null where it is heard as one. */
  readonly telling: string | null;
}

export interface MatchParts {
  readonly faq: Faq;
  readonly lexicon: Lexicon;
  readonly vocabulary: Vocabulary;
  readonly subjects: SubjectFinder;
  readonly classifier: Classifier;
  readonly pointIndex: PointIndex;
}

/** What a question is matched with besides its words. */
export interface MatchContext {
  /** What stands around it in the message: helps to find the topic, is not asked for. */
  readonly background?: string;
  /** Topic of the thread, by id. */
  readonly lean?: string | null;
  /** Subjects from the thread where the question names none. */
  readonly subjects?: readonly string[];
  /** How it asks, where its words alone would mislead. */
  readonly type?: QuestionType;
}

export interface Matcher {
  /** @param ask the question, spelling corrected */
  match(ask: string, context?: MatchContext): Match;
  /** Whether what is known of a topic, by its id, holds a word of the text. */
  knows(topic: string, text: string): boolean;
}

/**
 * Conditional logit over held-out example questions of the built-in corpus, 2026-11-21; `near` is set by hand, since
 * the examples avoid near copies of each other and users do not.
 */
const POINT_WEIGHTS: PointFeatures = {
  similarity: 2.8,
  near: 8,
  decision: 4.1,
  stated: 1.3,
  covered: 6.4,
  subjects: 2.5,
  type: 0.8,
  verdict: 0.3,
};
const NEAR_FROM = 0.5;
/** An unknown word is worth naming from here: “postgres” is, “nobody” is not. */
const TELLING_WEIGHT = 0.75;
/** A word's IDF counts by this much whatever the word; the rest by how rare it is in general English. */
const IDF_FLOOR = 0.2;
const LEAN = 1.2;
/** What the words of a story count beside those of the question that it leads to. */
const STORY_SHARE = 0.5;

export function createMatcher(parts: MatchParts): Matcher {
  const { faq, lexicon, vocabulary, subjects, classifier, pointIndex } = parts;
  const topicById = new Map(faq.topics.map((topic) => [topic.id, topic]));
  const prepared = preparePoints(faq, pointIndex);
  const weightOf = (term: string): number => IDF_FLOOR + (1 - IDF_FLOOR) * vocabulary.termWeight(term);
  const stated = createBm25(pointIndex.stated, weightOf);
  const covered = createBm25(pointIndex.covered, weightOf);
  const wordsOf = (entries: readonly PreparedPoint[]): ReadonlySet<string> =>
    new Set(entries.flatMap((entry) => unpack(entry.words)));

  return {
    knows(topic, text) {
      const known = wordsOf(prepared.filter((entry) => entry.topic.id === topic));
      return terms(text, lexicon).some((term) => known.has(term));
    },
    match(ask, { background = "", lean = null, subjects: carried = [], type = typeOf(ask) } = {}) {
      const segments = segmentsOf(ask, background, lexicon);
      const heard = segments.map(({ text, weight }) => ({ weight, ...classifier.classify(text) }));
      const decisions = new Map<string, number>();
      const similarities = new Float32Array(heard[0]?.similarities.length ?? 0);
      for (const { weight, ranking, similarities: own } of heard) {
        for (const { label, decision } of ranking)
          decisions.set(label, Math.max(decisions.get(label) ?? -2, weight * (decision + 1) - 1));
        for (let at = 0; at < own.length; at++)
          similarities[at] = Math.max(similarities[at] ?? 0, weight * (own[at] ?? 0));
      }
      if (lean !== null && topicById.has(lean)) decisions.set(lean, (decisions.get(lean) ?? -1) + LEAN);
      const mentioned = new Set(subjects.mentions(ask).map(({ subject }) => subject));
      if (mentioned.size === 0) for (const subject of carried) mentioned.add(subject);
      const statedScores = loudest(segments, (text) => stated.scores(terms(text, lexicon)));
      const coveredScores = loudest(segments, (text) => covered.scores(words(text, lexicon).map(({ term }) => term)));

      const weighed = prepared.map((entry, at) => {
        const nearest = threeNearest(entry.examples, similarities);
        const features: PointFeatures = {
          similarity: nearest.sum,
          near: Math.max(0, nearest.largest - NEAR_FROM),
          decision: decisions.get(entry.topic.id) ?? -1,
          stated: soften(statedScores[at] ?? 0),
          covered: soften(coveredScores[at] ?? 0),
          subjects: agreement(mentioned, entry.about),
          type: entry.types.includes(type) ? 1 : 0,
          verdict: entry.point.kind === "verdict" ? 1 : 0,
        };
        return { topic: entry.topic, point: entry.point, features, score: weigh(features), probability: 0 };
      });
      weighed.sort((a, b) => b.score - a.score);
      const top = weighed[0]?.score ?? 0;
      let total = 0;
      for (const entry of weighed) {
        entry.probability = Math.exp(entry.score - top);
        total += entry.probability;
      }
      for (const entry of weighed) entry.probability /= total;
      const byTopic = new Map<Topic, number>();
      for (const { topic, probability } of weighed) byTopic.set(topic, (byTopic.get(topic) ?? 0) + probability);
      const topics = [...byTopic]
        .map(([topic, probability]) => ({ topic, probability, decision: decisions.get(topic.id) ?? -1 }))
        .sort((a, b) => b.probability - a.probability);

      // The topic first: a statement may only seem the likeliest because its topic has few others.
      const isOfBest = ({ topic }: PointScore): boolean => topic === topics[0]?.topic;
      const points: readonly PointScore[] = [...weighed.filter(isOfBest), ...weighed.filter((one) => !isOfBest(one))];
      const best = points[0];
      const heart = heartOf(segments, heard, topics[0]?.topic.id);
      const content = heart.flatMap((segment) =>
        contentWords(segment.text, lexicon)
          .filter(({ term }) => !subjects.isSubject(term))
          .map((word) => ({ ...word, share: segment === heart.at(-1) ? 1 : STORY_SHARE })),
      );
      const unknown = content.filter(({ surface }) => surface.split(" ").some((word) => !vocabulary.has(word)));
      const massOf = (list: readonly { surface: string; share: number }[]): number =>
        list.reduce((sum, { surface, share }) => sum + share * vocabulary.weight(surface), 0);
      const contentWeight = massOf(content);
      const knownTo = (known: ReadonlySet<string>): number =>
        contentWeight === 0 ? 1 : massOf(content.filter(({ term }) => known.has(term))) / contentWeight;
      const pointWords = wordsOf(prepared.filter(({ point }) => point === best?.point));
      const topicWords = wordsOf(prepared.filter(({ topic }) => topic === topics[0]?.topic));
      const others = [...segments.slice(0, 1), ...heart].flatMap((segment) =>
        (heard[segments.indexOf(segment)]?.ranking ?? []).filter(({ label }) => !topicById.has(label)),
      );
      const signals: AbstentionFeatures = {
        decision: topics[0]?.decision ?? -1,
        outside: Math.max(-1, ...others.map(({ decision }) => decision)),
        topic: topics[0]?.probability ?? 0,
        point: best?.probability ?? 0,
        unknownMass: massOf(unknown) / (1 + content.length / 8),
        unknownShare: contentWeight === 0 ? 0 : massOf(unknown) / contentWeight,
        unknownMax: Math.max(0, ...unknown.map(({ surface }) => vocabulary.weight(surface))),
        covered: knownTo(pointWords),
        topicCovered: knownTo(topicWords),
        strangeNumbers: content.filter(
          ({ surface, term, share }) => share === 1 && isCount(surface) && !pointWords.has(term),
        ).length,
        strangeUnits: unitsOf(ask).filter(
          (unit) => best !== undefined && !unitsOf(provenText(best.point)).includes(unit),
        ).length,
        subject: mentioned.size > 0 ? 1 : 0,
        words: content.length,
      };
      const telling = heart.length > 1 || heart[0] !== segments[0] ? (heart[0]?.text ?? null) : null;
      const strangers = unknown
        .map(({ surface }) => ({ surface, weight: vocabulary.weight(surface) }))
        .filter(({ surface, weight }) => weight >= TELLING_WEIGHT && !/^\d+$/.test(surface))
        .sort((a, b) => b.weight - a.weight);
      return { topics, points, signals, unknown: strangers.map(({ surface }) => surface), telling };
    },
  };
}

/** "1 host" is one host: no figure that anybody would have to state. */
const isCount = (word: string): boolean => /\d/.test(word) && word !== "1";

const provenText = (point: Point): string => [point.text, ...point.quotes.map(({ text }) => text)].join(" ");

function loudest(segments: readonly Segment[], scoresOf: (text: string) => Float64Array): Float64Array {
  const [first, ...rest] = segments.map(({ text, weight }) => scoresOf(text).map((score) => weight * score));
  const scores = first ?? new Float64Array();
  for (const other of rest)
    for (let at = 0; at < scores.length; at++) scores[at] = Math.max(scores[at] ?? 0, other[at] ?? 0);
  return scores;
}

/** 0 to 2, flat towards the top: one rare word repeated is not twice the evidence. */
const soften = (share: number): number => (2 * share) / (1 + share);

/** The three largest of the values at these places, added up, and the largest. */
function threeNearest(places: readonly number[], values: Float32Array): { sum: number; largest: number } {
  let first = 0;
  let second = 0;
  let third = 0;
  for (const at of places) {
    const value = values[at] ?? 0;
    if (value > first) [first, second, third] = [value, first, second];
    else if (value > second) [second, third] = [value, second];
    else if (value > third) third = value;
  }
  return { sum: first + second + third, largest: first };
}

function agreement(mentioned: ReadonlySet<string>, about: ReadonlySet<string>): number {
  if (mentioned.size === 0 || about.size === 0) return 0.5;
  const shared = [...mentioned].filter((subject) => about.has(subject)).length;
  if (shared === 0) return 0;
  return shared === mentioned.size && shared === about.size ? 1 : 0.5;
}

const weigh = (features: PointFeatures): number =>
  POINT_WEIGHTS.similarity * features.similarity +
  POINT_WEIGHTS.near * features.near +
  POINT_WEIGHTS.decision * features.decision +
  POINT_WEIGHTS.stated * features.stated +
  POINT_WEIGHTS.covered * features.covered +
  POINT_WEIGHTS.subjects * features.subjects +
  POINT_WEIGHTS.type * features.type +
  POINT_WEIGHTS.verdict * features.verdict;
