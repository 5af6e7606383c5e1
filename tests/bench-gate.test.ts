import { describe, expect, test } from "vitest";
import { createEngine } from "../src/engine.ts";
import { train } from "../src/train.ts";
import { halfOf } from "./bench/gate/gather.ts";
import { type Shape, simulate } from "./bench/gate/simulate.ts";
import { randomFrom } from "./bench/peers/random.ts";

const PLACES = ["harbour", "bridge", "market", "castle", "tower", "garden", "museum", "station"];
const SET = {
  name: "town",
  questions: PLACES.flatMap((place) =>
    [
      "Where is the",
      "When does it open, the",
      "Who built the",
      "How old is the",
      "Is it far to the",
      "What costs the",
    ].map((opening) => ({ text: `${opening} ${place}?`, intent: `the_${place}`, split: "train" })),
  ),
};
const SHAPE: Shape = { topics: 3, examples: [2, 3], statements: "full", outside: { groups: 2, examples: 2 } };
const drawn = (seed: number) => simulate(SET.questions, SHAPE, { own: 100, siblings: 100 }, randomFrom(seed));

describe("a simulated FAQ", () => {
  test("is never asked what it was shown", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { corpus, asked } = drawn(seed);
      const shown = JSON.stringify([corpus.faq, corpus.documents]);
      expect(asked.filter(({ text }) => shown.includes(text))).toEqual([]);
    }
  });

  test("has the topics, examples and outside questions that its shape asks for", () => {
    const { corpus, asked } = drawn(1);
    expect(corpus.faq.topics).toHaveLength(3);
    for (const { statements } of corpus.faq.topics) expect([2, 3]).toContain(statements[0].examples.length);
    expect(corpus.faq.outside.map(({ examples }) => examples.length)).toEqual([2, 2]);
    const ids = corpus.faq.topics.map(({ id }) => id);
    for (const { kind, topic } of asked) expect(topic !== null && ids.includes(topic)).toBe(kind === "own");
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(["own", "named", "sibling"]));
  });

  test("is the same for the same seed, and another one for another", () => {
    expect(drawn(3)).toEqual(drawn(3));
    expect(drawn(4)).not.toEqual(drawn(3));
  });

  test("answers an example of its own with a proven quote", async () => {
    const { corpus } = drawn(5);
    const [topic] = corpus.faq.topics;
    const engine = await createEngine(corpus, await train(corpus));
    const reply = await engine.answer(topic?.statements[0].examples[0]?.question ?? "");
    expect(reply).toMatchObject({ kind: "answer", topic: topic?.id });
  });
});

test("no topic is both fitted and judged on, and each is one of them", () => {
  const intentsOf = (half: "fitted" | "judged"): Set<string> => new Set(halfOf(SET, half).map(({ intent }) => intent));
  const [fitted, judged] = [intentsOf("fitted"), intentsOf("judged")];
  expect([...fitted].filter((intent) => judged.has(intent))).toEqual([]);
  expect(fitted.size + judged.size).toBe(PLACES.length);
});
