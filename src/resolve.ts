// One question of a message, with what surrounds it, to what it asks for: a statement, a sentence, a choice, or nothing.

import { typeOf } from "./answer-type.ts";
import type { Evidence, EvidenceFinder } from "./evidence.ts";
import type { Topic } from "./faq.ts";
import { type Calibration, confidence } from "./gate.ts";
import type { Match, MatchContext, Matcher, PointScore } from "./match.ts";
import type { SubjectFinder } from "./subjects.ts";
import { type Lexicon, tokenize, words } from "./terms.ts";
import { type Completed, complete, ownWords, pointsBack, type Turn } from "./thread.ts";
import { type Correction, contentWords, type Vocabulary } from "./vocabulary.ts";

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
  /** The best sentences; searched for when first asked for. */
  readonly evidence: () => readonly Evidence[];
  /** Log-odds that the best topic is right; null where no topic was looked for. */
  readonly confidence: number | null;
  /** Why the gate spoke or stayed silent, in plain words. */
  readonly because: string;
}

export type Outcome =
  | { readonly kind: "point"; readonly best: PointScore }
  | { readonly kind: "comparison"; readonly topic: Topic }
  | { readonly kind: "evidence" }
  | { readonly kind: "clarify"; readonly topics: readonly Topic[] }
  | { readonly kind: "unknown"; readonly reason: "off-topic" | "not-in-documents" | "unclear" };

export interface ResolveParts {
  readonly lexicon: Lexicon;
  readonly vocabulary: Vocabulary;
  readonly subjects: SubjectFinder;
  readonly matcher: Matcher | null;
  readonly evidence: EvidenceFinder;
  readonly topics: readonly Topic[];
  readonly calibration: Calibration;
}

/** A best topic below this probability is a guess: held-out questions were answered rightly two times in five. */
const GUESS_BELOW = 0.45;
/** The same for a question of one telling word. */
const VAGUE_GUESS_BELOW = 0.6;
/** A vague question is asked back although it is so much less sure than what is answered. */
const VAGUE_MARGIN = 2.5;
/** Topics whose probability comes this close to the best one's are as likely. */
const CLOSE = 0.45;
/** Log-odds from which a sentence is quoted on its own: nine in ten answerable questions passed. */
const EVIDENCE_ODDS_MIN = -0.27;
/** What is said of a question for which no sentence was found. */
const GATE_CLOSED = -9;

/** A second hearing must be surer, and what is asked may hold this much weight of unknown words. */
const SECOND_HEARING_MARGIN = 0.7;
const ASKED_UNKNOWN_MAX = 0.9;

export interface Resolver {
  resolve(ask: string, background: string, turn: Turn | null): Resolution;
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

