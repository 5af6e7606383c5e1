// One question of a message, with what surrounds it, to what it asks for: a statement, a sentence, a choice, or nothing.

import { SearchUnavailable } from "../errors.ts";
import type { Evidence, EvidenceFinder } from "../evidence/evidence.ts";
import type { Calibration } from "../ingest/calibration.ts";
import type { Topic } from "../ingest/faq.ts";
import type { SubjectFinder } from "../ingest/subjects.ts";
import type { Correction } from "../ingest/vocabulary.ts";
import { questionTypeOf } from "../question/answer-type.ts";
import { type FollowUp, ownWords, pointsBack, rewriteFollowUp, type Turn } from "../question/follow-up.ts";
import { withoutFrontedTopic } from "../question/phrasing.ts";
import { analyze, type Lexicon, tokenize } from "../text/analyzer.ts";
import { answerability } from "../topics/abstention.ts";
import type { Match, MatchContext, Matcher } from "../topics/matcher.ts";
import { type DecideParts, decide, type Outcome } from "./decide.ts";
import type { Outline } from "./offers.ts";

export interface Resolution {
  readonly outcome: Outcome;
  /** The question as it was typed. */
  readonly typed: string;
  /** The question as it was understood: spelling corrected, completed from the thread. */
  readonly ask: string;
  readonly corrected: readonly Correction[];
  readonly subjects: readonly string[];
  readonly fromThread: readonly string[];
  readonly match: Match | null;
  /** The best sentences; searched for when first asked for, and none where that can't be done now. */
  readonly evidence: () => Promise<readonly Evidence[]>;
  /** Log-odds that the best topic is right; null where no topic was looked for. */
  readonly confidence: number | null;
  /** Why the gate spoke or stayed silent, in plain words. */
  readonly because: string;
}

export const isAnswered = ({ outcome }: Resolution): boolean =>
  outcome.kind !== "clarify" && outcome.kind !== "unknown";

export function topicOf({ outcome }: Resolution): Topic | null {
  if (outcome.kind === "statement") return outcome.best.topic;
  return outcome.kind === "comparison" ? outcome.topic : null;
}

/** Whether the documents had to be searched for it, and couldn't be. */
export const isUnsearched = ({ outcome }: Resolution): boolean =>
  outcome.kind === "unknown" && outcome.reason === "not-searched";

/** What a thread remembers of it. */
export const turnOf = (resolution: Resolution): Turn => ({
  ask: resolution.ask,
  topic: topicOf(resolution)?.id ?? null,
  subjects: resolution.subjects,
});

export interface ResolveParts extends DecideParts {
  readonly matcher: Matcher | null;
  readonly evidence: EvidenceFinder;
}

/** A second hearing must be surer, and what is asked may hold this much weight of unknown words. */
const SECOND_HEARING_MARGIN = 0.4;
const ASKED_UNKNOWN_MAX = 0.9;

/** With so few words of its own, or with a pronoun, a question is also looked for together with what surrounds it. */
const LEANING_WORDS_MAX = 1;
/** More words are held less surely, and yet they say what is meant. */
const JOINED_MARGIN = 2;

/** A word says what is asked for from this weight on: "free" does, "work" and "well" don't. */
const OWN_WEIGHT_MIN = 0.2;

export interface Resolver {
  resolve(ask: string, background: string, turn: Turn | null): Promise<Resolution>;
  /** The topic that a phrase names, alone. */
  named(phrase: string): Topic | null;
}

export function createResolver(parts: ResolveParts): Resolver {
  const { lexicon, vocabulary, subjects, matcher, evidence: finder, topics, calibration } = parts;
  const byName = new Map<string, Topic>();
  for (const topic of topics)
    for (const name of [topic.id, topic.title, ...topic.names])
      for (const key of nameKeys(name, lexicon)) if (!byName.has(key)) byName.set(key, topic);
  const named = (phrase: string): Topic | null => {
    if (tokenize(phrase).length === 0) return null;
    const key = nameKeys(phrase, lexicon).find((one) => byName.has(one));
    return (key === undefined ? undefined : byName.get(key)) ?? null;
  };

  /**
   * What of a thread a question goes on with: all of it where it says nothing of its own or the topic knows a word of
   * that, else only what the thread is about: "is it free?" after "how does KVM work?" asks of KVM, not of its workings.
   */
  const carriedOn = (turn: Turn, own: readonly string[]): Turn => {
    const [mention] = subjects.mentions(turn.ask);
    const telling = own.filter((word) => vocabulary.weight(word) >= OWN_WEIGHT_MIN);
    if (telling.length === 0 || mention === undefined || turn.topic === null) return turn;
    if (matcher === null || matcher.knows(turn.topic, telling.join(" "))) return turn;
    return { ...turn, ask: questionTypeOf(turn.ask) === "define" ? turn.ask : mention.surface, topic: null };
  };

  return {
    named,
    async resolve(original, background, turn) {
      const { text: spelt, corrected } = vocabulary.correct(original);
      const around = vocabulary.correct(background).text;
      const straight = withoutFrontedTopic(spelt, subjects);
      const own = ownWords(spelt, lexicon, subjects);
      const before = turn === null ? null : carriedOn(turn, own);
      const completed =
        rewriteFollowUp(straight, before, lexicon, subjects) ?? fromBackground(straight, around, lexicon, subjects);
      const ask = completed.ask;
      const mentioned = [...new Set(subjects.mentions(ask).map(({ subject }) => subject))];
      const aboutSubjects = mentioned.length > 0 ? mentioned : completed.subjects;
      const base = { typed: original, ask, corrected, subjects: aboutSubjects, fromThread: completed.fromThread };

      const leans =
        around !== "" && (pointsBack(spelt) || ownWords(ask, lexicon, subjects).length <= LEANING_WORDS_MAX);
      const search = once(async () =>
        leans ? surer(await finder.gather(ask), await finder.gather(`${around} ${ask}`)) : finder.gather(ask),
      );
      const evidence = () => search().catch(withoutSearch);
      const topic = turn === null || own.length > 0 ? named(spelt) : null;
      const meant = topic !== null ? asTopic(topic) : asHeadings(parts.outline, spelt);
      if (meant !== null) return { ...base, ...meant, match: null, evidence, confidence: null };
      // "cost: containers against VMs" names its topic beside the subjects.
      const aspect = named(own.join(" "));
      const context = { ...completed, lean: aspect?.id ?? completed.lean };
      const heard = matcher === null ? null : hear(matcher, ask, context, calibration);
      const match = heard?.match ?? null;
      const odds = heard?.odds ?? null;
      const asksForBoth =
        completed.type === "compare" &&
        (aboutSubjects.length !== 1 || /\b(?:two|both|each|either|sides?)\b/i.test(ask));
      const { outcome, because } = await decide(parts, {
        spelt,
        ask,
        around,
        turn,
        match,
        odds,
        search,
        asksForBoth,
      });
      return { ...base, outcome, match, evidence, confidence: odds, because };
    },
  };
}

