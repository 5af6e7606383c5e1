// The best sentence for a question, and the next ones, to another document's sentence that gives another figure.

import type { Evidence } from "./evidence.ts";
import { isFigure, soughtIn } from "./sought.ts";
import { isStopWord, tokenize } from "./terms.ts";

/** A sentence that contradicts the best one holds as much of the question; its score is this much lower at most. */
const SCORE_WITHIN = 8;
const COVERED_WITHIN = 0.1;
/** Or it is nearly the same sentence, and holds this share of the question. */
const ALIKE = 0.5;
const SAID_MIN = 0.6;

/**
 * The first sentence of another document that answers as well, with a figure of the same measure that can't be the same.
 * Null where there is none, where the question asks for no figure, or where the two speak of different versions.
 */
export function contradicting(ask: string, [best, ...others]: readonly Evidence[]): Evidence | null {
  if (best === undefined || !isFigure(soughtIn(ask))) return null;
  const mine = measuresIn(best.text);
  return (
    others.find(
      (other) =>
        other.passage.document !== best.passage.document &&
        other.score > best.score - SCORE_WITHIN &&
        other.features.names >= best.features.names &&
        (saidOf(other) >= saidOf(best) - COVERED_WITHIN || areAlike(best, other)) &&
        versionOf(other) === versionOf(best) &&
        differ(mine, measuresIn(other.text)),
    ) ?? null
  );
}

/** Whether two sentences share most of their words, and the second most of the question. */
function areAlike(one: Evidence, other: Evidence): boolean {
  const [left, right] = [one, other].map(({ text }) => new Set(tokenize(text).filter((word) => !isStopWord(word))));
  if (left === undefined || right === undefined) return false;
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared >= ALIKE * Math.min(left.size, right.size) && saidOf(other) >= SAID_MIN;
}

/** Share of the question that the sentence says itself, or that its headings or the sentence before it say. */
const saidOf = ({ features: { sentence, previous, title } }: Evidence): number => sentence + previous + title;

/** A kind of measure to its values in a text: seconds of a time, or what stands for them. */
type Measures = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether both give values of one kind and have none of that kind in common. */
function differ(one: Measures, other: Measures): boolean {
  return [...one].some(([kind, values]) => {
    const others = other.get(kind);
    return others !== undefined && [...values].every((value) => !others.has(value));
  });
}

const SECONDS: Readonly<Record<string, number>> = {
  millisecond: 0.001,
  ms: 0.001,
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_629_800,
  year: 31_557_600,
};
const NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const NUMBER = String.raw`(?:\d[\d.,]*|${NUMBERS.join("|")}|an?|half an?)`;
const TIME = new RegExp(
  String.raw`(?:\b(${NUMBER})[\s-]+)?\b(milliseconds?|ms|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b`,
  "gi",
);
const DAY = /\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b/gi;
const MONEY = /[$€£]\s?(\d[\d.,]*)|(\d[\d.,]*)\s?(?:dollars?|euros?|pounds?|usd|eur|gbp)\b/gi;
const SHARE = /(\d[\d.,]*)\s?(?:%|per ?cent\b)/gi;

function measuresIn(text: string): Measures {
  const found = new Map<string, Set<string>>();
  const add = (kind: string, value: string): void => {
    found.set(kind, (found.get(kind) ?? new Set()).add(value));
  };
  for (const [, number, unit = ""] of text.matchAll(TIME)) {
    const name = unit.toLowerCase().replace(/(?<=[^m])s$/, "");
    const count = number === undefined ? null : countOf(number);
    add("time", count === null ? name : String(Math.round(count * (SECONDS[name] ?? 1) * 1000)));
  }
  for (const [, day = ""] of text.matchAll(DAY)) add("day", day.toLowerCase());
  for (const [, before, after] of text.matchAll(MONEY)) add("money", plain(before ?? after ?? ""));
  for (const [, share = ""] of text.matchAll(SHARE)) add("share", plain(share));
  return found;
}

function countOf(number: string): number {
  const lower = number.toLowerCase();
  if (/^\d/.test(lower)) return Number(plain(lower));
  if (lower.startsWith("half")) return 0.5;
  return NUMBERS.indexOf(lower) + 1 || 1;
}

const plain = (number: string): string => number.replace(/,(?=\d{3})/g, "").replace(/[.,]$/, "");

/** "3.2" of a heading "Release notes 3.2", "v2", "version 2"; "" without any. */
function versionOf({ passage: { heading, document } }: Evidence): string {
  const [, version = ""] =
    /\b(?:v|version|release|edition)\W?(?:notes\W)?(\d[\w.]*)/i.exec(`${heading} ${document.id}`) ?? [];
  return tokenize(version).join(".");
}
