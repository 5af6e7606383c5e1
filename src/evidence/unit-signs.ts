// Reads the signs of what a unit can answer in its text: figures, reasons, things to click, places, names.

/** Each a bit of a unit's signs. */
export const UNIT_SIGNS = {
  digits: 1,
  reason: 2,
  action: 4,
  place: 8,
  name: 16,
  money: 64,
  duration: 128,
  contact: 512,
  opensSection: 8192,
} as const;
export type Sign = keyof typeof UNIT_SIGNS;

const PATTERNS: readonly (readonly [Sign, RegExp])[] = [
  ["digits", /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice|half|double)\b/i],
  [
    "reason",
    /\b(?:because|so that|due to|since|therefore|as a result|in order to|reason|this (?:is|means)|otherwise)\b/i,
  ],
  [
    "action",
    /\b(?:click|run|select|set|open|go to|choose|enter|press|type|install|add|create|use|navigate|download|copy|log in|sign in|send|fill|contact|ask|post)\b/i,
  ],
  [
    "place",
    /https?:|\bwww\.|(?:^|\s)[~.]?\/\w|#\w{3,}|\b(?:menu|settings|folder|directory|page|tab|channel|sidebar|file|office|address)\b/i,
  ],
  [
    "name",
    /(?<=[\p{Ll}\p{N},;:)]\s["“(]?)\p{Lu}\p{Ll}+|@\w{2,}|\b(?:manager|team|lead|owner|admin(?:istrator)?|officer|director|head of|founder|support|agent|employer)\b/u,
  ],
  ["money", /[$€£]\s?\d|\b\d[\d.,]*\s?(?:dollars?|euros?|pounds?|usd|eur|gbp|%|percent)|\bfree\b/i],
  [
    "duration",
    /\b(?:milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|hourly|daily|weekly|monthly|annual(?:ly)?|yearly)\b/i,
  ],
  ["contact", /\S@\S+\.\w|\+?\d[\d\s()-]{7,}\d/],
];

/** The bits of all signs that a text shows. */
export function signsOf(text: string): number {
  let bits = 0;
  for (const [sign, pattern] of PATTERNS) if (pattern.test(text)) bits |= UNIT_SIGNS[sign];
  return bits;
}
