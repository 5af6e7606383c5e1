// A question that leans on the one before it to a question that stands alone.

import { type QuestionType, typeOf } from "./question.ts";
import type { SubjectFinder } from "./subjects.ts";
import { type Lexicon, tokenize } from "./terms.ts";
import { contentWords } from "./vocabulary.ts";

/** What a thread remembers of its last question that was about something. */
export interface Turn {
  /** The question as it was understood: standing alone. */
  readonly ask: string;
  readonly topic: string | null;
  readonly subjects: readonly string[];
}

/** A question made to stand alone. */
export interface Completed {
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
    "says said proof reference references quote citation true sure case idea happen happens work works difference"
  ).split(" "),
);
const POINTING =
  /\b(?:it|its|they|them|their|that|this|those|these|there|then|one|ones|both|two|latter|former|second|first|other|others)\b/i;
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
export function complete(ask: string, turn: Turn | null, lexicon: Lexicon, subjects: SubjectFinder): Completed | null {
  if (turn === null) return null;
  const own = ownWords(ask, lexicon, subjects);
  const mentions = subjects.mentions(ask);
  const [mention] = mentions;
  const fromTopic = turn.topic === null ? [] : [turn.topic];
  if (own.length === 0 && mention !== undefined)
    return {
      ask: replaceSubject(turn.ask, mention, subjects),
      background: "",
      lean: turn.topic,
      subjects: [],
      type: typeOf(ask) === "open" || typeOf(ask) === "which" ? typeOf(turn.ask) : typeOf(ask),
      fromThread: fromTopic,
    };
  if (own.length === 0) {
    const repeats = ASKS_SOURCE.test(ask) || tokenize(ask).length < 2 === (typeOf(ask) === "open");
    const type = typeOf(ask);
    const asksAnew = !ASKS_SOURCE.test(ask) && (type !== "open" || !repeats);
    return {
      ask: asksAnew ? `${ask} ${turn.ask}` : turn.ask,
      background: "",
      lean: turn.topic,
      subjects: turn.subjects,
      type: asksAnew && type !== "open" ? type : typeOf(turn.ask),
      fromThread: [...fromTopic, ...turn.subjects],
    };
  }
  if (!POINTING.test(ask) && !OPENING.test(ask)) return null;
  return {
    ask,
    background: turn.ask,
    lean: turn.topic,
    subjects: mention === undefined ? turn.subjects : [],
    type: typeOf(ask),
    fromThread: [...fromTopic, ...(mention === undefined ? turn.subjects : [])],
  };
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
    (text, { surface }) => text.replace(new RegExp(`\\b(?:an? )?${surface.split(" ").join("[\\s-]+")}\\b`, "iu"), mention.surface),
    earlier,
  );
}
