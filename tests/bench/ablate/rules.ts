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
