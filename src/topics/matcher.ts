// A question to its match: the topics it may be about, the statements that may answer it, and how sure that is.

import type { Faq, Statement, Topic } from "../ingest/faq.ts";
import type { SubjectFinder } from "../ingest/subjects.ts";
import { contentWords, type Vocabulary } from "../ingest/vocabulary.ts";
import { type QuestionType, questionTypeOf } from "../question/answer-type.ts";
import { createBm25 } from "../retrieval/bm25.ts";
import { unpack } from "../structures/string-list.ts";
import { analyze, type Lexicon, queryTerms } from "../text/analyzer.ts";
import { unitsOf } from "../text/quantities.ts";
import type { Classifier } from "./classifier.ts";
import { type Clause, clausesOf, tellingClauses } from "./clauses.ts";
import { type PreparedStatement, prepareStatements, type StatementIndex } from "./statement-index.ts";

/** A topic that the question may be about. */
export interface TopicScore {
  readonly topic: Topic;
  /** Between 0 and 1, all topics together 1: which topic, if it is any. */
  readonly probability: number;
  readonly decision: number;
}

/** A statement that may answer the question. */
export interface StatementScore {
  readonly topic: Topic;
  readonly statement: Statement;
  readonly score: number;
  readonly probability: number;
  readonly features: StatementFeatures;
}

/** What a statement is chosen by. */
export interface StatementFeatures {
  /** Sum of the cosines to the three nearest questions that the statement is known to answer. */
  readonly similarity: number;
  /** How far its nearest known question passes a cosine of one half: the same question in nearly the same words. */
  readonly nearDuplicate: number;
  /** The topic's SVM decision value. */
  readonly topicMargin: number;
  /** BM25 share of the question found in statement and quotes. */
  readonly bm25Statement: number;
  /** The same in statement, quotes and known questions, function words included. */
  readonly bm25Questions: number;
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
  /** Probability of the best topic. */
  readonly topic: number;
  /** Weight of the content words that neither documents nor FAQ know: in all, and as a share. */
  readonly unknownMass: number;
  readonly unknownShare: number;
  /** Share of the content words' weight that the best topic knows. */
  readonly topicCovered: number;
  /** Numbers that the best statement does not know, and kinds of measure that it does not state. */
  readonly strangeNumbers: number;
  readonly strangeUnits: number;
  /** Whether a subject is named: 1 or 0. */
  readonly subject: number;
}

