// Questions on the topics and on none to how well a matcher refuses what is out of scope.

import { examplesOf, type IntentSet, OUT_OF_SCOPE } from "./data.ts";
import type { Values } from "./ledger.ts";
import { auroc, bestThreshold, mean, type Scored, share } from "./metrics.ts";
import { randomFrom, shuffled } from "./random.ts";
import type { TopicMatcher } from "./topics.ts";

const SEED = 20_261_125;
const SPLITS = 20;

/** Trained on the topics alone, asked the validation questions. */
export async function outOfScopeOf(matcher: TopicMatcher, { questions }: IntentSet): Promise<Values> {
  const random = randomFrom(SEED);
  const learnt = shuffled(
    questions.filter(({ split, intent }) => split === "train" && intent !== OUT_OF_SCOPE),
    random,
  );
  const start = performance.now();
  const guess = await matcher.train(examplesOf(learnt));
  const trainSeconds = (performance.now() - start) / 1000;
  const scored: Scored[] = [];
  for (const { text, intent } of questions.filter(({ split }) => split === "val")) {
    const { label, score } = await guess(text);
    scored.push({ score, isRight: label === intent, isInScope: intent !== OUT_OF_SCOPE });
  }
  const inScope = scored.filter(({ isInScope }) => isInScope);
  const outside = scored.filter(({ isInScope }) => !isInScope);
  const splits = Array.from({ length: SPLITS }, () => {
    const [own, ownAsked] = halves(shuffled(inScope, random));
    const [foreign, foreignAsked] = halves(shuffled(outside, random));
    const threshold = bestThreshold([...own, ...foreign]);
    return {
      accuracy: share(ownAsked, ({ score, isRight }) => score >= threshold && isRight),
      refused: share(foreignAsked, ({ score }) => score < threshold),
    };
  });
  return {
    accuracy: share(inScope, ({ isRight }) => isRight),
    accuracyAbove: mean(splits.map(({ accuracy }) => accuracy)),
    refused: mean(splits.map(({ refused }) => refused)),
    auroc: auroc(
      inScope.map(({ score }) => score),
      outside.map(({ score }) => score),
    ),
    trainSeconds,
    inScope: inScope.length,
    outOfScope: outside.length,
  };
}

const halves = <T>(list: readonly T[]): [T[], T[]] => [
  list.slice(0, Math.floor(list.length / 2)),
  list.slice(Math.floor(list.length / 2)),
];
