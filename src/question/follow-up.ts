// A question that leans on the one before it to a question that stands alone.

import type { Mention, SubjectFinder } from "../ingest/subjects.ts";
import { contentWords } from "../ingest/vocabulary.ts";
import { type Lexicon, tokenize } from "../text/analyzer.ts";
import { type QuestionType, questionTypeOf } from "./answer-type.ts";
import { asksOutright } from "./parse.ts";

/** What a thread remembers of its last question that was about something. */
export interface Turn {
  /** The question as it was understood: standing alone. */
  readonly ask: string;
  readonly topic: string | null;
  readonly subjects: readonly string[];
}

/** A question made to stand alone. */
export interface FollowUp {
  readonly ask: string;
  /** What the thread was asked before, where it helps to find the topic. */
  readonly background: string;
  readonly lean: string | null;
  /** Subjects carried over. */
  readonly subjects: readonly string[];
  readonly type: QuestionType;
  /** Topic and subjects taken from the thread. */
  readonly fromThread: readonly string[];
}

/** Words that point back or frame, and say nothing on their own. */
const LIGHT = new Set(
  (
    "something anything everything nothing first second former latter other others two both again source sources document documents " +
    "says said proof reference references quote citation true sure case idea happen happens difference " +
    "take takes took long need needs vs versus compare compared comparing comparison side sides better instead"
  ).split(" "),
);
/** Pronouns, "the second one", "both"; "that" where it isn't a conjunction. */
const POINTING = new RegExp(
  [
    "\\b(?:its?|they|them|their|this|those|these|there|then|latter|former)\\b",
    "\\b(?:which|the|this|that|first|second|other) ones?\\b",
    "\\bthe (?:first|second|others?|two)\\b(?! [a-z])",
    "\\bthe two\\b|\\bboth\\b(?! [a-z]+s\\b)",
    "\\b(?:about|after|against|before|by|do|does|for|from|in|is|like|of|on|than|to|was|why|with) that\\b",
    "\\bthat\\b(?=\\W*$)",
  ].join("|"),
  "i",
);
const PRONOUN = /\b(?:the (?:second|first|latter|former|other)(?: one)?|it|they|them|that|this|those|these)\b/i;
const OPENING = /^(?:and|or|but|so|also|then|now|ok|okay|what about|how about|why|really|same|what if|in that case)\b/i;
const ASKS_SOURCE = /\b(?:sources?|documents?|proof|references?|citations?|quote)\b/i;

/** Whether the question points at something that it doesn't name. */
export const pointsBack = (ask: string): boolean => POINTING.test(ask);

/** The content words of a question that say something on their own, subjects left out. */
export function ownWords(ask: string, lexicon: Lexicon, subjects: SubjectFinder): string[] {
  return contentWords(ask, lexicon)
    .filter(({ surface, term }) => !subjects.isSubject(term) && !LIGHT.has(surface))
    .map(({ surface }) => surface);
}

/** Completes a question from the thread; null where it stands alone or there is nothing to lean on. */
export function rewriteFollowUp(
  ask: string,
  turn: Turn | null,
  lexicon: Lexicon,
  subjects: SubjectFinder,
): FollowUp | null {
  if (turn === null) return null;
  const own = ownWords(ask, lexicon, subjects);
  const mentions = subjects.mentions(ask);
  const [mention] = mentions;
  const type = questionTypeOf(ask);
  if (!OPENING.test(ask) && standsAlone(ask, type, own, mentions)) return null;
  const topic = turn.topic === null ? [] : [turn.topic];
  const carried = mention === undefined ? turn.subjects : [];
  const fragment = turn.topic === null && mention === undefined ? fragmentOf(ask) : null;
  if (fragment !== null)
    return {
      ask: continued(turn.ask, fragment),
      background: "",
      lean: null,
      subjects: carried,
      type: questionTypeOf(turn.ask),
      fromThread: carried,
    };
  const leaning = { background: "", lean: turn.topic, subjects: carried, fromThread: [...topic, ...carried] };
  if (own.length > 0)
    return {
      ...leaning,
      ask: substitute(withoutConjunction(ask), turn, lexicon),
      background: turn.ask,
      type: type === "open" ? questionTypeOf(turn.ask) : type,
    };
  if (type === "compare") return { ...leaning, ask: `${ask} ${turn.ask}`, type };
  if (mention !== undefined)
    return {
      ...leaning,
      ask: replaceSubject(turn.ask, mention, subjects),
      type: type === "open" || type === "which" ? questionTypeOf(turn.ask) : type,
    };
  if (type === "why" && tokenize(ask).length <= WHY_WORDS_MAX)
    return { ...leaning, ask: `why ${turn.ask.replace(QUESTION_WORDS, "")}`, type };
  const asksAnew = !ASKS_SOURCE.test(ask) && (type !== "open" || tokenize(ask).length > 2);
  return asksAnew
    ? { ...leaning, ask: `${ask} ${turn.ask}`, type: type === "open" ? questionTypeOf(turn.ask) : type }
    : { ...leaning, ask: turn.ask, type: questionTypeOf(turn.ask) };
}