export interface Match {
  /** Best first. */
  readonly topics: readonly TopicScore[];
  /** Those of the best topic, then all others, each best first. */
  readonly statements: readonly StatementScore[];
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
  readonly statementIndex: StatementIndex;
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
const STATEMENT_WEIGHTS: StatementFeatures = {
  similarity: 2.8,
  nearDuplicate: 8,
  topicMargin: 4.1,
  bm25Statement: 1.3,
  bm25Questions: 6.4,
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
  const { faq, lexicon, vocabulary, subjects, classifier, statementIndex } = parts;
  const topicById = new Map(faq.topics.map((topic) => [topic.id, topic]));
  const prepared = prepareStatements(faq, statementIndex);
  const weightOf = (term: string): number => IDF_FLOOR + (1 - IDF_FLOOR) * vocabulary.termWeight(term);
  const stated = createBm25(statementIndex.ofStatements, weightOf);
  const covered = createBm25(statementIndex.withQuestions, weightOf);
  const wordsOf = (entries: readonly PreparedStatement[]): ReadonlySet<string> =>
    new Set(entries.flatMap((entry) => unpack(entry.words)));

  return {
    knows(topic, text) {
      const known = wordsOf(prepared.filter((entry) => entry.topic.id === topic));
      return queryTerms(text, lexicon).some((term) => known.has(term));
    },
    match(ask, { background = "", lean = null, subjects: carried = [], type = questionTypeOf(ask) } = {}) {
      const segments = clausesOf(ask, background, lexicon);
      const heard = segments.map(({ text, weight }) => ({ weight, ...classifier.classify(text) }));
      const decisions = new Map<string, number>();
      const similarities = new Float32Array(heard[0]?.similarities.length ?? 0);
      for (const { weight, margins, similarities: own } of heard) {
        for (const [label, margin] of margins)
          decisions.set(label, Math.max(decisions.get(label) ?? -2, weight * (margin + 1) - 1));
        for (let at = 0; at < own.length; at++)
          similarities[at] = Math.max(similarities[at] ?? 0, weight * (own[at] ?? 0));
      }
      if (lean !== null && topicById.has(lean)) decisions.set(lean, (decisions.get(lean) ?? -1) + LEAN);
      const mentioned = new Set(subjects.mentions(ask).map(({ subject }) => subject));
      if (mentioned.size === 0) for (const subject of carried) mentioned.add(subject);
      const statedScores = loudest(segments, (text) => stated.scores(queryTerms(text, lexicon)));
      const coveredScores = loudest(segments, (text) => covered.scores(analyze(text, lexicon).map(({ term }) => term)));

      const weighed = prepared.map((entry, at) => {
        const nearest = threeNearest(entry.examples, similarities);
        const features: StatementFeatures = {
          similarity: nearest.sum,
          nearDuplicate: Math.max(0, nearest.largest - NEAR_FROM),
          topicMargin: decisions.get(entry.topic.id) ?? -1,
          bm25Statement: soften(statedScores[at] ?? 0),
          bm25Questions: soften(coveredScores[at] ?? 0),
          subjects: agreement(mentioned, entry.about),
          type: entry.types.includes(type) ? 1 : 0,
          verdict: entry.statement.kind === "verdict" ? 1 : 0,
        };
        return { topic: entry.topic, statement: entry.statement, features, score: weigh(features), probability: 0 };
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
      const isOfBest = ({ topic }: StatementScore): boolean => topic === topics[0]?.topic;
      const statements: readonly StatementScore[] = [
        ...weighed.filter(isOfBest),
        ...weighed.filter((one) => !isOfBest(one)),
      ];
      const best = statements[0];
      const heart = tellingClauses(segments, heard, topics[0]?.topic.id);
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
      const statementWords = wordsOf(prepared.filter(({ statement }) => statement === best?.statement));
      const topicWords = wordsOf(prepared.filter(({ topic }) => topic === topics[0]?.topic));
      const others = [...segments.slice(0, 1), ...heart].flatMap((segment) =>
        [...(heard[segments.indexOf(segment)]?.margins ?? [])].filter(([label]) => !topicById.has(label)),
      );
      const signals: AbstentionFeatures = {
        decision: topics[0]?.decision ?? -1,
        outside: Math.max(-1, ...others.map(([, margin]) => margin)),
        topic: topics[0]?.probability ?? 0,
        unknownMass: massOf(unknown) / (1 + content.length / 8),
        unknownShare: contentWeight === 0 ? 0 : massOf(unknown) / contentWeight,
        topicCovered: knownTo(topicWords),
        strangeNumbers: content.filter(
          ({ surface, term, share }) => share === 1 && isCount(surface) && !statementWords.has(term),
        ).length,
        strangeUnits: unitsOf(ask).filter(
          (unit) => best !== undefined && !unitsOf(provenText(best.statement)).includes(unit),
        ).length,
        subject: mentioned.size > 0 ? 1 : 0,
      };
      const telling = heart.length > 1 || heart[0] !== segments[0] ? (heart[0]?.text ?? null) : null;
      const strangers = unknown
        .map(({ surface }) => ({ surface, weight: vocabulary.weight(surface) }))
        .filter(({ surface, weight }) => weight >= TELLING_WEIGHT && !/^\d+$/.test(surface))
        .sort((a, b) => b.weight - a.weight);
      return { topics, statements, signals, unknown: strangers.map(({ surface }) => surface), telling };
    },
  };
}

/** "1 host" is one host: no figure that anybody would have to state. */
const isCount = (word: string): boolean => /\d/.test(word) && word !== "1";

const provenText = (statement: Statement): string =>
  [statement.text, ...statement.quotes.map(({ text }) => text)].join(" ");

function loudest(segments: readonly Clause[], scoresOf: (text: string) => Float64Array): Float64Array {
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

const weigh = (features: StatementFeatures): number =>
  STATEMENT_WEIGHTS.similarity * features.similarity +
  STATEMENT_WEIGHTS.nearDuplicate * features.nearDuplicate +
  STATEMENT_WEIGHTS.topicMargin * features.topicMargin +
  STATEMENT_WEIGHTS.bm25Statement * features.bm25Statement +
  STATEMENT_WEIGHTS.bm25Questions * features.bm25Questions +
  STATEMENT_WEIGHTS.subjects * features.subjects +
  STATEMENT_WEIGHTS.type * features.type +
  STATEMENT_WEIGHTS.verdict * features.verdict;
