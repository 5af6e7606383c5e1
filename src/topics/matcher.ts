// Matches a question with the topics it may be about and the statements that may answer it.

import type { Faq, Statement, Topic } from "../ingest/faq.ts";
import type { SubjectFinder } from "../ingest/subjects.ts";
import type { Vocabulary } from "../ingest/vocabulary.ts";
import type { AnalyseQuestion, QuestionAnalysis } from "../question/analysis.ts";
import type { AnswerType } from "../question/answer-type.ts";
import { type Bm25, createBm25 } from "../retrieval/bm25.ts";
import { unpack } from "../structures/string-list.ts";
import type { Lexicon, Token } from "../text/analyzer.ts";
import { queryTerms } from "../text/analyzer.ts";
import { unitsOf } from "../text/quantities.ts";
import type { AbstentionFeatures } from "./abstention.ts";
import type { Baseline } from "./baseline.ts";
import type { Classifier } from "./classifier.ts";
import { type ClassifiedClause, type Clause, clausesOf, tellingClauses } from "./clauses.ts";
import { type PreparedStatement, prepareStatements, type StatementIndex } from "./statement-index.ts";
import { agreement, type StatementFeatures, soften, threeNearest, weighStatement } from "./statement-ranker.ts";

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

export interface Match {
  /** Best first. */
  readonly topics: readonly TopicScore[];
  /** Those of the best topic, then all others, each best first. */
  readonly statements: readonly StatementScore[];
  readonly signals: Signals;
  /** Telling words that neither documents nor FAQ know, the most telling first. */
  readonly unknown: readonly string[];
  /** Of a long message, the clause that tells its topic; null where it is heard as one. */
  readonly telling: QuestionAnalysis | null;
}

/** What the gate is asked with, and what else is strange about the question. */
export interface Signals extends AbstentionFeatures, Strangeness {}

interface Strangeness {
  /** Weight of the content words that neither documents nor FAQ know: in all, and as a share. */
  readonly unknownMass: number;
  readonly unknownShare: number;
  /** Kinds of measure that the best statement does not state. */
  readonly strangeUnits: number;
}

export interface MatchParts {
  readonly faq: Faq;
  readonly lexicon: Lexicon;
  readonly vocabulary: Vocabulary;
  readonly subjects: SubjectFinder;
  readonly analyse: AnalyseQuestion;
  readonly classifier: Classifier;
  readonly statementIndex: StatementIndex;
  readonly baseline: Baseline;
}

/** What a question is matched with besides its words. */
export interface MatchContext {
  /** What stands around it in the message: helps to find the topic, is not asked for. */
  readonly background?: string;
  /** What asks, where the question was read together with its story; figures of the story ask for none. */
  readonly asked?: string;
  /** Topic of the thread, by id. */
  readonly lean?: string | null;
  /** Subjects from the thread where the question names none. */
  readonly subjects?: readonly string[];
  /** What it expects, where its words alone would mislead. */
  readonly answerType?: AnswerType;
}

export interface Matcher {
  /** @param question its spelling corrected */
  match(question: QuestionAnalysis, context?: MatchContext): Match;
  /** Whether what is known of a topic, by its id, holds a word of the text. */
  knows(topic: string, text: string): boolean;
}

/** Set by hand; `npm run bench -- ablate` has what each is worth. */
export const MATCHING = Object.freeze({
  /** Cosine from which a question is nearly a known one. */
  nearFrom: 0.5,
  /** An unknown word is worth naming from this weight: “postgres” is, “nobody” is not. */
  tellingWeight: 0.75,
  /** A word's IDF counts by this much whatever the word; the rest by how rare it is in general English. */
  idfFloor: 0.2,
  /** What the thread's topic has ahead of the others. */
  lean: 1.2,
  /** What the words of a story count beside those of the question that it leads to. */
  storyShare: 0.5,
});

/** A token that says something, and how much it counts. */
interface Telling extends Token {
  readonly share: number;
}

/** A question as the classifier heard it. */
interface Heard {
  /** The question whole, then its clauses. */
  readonly clauses: readonly ClassifiedClause[];
  /** The loudest decision value of each label, and cosine to each remembered example. */
  readonly decisions: ReadonlyMap<string, number>;
  readonly similarities: Float32Array;
}

export const createMatcher = (parts: MatchParts): Matcher => new FaqMatcher(parts);

class FaqMatcher implements Matcher {
  private readonly topicIds: ReadonlySet<string>;
  private readonly prepared: readonly PreparedStatement[];
  private readonly ofStatements: Bm25;
  private readonly withQuestions: Bm25;

