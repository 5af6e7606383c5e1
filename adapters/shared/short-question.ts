// Shortens a question to the label of a button, so that what is left still tells it from the others.

import { isStopWord } from "../../src/text/analyzer.ts";
import { clean } from "./one-line.ts";
import { characters, type Measure, shorten } from "./shorten.ts";

/** What stands in brackets, and what asks for an answer without saying which. */
const BRACKETS = /\s*[([{][^()[\]{}]*[)\]}]/g;
const LEAD_IN =
  /^(?:(?:can|could|would) you (?:please )?(?:tell|show) me(?: about)?|please (?:tell me|explain)|i (?:would|'d) like to know|do you know)[, ]+/i;
const CLAUSE_END = /[,;:](?= )| [–—-] /;
const ELLIPSIS = "…";

/**
 * The whole question where it fits. Else without its brackets and what leads into it; else its first clause, where that
 * is most of what fits; else its first words, of which the last one is none that only joins others.
 * @param max limit in the measure's unit
 */
export function shortQuestion(question: string, max: number, measure: Measure = characters): string {
  const whole = clean(question);
  if (measure(whole) <= max) return whole;
  const bare = capitalised(clean(whole.replace(BRACKETS, "").replace(LEAD_IN, "")));
  if (bare !== "" && measure(bare) <= max) return bare;
  const at = CLAUSE_END.exec(bare)?.index ?? 0;
  const clause = `${bare.slice(0, at)}${ELLIPSIS}`;
  if (measure(clause) <= max && measure(clause) > max / 2) return clause;
  const cut = shorten(bare, max, measure).text;
  const words = cut.replace(/[\s,;:–—-]*…$/, "").split(" ");
  while (words.length > 2 && isStopWord((words.at(-1) ?? "").toLowerCase())) words.pop();
  return cut.endsWith(ELLIPSIS) ? `${words.join(" ")}${ELLIPSIS}` : cut;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
