// Parses a chat message: cleaned, bounded, split into what it asks, and typed.

import { isStopWord, tokenize } from "../text/analyzer.ts";
import { squeeze } from "../text/sentences.ts";
import abbreviations from "../text/words/abbreviations.json" with { type: "json" };
import { AUXILIARIES, oneOf, QUESTION_WORDS } from "../text/words.ts";
import { isEnglish } from "./language.ts";
import { isAsking, type Smalltalk, smalltalkOf, stripPoliteness } from "./smalltalk.ts";

export const QUESTION_LENGTH_MAX = 1000;
const QUESTION_TERMS_MAX = 64;

export interface Question {
  /** Cleaned text without greetings and politeness. */
  readonly text: string;
  /** What is asked, in order: each sentence that asks; the whole text where none does. */
  readonly asks: readonly string[];
  /** What stands around them. */
  readonly background: string;
  readonly wasCut: boolean;
  readonly isEnglish: boolean;
  readonly smalltalk: Smalltalk | null;
}

/** Cleans and splits a message. Never throws, whatever is in it. */
export function parseQuestion(message: string): Question {
  const { text: lines, wasCut } = cleanLines(message);
  const clean = squeeze(lines);
  const bare = stripPoliteness(lines);
  const sentences = splitAsks(bare);
  const asking = sentences.filter(isAsking);
  const asks = asking.length > 0 ? asking : bare === "" ? [] : [squeeze(bare)];
  const background = asking.length > 0 ? sentences.filter((sentence) => !asking.includes(sentence)).join(" ") : "";
  return {
    text: squeeze(bare),
    asks,
    background,
    wasCut,
    isEnglish: isEnglish(clean),
    smalltalk: smalltalkOf(clean, squeeze(bare)),
  };
}

/** Signs that are part of no word: trade marks, soft hyphens, zero-width and bidirectional characters. */
const INVISIBLE = /[™®©℠\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/**
 * Removes what is not language: addresses, emoji, code fences, control and bidirectional characters. A platform's own
 * markup is read by its adapter.
 * @internal Its tests use it alone: they compare what was read with what was typed.
 */
export function cleanMessage(message: string): { text: string; wasCut: boolean } {
  const { text, wasCut } = cleanLines(message);
  return { text: squeeze(text), wasCut };
}

/** The same with its line ends, which part what is asked. */
function cleanLines(message: string): { text: string; wasCut: boolean } {
  const readable = message
    .slice(0, QUESTION_LENGTH_MAX * 4)
    .replace(INVISIBLE, "")
    .normalize("NFKC");
  const characters = Array.from(readable);
  const wasCut = characters.length > QUESTION_LENGTH_MAX || message.length > QUESTION_LENGTH_MAX * 4;
  const text = characters
    .slice(0, QUESTION_LENGTH_MAX)
    .join("")
    .replace(/```[\s\S]*?(```|$)/g, " ")
    .replace(/<?\b(?:https?:\/\/|www\.|mailto:)[^\s<>]+>?/g, " ")
    .replace(/(^|\s)@[\w.-]+/g, "$1")
    .replace(/[^\P{Cc}\n]|[\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, " ")
    .replace(/(?<=^|\s)[:;=]-?[()DPp/|](?=\s|$)/g, " ")
    .replace(/\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\uFE0F\u20E3]/gu, " ")
    .replace(/^\s*(?:[>*•-]\s+)+/gm, "")
    .replace(/[*_~`]+/g, " ");
  const joined = text.replace(/[^\S\n]+/g, " ").replace(/ (?=[?!.,;:](?:\s|$))/g, "");
  return cutTerms(joined.trim(), wasCut);
}

/** Whether it opens with a question word or an auxiliary. */
export const asksOutright = (ask: string): boolean => ASKS_OUTRIGHT.test(ask);
const ASKS_OUTRIGHT = new RegExp(String.raw`^\W*${oneOf([...QUESTION_WORDS, ...AUXILIARIES])}(?:['’]?s)?\b`, "i");

/** White space after a full stop that ends no abbreviation, after the colon of somebody's story, and line ends. */
const SENTENCE_ENDS = new RegExp(
  [
    String.raw`(?<=[.!?…])(?<!\b${oneOf(abbreviations.words)}\.)\s+`,
    String.raw`(?<=\b(?:i|we|my|our|me|us)\b[^.!?:]{8,200}:)\s+(?=${oneOf([...QUESTION_WORDS, ...AUXILIARIES])}\b[^:]*\?)`,
    String.raw`\n+`,
  ].join("|"),
  "i",
);

function splitAsks(text: string): string[] {
  return text
    .split(SENTENCE_ENDS)
    .map(squeeze)
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function cutTerms(text: string, wasCut: boolean): { text: string; wasCut: boolean } {
  const runs = text.split(" ");
  let count = 0;
  for (const [at, run] of runs.entries()) {
    count += tokenize(run).filter((token) => !isStopWord(token)).length;
    if (count > QUESTION_TERMS_MAX) return { text: runs.slice(0, at).join(" "), wasCut: true };
  }
  return { text, wasCut };
}
