// Tells whether a message is written in English, by its script and its function words.

import { tokenize } from "../text/analyzer.ts";
import functionWords from "../text/words/function-words.json" with { type: "json" };

/** Function words that mark a language, and among them those that one finds in no English question. */
const ENGLISH: ReadonlySet<string> = new Set(functionWords.english);
const OTHERS: ReadonlySet<string> = new Set(Object.values(functionWords.others).flat());
const UNMISTAKABLE: ReadonlySet<string> = new Set(functionWords.unmistakable);
/** Share of the letters that are Latin in a text that may be English. */
const LATIN_MIN = 0.7;

/** A misspelt or short English question is still English, and so is one without a letter. */
export function isEnglish(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return true;
  if ((text.match(/\p{Script=Latin}/gu)?.length ?? 0) < letters * LATIN_MIN) return false;
  const tokens = tokenize(text.replace(/['’]/g, " "));
  const english = tokens.filter((token) => ENGLISH.has(token)).length;
  const other = tokens.filter((token) => OTHERS.has(token) && !ENGLISH.has(token)).length;
  const unmistakable = tokens.filter((token) => UNMISTAKABLE.has(token)).length;
  return (other < 2 || other <= english) && (unmistakable === 0 || unmistakable < english);
}