  constructor(private readonly parts: MatchParts) {
    const { faq, vocabulary, statementIndex } = parts;
    const weightOf = (term: string): number =>
      MATCHING.idfFloor + (1 - MATCHING.idfFloor) * vocabulary.termWeight(term);
    this.topicIds = new Set(faq.topics.map(({ id }) => id));
    this.prepared = prepareStatements(faq, statementIndex);
    this.ofStatements = createBm25(statementIndex.ofStatements, weightOf);
    this.withQuestions = createBm25(statementIndex.withQuestions, weightOf);
  }

  knows(topic: string, text: string): boolean {
    const known = wordsOf(this.prepared.filter((entry) => entry.topic.id === topic));
    return queryTerms(text, this.parts.lexicon).some((term) => known.has(term));
  }

  match(question: QuestionAnalysis, context: MatchContext = {}): Match {
    const heard = this.hear(question, context);
    const mentioned = new Set(question.mentions.length > 0 ? question.subjects : (context.subjects ?? []));
    const weighed = this.weigh(heard, mentioned, context.answerType ?? question.answerType);
    const topics = topicsOf(weighed, heard.decisions);
    const [first] = topics;
    // The topic first: a statement may only seem the likeliest because its topic has few others.
    const isOfBest = ({ topic }: StatementScore): boolean => topic === first?.topic;
    const statements = [...weighed.filter(isOfBest), ...weighed.filter((one) => !isOfBest(one))];
    const telling = tellingClauses(heard.clauses, first?.topic.id);
    const content = this.contentOf(telling);
    const unknown = content.filter(({ surface }) =>
      surface.split(" ").some((word) => !this.parts.vocabulary.has(word)),
    );
    const [clause] = telling;
    const strangeness = this.strangeness(context.asked ?? question.text, content, unknown, statements[0]);
    return {
      topics,
      statements,
      signals: {
        decision: first?.decision ?? -1,
        outside: this.outOfScope([...heard.clauses.slice(0, 1), ...telling]),
        topic: first?.probability ?? 0,
        topicCovered: this.coveredBy(first?.topic, content),
        strangeShare: Math.max(0, strangeness.unknownShare - this.parts.baseline.unknownShare),
        nearness: this.nearest(first?.topic, heard) - this.parts.baseline.nearest,
        subject: mentioned.size > 0 ? 1 : 0,
        ...strangeness,
      },
      unknown: this.strangersOf(unknown),
      telling: telling.length > 1 || clause !== heard.clauses[0] ? (clause?.question ?? null) : null,
    };
  }

  /** Classifies the question and its clauses; the loudest of them counts for each label and example. */
  private hear(question: QuestionAnalysis, { background = "", lean = null }: MatchContext): Heard {
    const { analyse, classifier } = this.parts;
    const clauses = clausesOf(question, background, analyse).map((clause) => ({
      ...clause,
      heard: classifier.classify(clause.question.tokens),
    }));
    const decisions = new Map<string, number>();
    const similarities = new Float32Array(clauses[0]?.heard.similarities.length ?? 0);
    for (const { weight, heard } of clauses) {
      for (const [label, margin] of heard.margins)
        decisions.set(label, Math.max(decisions.get(label) ?? -2, weight * (margin + 1) - 1));
      for (let at = 0; at < similarities.length; at++)
        similarities[at] = Math.max(similarities[at] ?? 0, weight * (heard.similarities[at] ?? 0));
    }
    if (lean !== null && this.topicIds.has(lean)) decisions.set(lean, (decisions.get(lean) ?? -1) + MATCHING.lean);
    return { clauses, decisions, similarities };
  }

  /** Every statement with its features, the likeliest first. */
  private weigh(heard: Heard, mentioned: ReadonlySet<string>, answerType: AnswerType): StatementScore[] {
    const stated = loudest(heard.clauses, ({ terms }) => this.ofStatements.scores(terms));
    const covered = loudest(heard.clauses, ({ tokens }) => this.withQuestions.scores(tokens.map(({ term }) => term)));
    const scored = this.prepared.map((entry, at) => {
      const nearest = threeNearest(entry.examples, heard.similarities);
      const features: StatementFeatures = {
        similarity: nearest.sum,
        nearDuplicate: Math.max(0, nearest.largest - MATCHING.nearFrom),
        topicMargin: heard.decisions.get(entry.topic.id) ?? -1,
        bm25Statement: soften(stated[at] ?? 0),
        bm25Questions: soften(covered[at] ?? 0),
        subjects: agreement(mentioned, entry.about),
        type: entry.types.includes(answerType) ? 1 : 0,
        verdict: entry.statement.kind === "verdict" ? 1 : 0,
      };
      return { topic: entry.topic, statement: entry.statement, features, score: weighStatement(features) };
    });
    scored.sort((a, b) => b.score - a.score);
    const top = scored[0]?.score ?? 0;
    const total = scored.reduce((sum, { score }) => sum + Math.exp(score - top), 0);
    return scored.map((entry) => ({ ...entry, probability: Math.exp(entry.score - top) / total }));
  }

