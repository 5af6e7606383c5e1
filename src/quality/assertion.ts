// A text to what it asserts: its words in clauses, each denied or not, and how strongly they are claimed.

import { isStopWord, type Lexicon, tokenize, tokensOf } from "../text/analyzer.ts";
import strength from "../text/words/strength.json" with { type: "json" };
import { ARTICLES, CONTRASTS, NEGATIONS, oneOf, SUBORDINATORS } from "../text/words.ts";
import { plainForm } from "./antonyms.ts";

/** A word, or a name of several, as it is asserted. */
export interface AssertedWord {
  readonly surface: string;
  readonly term: string;
  /** Without what compares it or makes an adverb of it. */
  readonly form: string;
  /** -1 within the reach of an odd number of denials. */
  readonly polarity: 1 | -1;
  /** Denied by a lesser degree alone: "less isolated" is not "not isolated". */
  readonly isLessened: boolean;
  /** Right before "no" or "nothing": what is denied may be this or what follows. */
  readonly isOpen: boolean;
  /** "faster", "more isolated" */
  readonly isCompared: boolean;
  /** It ties, frames, grades or denies, and speaks of nothing. */
  readonly isLight: boolean;
  readonly clause: number;
  /** Grows where one thing is set against another. */
  readonly part: number;
  /** Behind "than". */
  readonly isStandard: boolean;
}

/** A word or phrase that says how much, how often or how surely. */
export interface Grade {
  readonly surface: string;
  readonly scale: string;
  /** Below 0 it weakens what is claimed, above 0 it strengthens it. */
  readonly rank: number;
  readonly clause: number;
  /** Terms of the words behind it, nearest first. */
  readonly graded: readonly string[];
  readonly isDenied: boolean;
}

export interface Assertion {
  readonly words: readonly AssertedWord[];
  readonly grades: readonly Grade[];
}

/** Reads a text with the names that count as one word. */
export function readAssertion(text: string, names: Lexicon): Assertion {
  const words: AssertedWord[] = [];
  const grades: Grade[] = [];
  let part = 0;
  let isStandard = false;
  for (const [clause, { opening, text: said }] of clausesOf(text).entries()) {
    if (isContrast(opening) || isStandard) part++;
    isStandard = STANDARDS.has(opening);
    const read = readClause(tokenize(said), names, { clause, part, isStandard });
    words.push(...read.words);
    grades.push(...read.grades);
  }
  return { words, grades };
}

function readClause(
  tokens: readonly string[],
  names: Lexicon,
  place: Pick<AssertedWord, "clause" | "part" | "isStandard">,
): Assertion {
  const phrases = gradesIn(tokens);
  const words: AssertedWord[] = [];
  const starts: number[] = [];
  let denials = 0;
  let [lessens, compares] = [false, false];
  let at = 0;
  for (const { surface, term } of tokensOf(tokens, names)) {
    const isDenial = DENIALS.has(surface) || isAdviceAgainst(tokens, at);
    const phrase = phrases.find(({ start, end }) => at >= start && at < end);
    const { form, isCompared } = plainForm(surface);
    const isLight = isStopWord(surface) || isDenial || phrase !== undefined || CONNECTING.has(surface);
    const isLessened = lessens && !isLight;
    if (surface === "and") denials = 0;
    starts.push(at);
    words.push({
      ...place,
      surface,
      term,
      form,
      polarity: (denials + (isLessened ? 1 : 0)) % 2 === 1 ? -1 : 1,
      isLessened: isLessened && denials === 0,
      isOpen: false,
      isCompared: isCompared || (compares && !isLight),
      isLight,
    });
    if (isDenial) denials++;
    if (!isLight) [lessens, compares] = [false, false];
    if (LESSENING.has(surface) && tokens[at - 1] !== "at") lessens = true;
    if (COMPARING.has(surface)) compares = true;
    at += surface.split(" ").length;
  }
  return {
    words: withDenialsBehind(words),
    grades: phrases.map((phrase) => gradeOf(phrase, words, starts, place.clause)),
  };
}

/** "bonding is lacking" denies what stands before it; "runs no system" may deny the running. */
const withDenialsBehind = (words: readonly AssertedWord[]): AssertedWord[] => {
  const last = words.findLastIndex(({ surface }) => DENIALS.has(surface));
  const isLast = last >= 0 && !words.slice(last + 1).some(({ isLight }) => !isLight);
  return words.map((word, at) => {
    const next = words.slice(at + 1).find(({ surface }) => !ARTICLES.includes(surface));
    if (isLast && at < last && !word.isLight) return { ...word, polarity: word.polarity === 1 ? -1 : 1 };
    return next !== undefined && OBJECT_DENIALS.has(next.surface) ? { ...word, isOpen: true } : word;
  });
};

