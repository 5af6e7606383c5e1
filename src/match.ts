// A question to its match: the topics it may be about, the statements that may answer it, and how sure that is.

import { createBm25 } from "./bm25.ts";
import type { Classifier, LabelledText } from "./classifier.ts";
import type { Faq, Point, Topic } from "./faq.ts";
import { type QuestionType, typeOf } from "./question.ts";
import type { SubjectFinder } from "./subjects.ts";
import { type Lexicon, terms, words } from "./terms.ts";
import { contentWords, type Vocabulary } from "./vocabulary.ts";

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
}

/** What the gate decides by. */
export interface Signals {
  /** Decision value of the best topic, and of the best of what is no topic. */
  readonly decision: number;
  readonly outside: number;
  /** Cosine to the nearest example of a topic, and of what is no topic. */
  readonly similarity: number;
  readonly outsideSimilarity: number;
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
  /** Numbers that the best point does not know. */
  readonly strangeNumbers: number;
  /** Whether a subject is named: 1 or 0. */
  readonly subject: number;
  readonly words: number;
}

export interface Match {
  /** Best first. */
  readonly topics: readonly TopicScore[];
  /** Best first, over all topics. */
  readonly points: readonly PointScore[];
  readonly signals: Signals;
  /** Content words that neither documents nor FAQ know. */
  readonly unknown: readonly string[];
}

/** Labels of what is not a topic. */
const OUTSIDE = "~outside";
const FOREIGN = "~foreign";

/** An example question with the place in the FAQ that it leads to. */
export interface Example extends LabelledText {
  /** Id of the point it is answered by; null for outside and foreign questions. */
  readonly point: string | null;
  /** False for a title or name of the topic. */
  readonly isQuestion: boolean;
}

/** All examples the matcher learns from, in the order of the FAQ. */
export function examplesOf(faq: Faq, foreign: readonly string[]): Example[] {
  const inside = faq.topics.flatMap((topic) => [
    ...[topic.title, ...topic.names].map((text) => ({ text, label: topic.id, point: topic.points[0].id, isQuestion: false })),
    ...topic.points.flatMap((point) =>
      point.asked.map(({ question }) => ({ text: question, label: topic.id, point: point.id, isQuestion: true })),
    ),
  ]);
  const outside = faq.outside.flatMap(({ title, examples }) =>
    examples.map((text) => ({ text, label: `${OUTSIDE} ${title}`, point: null, isQuestion: true })),
  );
  return [...inside, ...outside, ...foreign.map((text) => ({ text, label: FOREIGN, point: null, isQuestion: true }))];
}

export interface MatchParts {
  readonly faq: Faq;
  readonly lexicon: Lexicon;
  readonly vocabulary: Vocabulary;
  readonly subjects: SubjectFinder;
  readonly classifier: Classifier;
  readonly examples: readonly Example[];
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
}

/** Conditional logit over held-out example questions of the built-in corpus, 2026-11-21. */
const POINT_WEIGHTS: PointFeatures = { similarity: 2, decision: 3, stated: 3.5, covered: 2.9, subjects: 3.7, type: 0.6 };
const BACKGROUND_WEIGHT = 0.35;
const LEAN = 1.2;

