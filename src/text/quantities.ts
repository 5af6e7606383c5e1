// Finds the figures in a text (times, days, money, shares, plain numbers), each in a unit that compares.

import units from "./words/units.json" with { type: "json" };
import { NUMBERS, oneOf, WEEKDAYS } from "./words.ts";

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

export type UnitKind = "time" | "size" | "money" | "share" | "length" | "temperature" | "frequency";

/** What the units of a kind are called, wherever they stand. */
export const unitNames = (kind: UnitKind): string[] => units[kind].flatMap(namesOf);

/** What they are called behind a number alone: "s", "km". */
export const unitShorts = (kind: UnitKind): string[] => units[kind].flatMap(({ shorts }) => shorts);

/** Each unit of a kind by all that it is called, but for single letters, to its plain name. */
export const unitsByName = (kind: UnitKind): (readonly [called: string, name: string])[] =>
  units[kind].flatMap((unit) =>
    [...namesOf(unit), ...unit.shorts.filter((short) => !/^\p{L}$/u.test(short))].map(
      (called) => [called, nameOf(unit)] as const,
    ),
  );

interface Unit {
  readonly names: readonly string[];
  readonly abbreviations: readonly string[];
  readonly shorts: readonly string[];
}

const namesOf = ({ names, abbreviations }: Unit): string[] => [...names, ...abbreviations];
const nameOf = ({ names: [name = ""] }: Unit): string => name;

const MONEY_SIGNS = "[$€£]";
const DAY_MS = 86_400_000;
/** Units of a day or more are spoken of loosely: "these days", "for years". */
const exact = units.time.filter(({ milliseconds }) => milliseconds < DAY_MS);
const LETTERS_MIN = 3;
/** "Second" alone may be an ordinal. */
const timeNames = exact
  .flatMap((unit) => [...namesOf(unit), ...unit.shorts.filter(({ length }) => length >= LETTERS_MIN)])
  .filter((name) => name !== "second");
const currencies = units.money.filter(({ worth }) => worth === 1).flatMap(namesOf);

const UNITS: readonly (readonly [string, RegExp])[] = [
  ["time", new RegExp(String.raw`\b(?:${oneOf(timeNames)}|(?:\d|per|each|every|a few) ?second)\b`, "i")],
  ["size", new RegExp(String.raw`\b${oneOf(unitNames("size"))}\b`, "i")],
  ["share", new RegExp(String.raw`%|\b${oneOf(unitNames("share"))}\b`, "i")],
  ["money", new RegExp(String.raw`${MONEY_SIGNS}|\b${oneOf(currencies)}\b`, "i")],
  ["date", /\b(?:(?:what|which) (?:year|month|date)|(?:19|20)\d\d)\b/i],
  ["frequency", new RegExp(String.raw`\b${oneOf(unitNames("frequency"))}\b`, "i")],
];

/** "12 hours a year": what it is counted by, no time of its own; "in a year" is one. */
const RATE = new RegExp(
  String.raw`(?<!\b(?:in|within|for|after|about|than|takes?|took|lasts?|needs?|under|over|half|of|until|only|nearly|almost)\s)` +
    String.raw`\b(?:an?|per|each|every)\s+${oneOf(units.time.map(nameOf))}\b`,
  "gi",
);
/** Each time by all that it is called. */
const TIMES = new Map(
  units.time.flatMap((unit) =>
    [...namesOf(unit), ...unit.shorts].map(
      (called) => [called, { name: nameOf(unit), ms: unit.milliseconds }] as const,
    ),
  ),
);
const WORTHS = new Map(units.money.flatMap((unit) => namesOf(unit).map((called) => [called, unit.worth] as const)));
const called = (from: number, to: number): string[] =>
  [...NUMBERS].flatMap(([word, value]) => (value >= from && value <= to ? [word] : []));
/** In digits or words: "1,000", "twelve", "twenty-five". */
const NUMBER = String.raw`(?:\d[\d.,]*|(?:${oneOf(called(20, 90))}[\s-])?${oneOf(called(1, 9))}|${oneOf(called(0, 90))})`;

interface Reader {
  readonly pattern: RegExp;
  /** @param match the whole and its groups, in lower case, "" for a group that is not there */
  read(match: readonly string[]): Quantity;
}

const READERS: readonly Reader[] = [
  {
    pattern: new RegExp(
      String.raw`(?:\b(${NUMBER}|half an?|an?)[\s-]+)?\b((?:working|business)[\s-]+)?(${oneOf(unitNames("time"))})\b|` +
        String.raw`\b(\d[\d.]*)\s?(${oneOf(unitShorts("time"))})\b`,
      "gi",
    ),
    read([, words = "", working = "", called = "", digits = "", short = ""]) {
      const count = words || digits;
      const { name, ms } = TIMES.get(called || short) ?? { name: "", ms: 0 };
      const value = count === "" ? null : rounded(amountOf(count) * ms);
      return { kind: working === "" ? "time" : "working time", unit: name, value };
    },
  },
  {
    pattern: new RegExp(String.raw`\b(${oneOf(WEEKDAYS)})s?\b`, "gi"),
    read: ([, day = ""]) => ({ kind: "day", unit: day, value: null }),
  },
  {
    pattern: new RegExp(String.raw`${MONEY_SIGNS}\s?(\d[\d.,]*)|(\d[\d.,]*)\s?(${oneOf(unitNames("money"))})\b`, "gi"),
    read: ([, before = "", after = "", called = ""]) => ({
      kind: "money",
      unit: "",
      value: rounded(amountOf(before || after) * (WORTHS.get(called) ?? 1)),
    }),
  },
  {
    pattern: new RegExp(String.raw`(\d[\d.,]*)\s?(?:%|${oneOf(unitNames("share"))}\b)`, "gi"),
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
  return number.split(/[\s-]/).reduce((sum, word) => sum + (NUMBERS.get(word) ?? 1), 0);
}

/** Without what binary fractions leave behind: 0.1 × 3 is 0.3. */
const rounded = (value: number): number => Number(value.toPrecision(12));
