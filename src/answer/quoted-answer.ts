// The best sentences for a question to an answer: the first as verdict, what contradicts it, and what adds to it.

import type { AtLeastOne, Document } from "../document.ts";
import { contradictionOf } from "../evidence/contradiction.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { EVIDENCE_ODDS_MIN } from "../evidence/sentence-ranker.ts";
import type { QuestionAnalysis } from "../question/analysis.ts";
import { type Answer, type CitedStatement, QUOTED_SUPPORT_MAX } from "../reply.ts";
import { tokenize } from "../text/analyzer.ts";
import { Citations } from "./citations.ts";
import { decontextualize } from "./standing-alone.ts";

/** Set by hand; `npm run bench -- ablate` has what each is worth. */
export const QUOTING = Object.freeze({
  /** A sentence supports another when it could be quoted on its own and its score is at most this much lower. */
  supportWithin: 3,
  /** Share of words that two sentences have in common to say the same. */
  alike: 0.7,
  /** In characters: a longer question is no name of what is disputed. Taste. */
  disputedLengthMax: 150,
});

/** @param documents by id */
export function quotedAnswer(
  question: QuestionAnalysis,
  [first, ...rest]: AtLeastOne<Evidence>,
  documents: ReadonlyMap<string, Document>,
): Answer {
  const citations = new Citations(documents);
  const opening = decontextualize(first);
  const counter = contradictionOf(question, [first, ...rest]);
  const sides = counter === null ? [] : [opening, decontextualize(counter)];
  const verdict = citations.must(opening, sides);
  const shown = [opening, ...sides].map(({ text }) => text);
  const support: CitedStatement[] = [];
  for (const entry of rest) {
    if (support.length === QUOTED_SUPPORT_MAX || entry.score <= first.score - QUOTING.supportWithin) break;
    if (entry.odds < EVIDENCE_ODDS_MIN || entry.features.names < first.features.names) continue;
    if (shown.some((text) => saysTheSame(text, entry.text))) continue;
    const grounded = decontextualize(entry);
    const statement = citations.cite(grounded, sides);
    if (statement === null) continue;
    support.push(statement);
    shown.push(grounded.text);
  }
  const statement = question.text.length <= QUOTING.disputedLengthMax ? question.text : "The figure asked for";
  const disagreement = counter === null ? null : { text: statement, sides: sides.map((side) => citations.must(side)) };
  const said = { verdict, support, disagreement, citations: citations.list };
  return { kind: "answer", topic: null, ...said, suggestions: [] };
}

/** Whether most words of the shorter one stand in the other. */
function saysTheSame(one: string, other: string): boolean {
  const [left, right] = [new Set(tokenize(one)), new Set(tokenize(other))];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared >= QUOTING.alike * Math.min(left.size, right.size);
}
