// The way a question asks to the kind of thing its answer must hold.

import { tokenize } from "../text/analyzer.ts";

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
export function questionTypeOf(ask: string): QuestionType {
  const text = ` ${tokenize(ask).join(" ")} `;
  const found = TYPES.find(([, pattern]) => pattern.test(text));
  return found?.[0] ?? "open";
}

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
