import { expect, test } from "vitest";
import { EMPTY_FAQ } from "../../src/ingest/faq.ts";
import { createSubjectFinder } from "../../src/ingest/subjects.ts";
import { countVocabulary } from "../../src/ingest/vocabulary.ts";
import { analyze, EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { type Baseline, baselineOf } from "../../src/topics/baseline.ts";
import { createClassifier, trainClassifier } from "../../src/topics/classifier.ts";
import { documentOf } from "../documents.ts";

/** The baseline of examples, by label, of a FAQ whose documents say this. */
async function baseline(questions: Readonly<Record<string, readonly string[]>>, said: string): Promise<Baseline> {
  const examples = Object.entries(questions).flatMap(([label, texts]) =>
    texts.map((text) => ({ label, text, statement: `${label}#0`, isQuestion: true })),
  );
  const asked = [...examples.map(({ text }) => text), said].join(". ");
  const vocabulary = await countVocabulary([await documentOf("documents/harbour.md", asked)], EMPTY_FAQ, EMPTY_LEXICON);
  const subjects = createSubjectFinder(EMPTY_FAQ, EMPTY_LEXICON);
  return baselineOf(examples, trainClassifier(examples, EMPTY_LEXICON), vocabulary, EMPTY_LEXICON, subjects);
}

const BERTHS = ["Which berth is free?", "Is a berth free?"];

test("a FAQ whose questions share their words expects no unknown ones", async () => {
  expect((await baseline({ berths: BERTHS }, "")).unknownShare).toBe(0);
});

test("a FAQ of which every question names something new expects that", async () => {
  const ferries = ["Ferry to Zadar", "Ferry to Corfu", "Ferry to Bastia"];
  const { unknownShare } = await baseline({ ferries }, "");
  expect(unknownShare).toBeGreaterThan(0.4);
  // What the documents name as well is not new.
  expect((await baseline({ ferries }, "Zadar, Corfu and Bastia.")).unknownShare).toBe(0);
});

test("what is near is another example of the same topic, never the example itself or another topic's", async () => {
  const alone = await baseline({ berths: ["Which berth is free?"], crew: ["Which berth is free?"] }, "");
  expect(alone.nearest).toBe(0);
  const { nearest } = await baseline({ berths: BERTHS }, "");
  expect(nearest).toBeGreaterThan(0.3);
  expect(nearest).toBeLessThan(1);
});

test("it is the cosine that the classifier tells of the other example", async () => {
  const examples = BERTHS.map((text) => ({ label: "berths", text }));
  const classifier = createClassifier(trainClassifier(examples, EMPTY_LEXICON), EMPTY_LEXICON);
  const [cosine = 0] = classifier.classify(analyze(BERTHS[1] ?? "", EMPTY_LEXICON)).similarities;
  expect((await baseline({ berths: BERTHS }, "")).nearest).toBeCloseTo(cosine, 5);
});
