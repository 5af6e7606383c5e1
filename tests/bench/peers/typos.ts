// A question to the same question with one letter wrong.

import { below, type Random } from "./random.ts";

/** Shorter words are rarely mistyped, and what they were cannot be told. */
const WORD_LENGTH_MIN = 5;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** One edit inside a word of five letters or more: two swapped, one lost, one doubled or one wrong; null without such a word. */
export function withTypo(question: string, random: Random): string | null {
  const words = [...question.matchAll(/\p{L}+/gu)].filter(({ 0: word }) => word.length >= WORD_LENGTH_MIN);
  const chosen = words[below(words.length, random)];
  if (chosen === undefined) return null;
  const [word] = chosen;
  for (;;) {
    const wrong = edit(word, random);
    if (wrong !== word) return question.slice(0, chosen.index) + wrong + question.slice(chosen.index + word.length);
  }
}

/** The first letter stays: that is where people look. */
function edit(word: string, random: Random): string {
  const at = 1 + below(word.length - 2, random);
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  switch (below(4, random)) {
    case 0:
      return before + after.charAt(0) + letter + after.slice(1);
    case 1:
      return before + after;
    case 2:
      return before + letter + letter + after;
    default:
      return before + LETTERS.charAt(below(LETTERS.length, random)) + after;
  }
}