type Named = Pick<Resolution, "outcome" | "because">;

const asTopic = (topic: Topic): Named => ({
  outcome: { kind: "comparison", topic },
  because: `the message is a name of the topic "${topic.id}"`,
});

/** A message that is a heading, or the two sides of a table. */
function asHeadings(outline: Outline | null, message: string): Named | null {
  const section = outline?.sections.named(message) ?? null;
  if (section !== null)
    return {
      outcome: { kind: "section", section },
      because: `the message is the heading of a section of "${section.document.id}"`,
    };
  const table = outline?.tables.named(message) ?? null;
  if (table === null) return null;
  return {
    outcome: { kind: "table", table },
    because: `the message names the two sides of a table of "${table.document.id}"`,
  };
}

interface Heard {
  readonly match: Match;
  /** Log-odds that the best topic is right. */
  readonly odds: number;
}

/**
 * Hears a question, and a long message a second time by the clause that tells its topic: what a story tells around
 * its question need not be known, what it asks must be.
 */
function hear(matcher: Matcher, ask: string, context: MatchContext, calibration: Calibration): Heard {
  const match = matcher.match(ask, context);
  const odds = answerability(match.signals, calibration);
  if (odds >= calibration.answerFrom || match.telling === null) return { match, odds };
  const again = matcher.match(match.telling, { ...context, background: "" });
  const oddsAgain = answerability(again.signals, calibration);
  const asksKnown = match.signals.unknownMass < ASKED_UNKNOWN_MAX;
  return asksKnown && oddsAgain >= calibration.answerFrom + SECOND_HEARING_MARGIN
    ? { match: again, odds: oddsAgain }
    : { match, odds };
}

/**
 * A phrase by its words as they are and by what they count as. All of its words: "what is a docker volume" is no name
 * of "docker volumes".
 */
function nameKeys(phrase: string, lexicon: Lexicon): [exact: string, folded: string] {
  const all = analyze(phrase, lexicon);
  const bare = all.filter(({ surface }) => !ARTICLES.has(surface));
  const told = bare.length > 0 ? bare : all;
  const exact = told.map(({ surface }) => surface).join(" ");
  return [`is ${exact}`, `counts as ${told.map(({ term }) => term).join(" ")}`];
}
const ARTICLES = new Set(["a", "an", "the", "compare", "comparison", "topic"]);

/** What is found with the surroundings, unless what is found without them answers far more surely. */
const surer = (alone: readonly Evidence[], joined: readonly Evidence[]): readonly Evidence[] =>
  oddsOf(joined) + JOINED_MARGIN >= oddsOf(alone) ? joined : alone;

/** Nothing is found where nothing can be looked for. */
function withoutSearch(error: unknown): readonly Evidence[] {
  if (error instanceof SearchUnavailable) return [];
  throw error;
}

const oddsOf = ([best]: readonly Evidence[]): number => best?.odds ?? Number.NEGATIVE_INFINITY;

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A question that only points at what the message says around it is read together with that. */
function fromBackground(ask: string, background: string, lexicon: Lexicon, subjects: SubjectFinder): FollowUp {
  const own = ownWords(ask, lexicon, subjects);
  const joins = background !== "" && own.length === 0;
  return {
    ask: joins ? `${background} ${ask}` : ask,
    background: joins ? "" : background,
    lean: null,
    subjects: [...new Set(subjects.mentions(background).map(({ subject }) => subject))],
    type: questionTypeOf(ask),
    fromThread: [],
  };
}
