// Collects the example questions that a matcher learns from.

import type { Faq } from "../ingest/faq.ts";
import type { LabelledText } from "./classifier.ts";

/** Labels of what is not a topic. */
const OUTSIDE = "~outside";
const FOREIGN = "~foreign";

/** An example question with the place in the FAQ that it leads to. */
export interface TrainingExample extends LabelledText {
  /** Id of the statement it is answered by; null for outside and foreign questions. */
  readonly statement: string | null;
  /** False for a title or name of the topic. */
  readonly isQuestion: boolean;
}

/** How many of the examples, from the first, lead into the FAQ: those that questions are compared with. */
export const rememberedOf = (examples: readonly TrainingExample[]): number =>
  examples.findLastIndex(({ statement }) => statement !== null) + 1;

/** All examples the matcher learns from: those of the FAQ in its order, then what it does not answer. */
export function examplesOf(faq: Faq, foreign: readonly string[]): TrainingExample[] {
  const inside = faq.topics.flatMap((topic) => [
    ...[topic.title, ...topic.names].map((text) => ({
      text,
      label: topic.id,
      statement: topic.statements[0].id,
      isQuestion: false,
    })),
    ...topic.statements.flatMap((statement) =>
      statement.examples.map(({ question }) => ({
        text: question,
        label: topic.id,
        statement: statement.id,
        isQuestion: true,
      })),
    ),
  ]);
  const outside = faq.outside.flatMap(({ examples }) =>
    examples.map((text) => ({ text, label: OUTSIDE, statement: null, isQuestion: true })),
  );
  return [
    ...inside,
    ...outside,
    ...foreign.map((text) => ({ text, label: FOREIGN, statement: null, isQuestion: true })),
  ];
}
