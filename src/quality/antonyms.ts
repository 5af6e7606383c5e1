// Two words to whether one says the opposite of the other, told by lists and by their form.

import { stemOf } from "../text/analyzer.ts";
import antonyms from "../text/words/antonyms.json" with { type: "json" };

const OPPOSITES = new Map<string, Set<string>>();
for (const pair of [...antonyms.wordnet, ...antonyms.further]) {
  const [one = "", other = ""] = pair.split("/");
  for (const [word, against] of [
    [one, other],
    [other, one],
  ] as const) {
    const known = OPPOSITES.get(stemOf(word)) ?? new Set<string>();
    OPPOSITES.set(stemOf(word), known.add(stemOf(against)));
  }
}
const GRADABLE = new Set([...antonyms.wordnet, ...antonyms.further].flatMap((pair) => pair.split("/")));

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["better", "good"],
  ["best", "good"],
  ["worse", "bad"],
  ["worst", "bad"],
  ["fewer", "less"],
  ["fewest", "least"],
]);

/** The plain form of a comparative, a superlative or an adverb of a word that has an opposite: "heavily" → "heavy". */
export function plainForm(word: string): { readonly form: string; readonly isCompared: boolean } {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return { form: irregular, isCompared: true };
  if (/^(?:more|less|most|least)$/.test(word)) return { form: word, isCompared: true };
  const [, stem = "", ending = ""] = /^(.{2,}?)(er|est|ly)$/.exec(word) ?? [];
  if (ending === "") return { form: word, isCompared: false };
  const shapes = [stem, `${stem}e`, stem.replace(/i$/, "y"), stem.replace(/(.)\1$/, "$1"), `${stem}le`];
  const form = shapes.find((shape) => GRADABLE.has(shape));
  return { form: form ?? word, isCompared: form !== undefined && ending !== "ly" };
}

const DENYING = /^(?:un|in|im|il|ir|non|dis)(?=.{4})/;

/** Whether two plain forms are opposites: by the lists, by a denying prefix, or by "-less" against "-ful" or nothing. */
export function areOpposite(one: string, other: string): boolean {
  const [a, b] = [stemOf(one), stemOf(other)];
  if (a === b) return false;
  return (OPPOSITES.get(a)?.has(b) ?? false) || isDenied(one, other) || isDenied(other, one);
}

const isDenied = (denied: string, plain: string): boolean =>
  (DENYING.test(denied) && stemOf(denied.replace(DENYING, "")) === stemOf(plain)) ||
  (denied.endsWith("less") && [denied.slice(0, -4), `${denied.slice(0, -4)}ful`].includes(plain));
