// Shortens a question to the label of a button, so that what is left still tells it from the others.

import { isStopWord } from "../../src/text/analyzer.ts";
import { clean } from "./one-line.ts";
import { characters, type Measure, shorten } from "./shorten.ts";

/** What stands in brackets, and what asks for an answer without saying which. */
const BRACKETS = /\s*[([{][^()[\]{}]*[)\]}]/g;
const LEAD_IN =
  /^(?:(?:can|could|would) you (?:please )?(?:tell|show) me(?: about)?|please (?:tell me|explain)|i (?:would|'d) like to know|do you know)[, ]+/i;
/** Asks for no more than what follows it says. */
const WHAT_IS = /^what(?:'s|’s| is| are) (?=the )/i;
const ARTICLES = /\b(?:an?|the) (?=\S)/gi;
const CLAUSE_END = /[,;](?= )| [–—-] /;
/** What it is about, and what of it: "Limits: Probes". */
const HEAD_AND_TAIL = /^(.+): ([^:]+)$/;
const ELLIPSIS = "…";

/**
 * The whole question where it fits. Else, as little of this as makes it fit: without brackets and what leads into it,
 * without articles, without "what is", without its question mark. Else what stands before a colon is cut, since what stands
 * behind tells it from others; else it ends with its first clause, where that is most of what fits; else with its first
 * words, of which the last one is none that only joins others.
 * @param max limit in the measure's unit
 */
export function shortQuestion(question: string, max: number, measure: Measure = characters): string {
  const whole = clean(question);
  const bare = clean(whole.replace(BRACKETS, "").replace(LEAD_IN, ""));
  const subject = bare.replace(WHAT_IS, "");
  const headlines = [bare, bare.replace(ARTICLES, ""), subject.replace(ARTICLES, "")].map(capitalised);
  const fitting = [whole, ...headlines, ...headlines.map((one) => one.replace(/\?$/, ""))];
  return fitting.find((one) => one !== "" && measure(one) <= max) ?? cutShort(capitalised(bare), max, measure);
}

function cutShort(bare: string, max: number, measure: Measure): string {
  const [, head = "", tail = ""] = HEAD_AND_TAIL.exec(bare) ?? [];
  const left = max - measure(`: ${tail}`);
  if (head !== "" && left > max / 4) return `${atWord(head, left, measure)}: ${tail}`;
  const clause = `${bare.slice(0, CLAUSE_END.exec(bare)?.index ?? 0)}${ELLIPSIS}`;
  if (measure(clause) <= max && measure(clause) > max / 2) return clause;
  return atWord(bare, max, measure);
}

/** The first words of a text, the last of them one that says something. */
function atWord(text: string, max: number, measure: Measure): string {
  const cut = shorten(text, max, measure).text;
  if (!cut.endsWith(ELLIPSIS)) return cut;
  const words = cut.replace(/[\s,;:–—|-]*…$/, "").split(" ");
  while (words.length > 2 && isStopWord((words.at(-1) ?? "").toLowerCase())) words.pop();
  return `${words.join(" ")}${ELLIPSIS}`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
