// Tells a page's boilerplate, which stands around an article and says nothing of its subject, by a block's text.

import { AUXILIARIES, oneOf, oneOfPhrases, QUESTION_WORDS } from "../../text/words.ts";
import boilerplate from "./boilerplate.json" with { type: "json" };

/** Where the page stands in its site: three or more short names, parted by arrows, or by strokes from "Home" on. */
const BREADCRUMBS = /^(?:[^.!?]{1,40}(?:\s[>»›→]\s[^.!?>»›→]{1,90}){2,}|home(?:\s[>»›→/]\s[^.!?>»›→/]{1,90})+)$/iu;

/** A sign and what it recognises; each is tried on a whole block with its white space folded. */
const SIGNS: readonly RegExp[] = [
  BREADCRUMBS,
  ...boilerplate.signs.flatMap(({ patterns }) => patterns.map((pattern) => new RegExp(pattern, "iu"))),
];

/** Headings under which nothing belongs to the article. */
const HIDING = new RegExp(String.raw`^(?:\d+ )?(?:${boilerplate.headings.join("|")})\W*$`, "iu");

/** Furniture is short, or shows at once. The signs take the square of what they are tried on where it is all dots. */
const SHOWN = 1000;

/** Whether a block's text is furniture by itself. */
export function isBoilerplate(text: string): boolean {
  const shown = text.slice(0, SHOWN);
  return SIGNS.some((sign) => sign.test(shown));
}

/** The page's own name at the end of its breadcrumbs; null for any other text. */
export const lastCrumb = (text: string): string | null =>
  BREADCRUMBS.test(text) ? (text.split(/\s[>»›→/]\s/u).at(-1) ?? null) : null;

/** Whether what stands under a heading is furniture. */
export const hidesAll = (heading: string): boolean => HIDING.test(heading);

const TROUBLE = new RegExp(
  String.raw`\?["”’)]*$|^${oneOf([...QUESTION_WORDS, ...AUXILIARIES])}\b|\b${oneOfPhrases(boilerplate.troubles)}\b`,
  "iu",
);
/** What was done about a trouble is news of a release. */
const MENDED = /^(?:fix|resolv|improv|add|remov|prevent|updat|chang|upgrad)(?:es|ed|e|s)?\b/i;
const LINKS_MIN = 3;

/**
 * Whether a list holds nothing but the titles of other questions: none of its items ends like a sentence, and half of
 * them ask or name a trouble without saying what to do about it.
 */
export function onlyNamesTroubles(items: readonly string[]): boolean {
  if (items.length < LINKS_MIN || items.some((item) => /[.:;]["”’)]*$/u.test(item) || MENDED.test(item))) return false;
  return items.filter((item) => TROUBLE.test(item)).length * 2 >= items.length;
}