function gradeOf(
  { start, end, surface, scale, rank }: PlacedPhrase,
  words: readonly AssertedWord[],
  starts: readonly number[],
  clause: number,
): Grade {
  const behind = words.filter(({ isLight }, place) => !isLight && (starts[place] ?? 0) >= end);
  const isOneOfTheMost = !/^(?:among|one of)/.test(surface) || behind[0]?.isCompared === true;
  const isDenied = words.some(({ polarity }, place) => starts[place] === start && polarity === -1);
  return {
    surface,
    scale,
    rank: isOneOfTheMost ? rank : 0,
    clause,
    isDenied,
    graded: behind.slice(0, 2).map(({ term }) => term),
  };
}

const DENIALS: ReadonlySet<string> = new Set(NEGATIONS);
const OBJECT_DENIALS: ReadonlySet<string> = new Set(["no", "nothing", "none", "neither"]);
const COMPARING: ReadonlySet<string> = new Set(["more", "less", "fewer", "most", "least"]);
const STANDARDS: ReadonlySet<string> = new Set(["than", "compared", "unlike", "against", "versus", "vs"]);
const LESSENING: ReadonlySet<string> = new Set(["less", "fewer", "least"]);
const CONNECTING: ReadonlySet<string> = new Set([...CONTRASTS, ...SUBORDINATORS, "more", "less", "fewer"]);

/** "advises against", "warns against": what follows is denied. */
const isAdviceAgainst = (tokens: readonly string[], at: number): boolean =>
  tokens[at] === "against" && /^(?:advis|warn|argu|decid|recommend|speak)/.test(tokens[at - 1] ?? "");

interface Clause {
  /** The word or sign that it opens with, as far as it ties it to what stands before. */
  readonly opening: string;
  readonly text: string;
}

const CLAUSE_OPENING = new RegExp(
  String.raw`(?<!\b(?:advis|warn|argu|decid|recommend|speak)\w*\s)(?<![\p{L}\p{N}-])${oneOf([...CONTRASTS, ...SUBORDINATORS])}(?![\p{L}\p{N}-])|[.;:!?,—–](?=\s|$)|[()]`,
  "giu",
);
const isContrast = (opening: string): boolean => /^[.;:!?]$/.test(opening) || CONTRASTS.includes(opening);

function clausesOf(text: string): readonly Clause[] {
  const clauses: Clause[] = [];
  let opening = "";
  let from = 0;
  for (const { 0: sign, index } of text.matchAll(CLAUSE_OPENING)) {
    clauses.push({ opening, text: text.slice(from, index) });
    opening = sign.toLowerCase();
    from = /\p{L}/u.test(sign) ? index : index + sign.length;
  }
  clauses.push({ opening, text: text.slice(from) });
  return clauses.filter(({ opening, text }) =>
    /[\p{L}\p{N}]/u.test(text.slice(/\p{L}/u.test(opening) ? opening.length : 0)),
  );
}

interface Phrase {
  readonly surface: string;
  readonly scale: string;
  readonly rank: number;
}

/** First words of the phrases that grade, to these, the longest first. */
const PHRASES: ReadonlyMap<string, readonly Phrase[]> = phrasesByOpening();

function phrasesByOpening(): Map<string, Phrase[]> {
  const known = new Map<string, Phrase[]>();
  for (const { name, ranks } of strength.scales) {
    const plain = ranks.indexOf(null);
    for (const [at, list] of ranks.entries())
      for (const surface of list ?? []) {
        const [first = ""] = surface.split(" ");
        known.set(first, [...(known.get(first) ?? []), { surface, scale: name, rank: at - plain }]);
      }
  }
  for (const list of known.values()) list.sort((a, b) => b.surface.length - a.surface.length);
  return known;
}

interface PlacedPhrase extends Phrase {
  /** Its first token, and that behind its last. */
  readonly start: number;
  readonly end: number;
}

function gradesIn(tokens: readonly string[]): PlacedPhrase[] {
  const found: PlacedPhrase[] = [];
  for (let at = 0; at < tokens.length; ) {
    const here = tokens.slice(at, at + 5).join(" ");
    const phrase = PHRASES.get(tokens[at] ?? "")?.find(
      ({ surface }) => here === surface || here.startsWith(`${surface} `),
    );
    const width = phrase?.surface.split(" ").length ?? 1;
    if (phrase !== undefined) found.push({ ...phrase, start: at, end: at + width });
    at += width;
  }
  return found;
}
