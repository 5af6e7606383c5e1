// Tells the type of answer a question expects (a time, a number, a person …), and whether a sentence holds one.

import { tokenize } from "../text/analyzer.ts";
import { unitNames, unitShorts } from "../text/quantities.ts";
import {
  ARTICLES,
  AUXILIARIES,
  CONNECTIVES,
  LOOSE_AMOUNTS,
  MAGNITUDES,
  MONTHS,
  MULTIPLES,
  NUMBERS,
  oneOf,
  WEEKDAYS,
} from "../text/words.ts";

export type AnswerType =
  | "comparison"
  | "time"
  | "date"
  | "money"
  | "share"
  | "length"
  | "temperature"
  | "number"
  | "phone"
  | "address"
  | "reason"
  | "person"
  | "place"
  | "definition"
  | "manner"
  | "choice"
  | "thing";

/**
 * What a question expects, by the words it asks with: "choice" where it says no more than "which" or "what", "thing"
 * where it has no question word at all.
 * @param words as `tokenize` gives them
 */
export function answerTypeOf(words: readonly string[]): AnswerType {
  const text = ` ${words.join(" ")} `;
  return TYPES.find(([, pattern]) => pattern.test(text))?.[0] ?? "thing";
}

/**
 * Whether a sentence holds what is expected in other words than the question's, or again beside them ("10 machines for 10
 * applications"): 1 or 0, 0.5 where anything may be it.
 * @param asked the question's words, as `tokenize` gives them
 */
export function holdsAnswerType(type: AnswerType, text: string, asked: ReadonlySet<string>): number {
  const cue = CUES[type];
  if (cue === undefined) return 0.5;
  const repeated = new Set<string>();
  const counted = type === "number" ? text.replace(COUNTS_NOTHING, " ") : text;
  for (const [found] of counted.matchAll(cue)) {
    const told = tokenize(found).join(" ");
    if (!asked.has(told) || repeated.has(told)) return 1;
    repeated.add(told);
  }
  return 0;
}

/** Whether a text gives a reason in so many words: with a connective that means nothing else. */
export const givesReason = (text: string): boolean => CAUSAL.test(text);
const CAUSAL = /\b(?:because|since|so that|due to|owing to|thanks to|on account of|which is why|that is why)\b/i;

/** The words that name what is expected; a thing of the kind stands for them. */
export const wordsNaming = (type: AnswerType): ReadonlySet<string> => WORDS[type] ?? NO_WORDS;
const NO_WORDS: ReadonlySet<string> = new Set();
const WORDS: Partial<Record<AnswerType, ReadonlySet<string>>> = {
  time: new Set([
    "time",
    "duration",
    "deadline",
    "fast",
    "quick",
    "quickly",
    "soon",
    "rapidly",
    "take",
    "takes",
    "took",
  ]),
  date: new Set(["date", "day", "time", "month", "year"]),
  money: new Set(["money", "cost", "costs", "price", "fee", "pay", "paid", "charge", "charged", "spend", "spent"]),
  share: new Set(["percent", "percentage", "share", "proportion", "fraction"]),
  length: new Set(["length", "distance", "height", "width", "depth", "high", "tall", "deep", "wide", "far"]),
  temperature: new Set(["temperature", "cold", "hot", "warm"]),
  number: new Set(["number", "amount"]),
  person: new Set(["person", "name"]),
  place: new Set(["place", "location"]),
  reason: new Set(["reason", "cause", "causes", "purpose"]),
  definition: new Set(["definition", "define", "meaning", "stand", "stands"]),
};

/** Kinds of figures: what holds one is rarely about anything else. */
export const isFigure = (type: AnswerType): boolean => FIGURES.has(type);
const FIGURES: ReadonlySet<AnswerType> = new Set([
  "time",
  "date",
  "money",
  "share",
  "length",
  "temperature",
  "number",
  "phone",
  "address",
]);

const TYPES: readonly (readonly [AnswerType, RegExp])[] = [
  [
    "comparison",
    /\b(?:vs|versus|compare|compares|compared|comparing|comparison|differences?|distinctions?|differs?|different from|side by side)\b/,
  ],
  ["phone", /\b(?:phone|telephone|mobile|fax) numbers?\b/],
  ["address", /\b(?:e ?mail|mail|web|postal|street) address(?:es)?\b/],
  [
    "time",
    new RegExp(
      String.raw`\bhow (?:long|fast|quick|quickly|soon|rapidly)\b|` +
        String.raw`\bhow (?:many|much) ${oneOf([...unitNames("time"), "time"])}\b|\b(?:duration|deadline|notice period)\b`,
    ),
  ],
  [
    "date",
    new RegExp(
      String.raw`^ (?:${oneOf(CONNECTIVES)} )*when\b|\bwhen ${oneOf(AUXILIARIES)}\b|\b(?:until|till|since|by|from) when\b|` +
        String.raw`\bwhen $|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time|weekday)s?\b`,
    ),
  ],
  [
    "money",
    /\bhow much (?:is|are|was|were|s) (?:an?|the|one|it|that|this|my|our|your) (?!.*\b(?:left|used|needed|allowed|free)\b)|\bhow much (?:\w+ ){0,10}(?:cost|costs|pay|paid|spend|spent|charge|charged|earn|money|worth)\b|\b(?:what|which) (?:\w+ ){0,3}(?:price|cost|fee|salary|budget|fare)s?\b/,
  ],
  ["share", /\b(?:percent|percentage|share|proportion|fraction) (?:of|is|are|was|did|do)\b/],
  [
    "length",
    /\bhow (?:far (?:is|are|away|apart|from)|(?:high|tall|deep|wide) (?:is|are|was|were))\b|\b(?:what|which) (?:\w+ ){0,2}(?:length|distance|height|width|depth)\b/,
  ],
  ["temperature", /\bhow (?:cold|hot|warm)\b|\b(?:what|which) (?:\w+ ){0,2}temperature\b/],
  [
    "number",
    /\bhow (?:many|much|big|large|small|heavy|often|far|high|old|deep)\b|\b(?:what|which) (?:\w+ ){0,2}(?:number|amount|size|maximum|minimum|population|limit|quota)\b/,
  ],
  [
    "reason",
    /\b(?:why|how come|what for|reasons?|what makes|because of what|what causes?|what caused|cause of|purpose)\b/,
  ],
  [
    "person",
    /\b(?:who|whom|whose)\b|\b(?:what|which) (?:\w+ )?(?:person|team|leader|author|company|organization|group|president)s?\b|\bname of\b/,
  ],
  [
    "place",
    /\bwhere\b|\b(?:what|which) (?:\w+ )?(?:city|country|countries|cities|place|state|region|town|river|channel|room|building|area|location|nation|continent|county|district)s?\b/,
  ],
  [
    "definition",
    new RegExp(
      `^ (?:${oneOf(CONNECTIVES)} )*(?:whats|define|definition|meaning|` +
        String.raw`what (?:is|are) (?:${oneOf(ARTICLES)} )?\w+(?: \w+)? $)|\b(?:stands? for|mean|means|meant by|definition of)\b`,
    ),
  ],
  ["choice", /\b(?:which|what)\b/],
  ["manner", /\bhow\b/],
];

