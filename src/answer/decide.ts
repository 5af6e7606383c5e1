// Decides what a question gets: a statement, a comparison, a sentence, a question back, or silence. Policy only.

import { SearchUnavailable } from "../errors.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { FoundPassages } from "../evidence/passage-finder.ts";
import type { Calibration } from "../ingest/calibration.ts";
import type { Faq, Topic } from "../ingest/faq.ts";
import type { Section } from "../ingest/sections.ts";
import type { SideBySide } from "../ingest/tables.ts";
import type { QuestionAnalysis } from "../question/analysis.ts";
import { givesReason, isFigure } from "../question/answer-type.ts";
import type { Match, StatementScore } from "../topics/matcher.ts";
import type { Outline } from "./offers.ts";
import type { Understood } from "./understand.ts";

export type Outcome =
  | { readonly kind: "statement"; readonly best: StatementScore }
  | { readonly kind: "comparison"; readonly topic: Topic }
  | { readonly kind: "section"; readonly section: Section }
  | { readonly kind: "table"; readonly table: SideBySide }
  | { readonly kind: "passage" }
  | { readonly kind: "leads" }
  | { readonly kind: "clarify"; readonly topics: readonly Topic[] }
  | { readonly kind: "unknown"; readonly reason: "off-topic" | "not-in-documents" | "unclear" | "not-searched" };

export interface DecideParts {
  readonly topics: readonly Topic[];
  /** What else can be asked for; null where nothing but topics is answered. */
  readonly outline: Outline | null;
  readonly calibration: Calibration;
  /** What a question gets that no topic answers. */
  readonly elsewhere: Faq["elsewhere"];
}

/** Set by hand; `npm run bench -- ablate` has what each is worth. */
export const DECISION = Object.freeze({
  /** A best topic below this probability is a guess: held-out questions were answered rightly two times in five. */
  guessBelow: 0.45,
  /** The same for a question of one telling word. */
  vagueGuessBelow: 0.6,
  /** A vague question is asked back although it is so much less sure than what is answered. */
  vagueMargin: 2.5,
  /** Topics whose probability comes this close to the best one's are as likely. */
  close: 0.45,
});

/** What was found for a question. */
export interface Found {
  readonly understood: Understood;
  readonly match: Match | null;
  /** Log-odds that the best topic is right. */
  readonly odds: number | null;
  /** @throws SearchUnavailable where the documents can't be searched now */
  readonly search: () => Promise<readonly Evidence[]>;
  /** The passages that may answer; null where none is looked for or found. */
  readonly located: () => Promise<FoundPassages | null>;
}

export interface Decision {
  readonly outcome: Outcome;
  /** In plain words. */
  readonly because: string;
}

/** What to do with a question, and why. */
export async function decide(parts: DecideParts, found: Found): Promise<Decision> {
  const { question, turn } = found.understood;
  // "how long does it take" has light words only, but a way of asking that tells something.
  if (question.own.length === 0 && question.mentions.length === 0 && turn === null && !isFigure(question.answerType))
    return { outcome: { kind: "unknown", reason: "unclear" }, because: "nothing in it can be looked for" };
  return byTopic(parts, found) ?? bySides(parts, question) ?? (await byEvidence(parts, found));
}

/** What the FAQ's topics answer; null where none does. */
function byTopic({ calibration, topics }: DecideParts, { understood, match, odds }: Found): Decision | null {
  const { answerFrom } = calibration;
  const [best] = match?.statements ?? [];
  if (match === null || odds === null || best === undefined) return null;
  const isVague = isOneWord(understood) && match.signals.unknownMass < 0.5;
  const isPointing = isVague && understood.around === null && (understood.spelt.pointsBack || isEmpty(understood));
  const mayAskBack = odds >= answerFrom - (isVague ? DECISION.vagueMargin : 0) && topics.length > 1;
  if ((isPointing || isClose(match, isVague)) && mayAskBack)
    return {
      outcome: { kind: "clarify", topics: match.topics.slice(0, 3).map(({ topic }) => topic) },
      because: isPointing ? "it points at something it doesn't name" : "two topics are as likely",
    };
  if (odds < answerFrom) return null;
  if (match.signals.strangeUnits > 0)
    return {
      outcome: { kind: "unknown", reason: "not-in-documents" },
      because: "it asks for a figure that the best statement doesn't give",
    };
  const because = `confidence ${odds.toFixed(2)} reaches ${answerFrom.toFixed(2)}`;
  const reason = asksOnlyWhy(understood) ? reasonOf(match, understood) : null;
  if (reason !== null)
    return {
      outcome: { kind: "statement", best: reason },
      because: `${because}; it asks why, and this gives a reason`,
    };
  return asksForBoth(understood) && best.topic.rows.length > 0
    ? { outcome: { kind: "comparison", topic: best.topic }, because: `${because}; it asks for both sides` }
    : { outcome: { kind: "statement", best }, because };
}

