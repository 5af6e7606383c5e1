// Every hand-made rule and feature of the engine: what it is and how it is switched off, in the order of the stages.

import type { Rule } from "./rule.ts";
import { ANSWER_RULES } from "./rules/answer.ts";
import { COLLECTION_RULES } from "./rules/collection.ts";
import { EVIDENCE_RULES } from "./rules/evidence.ts";
import { QUESTION_RULES } from "./rules/question.ts";
import { TOPIC_RULES } from "./rules/topics.ts";

export const RULES: readonly Rule[] = [
  ...COLLECTION_RULES,
  ...QUESTION_RULES,
  ...TOPIC_RULES,
  ...EVIDENCE_RULES,
  ...ANSWER_RULES,
];

/** Rules to switch off together: a part of a wider one among them goes with that. */
export function together(rules: readonly Rule[]): readonly Rule[] {
  const names = new Set(rules.map(({ name }) => name));
  const isWithin = ({ partOf }: Rule): boolean => {
    if (partOf === undefined) return false;
    const wider = RULES.find(({ name }) => name === partOf);
    return names.has(partOf) || (wider !== undefined && isWithin(wider));
  };
  return rules.filter((rule) => !isWithin(rule));
}