const NUMBER = oneOf(NUMBERS.keys());
const FIGURE = new RegExp(
  String.raw`\d[\d.,:]*|\b(?:${NUMBER}|${oneOf(MAGNITUDES)}s?|${oneOf([...MULTIPLES, ...LOOSE_AMOUNTS, ...unitNames("size")])})\b`,
  "gi",
);
const MONTH = oneOf(MONTHS);
/** Numbers that tell no amount: of a date, of a version; "the one". */
const COUNTS_NOTHING = new RegExp(
  [
    String.raw`\b\d{1,2} ${MONTH}(?: \d{4})?\b`,
    String.raw`\b${MONTH} \d{1,2}(?:, \d{4})?\b`,
    String.raw`\b(?:in|since|until|before|after|of|by) (?:1\d|20)\d\d\b(?! \p{L})`,
    String.raw`\b(?:version|release|v)\.? ?\d[\d.]*`,
    String.raw`\b(?:the|this|that|which|every|any) one\b`,
  ].join("|"),
  "giu",
);
const NAME = /(?<=[\p{L}\p{N},;:)]\s+["“(]?)\p{Lu}[\p{L}\p{N}]+|[@#][\w-]{2,}/gu;
const CUES: Partial<Record<AnswerType, RegExp>> = {
  time: new RegExp(
    [
      String.raw`\b(?:\d[\d.,]*|${NUMBER}|half an?)[\s-]${oneOf(unitNames("time"))}\b`,
      String.raw`\b\d+\s?${oneOf(unitShorts("time"))}\b`,
      String.raw`\b(?:${oneOf(unitNames("time"))}|instant(?:ly)?|immediately|overnight|at once|for ever|indefinitely|permanently|` +
        String.raw`fast(?:er)?|slow(?:er|ly)?|quick(?:er|ly)?|longer|shorter|fraction of the time)\b`,
    ].join("|"),
    "gi",
  ),
  date: new RegExp(
    [
      String.raw`\b(?:when|while|after|before|during|until|once|as soon as|at the (?:end|start|beginning))\b|\b\d{4}s?\b`,
      String.raw`\b(?:${MONTH}|${oneOf(WEEKDAYS)}|centur(?:y|ies)|noon|midnight|today|tomorrow|` +
        "(?:every|each|next|last|working) (?:hour|day|week|month|quarter|year)s?|" +
        String.raw`hourly|daily|weekly|monthly|quarterly|yearly|annually)\b`,
      String.raw`\b\d{1,2}(?::\d\d|\s?[ap]m\b|st\b|nd\b|rd\b|th\b)`,
    ].join("|"),
    "gi",
  ),
  money: new RegExp(
    String.raw`[$€£]\s?\d[\d.,]*|\b\d+\s?${oneOf(unitShorts("money"))}\b|\b(?:${oneOf(unitNames("money"))}|free)\b`,
    "gi",
  ),
  share: new RegExp(
    String.raw`\d[\d.,]*\s?(?:%|${oneOf(unitNames("share"))})|\b(?:percent|percentage|half|third|quarter|majority|most|all|none)\b`,
    "gi",
  ),
  length: new RegExp(String.raw`\d[\d.,]*\s?${oneOf([...unitNames("length"), ...unitShorts("length")])}\b`, "gi"),
  temperature: new RegExp(String.raw`\d[\d.,]*\s?(?:°|${oneOf(unitNames("temperature"))}\b)`, "gi"),
  number: FIGURE,
  phone: /\+?\d[\d\s()/-]{5,}\d/g,
  address: /\S+@\S+\.\w+|\bhttps?:\S+|\bwww\.\S+|\p{Lu}\p{L}+ \d{1,4}[a-z]?\b|\b\d{1,5} \p{Lu}\p{L}+/gu,
  person: NAME,
  place: NAME,
  reason:
    /\b(?:because|since|therefore|thus|so that|due to|reasons?|thanks to|as a result|in order to|owing to|led to|caus(?:es?|ed|ing)|so|to)\b/gi,
  definition: /\b(?:is|are|was|were|means?|called|refers?|stands?|defined|known as)\b|:/gi,
  manner: /\b(?:by|through|using|via|with|use|run|open|click|go|set|ask)\b/gi,
};