/** "why?" after an answer. */
const asksOnlyWhy = ({ spelt, turn }: Understood): boolean =>
  turn !== null && spelt.answerType === "reason" && spelt.own.length === 0 && spelt.mentions.length === 0;

/** The likeliest statement of the topic that gives a reason and is not what was said before. */
function reasonOf({ topics: [first], statements }: Match, { turn }: Understood): StatementScore | null {
  const reason = statements.find(
    ({ topic, statement, features }) =>
      topic === first?.topic &&
      statement.kind !== "disagreement" &&
      statement.id !== turn?.said &&
      features.subjects > 0 &&
      givesReason(statement.text),
  );
  return reason ?? null;
}

const isOneWord = ({ turn, question }: Understood): boolean =>
  turn === null && question.mentions.length === 0 && question.own.length <= 1;

const isEmpty = ({ question }: Understood): boolean => question.own.length === 0;

function isClose({ topics: [first, second] }: Match, isVague: boolean): boolean {
  if (first === undefined || second === undefined) return false;
  const guessBelow = isVague ? DECISION.vagueGuessBelow : DECISION.guessBelow;
  return first.probability < guessBelow && second.probability > DECISION.close * first.probability;
}

const asksForBoth = ({ followUp, question, subjects }: Understood): boolean =>
  followUp.answerType === "comparison" &&
  (subjects.length !== 1 || /\b(?:two|both|each|either|sides?)\b/i.test(question.text));

/** Two things that the documents set side by side in a table, or that have a section each. */
function bySides({ outline }: DecideParts, { text, answerType }: QuestionAnalysis): Decision | null {
  if (outline === null || answerType !== "comparison") return null;
  const table = outline.tables.compare(text);
  if (table !== null) return { outcome: { kind: "table", table }, because: "a table sets side by side what it names" };
  const pair = outline.pairs.compare(text);
  return pair === null
    ? null
    : { outcome: { kind: "table", table: pair }, because: "each of the two things that it names has a section" };
}

/** What the documents themselves answer, else how near they come. */
async function byEvidence(
  { calibration, elsewhere }: DecideParts,
  { understood, odds, search, located }: Found,
): Promise<Decision> {
  const found = await searched(search);
  if (found instanceof SearchUnavailable)
    return { outcome: { kind: "unknown", reason: "not-searched" }, because: found.message };
  const [sentence] = found;
  const passages = await located();
  const spoken = passages === null ? null : byPassages(passages, elsewhere);
  if (spoken !== null) return spoken;
  // Nothing is called foreign of which a word stands in the documents.
  const isAbout = understood.question.mentions.length > 0 || sentence !== undefined;
  return {
    outcome: { kind: "unknown", reason: isAbout ? "not-in-documents" : "off-topic" },
    because:
      odds !== null
        ? `confidence ${odds.toFixed(2)} is under ${calibration.answerFrom.toFixed(2)}`
        : sentence === undefined
          ? "no sentence of the documents was found for it"
          : `the passages are ${Math.abs(passages?.answerable ?? 0).toFixed(2)} short of what is led to`,
  };
}

/** Said where the first passage is sure enough, led to where the documents are. */
function byPassages({ right, answerable }: FoundPassages, elsewhere: Faq["elsewhere"]): Decision | null {
  if (elsewhere === "quote" && right >= 0)
    return { outcome: { kind: "passage" }, because: `the first passage is ${right.toFixed(2)} above what is said` };
  return answerable > 0 || right >= 0
    ? { outcome: { kind: "leads" }, because: `the passages are ${answerable.toFixed(2)} above what is led to` }
    : null;
}

/** What was found, or why nothing could be looked for. */
async function searched(search: Found["search"]): Promise<readonly Evidence[] | SearchUnavailable> {
  try {
    return await search();
  } catch (error) {
    if (error instanceof SearchUnavailable) return error;
    throw error;
  }
}