  return {
    named,
    resolve(original, background, turn) {
      const { text: spelt, corrected } = vocabulary.correct(original);
      const around = vocabulary.correct(background).text;
      const straight = unfront(spelt, subjects);
      const completed =
        complete(straight, turn, lexicon, subjects) ?? fromBackground(straight, around, lexicon, subjects);
      const ask = completed.ask;
      const mentioned = [...new Set(subjects.mentions(ask).map(({ subject }) => subject))];
      const aboutSubjects = mentioned.length > 0 ? mentioned : completed.subjects;
      const base = { typed: original, ask, corrected, subjects: aboutSubjects, fromThread: completed.fromThread };

      const evidence = once(() => finder.gather(ask));
      const topic = turn === null || ownWords(spelt, lexicon, subjects).length > 0 ? named(spelt) : null;
      if (topic !== null)
        return {
          ...base,
          outcome: { kind: "comparison", topic },
          match: null,
          evidence,
          confidence: null,
          because: `the message is a name of the topic "${topic.id}"`,
        };
      // "cost: containers against VMs" names its topic beside the subjects.
      const aspect = named(ownWords(spelt, lexicon, subjects).join(" "));
      const context = { ...completed, lean: aspect?.id ?? completed.lean };
      const heard = matcher === null ? null : hear(matcher, ask, context, calibration);
      const match = heard?.match ?? null;
      const odds = heard?.odds ?? null;
      const asksForBoth =
        completed.type === "compare" &&
        (aboutSubjects.length !== 1 || /\b(?:two|both|each|either|sides?)\b/i.test(ask));
      const { outcome, because } = decide(parts, { spelt, ask, turn, match, odds, evidence, asksForBoth });
      return { ...base, outcome, match, evidence, confidence: odds, because };
    },
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
  const odds = confidence(match.signals, calibration);
  if (odds >= calibration.answerFrom || match.telling === null) return { match, odds };
  const again = matcher.match(match.telling, { ...context, background: "" });
  const oddsAgain = confidence(again.signals, calibration);
  const asksKnown = match.signals.unknownMass < ASKED_UNKNOWN_MAX;
  return asksKnown && oddsAgain >= calibration.answerFrom + SECOND_HEARING_MARGIN
    ? { match: again, odds: oddsAgain }
    : { match, odds };
}

/** All that is known of a question when it is decided what to do with it. */
interface Understood {
  readonly spelt: string;
  readonly ask: string;
  readonly turn: Turn | null;
  readonly match: Match | null;
  readonly odds: number | null;
  readonly evidence: () => readonly Evidence[];
  readonly asksForBoth: boolean;
}

function decide(
  parts: ResolveParts,
  { spelt, ask, turn, match, odds, evidence, asksForBoth }: Understood,
): { outcome: Outcome; because: string } {
  const { lexicon, subjects, calibration, topics } = parts;
  const own = ownWords(ask, lexicon, subjects);
  const named = subjects.mentions(ask).length > 0;
  const stranger = strangeSide(ask, parts);
  if (stranger !== null)
    return {
      outcome: { kind: "unknown", reason: named ? "not-in-documents" : "off-topic" },
      because: `it sets something against “${stranger}”, which the documents do not know`,
    };
  if (own.length === 0 && !named && turn === null && !asksForLight(ask))
    return { outcome: { kind: "unknown", reason: "unclear" }, because: "nothing in it can be looked for" };
  const best = match?.points[0];
  if (match !== null && odds !== null && best !== undefined) {
    const isVague = turn === null && !named && own.length <= 1 && match.signals.unknownMass < 0.5;
    const pointing = isVague && (pointsBack(spelt) || own.length === 0);
    const [first, second] = match.topics;
    const isClose =
      first !== undefined &&
      second !== undefined &&
      first.probability < (isVague ? VAGUE_GUESS_BELOW : GUESS_BELOW) &&
      second.probability > CLOSE * first.probability;
    const mayAskBack = odds >= calibration.answerFrom - (isVague ? VAGUE_MARGIN : 0) && topics.length > 1;
    if ((pointing || isClose) && mayAskBack)
      return {
        outcome: { kind: "clarify", topics: match.topics.slice(0, 3).map(({ topic }) => topic) },
        because: pointing ? "it points at something it doesn't name" : "two topics are as likely",
      };
    if (odds >= calibration.answerFrom && match.signals.strangeUnits > 0)
      return {
        outcome: { kind: "unknown", reason: "not-in-documents" },
        because: "it asks for a figure that the best statement doesn't give",
      };
    if (odds >= calibration.answerFrom) {
      const [topic] = match.topics;
      const wantsBoth = asksForBoth && topic !== undefined && topic.topic.rows.length > 0;
      const because = `confidence ${odds.toFixed(2)} reaches ${calibration.answerFrom.toFixed(2)}`;
      return wantsBoth && topic !== undefined
        ? { outcome: { kind: "comparison", topic: topic.topic }, because: `${because}; it asks for both sides` }
        : { outcome: { kind: "point", best }, because };
    }
  }
  const [sentence] = evidence();
  if (topics.length === 0 && sentence !== undefined && sentence.odds >= EVIDENCE_ODDS_MIN)
    return {
      outcome: { kind: "evidence" },
      because: `confidence ${sentence.odds.toFixed(2)} in the best sentence reaches ${EVIDENCE_ODDS_MIN}`,
    };
  const isAbout = named || (sentence?.covered ?? 0) >= 0.5 || (match !== null && match.signals.unknownShare < 0.34);
  return {
    outcome: { kind: "unknown", reason: isAbout ? "not-in-documents" : "off-topic" },
    because:
      odds === null
        ? `confidence ${(sentence?.odds ?? GATE_CLOSED).toFixed(2)} in the best sentence is under ${EVIDENCE_ODDS_MIN}`
        : `confidence ${odds.toFixed(2)} is under ${calibration.answerFrom.toFixed(2)}`,
  };
}

const FRONTED =
  /^(?:(?:about|re|regarding|(?:a )?question (?:about|on)):?\s+)?(?<front>[^:,?]{2,40}?)(?::|\s[-–—]|(?<=^[\w-]+(?: [\w-]+){0,2}),)\s+(?<rest>.+)$/i;

const FRONT_PRONOUN = /\b(?:it|they|them)\b/i;

/** "docker: how does it start?" is "how does docker start?". */
function unfront(ask: string, subjects: SubjectFinder): string {
  const { front, rest } = FRONTED.exec(ask)?.groups ?? {};
  if (front === undefined || rest === undefined || subjects.mentions(front).length === 0) return ask;
  if (/^(?:and|or|but|so|if|when|with|for|in|on|what about|how about)\b/i.test(front)) return ask;
  if (FRONT_PRONOUN.test(rest)) return rest.replace(FRONT_PRONOUN, front);
  const isAnnounced = /^(?:about|re\b|regarding|(?:a )?question)/i.test(ask);
  return isAnnounced && subjects.mentions(rest).length > 0 ? rest : ask;
}

const SIDES = [
  /\bbetween\s+(?<one>.+?)\s+and\s+(?<other>.+?)\s*(?:[?.,;:!]|$)/i,
  /(?:^|[,:;]\s*)(?<one>[^,:;]+?)\s+(?:vs\.?|versus|compared (?:to|with))\s+(?<other>[^,:;?]+)/i,
];

/** Of two things that a question sets against each other, the one that neither is a subject nor holds a known word. */
function strangeSide(ask: string, { lexicon, subjects, vocabulary }: ResolveParts): string | null {
  for (const pattern of SIDES) {
    const { one, other } = pattern.exec(ask)?.groups ?? {};
    for (const side of [one, other]) {
      if (side === undefined || subjects.mentions(side).length > 0) continue;
      const told = contentWords(side, lexicon);
      if (!told.some(({ surface }) => surface.split(" ").every(vocabulary.has))) return side;
    }
  }
  return null;
}

/**
 * A phrase by its words as they are and by what they count as. All of its words: "what is a docker volume" is no name
 * of "docker volumes".
 */
function nameKeys(phrase: string, lexicon: Lexicon): [exact: string, folded: string] {
  const all = words(phrase, lexicon);
  const bare = all.filter(({ surface }) => !ARTICLES.has(surface));
  const told = bare.length > 0 ? bare : all;
  const exact = told.map(({ surface }) => surface).join(" ");
  return [`is ${exact}`, `counts as ${told.map(({ term }) => term).join(" ")}`];
}
const ARTICLES = new Set(["a", "an", "the", "compare", "comparison", "topic"]);

/** "how long does it take": light words only, but a way of asking that tells something. */
const asksForLight = (ask: string): boolean => typeOf(ask) === "duration" || typeOf(ask) === "quantity";

function once<T>(make: () => readonly T[]): () => readonly T[] {
  let made: readonly T[] | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A question that only points at what the message says around it is read together with that. */
function fromBackground(ask: string, background: string, lexicon: Lexicon, subjects: SubjectFinder): Completed {
  const own = ownWords(ask, lexicon, subjects);
  const joins = background !== "" && own.length === 0;
  return {
    ask: joins ? `${background} ${ask}` : ask,
    background: joins ? "" : background,
    lean: null,
    subjects: [...new Set(subjects.mentions(background).map(({ subject }) => subject))],
    type: typeOf(ask),
    fromThread: [],
  };
}
