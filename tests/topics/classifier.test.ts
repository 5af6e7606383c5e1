import { describe, expect, test } from "vitest";
import { analyze, createLexicon, EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { createClassifier, type LabelledText, trainClassifier } from "../../src/topics/classifier.ts";
import { fc } from "../fast-check.ts";

const EXAMPLES: readonly LabelledText[] = [
  { label: "speed", text: "How fast is a dinghy?" },
  { label: "speed", text: "Is a ketch faster than a dinghy?" },
  { label: "speed", text: "Which boat is the fastest?" },
  { label: "crew", text: "How many sailors does a ketch need?" },
  { label: "crew", text: "Who sails the boat?" },
  { label: "crew", text: "Is a crew of four enough sailors?" },
  { label: "paint", text: "What colour is the hull painted?" },
  { label: "paint", text: "How do I paint a hull?" },
  { label: "paint", text: "Which paint holds on a hull?" },
];
const model = trainClassifier(EXAMPLES, EMPTY_LEXICON);
const classifier = createClassifier(model, EMPTY_LEXICON);

const LABELLED: Record<string, string> = {
  "How fast is a ketch?": "speed",
  "fastest boat": "speed",
  "how many sailors": "crew",
  "painting hulls": "paint",
  "WHICH PAINT???": "paint",
};

/** The label with the largest margin, and that margin. */
const leaderOf = (text: string): readonly [label: string, margin: number] =>
  [...classifier.classify(analyze(text, EMPTY_LEXICON)).margins].reduce((best, one) => (one[1] > best[1] ? one : best));

describe("the label of the nearest examples leads", () => {
  test.each(Object.entries(LABELLED))("%s is about %s", (text, label) => {
    expect(leaderOf(text)[0]).toBe(label);
  });

  test("each example's own label leads it, inside the class", () => {
    for (const { text, label } of EXAMPLES) {
      const [best, margin] = leaderOf(text);
      expect([text, best]).toEqual([text, label]);
      expect(margin).toBeGreaterThan(0);
    }
  });

  test("each example is nearest to itself", () => {
    for (const [at, { text }] of EXAMPLES.entries()) {
      const { similarities } = classifier.classify(analyze(text, EMPTY_LEXICON));
      expect(similarities.indexOf(Math.max(...similarities))).toBe(at);
    }
  });
});

test("among few examples a word that was said once still tells which is near", () => {
  const { similarities } = classifier.classify(analyze("colour", EMPTY_LEXICON));
  expect(EXAMPLES[similarities.indexOf(Math.max(...similarities))]?.text).toBe("What colour is the hull painted?");
});

test("among thousands of examples it no longer does", () => {
  const many = Array.from({ length: 2001 }, (_, at) => ({ label: at % 2 === 0 ? "a" : "b", text: "the same again" }));
  const learnt = trainClassifier([...many, { label: "a", text: "colour" }], EMPTY_LEXICON);
  const { similarities } = createClassifier(learnt, EMPTY_LEXICON).classify(analyze("colour", EMPTY_LEXICON));
  expect(Math.max(...similarities)).toBe(0);
});

describe("a text of unknown words", () => {
  test.each(["zyxwv qqq", "コンテナ", "", "?!", "🐳"])("%j is near to nothing and inside no class", (text) => {
    const { margins, similarities } = classifier.classify(analyze(text, EMPTY_LEXICON));
    expect(Math.max(...similarities)).toBe(0);
    for (const margin of margins.values()) expect(margin).toBeLessThan(0);
  });

  test("strange words take away from how near a text is", () => {
    const near = (text: string): number => Math.max(...classifier.classify(analyze(text, EMPTY_LEXICON)).similarities);
    expect(near("How fast is a dinghy zyxwv qqqq kkkk?")).toBeLessThan(near("How fast is a dinghy?"));
  });
});

describe("the same examples", () => {
  test("train the same model to the last bit", () => {
    expect(trainClassifier(EXAMPLES, EMPTY_LEXICON)).toEqual(model);
  });

  test("give the same whatever was asked before", () => {
    const before = classifier.classify(analyze("How fast?", EMPTY_LEXICON));
    classifier.classify(analyze("paint the hull", EMPTY_LEXICON));
    expect(classifier.classify(analyze("How fast?", EMPTY_LEXICON))).toEqual(before);
  });

  test("name their labels in the order of the alphabet", () => {
    expect(model.labels).toEqual(["crew", "paint", "speed"]);
    expect(trainClassifier([...EXAMPLES].reverse(), EMPTY_LEXICON).labels).toEqual(["crew", "paint", "speed"]);
  });
});

test("synonyms are one to it", () => {
  const lexicon = createLexicon({ names: [], synonyms: [["hull", "keel"]] });
  const merged = createClassifier(trainClassifier(EXAMPLES, lexicon), lexicon);
  const near = (text: string): number => Math.max(...merged.classify(analyze(text, lexicon)).similarities);
  const apart = (text: string): number => Math.max(...classifier.classify(analyze(text, EMPTY_LEXICON)).similarities);
  expect(near("Which paint holds on a keel?")).toBeGreaterThan(apart("Which paint holds on a keel?"));
});

test("no examples give no labels", () => {
  const empty = createClassifier(trainClassifier([], EMPTY_LEXICON), EMPTY_LEXICON).classify(
    analyze("How fast?", EMPTY_LEXICON),
  );
  expect([...empty.margins]).toEqual([]);
  expect(empty.similarities).toHaveLength(0);
});

test("one example is a class of its own", () => {
  const only = createClassifier(trainClassifier([{ label: "a", text: "How fast?" }], EMPTY_LEXICON), EMPTY_LEXICON);
  expect([...only.classify(analyze("How fast?", EMPTY_LEXICON)).margins.keys()]).toEqual(["a"]);
});

test("whatever is asked, every label has a finite margin, in the order of the labels", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const { margins, similarities } = classifier.classify(analyze(text, EMPTY_LEXICON));
      expect([...margins.keys()]).toEqual(["crew", "paint", "speed"]);
      expect([...margins.values()].every(Number.isFinite)).toBe(true);
      for (const similarity of similarities) {
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThan(1.000001);
      }
    }),
  );
});