export function createMatcher({ faq, lexicon, vocabulary, subjects, classifier, examples }: MatchParts): Matcher {
  const topicById = new Map(faq.topics.map((topic) => [topic.id, topic]));
  const prepared = preparePoints(faq, examples, lexicon, subjects);
  const stated = createBm25(prepared.map(({ statedTerms }) => statedTerms));
  const covered = createBm25(prepared.map(({ allWords }) => allWords));
  const topicWords = new Map(
    faq.topics.map((topic) => [
      topic,
      new Set(prepared.filter((entry) => entry.topic === topic).flatMap(({ allWords }) => allWords)),
    ]),
  );
  const inside = Uint8Array.from(examples, ({ point }) => (point === null ? 0 : 1));

  return {
    match(ask, { background = "", lean = null, subjects: carried = [], type = typeOf(ask) } = {}) {
      const { ranking, similarities } = classifier.classify(ask);
      const around = background === "" ? [] : classifier.classify(background).ranking;
      const backing = new Map(around.map(({ label, decision }) => [label, BACKGROUND_WEIGHT * (decision + 1)]));
      const decisionOf = (label: string, decision: number): number =>
        decision + Math.max(0, backing.get(label) ?? 0) + (label === lean ? LEAN : 0);
      const decisions = new Map(ranking.map(({ label, decision }) => [label, decisionOf(label, decision)]));
      const mentioned = new Set([...subjects.mentions(ask).map(({ subject }) => subject)]);
      if (mentioned.size === 0) for (const subject of carried) mentioned.add(subject);
      const statedScores = stated.scores(terms(ask, lexicon));
      const coveredScores = covered.scores(words(ask, lexicon).map(({ term }) => term));

      const weighed = prepared.map((entry, at) => {
        const features: PointFeatures = {
          similarity: sumOfThreeLargest(entry.examples, similarities),
          decision: decisions.get(entry.topic.id) ?? -1,
          stated: statedScores[at] ?? 0,
          covered: coveredScores[at] ?? 0,
          subjects: agreement(mentioned, entry.about),
          type: entry.types.has(type) ? 1 : 0,
        };
        return { topic: entry.topic, point: entry.point, features, score: weigh(features) };
      });
      const top = Math.max(...weighed.map(({ score }) => score));
      const total = weighed.reduce((sum, { score }) => sum + Math.exp(score - top), 0);
      const points: PointScore[] = weighed
        .map((entry) => ({ ...entry, probability: Math.exp(entry.score - top) / total }))
        .sort((a, b) => b.score - a.score);
      const byTopic = new Map<Topic, number>();
      for (const { topic, probability } of points) byTopic.set(topic, (byTopic.get(topic) ?? 0) + probability);
      const topics = [...byTopic]
        .map(([topic, probability]) => ({ topic, probability, decision: decisions.get(topic.id) ?? -1 }))
        .sort((a, b) => b.probability - a.probability);

      const best = points[0];
      const content = contentWords(ask, lexicon).filter(({ term }) => !subjects.isSubject(term));
      const unknown = content.filter(({ surface }) => surface.split(" ").some((word) => !vocabulary.has(word)));
      const weightOf = (list: readonly { surface: string }[]): number =>
        list.reduce((sum, { surface }) => sum + vocabulary.weight(surface), 0);
      const contentWeight = weightOf(content);
      const knownTo = (known: ReadonlySet<string>): number =>
        contentWeight === 0 ? 1 : weightOf(content.filter(({ term }) => known.has(term))) / contentWeight;
      const pointWords = new Set(prepared.find(({ point }) => point === best?.point)?.allWords);
      const others = ranking.filter(({ label }) => !topicById.has(label));
      const signals: Signals = {
        decision: topics[0]?.decision ?? -1,
        outside: Math.max(-1, ...others.map(({ label }) => decisions.get(label) ?? -1)),
        similarity: largest(similarities, (at) => inside[at] === 1),
        outsideSimilarity: largest(similarities, (at) => inside[at] === 0),
        topic: topics[0]?.probability ?? 0,
        point: best?.probability ?? 0,
        unknownMass: weightOf(unknown),
        unknownShare: contentWeight === 0 ? 0 : weightOf(unknown) / contentWeight,
        unknownMax: Math.max(0, ...unknown.map(({ surface }) => vocabulary.weight(surface))),
        covered: knownTo(pointWords),
        topicCovered: knownTo((topics[0] && topicWords.get(topics[0].topic)) ?? new Set()),
        strangeNumbers: content.filter(({ surface, term }) => /\d/.test(surface) && !pointWords.has(term)).length,
        subject: mentioned.size > 0 ? 1 : 0,
        words: content.length,
      };
      return { topics, points, signals, unknown: unknown.map(({ surface }) => surface) };
    },
  };
}

interface PreparedPoint {
  readonly topic: Topic;
  readonly point: Point;
  /** Places of its examples among all. */
  readonly examples: readonly number[];
  readonly about: ReadonlySet<string>;
  readonly allWords: readonly string[];
  readonly statedTerms: readonly string[];
  readonly types: ReadonlySet<QuestionType>;
}

function preparePoints(
  faq: Faq,
  examples: readonly Example[],
  lexicon: Lexicon,
  subjects: SubjectFinder,
): PreparedPoint[] {
  const places = new Map<string, number[]>();
  for (const [at, { point }] of examples.entries()) {
    if (point === null) continue;
    const list = places.get(point);
    if (list) list.push(at);
    else places.set(point, [at]);
  }
  return faq.topics.flatMap((topic) =>
    topic.points.map((point): PreparedPoint => {
      const own = places.get(point.id) ?? [];
      const asked = own.map((at) => examples[at]?.text ?? "");
      const quotes = point.quotes.map(({ text }) => text);
      const mentioned = subjects.mentions(point.text).map(({ subject }) => subject);
      return {
        topic,
        point,
        examples: own,
        about: new Set(point.about.length > 0 ? point.about : mentioned),
        statedTerms: terms([point.text, ...point.quotes.flatMap(({ text, section }) => [text, section])].join(" . "), lexicon),
        allWords: words([point.text, point.text, ...quotes, ...asked].join(" . "), lexicon).map(({ term }) => term),
        types: new Set(asked.map(typeOf)),
      };
    }),
  );
}

function sumOfThreeLargest(places: readonly number[], values: Float32Array): number {
  const top = [0, 0, 0];
  for (const at of places) {
    const value = values[at] ?? 0;
    const slot = top.findIndex((kept) => value > kept);
    if (slot >= 0) {
      top.splice(slot, 0, value);
      top.length = 3;
    }
  }
  return top.reduce((sum, value) => sum + value, 0);
}

function largest(values: Float32Array, counts: (at: number) => boolean): number {
  let best = 0;
  for (let at = 0; at < values.length; at++) if (counts(at)) best = Math.max(best, values[at] ?? 0);
  return best;
}

function agreement(mentioned: ReadonlySet<string>, about: ReadonlySet<string>): number {
  if (mentioned.size === 0 || about.size === 0) return 0.5;
  const shared = [...mentioned].filter((subject) => about.has(subject)).length;
  if (shared === 0) return 0;
  return shared === mentioned.size && shared === about.size ? 1 : 0.5;
}

const weigh = (features: PointFeatures): number =>
  (Object.keys(POINT_WEIGHTS) as (keyof PointFeatures)[]).reduce((sum, key) => sum + POINT_WEIGHTS[key] * features[key], 0);
