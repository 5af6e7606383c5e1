// The hand-made rules and the features that find a question's topic and statement.

import { ABSTENTION_FEATURES } from "../../../../src/topics/abstention.ts";
import type { StatementFeatures } from "../../../../src/topics/statement-ranker.ts";
import { declared, piece } from "../edits.ts";
import type { Group, Rule } from "../rule.ts";

/** What a statement is chosen by, with the groups of those that the review of the house names. */
const STATEMENT_FEATURES: Readonly<Record<keyof StatementFeatures, readonly Group[]>> = {
  similarity: [],
  nearDuplicate: ["second look"],
  topicMargin: [],
  bm25Statement: [],
  bm25Questions: [],
  subjects: [],
  type: ["bought"],
  verdict: [],
};

export const TOPIC_RULES: readonly Rule[] = [
  ...Object.entries(STATEMENT_FEATURES).map(
    ([feature, groups]): Rule => ({
      name: `statement: ${feature}`,
      does: "a feature that statements are chosen by",
      groups,
      acts: "with topics",
      off: [declared("STATEMENT_WEIGHTS", `ablate.zero(was, "${feature}")`)],
    }),
  ),
  ...ABSTENTION_FEATURES.map(
    (feature): Rule => ({
      name: `gate: ${feature}`,
      does: "a feature by which a topic is answered from or not",
      groups: [],
      acts: "with topics",
      off: [declared("answerability", `(signals, gate) => was(ablate.zero(signals, "${feature}"), gate)`)],
    }),
  ),
  {
    name: "clauses",
    does: "the clauses of a long question are heard on their own",
    groups: ["second look"],
    acts: "with topics",
    off: [declared("CLAUSES", "ablate.set(was, { longFrom: Infinity })")],
  },
  {
    name: "background heard",
    does: "the clauses around a question are heard for its topic",
    groups: [],
    acts: "with topics",
    off: [piece('background === "" ? [] : clauses(background, weight)', "[]")],
  },
  {
    name: "clause weights",
    does: "a clause counts .9, what stands around the question .6 of it",
    groups: [],
    acts: "with topics",
    off: [declared("CLAUSES", "ablate.set(was, { ownWeight: 1, backgroundWeight: 1 })")],
  },
  {
    name: "telling clauses",
    does: "strange words count only in the clause that tells the topic and in the one that asks",
    groups: [],
    acts: "with topics",
    off: [declared("tellingClauses", "(segments) => segments.slice(0, 1)")],
  },
  {
    name: "story share",
    does: "what a story says counts half of what its question says",
    groups: ["second look"],
    acts: "with topics",
    off: [declared("MATCHING", "ablate.set(was, { storyShare: 1 })")],
  },
  {
    name: "soften",
    does: "the BM25 share of a statement is flattened towards its top",
    groups: ["second look"],
    acts: "with topics",
    off: [declared("soften", "(share) => share")],
  },
  {
    name: "lean",
    does: "the topic of the thread is raised by 1.2",
    groups: ["bought"],
    acts: "with topics",
    off: [declared("MATCHING", "ablate.set(was, { lean: 0 })")],
  },
  {
    name: "topic first",
    does: "the best statement is that of the best topic, not the likeliest of all",
    groups: [],
    acts: "with topics",
    off: [piece("...weighed.filter(isOfBest), ...weighed.filter((one) => !isOfBest(one))", "...weighed")],
  },
  {
    name: "general English in topics",
    does: "a term's IDF counts by how rare it is in general English",
    groups: [],
    acts: "with topics",
    off: [declared("MATCHING", "ablate.set(was, { idfFloor: 1 })")],
  },
  {
    name: "usual strangeness",
    does: "unknown words and nearness count beyond what is usual in the FAQ",
    groups: [],
    acts: "with topics",
    off: [declared("baselineOf", "() => ({ unknownShare: 0, nearest: 0 })")],
  },
  {
    name: "unknown mass per word",
    does: "unknown words weigh less among many words",
    groups: [],
    acts: "with topics",
    off: [piece("this.massOf(unknown) / (1 + content.length / 8)", "this.massOf(unknown)")],
  },
  {
    name: "rare grams",
    does: "up to 2,000 examples, grams of one example count in the cosine",
    groups: [],
    acts: "with topics",
    off: [declared("RARE_COUNT_UP_TO", "0")],
  },
];
