// Says "Yes" or "No" where a statement is known to answer questions like the asked one that way, else nothing.

import type { Faq, Statement } from "../ingest/faq.ts";
import type { SubjectFinder } from "../ingest/subjects.ts";
import type { QuestionAnalysis } from "../question/analysis.ts";
import { isNegated, withoutTag } from "../question/parse.ts";
import { analyze, type Lexicon, stemOf, tokenize } from "../text/analyzer.ts";
import limitingWords from "../text/words/limiting-words.json" with { type: "json" };
import { AUXILIARIES, CONNECTIVES, oneOf } from "../text/words.ts";

export interface YesNo {
  /**
   * "yes" or "no" where one of the statement's known questions asks the same or the exact opposite; null where it
   * can't be told, which is the usual outcome for a question that says more or less than the known ones.
   */
  read(question: QuestionAnalysis, statement: Statement): "yes" | "no" | null;
}

/** A question taken apart into what would turn its answer around and what it speaks of. */
interface Proposition {
  /** Mentioned subjects in order, without repetition in a row. */
  readonly subjects: readonly string[];
  /** 1 or -1: words of the second kind of each opposite, multiplied. */
  readonly sign: number;
  /** Whether it denies what it asks; "isn't it …?" asks the same as "is it …?". */
  readonly isNegated: boolean;
  readonly comparesWithThan: boolean;
  /** Words that change what is claimed: only, all, always … */
  readonly limits: string;
  /** The axes of the opposites it uses. */
  readonly axes: string;
  /** What else it speaks of. */
  readonly content: ReadonlySet<string>;
}

const LIMITING: ReadonlySet<string> = new Set(limitingWords.words);
/** Share of either question's content that the other must have. */
const SHARED_MIN = 0.75;
const NEGATIVE_OPENING = new RegExp(
  String.raw`^\W*(?:${oneOf(CONNECTIVES)}\s+)*(?:${oneOf(AUXILIARIES)}n['’]?t|can(?:no|['’])t)\b`,
  "i",
);

export function createYesNo(faq: Faq, lexicon: Lexicon, subjects: SubjectFinder): YesNo {
  const axes = createAxes(faq.opposites);
  const take = (text: string): Proposition => {
    const content = new Set<string>();
    const limits = new Set<string>();
    const used = new Set<string>();
    let sign = 1;
    for (const { surface, term, isStop } of analyze(text, lexicon)) {
      const axis = axes.get(surface) ?? axes.get(term);
      if (LIMITING.has(surface)) limits.add(surface);
      if (axis !== undefined) {
        sign *= axis.sign;
        used.add(axis.name);
      } else if (!isStop && !subjects.isSubject(term)) content.add(term);
    }
    const order = subjects.mentions(text).map(({ subject }) => subject);
    return {
      subjects: order.filter((subject, at) => subject !== order[at - 1]),
      sign,
      isNegated: isNegated(text.replace(NEGATIVE_OPENING, "")),
      comparesWithThan: /\bthan\b/i.test(text),
      limits: [...limits].sort().join(" "),
      axes: [...used].sort().join(" "),
      content,
    };
  };

  const knownTaken = new Map<string, Proposition>();
  const takeKnown = (question: string): Proposition => {
    const taken = knownTaken.get(question) ?? take(question);
    knownTaken.set(question, taken);
    return taken;
  };

  return {
    read(question, statement) {
      if (!question.isYesNo) return null;
      const asked = take(withoutTag(question.text));
      const stated = take([statement.text, ...statement.quotes.map(({ text }) => text)].join(" . ")).content;
      const answers = new Set<"yes" | "no">();
      for (const { question: example, says } of statement.examples) {
        if (says === null) continue;
        const known = takeKnown(example);
        const relation = compare(asked, known, stated);
        if (relation === "same") answers.add(says);
        // What is not faster need not be slower: only a yes can be turned around.
        else if (relation === "opposite" && says === "yes") answers.add("no");
      }
      const [answer] = answers;
      return answers.size === 1 && answer !== undefined ? answer : null;
    },
  };
}

function compare(asked: Proposition, known: Proposition, stated: ReadonlySet<string>): "same" | "opposite" | "another" {
  if (asked.limits !== known.limits || asked.axes !== known.axes || asked.isNegated !== known.isNegated)
    return "another";
  if (asked.comparesWithThan !== known.comparesWithThan) return "another";
  const isSwapped =
    asked.subjects.length === 2 && asked.subjects[0] === known.subjects[1] && asked.subjects[1] === known.subjects[0];
  const isSame = asked.subjects.join(" ") === known.subjects.join(" ");
  if (!isSame && !(isSwapped && asked.comparesWithThan)) return "another";
  const shared = [...asked.content].filter((term) => known.content.has(term)).length;
  const explained = [...asked.content].filter((term) => known.content.has(term) || stated.has(term)).length;
  if (explained < asked.content.size) return "another";
  if (shared < asked.content.size * SHARED_MIN || shared < known.content.size * SHARED_MIN) return "another";
  return asked.sign * known.sign * (isSwapped && !isSame ? -1 : 1) === 1 ? "same" : "opposite";
}

interface Axis {
  readonly name: string;
  readonly sign: 1 | -1;
}

/** Chains of opposites share one axis: faster against slower, quicker against slower. */
function createAxes(opposites: Faq["opposites"]): ReadonlyMap<string, Axis> {
  const axes = new Map<string, Axis>();
  const key = (word: string): string => tokenize(word).map(stemOf).join("_");
  for (const pair of opposites) {
    const [positive, negative] = pair;
    const known = axes.get(positive);
    const other = axes.get(negative);
    const name = known?.name ?? other?.name ?? key(positive);
    const sign: 1 | -1 = known?.sign ?? (other ? (-other.sign as 1 | -1) : 1);
    for (const [word, wordSign] of [
      [positive, sign],
      [negative, -sign as 1 | -1],
    ] as const) {
      if (!axes.has(word)) axes.set(word, { name, sign: wordSign });
    }
  }
  return axes;
}
