// A question to what may be kept of it for weeks: without mentions, addresses, long numbers and keys.

import { squeeze } from "../../../src/text/sentences.ts";

/** What stands where something was taken out; no word to the analyzer. */
export const SCRUBBED = "…";

const DIGITS_MAX = 5;
/** Shorter ones are words; a key has digits in it. */
const KEY_LENGTH_MIN = 20;

/** In this order: an address may hold what looks like a mention or a number. */
const TAKEN_OUT: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]*:\/\/\S+|\b(?:mailto|tel):\S+|\bwww\.\S+/giu,
  /[^\s@<>()[\]"']+@[^\s@<>()[\]"']+\.[\p{L}\p{Nd}-]{2,}/gu,
  /<[@#!][^<>]*>/gu,
  // "@types/widget" is no person, and neither is what stands within a word.
  /(?<![\p{L}\p{N}_/])@[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?!\/)(?![\p{L}\p{N}_.-])/gu,
  new RegExp(String.raw`(?<![\w-])(?=[\w-]*\p{Nd})[\w-]{${KEY_LENGTH_MIN},}(?![\w-])`, "gu"),
];
const NUMBER = /\+?\p{Nd}(?:[\p{Nd}\s().:/-]*\p{Nd})?/gu;

/** One line that names nobody by such signs; a name in plain words stays, since nothing tells it from another word. */
export function scrub(question: string): string {
  const without = TAKEN_OUT.reduce((text, pattern) => text.replace(pattern, SCRUBBED), question);
  const isLong = (number: string): boolean => (number.match(/\p{Nd}/gu) ?? []).length > DIGITS_MAX;
  return squeeze(without.replace(NUMBER, (number) => (isLong(number) ? SCRUBBED : number)));
}
