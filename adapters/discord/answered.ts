// Remembers which answer a message got, so that a question that is deleted takes its answer away.

import { LRUCache } from "lru-cache";

/** A message and the channel or thread that it stands in. */
export interface Placed {
  readonly channel: string;
  readonly message: string;
}

export interface Answered {
  /** Notes the answer; says whether the question still stands. */
  add(question: string, answer: Placed): boolean;
  /** Notes that a question is deleted; returns its answer, null where it has none yet or is not known. */
  remove(question: string): Placed | null;
  /** Whether the question is known to be deleted. */
  isGone(question: string): boolean;
}

/** Questions are deleted soon or never. */
const KNOWN_MAX = 10_000;

export function createAnswered(): Answered {
  const answers = new LRUCache<string, Placed>({ max: KNOWN_MAX });
  const gone = new LRUCache<string, true>({ max: KNOWN_MAX });
  return {
    add(question, answer) {
      if (gone.has(question)) return false;
      answers.set(question, answer);
      return true;
    },
    remove(question) {
      gone.set(question, true);
      const answer = answers.get(question) ?? null;
      answers.delete(question);
      return answer;
    },
    isGone: (question) => gone.has(question),
  };
}
