import { expect, test } from "vitest";
import { ABSTENTION_FEATURES, type AbstentionFeatures, answerability } from "../../src/topics/abstention.ts";
import shipped from "../../src/topics/calibration.json" with { type: "json" };
import { fc } from "../fast-check.ts";

const SILENT: AbstentionFeatures = {
  ...{ decision: 0, outside: 0, topic: 0, topicCovered: 0, strangeShare: 0, nearness: 0, subject: 0 },
};
const gate = (weights: Readonly<Record<string, number>>, bias: number) => ({ weights, bias, answerFrom: 0 });

test("a question of which nothing is known has the odds of the bias", () => {
  expect(answerability(SILENT, gate({ decision: 2, outside: -3 }, -1.5))).toBe(-1.5);
});

test("each feature counts by its weight, and they add up", () => {
  const signals = { ...SILENT, decision: 2, outside: 0.5, strangeShare: 4 };
  expect(answerability(signals, gate({ decision: 3, outside: -2, strangeShare: -0.25 }, 1))).toBe(1 + 6 - 1 - 1);
});

test("a feature without a weight counts nothing", () => {
  expect(answerability({ ...SILENT, nearness: 5, topic: 1 }, gate({ topic: 2 }, 0))).toBe(2);
});

test("a weight without a feature, as of an older calibration, counts nothing", () => {
  expect(answerability({ ...SILENT, topic: 1 }, gate({ topic: 2, moon: 7 }, 0))).toBe(2);
});

test("more of what speaks for a topic never lowers the odds", () => {
  const weights = { decision: 1.5, topic: 0.5 };
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 50 }), (decision, more) => {
      const [less, further] = [decision, decision + more].map((one) =>
        answerability({ ...SILENT, decision: one }, gate(weights, 0)),
      );
      expect(further).toBeGreaterThanOrEqual(less ?? Number.NaN);
    }),
  );
});

test("the gate that ships weighs every feature that is fitted, and nothing else", () => {
  expect(Object.keys(shipped.weights).sort()).toEqual([...ABSTENTION_FEATURES].sort());
});
