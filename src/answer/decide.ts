// All that is known of a question to what it gets: a statement, a comparison, a sentence, a question back, or silence.

import { SearchUnavailable } from "../errors.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { EVIDENCE_ODDS_MIN } from "../evidence/sentence-ranker.ts";
import type { Calibration } from "../ingest/calibration.ts";
import type { Topic } from "../ingest/faq.ts";
import type { Section } from "../ingest/sections.ts";
import type { SubjectFinder } from "../ingest/subjects.ts";
import type { SideBySide } from "../ingest/tables.ts";
import type { Vocabulary } from "../ingest/vocabulary.ts";
import { questionTypeOf } from "../question/answer-type.ts";
import { ownWords, pointsBack, type Turn } from "../question/follow-up.ts";
import { strangeSide } from "../question/phrasing.ts";
import type { Lexicon } from "../text/analyzer.ts";
import type { Match, StatementScore } from "../topics/matcher.ts";
import type { Outline } from "./offers.ts";

export type Outcome =
  | { readonly kind: "statement"; readonly best: StatementScore }
  | { readonly kind: "comparison"; readonly topic: Topic }
  | { readonly kind: "section"; readonly section: Section }
  | { readonly kind: "table"; readonly table: SideBySide }
  | { readonly kind: "evidence" }
  | { readonly kind: "clarify"; readonly topics: readonly Topic[] }
  | { readonly kind: "unknown"; readonly reason: "off-topic" | "not-in-documents" | "unclear" | "not-searched" };

export interface DecideParts {
  readonly lexicon: Lexicon;
  readonly vocabulary: Vocabulary;
  readonly subjects: SubjectFinder;
  readonly topics: readonly Topic[];
  /** What else can be asked for; null where nothing but topics is answered. */
  readonly outline: Outline | null;
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
/** What is said of a question for which no sentence was found. */
const GATE_CLOSED = -9;

/** All that is known of a question when it is decided what to do with it. */
export interface Understood {
  readonly spelt: string;
  readonly ask: string;
  /** What the message says around it. */
  readonly around: string;
  readonly turn: Turn | null;
  readonly match: Match | null;
  readonly odds: number | null;
  /** Rejects with SearchUnavailable where the documents can't be searched now. */
  readonly search: () => Promise<readonly Evidence[]>;
  readonly asksForBoth: boolean;
}

/** What to do with a question, and why, in plain words. */
export async function decide(
  parts: DecideParts,
  { spelt, ask, around, turn, match, odds, search, asksForBoth }: Understood,
): Promise<{ outcome: Outcome; because: string }> {
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
  const best = match?.statements[0];
  if (match !== null && odds !== null && best !== undefined) {
    const isVague = turn === null && !named && own.length <= 1 && match.signals.unknownMass < 0.5;
    const pointing = isVague && around === "" && (pointsBack(spelt) || own.length === 0);
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
        : { outcome: { kind: "statement", best }, because };
    }
  }
  const table = questionTypeOf(ask) === "compare" ? (parts.outline?.tables.compare(ask) ?? null) : null;
  if (table !== null) return { outcome: { kind: "table", table }, because: "a table sets side by side what it names" };
  const found = await searched(search);
  if (found instanceof SearchUnavailable)
    return { outcome: { kind: "unknown", reason: "not-searched" }, because: found.message };
  const [sentence] = found;
  if (parts.outline !== null && sentence !== undefined && sentence.odds >= EVIDENCE_ODDS_MIN)
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

/** What was found, or why nothing could be looked for. */
async function searched(search: Understood["search"]): Promise<readonly Evidence[] | SearchUnavailable> {
  try {
    return await search();
  } catch (error) {
    if (error instanceof SearchUnavailable) return error;
    throw error;
  }
}

/** "how long does it take", "which one is better": light words only, but a way of asking that tells something. */
const asksForLight = (ask: string): boolean =>
  questionTypeOf(ask) === "duration" || questionTypeOf(ask) === "quantity" || CHOOSES.test(ask);
const CHOOSES =
  /\bwhich (?:one|is|are|of (?:them|these|those|the two))\b.*\b(?:better|best|worse|worst|more|most|less|least|\p{L}{3,}(?:er|est))\b/iu;
