// The way a question asks to the kind of thing its answer must hold.

import { tokenize } from "./terms.ts";

export type QuestionType =
  | "compare"
  | "duration"
  | "quantity"
  | "define"
  | "why"
  | "how"
  | "which"
  | "who"
  | "where"
  | "when"
  | "open";

/** How a question asks, by its first words. */
export function typeOf(ask: string): QuestionType {
  const text = ` ${tokenize(ask).join(" ")} `;
  const found = TYPES.find(([, pattern]) => pattern.test(text));
  return found?.[0] ?? "open";
}

/** Whether a text holds the kind of thing that is asked for: 1 or 0, 0.5 where the way of asking doesn't tell. */
export function holdsAsked(type: QuestionType, text: string): number {
  const cue = CUES[type];
  return cue === undefined ? 0.5 : cue.test(text) ? 1 : 0;
}

/** What the units in a text measure: "ms" and "minutes" are both time. */
export const unitsOf = (text: string): string[] =>
  UNITS.flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));

const TYPES: readonly (readonly [QuestionType, RegExp])[] = [
  [
    "compare",
    /\b(?:vs|versus|compare|compares|compared|comparing|comparison|differences?|distinctions?|differs?|different from|side by side)\b/,
  ],
  [
    "duration",
    /\bhow (?:long|fast|quick|quickly|soon|rapidly)\b|\b(?:how many|how much) (?:milliseconds|ms|seconds|minutes|hours|time)\b|\bwhat time\b/,
  ],
  ["quantity", /\bhow (?:many|much|big|large|small|heavy|often)\b|\b(?:number|amount|size|maximum|minimum) of\b/],
  ["why", /\b(?:why|how come|what for|reasons?|what makes|because of what|what causes|cause of)\b/],
  [
    "define",
    /^ (?:(?:so|and|ok|but) )*(?:what (?:is|are)|whats|define|definition|meaning|explain what) |\b(?:stands? for|mean|meant by|definition of)\b/,
  ],
  ["who", /\b(?:who|whom|whose)\b/],
  ["where", /\bwhere\b/],
  ["when", /\bwhen\b/],
  ["which", /\b(?:which|what)\b/],
  ["how", /\bhow\b/],
];

const CUES: Partial<Record<QuestionType, RegExp>> = {
  duration:
    /\b(?:milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|ms|faster|slower|quick(?:ly|er)?|at once|instant(?:ly)?|time)\b/i,
  quantity:
    /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|MB|GB|TB|percent|several|no|little|less|fewer|few|small|much|more|many|same|whole|entire)\b|%/i,
  why: /\b(?:because|since|therefore|so that|due to|reasons?|thanks to|as|so|for|which)\b/i,
  when: /\b(?:when|while|after|before|during|until|once|where|for|if)\b|\b\d{4}\b/i,
};

const UNITS: readonly (readonly [string, RegExp])[] = [
  ["time", /\b(?:milliseconds?|ms|seconds|(?:\d|per|each|every|a few) ?second|secs?|minutes?|mins?|hours?)\b/i],
  ["size", /\b(?:[kmgt]bs?|(?:kilo|mega|giga|tera)?bytes?|megs?|gigs?)\b/i],
  ["share", /%|\bper ?cent(?:age)?\b/i],
  ["money", /[$€£]|\b(?:dollars?|euros?|usd|eur|bucks|pounds)\b/i],
  ["date", /\b(?:(?:what|which) (?:year|month|date)|(?:19|20)\d\d)\b/i],
  ["frequency", /\b[mg]hz\b/i],
];
