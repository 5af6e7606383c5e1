// Documents to the abbreviations, synonyms and subjects that they name themselves.

import type { Document } from "../document.ts";
import { createLexicon, isStopWord, queryTerms, tokenize } from "../text/analyzer.ts";
import { unitsOf } from "../text/quantities.ts";
import { ARTICLES } from "../text/words.ts";
import everyday from "./everyday-words.json" with { type: "json" };
import type { Faq, Subject } from "./faq.ts";

/** A FAQ with what the documents say of their own words and everyday words besides; what the FAQ says comes first. */
export function withMinedNames(faq: Faq, documents: readonly Document[]): Faq {
  const abbreviations = abbreviationsOf(documents);
  return {
    ...faq,
    subjects: faq.subjects.length > 0 ? faq.subjects : subjectsOf(documents, abbreviations),
    synonyms: [...faq.synonyms, ...abbreviations, ...everyday],
  };
}

/**
 * Each short form with the long ones it stands for: those that a text gives in brackets, "Role-Based Access Control
 * (RBAC)", and those whose initials it is, "VM" where the documents often write "virtual machine".
 */
export function abbreviationsOf(documents: readonly Document[]): string[][] {
  const texts = documents.flatMap(({ title, blocks }) => [
    title,
    ...blocks.flatMap(({ section, header, sentences }) => [section, header, ...sentences.map(({ text }) => text)]),
  ]);
  const long = new Map<string, Set<string>>();
  for (const text of texts)
    for (const [short, form] of bracketed(text)) long.set(short, (long.get(short) ?? new Set()).add(form));
  for (const [short, form] of initialled(texts, new Set(long.keys()))) long.set(short, new Set([form]));
  return [...long].map(([short, forms]) => [short, ...forms]);
}

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

const INITIALS_MAX = 4;
/** A phrase must be met so often, and so many times as often as the next one, to be what the initials stand for. */
const PHRASE_COUNT_MIN = 3;
const PHRASE_LEAD = 2;
/** Share of its rarest word's places in which the phrase stands: words that only met by chance stand apart as often. */
const PHRASE_HOLDS = 0.5;

/** Capitals that no brackets explain, with the commonest phrase of those initials. */
function initialled(texts: readonly string[], explained: ReadonlySet<string>): [short: string, long: string][] {
  const shorts = new Set<string>();
  for (const text of texts)
    for (const [capitals] of text.matchAll(/(?<![\p{L}\p{N}])\p{Lu}{2,4}(?=s?(?![\p{L}\p{N}]))/gu)) {
      const short = capitals.toLowerCase();
      if (!explained.has(short) && !isStopWord(short) && unitsOf(capitals).length === 0) shorts.add(short);
    }
  const counts = new Map<string, number>();
  const count = (phrase: string): void => {
    counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  };
  const candidates = new Map<string, Set<string>>();
  for (const clause of texts.flatMap((text) => text.split(/[.,:;()!?|]+/))) {
    const tokens = tokenize(clause).map((token) => token.replace(/(?<=[^s])s$/, ""));
    for (const [at, token] of tokens.entries()) {
      count(token);
      let initials = token[0] ?? "";
      for (let length = 2; length <= INITIALS_MAX; length++) {
        const run = tokens.slice(at, at + length);
        const last = run[length - 1];
        if (last === undefined || run.some((word) => isStopWord(word) || word.length < 3)) break;
        initials += last[0];
        if (!shorts.has(initials) || run.includes(initials)) continue;
        count(run.join(" "));
        candidates.set(initials, (candidates.get(initials) ?? new Set()).add(run.join(" ")));
      }
    }
  }
  const countOf = (phrase: string): number => counts.get(phrase) ?? 0;
  return [...candidates].flatMap(([short, phrases]): [string, string][] => {
    const [first, second] = [...phrases].sort((a, b) => countOf(b) - countOf(a) || (a < b ? -1 : 1));
    if (first === undefined || countOf(first) < PHRASE_COUNT_MIN) return [];
    const rarest = Math.min(...first.split(" ").map(countOf));
    const isClear = second === undefined || countOf(first) >= PHRASE_LEAD * countOf(second);
    return isClear && countOf(first) >= PHRASE_HOLDS * rarest ? [[short, first]] : [];
  });
}

const SETS_AGAINST = /\b(?:vs\.?|versus|compar\w+|differ\w*|between)\b/iu;
const SIDES =
  /^(?:.*\b(?:between|comparing|compare|of)\s+)?(?<one>.+?)\s+(?:vs\.?|versus|compared (?:to|with)|and|or)\s+(?<other>.+?)[?.!]*$/iu;
const NAME_WORDS_MAX = 3;

/** The things that titles and headings set against each other: "Comparing VMs and Containers". */
function subjectsOf(documents: readonly Document[], abbreviations: readonly (readonly string[])[]): Subject[] {
  const lexicon = createLexicon({ names: [], synonyms: abbreviations });
  const names = new Map<string, string>();
  for (const { title, blocks } of documents)
    for (const heading of new Set([title, ...blocks.flatMap(({ section }) => section.split(" › "))])) {
      const { one, other } = SETS_AGAINST.test(heading) ? (SIDES.exec(heading)?.groups ?? {}) : {};
      const [left, right] = [nameOf(one), nameOf(other)];
      if (left === null || right === null) continue;
      for (const name of [left, right]) {
        const key = queryTerms(name, lexicon).join(" ");
        if (!names.has(key)) names.set(key, name);
      }
    }
  return [...names].map(([key, name]) => ({
    id: tokenize(name).join("-"),
    name,
    aliases: abbreviations.flatMap((group) => (queryTerms(group[0] ?? "", lexicon).join(" ") === key ? group : [])),
    kinds: [],
  }));
}

/** A thing of at most three words, without its article. */
function nameOf(side: string | undefined): string | null {
  const words = (side ?? "").split(/\s+/).filter((word) => word !== "" && !ARTICLES.includes(word.toLowerCase()));
  return words.length === 0 || words.length > NAME_WORDS_MAX || words.every((word) => isStopWord(word.toLowerCase()))
    ? null
    : words.join(" ");
}