  /** What the clauses say besides subjects; those before the one that asks tell a story, which counts less. */
  private contentOf(clauses: readonly Clause[]): Telling[] {
    return clauses.flatMap((clause) =>
      clause.question.content
        .filter(({ term }) => !this.parts.subjects.isSubject(term))
        .map((token) => ({ ...token, share: clause === clauses.at(-1) ? 1 : MATCHING.storyShare })),
    );
  }

  private outOfScope(clauses: readonly ClassifiedClause[]): number {
    const others = clauses.flatMap(({ heard }) => [...heard.margins].filter(([label]) => !this.topicIds.has(label)));
    return Math.max(-1, ...others.map(([, margin]) => margin));
  }

  /** What a question holds that the corpus or the best statement does not know. */
  private strangeness(
    asked: string,
    content: readonly Telling[],
    unknown: readonly Telling[],
    best: StatementScore | undefined,
  ): Strangeness {
    const mass = this.massOf(content);
    return {
      unknownMass: this.massOf(unknown) / (1 + content.length / 8),
      unknownShare: mass === 0 ? 0 : this.massOf(unknown) / mass,
      strangeUnits: unitsOf(asked).filter(
        (unit) => best !== undefined && !unitsOf(provenText(best.statement)).includes(unit),
      ).length,
    };
  }

  private massOf(list: readonly Telling[]): number {
    return list.reduce((sum, { surface, share }) => sum + share * this.parts.vocabulary.weight(surface), 0);
  }

  private coveredBy(best: Topic | undefined, content: readonly Telling[]): number {
    const mass = this.massOf(content);
    if (mass === 0) return 1;
    const known = wordsOf(this.prepared.filter(({ topic }) => topic === best));
    return this.massOf(content.filter(({ term }) => known.has(term))) / mass;
  }

  private nearest(best: Topic | undefined, { similarities }: Heard): number {
    const examples = this.prepared.flatMap(({ topic, examples }) => (topic === best ? examples : []));
    return examples.reduce((most, at) => Math.max(most, similarities[at] ?? 0), 0);
  }

  private strangersOf(unknown: readonly Telling[]): string[] {
    return unknown
      .map(({ surface }) => ({ surface, weight: this.parts.vocabulary.weight(surface) }))
      .filter(({ surface, weight }) => weight >= MATCHING.tellingWeight && !/^\d+$/.test(surface))
      .sort((a, b) => b.weight - a.weight)
      .map(({ surface }) => surface);
  }
}

const wordsOf = (entries: readonly PreparedStatement[]): ReadonlySet<string> =>
  new Set(entries.flatMap((entry) => unpack(entry.words)));

/** The topics of weighed statements, the likeliest first: a topic is as likely as its statements together. */
function topicsOf(weighed: readonly StatementScore[], decisions: ReadonlyMap<string, number>): TopicScore[] {
  const byTopic = new Map<Topic, number>();
  for (const { topic, probability } of weighed) byTopic.set(topic, (byTopic.get(topic) ?? 0) + probability);
  return [...byTopic]
    .map(([topic, probability]) => ({ topic, probability, decision: decisions.get(topic.id) ?? -1 }))
    .sort((a, b) => b.probability - a.probability);
}

const provenText = ({ text, quotes }: Statement): string => [text, ...quotes.map((quote) => quote.text)].join(" ");

function loudest(clauses: readonly Clause[], scoresOf: (question: QuestionAnalysis) => Float64Array): Float64Array {
  const [first, ...rest] = clauses.map(({ question, weight }) => scoresOf(question).map((score) => weight * score));
  const scores = first ?? new Float64Array();
  for (const other of rest)
    for (let at = 0; at < scores.length; at++) scores[at] = Math.max(scores[at] ?? 0, other[at] ?? 0);
  return scores;
}