/** "why?", "and why is that?" */
const WHY_WORDS_MAX = 4;
/** What "why" takes the place of: "why?" after "how quickly do VMs start?" is "why do VMs start?". */
const QUESTION_WORDS = /^(?:how (?:quickly|fast|long|soon|many|much)|what|which|when|where|who)\b\s*/i;

/**
 * Whether a question needs no thread: it says something of its own and points at nothing but what it names itself, it
 * names both subjects ("is a container a VM?"), or it asks what something is.
 */
function standsAlone(ask: string, type: QuestionType, own: readonly string[], mentions: readonly Mention[]): boolean {
  const [mention] = mentions;
  const pointsOnlyWithin = mention !== undefined && !POINTING.test(ask.replace(PRONOUNS_OF_ITS_OWN, ""));
  if (own.length > 0 && (!POINTING.test(ask) || pointsOnlyWithin)) return true;
  const namesBoth = new Set(mentions.map(({ subject }) => subject)).size > 1;
  return type === "define" ? mention !== undefined : namesBoth && type !== "compare";
}

/** "how does Docker save its state?": words that may point at a subject of the same question. */
const PRONOUNS_OF_ITS_OWN = /\b(?:its|their|them)\b/gi;

/** "and on Windows?", "what about the Lab plan?": what it names, with nothing that is said of it. */
function fragmentOf(ask: string): string | null {
  const [, fragment = ""] = FRAGMENT.exec(ask) ?? [];
  const tokens = tokenize(fragment);
  return tokens.length > 0 && tokens.length <= FRAGMENT_WORDS_MAX && !SAYS.test(fragment) ? fragment : null;
}
const FRAGMENT =
  /^(?:(?:and|or|but|ok|okay|so|then)[\s,]+)*(?:(?:what|how) about\s+|(?<=\b(?:and|or|but)[\s,]+))(.+?)[\s?.!]*$/i;
const FRAGMENT_WORDS_MAX = 5;
const SAYS =
  /\b(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|may|might|must|has|have|had|what|which|who|when|where|why|how|i|we|you|they|it|that|this|those|these)\b/i;

/**
 * The earlier question, asked of what a fragment names: it takes the place of the last name that stands in the same way
 * ("on Ubuntu", "on Windows"), and follows the question where no name does.
 */
function continued(earlier: string, fragment: string): string {
  const names = [...earlier.matchAll(NAMED)].filter(({ index }) => index > 0);
  const [, preposition] = PREPOSITION.exec(fragment) ?? [];
  const place = names.findLast(([, before]) => preposition !== undefined || before === undefined) ?? names.at(-1);
  if (place === undefined || !/\p{Lu}/u.test(fragment)) return `${earlier.replace(/[\s?.!]+$/, "")} ${fragment}?`;
  const [whole, before = ""] = place;
  const kept = preposition === undefined ? before : "";
  return `${earlier.slice(0, place.index)}${kept}${fragment}${earlier.slice(place.index + whole.length)}`;
}
const PREPOSITIONS = "in|on|at|for|from|to|with|without|outside|inside|under|within";
const PREPOSITION = new RegExp(`^(${PREPOSITIONS})\\b`, "i");
/** A name with the preposition before it. */
const NAMED = new RegExp(String.raw`(\b(?:${PREPOSITIONS})\s+)?\p{Lu}[\p{L}\p{N}-]*(?:\s\p{Lu}[\p{L}\p{N}-]*)*`, "gu");

/** "and is it free?": what ties a question to the one before it says nothing once it stands alone. */
function withoutConjunction(ask: string): string {
  const rest = ask.replace(/^(?:(?:and|but|so|or|ok|okay|then|also)[\s,]+)+/i, "");
  return asksOutright(rest) ? rest : ask;
}

/** Words of the earlier question that may stand in for a pronoun. */
const SUBSTITUTED_WORDS_MAX = 6;

/** "is it fast?" after "what's a docker volume?" is "is docker volume fast?". */
function substitute(ask: string, turn: Turn, lexicon: Lexicon): string {
  const thing = contentWords(turn.ask, lexicon)
    .filter(({ surface }) => !LIGHT.has(surface))
    .slice(0, SUBSTITUTED_WORDS_MAX)
    .map(({ surface }) => surface)
    .join(" ");
  const named = ask.replace(PRONOUN, thing);
  return named === ask && turn.topic === null && pointsBack(ask) ? `${ask} ${thing}` : named;
}

/** The earlier question, asked of what the new one names. */
function replaceSubject(
  earlier: string,
  mention: { readonly subject: string; readonly surface: string },
  subjects: SubjectFinder,
): string {
  const inEarlier = subjects.mentions(earlier);
  if (inEarlier.length === 0) return `${earlier} ${mention.surface}`;
  const others = inEarlier.filter(({ subject }) => subject !== mention.subject);
  const replaced = others.length > 0 && others.length < inEarlier.length ? [] : inEarlier;
  return replaced.reduce(
    (text, { surface }) =>
      text.replace(new RegExp(`\\b(?:an? )?${surface.split(" ").join("[\\s-]+")}\\b`, "iu"), mention.surface),
    earlier,
  );
}
