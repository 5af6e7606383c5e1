// A text to the figures in it: times, days of the week, money, shares and plain numbers, each in a unit that compares.

/** What is measured; working days are no days of the calendar. */
export type QuantityKind = "time" | "working time" | "day" | "money" | "share" | "number";

export interface Quantity {
  readonly kind: QuantityKind;
  /** "second"; the day itself for a day; "" for a plain number. */
  readonly unit: string;
  /** Milliseconds for times; null where only the unit is said: "in seconds". */
  readonly value: number | null;
}

/** In the order of their kinds. A number is plain where it belongs to none of the others. */
export function quantitiesIn(text: string): Quantity[] {
  const found: Quantity[] = [];
  let rest = text.replace(RATE, " ");
  for (const { pattern, read } of READERS) {
    rest = rest.replace(pattern, (...match) => {
      found.push(read(match.map((group) => (typeof group === "string" ? group.toLowerCase() : ""))));
      return " ";
    });
  }
  return found;
}

/** Whether two measures of one kind may be the same: "seconds" may be "5 seconds", but no minutes. */
export function mayBeEqual(one: Quantity, other: Quantity): boolean {
  if (one.kind !== other.kind) return false;
  if (one.kind === "day") return one.unit === other.unit;
  if (one.value === null || other.value === null) return one.unit === other.unit;
  return one.value === other.value;
}

/** What the units in a text measure: "ms" and "minutes" are both time. */
export const unitsOf = (text: string): string[] =>
  UNITS.flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));

const UNITS: readonly (readonly [string, RegExp])[] = [
  ["time", /\b(?:milliseconds?|ms|seconds|(?:\d|per|each|every|a few) ?second|secs?|minutes?|mins?|hours?)\b/i],
  ["size", /\b(?:[kmgt]bs?|(?:kilo|mega|giga|tera)?bytes?|megs?|gigs?)\b/i],
  ["share", /%|\bper ?cent(?:age)?\b/i],
  ["money", /[$€£]|\b(?:dollars?|euros?|usd|eur|bucks|pounds)\b/i],
  ["date", /\b(?:(?:what|which) (?:year|month|date)|(?:19|20)\d\d)\b/i],
  ["frequency", /\b[mg]hz\b/i],
];

const MILLISECONDS: Readonly<Record<string, number>> = {
  millisecond: 1,
  ms: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_629_800_000,
  year: 31_557_600_000,
};
/** "12 hours a year": what it is counted by, no time of its own; "in a year" is one. */
const RATE =
  /(?<!\b(?:in|within|for|after|about|than|takes?|took|lasts?|needs?|under|over|half|of|until|only|nearly|almost)\s)\b(?:an?|per|each|every)\s+(?:second|minute|hour|day|week|month|year)\b/gi;
/** By its first letter: "7d", "30 s", "15 min", "2 hrs". */
const ABBREVIATED: Readonly<Record<string, string>> = { s: "second", m: "minute", h: "hour", d: "day" };
const NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const NUMBER = String.raw`(?:\d[\d.,]*|${NUMBER_WORDS.join("|")})`;

interface Reader {
  readonly pattern: RegExp;
  /** @param match the whole and its groups, in lower case, "" for a group that is not there */
  read(match: readonly string[]): Quantity;
}

const READERS: readonly Reader[] = [
  {
    pattern: new RegExp(
      String.raw`(?:\b(${NUMBER}|half an?|an?)[\s-]+)?\b((?:working|business)[\s-]+)?(milliseconds?|ms|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b|\b(\d[\d.]*)\s?(s|secs?|min|mins|h|hrs?|d)\b`,
      "gi",
    ),
    read([, words = "", working = "", name = "", digits = "", short = ""]) {
      const count = words || digits;
      const unit = ABBREVIATED[short.charAt(0)] ?? (name === "ms" ? name : name.replace(/s$/, ""));
      const value = count === "" ? null : Math.round(amountOf(count) * (MILLISECONDS[unit] ?? 1));
      return { kind: working === "" ? "time" : "working time", unit, value };
    },
  },
  {
    pattern: /\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b/gi,
    read: ([, day = ""]) => ({ kind: "day", unit: day, value: null }),
  },
  {
    pattern: /[$€£]\s?(\d[\d.,]*)|(\d[\d.,]*)\s?(?:dollars?|euros?|pounds?|usd|eur|gbp)\b/gi,
    read: ([, before = "", after = ""]) => ({ kind: "money", unit: "", value: amountOf(before || after) }),
  },
  {
    pattern: /(\d[\d.,]*)\s?(?:%|per ?cent\b)/gi,
    read: ([, share = ""]) => ({ kind: "share", unit: "", value: amountOf(share) }),
  },
  {
    pattern: new RegExp(String.raw`(?<![\p{L}\p{N}.-])(${NUMBER})(?![\p{L}\p{N}])`, "giu"),
    read: ([, number = ""]) => ({ kind: "number", unit: "", value: amountOf(number) }),
  },
];

function amountOf(number: string): number {
  if (/^\d/.test(number))
    return Number(
      number
        .replace(/,(?=\d{3})/g, "")
        .replace(/[.,]+$/, "")
        .replace(",", "."),
    );
  if (number.startsWith("half")) return 0.5;
  return NUMBER_WORDS.indexOf(number) + 1 || 1;
}
