// Rewrites a question that leans on the one before it, so that it stands alone.

import type { Mention } from "../ingest/subjects.ts";
import { tokenize } from "../text/analyzer.ts";
import prepositions from "../text/words/prepositions.json" with { type: "json" };
import {
  AUXILIARIES,
  CONNECTIVES,
  DEMONSTRATIVES,
  oneOf,
  QUESTION_WORDS,
  SUBJECT_PRONOUNS,
  THING_PRONOUNS,
} from "../text/words.ts";
import type { AnalyseQuestion, QuestionAnalysis } from "./analysis.ts";
import type { AnswerType } from "./answer-type.ts";
import { asksOutright } from "./parse.ts";

/** What a thread remembers of its last question that was about something. */
export interface Turn {
  /** The question as it was understood: standing alone. */
  readonly question: QuestionAnalysis;
  readonly topic: string | null;
  readonly subjects: readonly string[];
  /** Id of the statement that headed its answer; null where none did. */
  readonly said: string | null;
}

/** A question made to stand alone. */
export interface FollowUp {
  readonly question: QuestionAnalysis;
  /** What the thread was asked before, where it helps to find the topic. */
  readonly background: string;
  readonly lean: string | null;
  /** Subjects carried over. */
  readonly subjects: readonly string[];
  /** What it expects; where it doesn't say, what the question before it did. */
  readonly answerType: AnswerType;
  /** Topic and subjects taken from the thread. */
  readonly fromThread: readonly string[];
}

const PRONOUN = new RegExp(
  String.raw`\b(?:the (?:second|first|latter|former|other)(?: one)?|${oneOf([...THING_PRONOUNS, ...DEMONSTRATIVES])})\b`,
  "i",
);
const OPENING = /^(?:and|or|but|so|also|then|now|ok|okay|what about|how about|why|really|same|what if|in that case)\b/i;
const ASKS_SOURCE = /\b(?:sources?|documents?|proof|references?|citations?|quote)\b/i;

/** Completes a question from the thread; null where it stands alone or there is nothing to lean on. */
export function rewriteFollowUp(
  question: QuestionAnalysis,
  turn: Turn | null,
  analyse: AnalyseQuestion,
): FollowUp | null {
  if (turn === null) return null;
  const { text, own, answerType: type } = question;
  const { question: earlier } = turn;
  const [mention] = question.mentions;
  if (!OPENING.test(text) && standsAlone(question)) return null;
  const topic = turn.topic === null ? [] : [turn.topic];
  const carried = mention === undefined ? turn.subjects : [];
  const typeOrEarlier = type === "thing" ? earlier.answerType : type;
  const fragment = turn.topic === null && mention === undefined ? fragmentOf(question) : null;
  if (fragment !== null)
    return {
      question: analyse(continued(earlier.text, fragment)),
      background: "",
      lean: null,
      subjects: carried,
      answerType: earlier.answerType,
      fromThread: carried,
    };
  const leaning = { background: "", lean: turn.topic, subjects: carried, fromThread: [...topic, ...carried] };
  if (own.length > 0)
    return {
      ...leaning,
      question: analyse(substitute(withoutConjunction(text), question, turn)),
      background: earlier.text,
      answerType: typeOrEarlier,
    };
  const withEarlier = { ...leaning, question: analyse(`${text} ${earlier.text}`) };
  if (type === "comparison") return { ...withEarlier, answerType: type };
  if (mention !== undefined)
    return {
      ...leaning,
      question: analyse(replaceSubject(earlier, mention)),
      answerType: type === "choice" ? earlier.answerType : typeOrEarlier,
    };
  const asksAnew = !ASKS_SOURCE.test(text) && (type !== "thing" || question.words.length > 2);
  return asksAnew
    ? { ...withEarlier, answerType: typeOrEarlier }
    : { ...leaning, question: earlier, answerType: earlier.answerType };
}

/**
 * Whether a question needs no thread: it says something of its own and points at nothing but what it names itself, it
 * names both subjects ("is a container a VM?"), or it asks what something is.
 */
