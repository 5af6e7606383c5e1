// A question to the same question put differently; null where the relation has nothing to change in it.

import type { Faq } from "../src/ingest/faq.ts";

/** @param at place of the question among all: what a relation chooses by, so that every run asks the same */
export type Relation = (question: string, at: number) => string | null;

export function relationsOf(faq: Faq): Readonly<Record<string, Relation>> {
  const names = faq.subjects.flatMap(({ aliases, kinds }) => [...aliases, ...kinds]);
  const groups = faq.synonyms;
  return {
    "is in upper case": (question) => question.toUpperCase(),
    "is in lower case": (question) => question.toLowerCase(),
    "has lost its punctuation": (question) => question.replace(/(?<![\p{L}\p{N}])\p{P}+|\p{P}+(?![\p{L}\p{N}])/gu, ""),
    "has gained punctuation": (question, at) =>
      choose(
        [`${question}??`, `${question}!!!`, `${question} ...`, `"${question}"`, `- ${question}`, `(${question})`],
        at,
      ),
    "follows a greeting": (question, at) => `${choose(GREETINGS, at)} ${lowerFirst(question)}`,
    "is asked politely": (question, at) => {
      const [before, after] = choose(POLITE, at);
      return `${before}${lowerFirst(withoutMark(question))}${after}`;
    },
    "has a typo in one of its longer words": misspell,
    "uses a synonym": (question, at) => swapSynonym(question, groups, at),
    "names its subject in front": (question, at) => bringForward(question, names, at),
    "is a sentence that wants to be told": (question, at) => `${choose(TELL, at)} ${lowerFirst(question)}`,
  };
}

const GREETINGS = ["Hi,", "Hello!", "hey", "Good morning,", "Hi there,", "hey everyone,", "Hi all!", "@footnote hi,"];
const POLITE: readonly (readonly [string, string])[] = [
  ["please, ", "?"],
  ["", " please?"],
  ["Quick question: ", "?"],
  ["Sorry, ", "? Thanks a lot!"],
  ["", "? Thanks in advance"],
  ["Excuse me, ", "? thx"],
  ["hi, ", ", please? Cheers"],
];
const TELL = [
  "tell me,",
  "Tell me:",
  "please tell me,",
  "so tell me,",
  "can you tell me:",
  "just wondering,",
  "explain to me:",
];

/** An element that depends on nothing but the place. */
function choose<T>(list: readonly T[], at: number): T {
  const chosen = list[at % list.length];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
}

const withoutMark = (question: string): string => question.replace(/[?.!\s]+$/, "");

/** The first letter small where only the sentence asks for a capital. */
const lowerFirst = (question: string): string =>
  /^(?:How|What|Which|Who|Why|When|Where|Is|Are|Do|Does|Did|Can|Could|Will|Would|Should|Has|Have|If|In|A|An|The)\b/.test(
    question,
  )
    ? question.charAt(0).toLowerCase() + question.slice(1)
    : question;

/** One letter left out, doubled, swapped with its neighbour or replaced, inside a word of five letters or more. */
function misspell(question: string, at: number): string | null {
  const long = [...question.matchAll(/(?<![\p{L}\p{N}])[a-z]{5,}(?![\p{L}\p{N}])/gu)];
  if (long.length === 0) return null;
  const { 0: word, index } = choose(long, at);
  const place = 1 + ((at * 7) % (word.length - 2));
  const [before, letter, next, rest] = [
    word.slice(0, place),
    word[place] ?? "",
    word[place + 1] ?? "",
    word.slice(place + 2),
  ];
  const [dropped, doubled] = [before + next + rest, before + letter + letter + next + rest];
  const [swapped, replaced] = [before + next + letter + rest, before + neighbour(letter) + next + rest];
  const typo = choose([dropped, doubled, swapped, replaced], at);
  return `${question.slice(0, index)}${typo}${question.slice(index + word.length)}`;
}

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** The key beside it. */
function neighbour(letter: string): string {
  const row = ROWS.find((keys) => keys.includes(letter)) ?? "";
  const place = row.indexOf(letter);
  return row[place + 1] ?? row[place - 1] ?? letter;
}

const wordIn = (text: string, phrase: string): number =>
  text.search(
    new RegExp(`(?<![\\p{L}\\p{N}-])${phrase.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}(?![\\p{L}\\p{N}-])`, "iu"),
  );

/** The longest phrase of any group that stands in the question, by another of its group. */
function swapSynonym(question: string, groups: Faq["synonyms"], at: number): string | null {
  const found = groups
    .flatMap((group) => group.map((phrase) => ({ phrase, group, place: wordIn(question, phrase) })))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => b.phrase.length - a.phrase.length);
  const [longest] = found;
  if (longest === undefined) return null;
  const { phrase, group, place } = longest;
  const others = group.filter((other) => other !== phrase);
  // "isolation" is swapped with "separation" rather than with "wall off".
  const alike = others.filter((other) => other.slice(-3) === phrase.slice(-3));
  const synonym = choose(alike.length > 0 ? alike : others, at);
  return question.slice(0, place) + synonym + question.slice(place + phrase.length);
}

/** "Docker: how fast does it start?" for "How fast does Docker start?", where the name stands for itself. */
function bringForward(question: string, names: readonly string[], at: number): string | null {
  const subject = mentioned(question, names);
  if (subject === null || /\b(?:it|its|they|them|their|this|that|these|those)\b/i.test(question)) return null;
  const plural = /[^s]s$/i.test(subject) || new RegExp(`\\b${subject}s\\b`, "i").test(question);
  const name = `((?:(?:an?|the) )?${subject}${plural ? "s?" : ""})`;
  const asSubject = new RegExp(`\\b(do|does|is|are|can|could|will|would|should|must) ${name}(?= [a-z]+)`, "i");
  const atEnd = new RegExp(`\\b(with|in|of|for|from|on|by) ${name}(?=\\W*$)`, "i");
  const found = asSubject.exec(question) ?? atEnd.exec(question);
  if (found === null) return null;
  const [whole, opening = "", called = ""] = found;
  const pronoun = found[0] === asSubject.exec(question)?.[0] ? (plural ? "they" : "it") : plural ? "them" : "it";
  const [before, after] = [question.slice(0, found.index), question.slice(found.index + whole.length)];
  return `${called.replace(/^(?:an?|the) /i, "")}${choose([":", ",", " -", ":"], at)} ${lowerFirst(`${before}${opening} ${pronoun}${after}`)}`;
}

/** The one name of a subject in the question; null where it names none or several. */
function mentioned(question: string, names: readonly string[]): string | null {
  const standing = names.filter((name) => wordIn(question, name) >= 0);
  const widest = standing.filter(
    (name) => !standing.some((other) => other !== name && other.toLowerCase().includes(name.toLowerCase())),
  );
  const [only, ...others] = widest;
  return only !== undefined && others.length === 0 ? only : null;
}
