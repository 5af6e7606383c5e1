// The best sentences for a question to an answer: the first as verdict, what contradicts it, and what adds to it.

import { Citations } from "./cite.ts";
import { contradicting } from "./dispute.ts";
import type { AtLeastOne, Document } from "./document.ts";
import type { Evidence } from "./evidence.ts";
import type { Answer, Statement } from "./reply.ts";
import { standingAlone } from "./standing-alone.ts";
import { tokenize } from "./terms.ts";

/** A sentence supports another when its score is at most this much lower. */
const SUPPORT_WITHIN = 3;
const SUPPORT_MAX = 2;
/** Share of words that two sentences have in common to say the same. */
const ALIKE = 0.7;

/** A longer question is no name of what is disputed. */
const POINT_LENGTH_MAX = 150;

/** @param documents by id */
export function answerFrom(
  ask: string,
  [first, ...rest]: AtLeastOne<Evidence>,
  documents: ReadonlyMap<string, Document>,
): Answer {
  const citations = new Citations(documents);
  const verdict = citations.must(standingAlone(first));
  const counter = contradicting(ask, [first, ...rest]);
  const sides = counter === null ? [] : [first, counter].map((side) => citations.must(standingAlone(side)));
  const shown = [first, ...(counter === null ? [] : [counter])].map((one) => standingAlone(one).text);
  const support: Statement[] = [];
  for (const entry of rest) {
    if (support.length === SUPPORT_MAX || entry.score <= first.score - SUPPORT_WITHIN) break;
    if (shown.some((text) => saysTheSame(text, entry.text))) continue;
    const grounded = standingAlone(entry);
    const statement = citations.cite(grounded);
    if (statement === null) continue;
    support.push(statement);
    shown.push(grounded.text);
  }
  return {
    kind: "answer",
    topic: null,
    verdict,
    support,
    disagreement:
      counter === null ? null : { text: ask.length <= POINT_LENGTH_MAX ? ask : "The figure asked for", sides },
    citations: citations.list,
    suggestions: [],
  };
}

/** Whether most words of the shorter one stand in the other. */
function saysTheSame(one: string, other: string): boolean {
  const [left, right] = [new Set(tokenize(one)), new Set(tokenize(other))];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared >= ALIKE * Math.min(left.size, right.size);
}
