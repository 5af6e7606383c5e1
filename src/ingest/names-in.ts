// Collects what one document says of its own words: abbreviations in brackets, capitals, things set against each other.

import type { Document } from "../document.ts";
import { isStopWord } from "../text/analyzer.ts";
import { unitsOf } from "../text/quantities.ts";
import { ARTICLES } from "../text/words.ts";
import type { NamesIn } from "./token-stream.ts";

export function namesIn({ title, blocks }: Pick<Document, "title" | "blocks">): NamesIn {
  const texts = [
    title,
    ...blocks
      .filter(({ kind }) => kind !== "heading")
      .flatMap(({ section, header, sentences }) => [section, header, ...sentences.map(({ text }) => text)]),
  ];
  const headings = new Set([title, ...blocks.flatMap(({ section }) => section.split(" › "))]);
  return {
    bracketed: texts.flatMap(bracketed),
    capitals: [...new Set(texts.flatMap(capitalsIn))],
    sides: [...headings].flatMap(sidesOf),
  };
}

/** Capitals that can be somebody's initials, lower case; those of units are not. */
const capitalsIn = (text: string): string[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}])\p{Lu}{2,4}(?=s?(?![\p{L}\p{N}]))/gu)].flatMap(([capitals]) => {
    const short = capitals.toLowerCase();
    return isStopWord(short) || unitsOf(capitals).length > 0 ? [] : [short];
  });

const SHORT = String.raw`\p{Lu}[\p{Ll}\p{N}&-]{0,4}\p{Lu}[\p{Lu}\p{N}&-]{0,5}`;
const LONG_THEN_SHORT = new RegExp(String.raw`((?:[\p{L}\p{N}'’-]+\s+){1,7})\((${SHORT})s?\)`, "gu");
const SHORT_THEN_LONG = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(${SHORT})s?\s+\(([\p{L}'’-]+(?:\s+[\p{L}'’-]+){0,6})\)`,
  "gu",
);

/** Short and long forms of which one stands in brackets behind the other. */
function bracketed(text: string): [short: string, long: string][] {
  if (!text.includes("(")) return [];
  const found: [string, string][] = [];
  for (const [, before = "", short = ""] of text.matchAll(LONG_THEN_SHORT)) {
    const long = longFormOf(short, before.trim().split(/\s+/));
    if (long !== null) found.push([short.toLowerCase(), long]);
  }
  for (const [, short = "", inside = ""] of text.matchAll(SHORT_THEN_LONG)) {
    const words = inside.trim().toLowerCase().split(/\s+/);
    if (spells(lettersOf(short), words)) found.push([short.toLowerCase(), words.join(" ")]);
  }
  return found;
}

/**
 * The shortest run of words at the end whose initials spell the short form; small words ("of", "and") may be passed
 * over, and a word may give further letters: "LinuX Containers" is LXC. Method after Schwartz and Hearst (2003),
 * read backwards by words.
 */
function longFormOf(short: string, words: readonly string[]): string | null {
  const letters = lettersOf(short);
  for (let from = words.length - 1; from >= 0; from--) {
    const run = words.slice(from).map((word) => word.toLowerCase());
    if (run[0]?.[0] !== letters[0] || isStopWord(run[0] ?? "")) continue;
    if (spells(letters, run)) return run.join(" ");
  }
  return null;
}

const lettersOf = (short: string): string => short.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Whether every word but the small ones gives its initial, in order, and words give all letters. */
function spells(letters: string, words: readonly string[]): boolean {
  const [word, ...rest] = words;
  if (word === undefined) return letters === "";
  if (isStopWord(word) && spells(letters, rest)) return true;
  if (letters === "" || word[0] !== letters[0]) return false;
  let at = 0;
  for (let taken = 1; taken <= letters.length; taken++) {
    if (spells(letters.slice(taken), rest)) return true;
    at = word.indexOf(letters[taken] ?? "\0", at + 1);
    if (at < 0) return false;
  }
  return false;
}

const SETS_AGAINST = /\b(?:vs\.?|versus|compar\w+|differ\w*|between)\b/iu;
const SIDES =
  /^(?:.*\b(?:between|comparing|compare|of)\s+)?(?<one>.+?)\s+(?:vs\.?|versus|compared (?:to|with)|and|or)\s+(?<other>.+?)[?.!]*$/iu;
const NAME_WORDS_MAX = 3;

function sidesOf(heading: string): (readonly [string, string])[] {
  const { one, other } = SETS_AGAINST.test(heading) ? (SIDES.exec(heading)?.groups ?? {}) : {};
  const [left, right] = [nameOf(one), nameOf(other)];
  return left === null || right === null ? [] : [[left, right]];
}

/** A thing of at most three words, without its article. */
function nameOf(side: string | undefined): string | null {
  const words = (side ?? "").split(/\s+/).filter((word) => word !== "" && !ARTICLES.includes(word.toLowerCase()));
  return words.length === 0 || words.length > NAME_WORDS_MAX || words.every((word) => isStopWord(word.toLowerCase()))
    ? null
    : words.join(" ");
}
