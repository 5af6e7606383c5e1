import { expect, test } from "vitest";
import { fitGate, type Sample } from "../../src/quality/gate-fit.ts";
import { ABSTENTION_FEATURES, type AbstentionFeatures, answerability } from "../../src/topics/abstention.ts";

const NOTHING: AbstentionFeatures = {
  decision: 0,
  outside: 0,
  topic: 0,
  topicCovered: 0,
  strangeShare: 0,
  nearness: 0,
  subject: 0,
};

/** Questions that are right where the topic is likely, all but every seventh. */
const samples = (count: number, weight = 1): Sample[] =>
  Array.from({ length: count }, (_, at) => {
    const topic = (at % 10) / 10;
    return { signals: { ...NOTHING, topic }, isRight: topic >= 0.5 !== (at % 7 === 0), weight };
  });

const oddsAt = (topic: number, gate: ReturnType<typeof fitGate>): number =>
  answerability({ ...NOTHING, topic }, { ...gate, answerFrom: 0 });

test("what is likelier where a feature is high gets a weight above nothing, what never varies none", () => {
  const gate = fitGate(samples(2000));
  expect(gate.weights.topic).toBeGreaterThan(1);
  expect(ABSTENTION_FEATURES.filter((name) => gate.weights[name] !== 0)).toEqual(["topic"]);
  expect(oddsAt(0.9, gate)).toBeGreaterThan(0);
  expect(oddsAt(0.1, gate)).toBeLessThan(0);
});

test("a question that counts twice is two questions", () => {
  expect(fitGate(samples(700, 2))).toEqual(fitGate([...samples(700), ...samples(700)]));
});

test("few questions stay near the weights they start from, many go their own way", () => {
  const standard = { weights: { topic: -3 }, bias: 1 };
  const byItself = fitGate(samples(7000)).weights.topic ?? 0;
  const few = fitGate(samples(14), standard).weights.topic ?? 0;
  const many = fitGate(samples(7000), standard).weights.topic ?? 0;
  expect(few).toBeLessThan(0);
  expect(Math.abs(many - byItself)).toBeLessThan(0.2);
});