function standsAlone(question: QuestionAnalysis): boolean {
  const { own, mentions, subjects, answerType, pointsBack } = question;
  if (own.length > 0 && !pointsBack) return true;
  return answerType === "definition" ? mentions.length > 0 : subjects.length > 1 && answerType !== "comparison";
}

/** "and on Windows?", "what about the Lab plan?": what it names, with nothing that is said of it. */
function fragmentOf({ text }: QuestionAnalysis): string | null {
  const [, fragment = ""] = FRAGMENT.exec(text) ?? [];
  const tokens = tokenize(fragment);
  return tokens.length > 0 && tokens.length <= FRAGMENT_WORDS_MAX && !SAYS.test(fragment) ? fragment : null;
}
const FRAGMENT =
  /^(?:(?:and|or|but|ok|okay|so|then)[\s,]+)*(?:(?:what|how) about\s+|(?<=\b(?:and|or|but)[\s,]+))(.+?)[\s?.!]*$/i;
const FRAGMENT_WORDS_MAX = 5;
const SAYS = new RegExp(
  String.raw`\b${oneOf([...AUXILIARIES, ...QUESTION_WORDS, ...SUBJECT_PRONOUNS, ...DEMONSTRATIVES])}\b`,
  "i",
);

/**
 * The earlier question, asked of what a fragment names: it takes the place of the last name that stands in the same way
 * ("on Ubuntu", "on Windows"), and follows the question where no name does.
 */
function continued(earlier: string, fragment: string): string {
  const names = [...earlier.matchAll(NAMED)].filter(({ index }) => index > 0);
  const [, preposition] = PREPOSITION.exec(fragment) ?? [];
  const place = names.findLast(([, before]) => (preposition === undefined) === (before === undefined)) ?? names.at(-1);
  if (place === undefined || !/\p{Lu}/u.test(fragment)) return `${earlier.replace(/[\s?.!]+$/, "")} ${fragment}?`;
  const [whole, before = ""] = place;
  const kept = preposition === undefined ? before : "";
  return `${earlier.slice(0, place.index)}${kept}${fragment}${earlier.slice(place.index + whole.length)}`;
}
const PLACED_BY = oneOf(prepositions.places);
const PREPOSITION = new RegExp(String.raw`^(${PLACED_BY})\b`, "i");
/** A name with the preposition before it. */
const NAMED = new RegExp(String.raw`(\b${PLACED_BY}\s+)?\p{Lu}[\p{L}\p{N}-]*(?:\s\p{Lu}[\p{L}\p{N}-]*)*`, "gu");

/** "and is it free?": what ties a question to the one before it says nothing once it stands alone. */
function withoutConjunction(ask: string): string {
  const rest = ask.replace(CONNECTED, "");
  return asksOutright(rest) ? rest : ask;
}

const CONNECTED = new RegExp(String.raw`^(?:${oneOf(CONNECTIVES)}[\s,]+)+`, "i");

/** Words of the earlier question that may stand in for a pronoun. */
const SUBSTITUTED_WORDS_MAX = 6;

/** "is it fast?" after "what's a docker volume?" is "is docker volume fast?". */
function substitute(text: string, { pointsBack }: QuestionAnalysis, { question: earlier, topic }: Turn): string {
  const thing = earlier.standing
    .slice(0, SUBSTITUTED_WORDS_MAX)
    .map(({ surface }) => surface)
    .join(" ");
  const named = text.replace(PRONOUN, thing);
  return named === text && topic === null && pointsBack ? `${text} ${thing}` : named;
}

/** The earlier question, asked of what the new one names. */
function replaceSubject({ text, mentions }: QuestionAnalysis, mention: Mention): string {
  if (mentions.length === 0) return `${text} ${mention.surface}`;
  const others = mentions.filter(({ subject }) => subject !== mention.subject);
  const replaced = others.length > 0 && others.length < mentions.length ? [] : mentions;
  return replaced.reduce(
    (rest, { surface }) =>
      rest.replace(new RegExp(`\\b(?:an? )?${surface.split(" ").join("[\\s-]+")}\\b`, "iu"), mention.surface),
    text,
  );
}
