// Labelled questions to how often each matcher names the right topic, by cross-validation.

import { quantile } from "../frame/suite.ts";
import { examplesOf, type IntentSet, type LabelledQuestion } from "./data.ts";
import { grouped } from "./grouped.ts";
import type { Ledger } from "./ledger.ts";
import { mean, standardError } from "./metrics.ts";
import { randomFrom, shuffled } from "./random.ts";
import { NLP_JS, TOPIC_MATCHERS, type TopicMatcher } from "./topics.ts";

const SEED = 20_261_123;
/** A topic with fewer examples cannot be both learnt and asked for. */
const EXAMPLES_MIN = 3;
/** Small sets are parted again and again: how they are parted tells much. */
const SMALL = { below: 1000, folds: 3, repetitions: 10 };
const LARGE = { folds: 5, repetitions: 1 };
const QUICK_REPETITIONS = 2;

/** One row for each matcher: nlp.js first, which the others are compared with. */
export async function measureAccuracy(set: IntentSet, isQuick: boolean, ledger: Ledger): Promise<void> {
  const { group, kept, topics } = enough(set);
  if (topics.length < 2) return;
  const { folds, repetitions } = kept.length < SMALL.below ? SMALL : LARGE;
  const times = isQuick ? Math.min(QUICK_REPETITIONS, repetitions) : repetitions;
  const partings = Array.from({ length: times }, (_, at) => stratified(kept, folds, SEED + at));
  // Kept as text beside the figures, so that a run that is taken up can still compare question by question.
  for (const matcher of [NLP_JS, ...TOPIC_MATCHERS.filter((one) => one !== NLP_JS)])
    await ledger.measure({ table: "accuracy", group, row: matcher.name }, async () => {
      const { right, trainSeconds, askMs } = await crossValidate(matcher, kept, partings, folds);
      const peer = ledger.rows.find(
        (one) => one.table === "accuracy" && one.group === group && one.row === NLP_JS.name,
      );
      const theirs = typeof peer?.values.right === "string" ? peer.values.right.split(" ").map(Number) : null;
      const differences = right.map((one, at) => one - (theirs?.[at] ?? one));
      return {
        accuracy: mean(right) / times,
        difference: theirs === null ? null : mean(differences) / times,
        error: theirs === null ? null : standardError(differences) / times,
        trainSeconds,
        askMs,
        questions: kept.length,
        topics: topics.length,
        right: right.join(" "),
      };
    });
}

/** How often each question got its topic, of so many repetitions. */
async function crossValidate(
  matcher: TopicMatcher,
  questions: readonly LabelledQuestion[],
  partings: readonly (readonly number[])[],
  folds: number,
): Promise<{ right: number[]; trainSeconds: number; askMs: number }> {
  const right = questions.map(() => 0);
  const trainings: number[] = [];
  let asked = 0;
  let askedMs = 0;
  for (const foldOf of partings)
    for (let fold = 0; fold < folds; fold++) {
      const learnt = shuffled(
        questions.filter((_, at) => foldOf[at] !== fold),
        randomFrom(SEED),
      );
      const start = performance.now();
      const guess = await matcher.train(examplesOf(learnt));
      trainings.push((performance.now() - start) / 1000);
      for (const [at, { text, intent }] of questions.entries()) {
        if (foldOf[at] !== fold) continue;
        const before = performance.now();
        const { label } = await guess(text);
        askedMs += performance.now() - before;
        asked++;
        if (label === intent) right[at] = (right[at] ?? 0) + 1;
      }
    }
  return { right, trainSeconds: quantile(trainings, 0.5), askMs: askedMs / asked };
}

/** The fold of each question: every topic's questions are dealt out evenly. */
export function stratified(questions: readonly LabelledQuestion[], folds: number, seed: number): number[] {
  const random = randomFrom(seed);
  const foldOf = questions.map(() => 0);
  const byTopic = grouped(shuffled([...questions.keys()], random), (at) => questions[at]?.intent);
  for (const [dealt, at] of [...byTopic.values()].flat().entries()) foldOf[at] = dealt % folds;
  return foldOf;
}

/** Those left out are named with the set. */
function enough({ name, questions }: IntentSet): { group: string; kept: LabelledQuestion[]; topics: string[] } {
  const inTraining = questions.filter(({ split }) => split === "train");
  const counts = grouped(inTraining, ({ intent }) => intent);
  const kept = inTraining.filter(({ intent }) => (counts.get(intent)?.length ?? 0) >= EXAMPLES_MIN);
  const left = [...counts].filter(([, list]) => list.length < EXAMPLES_MIN).map(([topic]) => topic);
  const named = left.length === 0 ? "" : `, without ${left.join(", ")} (under three examples)`;
  return { group: `${name}${named}`, kept, topics: [...new Set(kept.map(({ intent }) => intent))] };
}
