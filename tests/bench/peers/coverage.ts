// A set of labelled questions to what a matcher that was taught a few of each topic answers, when it must be right.

import { examplesOf, type IntentSet, OUT_OF_SCOPE } from "./data.ts";
import { grouped } from "./grouped.ts";
import type { Values } from "./ledger.ts";
import { auroc, coverageAt, mean, type Scored, share } from "./metrics.ts";
import { randomFrom, shuffled } from "./random.ts";
import type { TopicMatcher } from "./topics.ts";

const SEED = 20_261_124;
const DRAWS = 8;
const QUICK_DRAWS = 1;
const TOPICS = 15;
const EXAMPLES = [2, 5, 10];
const ASKED_EACH = 30;
const PRECISION = 0.95;

/** Means over the draws, which are the same for every matcher. */
export async function coverageDraws(matcher: TopicMatcher, set: IntentSet, isQuick: boolean): Promise<Values> {
  const values: Record<string, number> = {};
  for (const count of EXAMPLES) {
    const figures: { accuracy: number; area: number; coverage: number }[] = [];
    for (let draw = 0; draw < (isQuick ? QUICK_DRAWS : DRAWS); draw++) {
      const scored = await asked(matcher, drawn(set, count, SEED + draw));
      const own = scored.filter(({ isInScope }) => isInScope);
      const foreign = scored.filter(({ isInScope }) => !isInScope);
      figures.push({
        accuracy: share(own, ({ isRight }) => isRight),
        area: auroc(
          own.map(({ score }) => score),
          foreign.map(({ score }) => score),
        ),
        coverage: coverageAt(PRECISION, scored),
      });
    }
    values[`accuracy${count}`] = mean(figures.map(({ accuracy }) => accuracy));
    values[`auroc${count}`] = mean(figures.map(({ area }) => area));
    values[`coverage${count}`] = mean(figures.map(({ coverage }) => coverage));
  }
  return values;
}

interface Draw {
  readonly examples: readonly { readonly text: string; readonly label: string }[];
  /** With the topic, or null where there is none among those drawn. */
  readonly questions: readonly { readonly text: string; readonly topic: string | null }[];
}

function drawn({ questions }: IntentSet, count: number, seed: number): Draw {
  const random = randomFrom(seed);
  const byTopic = grouped(
    questions.filter(({ intent }) => intent !== OUT_OF_SCOPE),
    ({ intent }) => intent,
  );
  const topics = shuffled([...byTopic.keys()], random).slice(0, TOPICS);
  const parted = topics.map((topic) => {
    const list = shuffled(byTopic.get(topic) ?? [], random);
    // The first ten are kept for learning, however many are learnt: what is asked is the same for 2, 5 and 10.
    const reserved = Math.max(...EXAMPLES);
    return { learnt: list.slice(0, count), asked: list.slice(reserved, reserved + ASKED_EACH) };
  });
  const own = parted.flatMap(({ asked }) => asked.map(({ text, intent }) => ({ text, topic: intent })));
  const none = shuffled(
    questions.filter(({ intent }) => intent === OUT_OF_SCOPE),
    random,
  ).slice(0, Math.floor(own.length / 2));
  const elsewhere = shuffled(
    questions.filter(({ intent }) => intent !== OUT_OF_SCOPE && !topics.includes(intent)),
    random,
  ).slice(0, own.length - none.length);
  return {
    examples: shuffled(
      parted.flatMap(({ learnt }) => examplesOf(learnt)),
      random,
    ),
    questions: [...own, ...[...none, ...elsewhere].map(({ text }) => ({ text, topic: null }))],
  };
}

async function asked(matcher: TopicMatcher, { examples, questions }: Draw): Promise<Scored[]> {
  const guess = await matcher.train(examples);
  const scored: Scored[] = [];
  for (const { text, topic } of questions) {
    const { label, score } = await guess(text);
    scored.push({ score, isRight: label === topic, isInScope: topic !== null });
  }
  return scored;
}
