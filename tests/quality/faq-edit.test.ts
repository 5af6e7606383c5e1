import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { FaqTopic } from "../../src/quality/draft.ts";
import { addExamples, addOutside, addTopic, type Edited, newFaq, takeOut } from "../../src/quality/faq-edit.ts";
import { fc } from "../fast-check.ts";

const BLOCK = `# Our tea.
topics:
  - id: storage # kept apart
    title: Storage
    examples:
      - Where is tea stored? # most asked
      # asked in spring
      - "How do I store tea?"
    verdict: { text: Dark., quotes: [{ tea: Dark. }] }   # the answer

  # ---- the other one
  - id: brewing
    title: Brewing
    examples: ["How long?",
      "How hot?"]
    verdict: { text: Long., quotes: [{ tea: Long. }] }
# the end
`;
const TOPIC: FaqTopic = {
  ...{ id: "cups", title: "Cups", question: "Which cup?", document: "tea" },
  statements: ["White: the best.", "Blue."],
};
const WINDOWS = BLOCK.replaceAll("\n", "\r\n");

/** What was there stands there still, in one piece before and one behind what is new. */
function isKept(before: string, { source, edit }: Edited): boolean {
  return source === before.slice(0, edit.at) + edit.inserted + before.slice(edit.at + edit.removed.length);
}

describe("examples", () => {
  const ADDED: readonly [name: string, source: string, topic: string, put: string][] = [
    [
      "stand behind the last of a list",
      BLOCK,
      "storage",
      '      - "How do I store tea?"\n      - and where: in a jar?\n    verdict',
    ],
    ["stand within brackets", BLOCK, "brewing", '      "How hot?", "and where: in a jar?"]\n'],
    ["end their lines as the file does", WINDOWS, "storage", 'tea?"\r\n      - and where: in a jar?\r\n    verdict'],
  ];
  test.each(ADDED)("%s", (_, source, topic, put) => {
    const question = "and where: in a jar?";
    const edited = addExamples(source, topic, [question]);
    // What a plain line can't say is quoted.
    expect(edited.source.replace(`- "${question}"`, `- ${question}`)).toContain(put);
    expect(isKept(source, edited)).toBe(true);
    const { topics } = parse(edited.source);
    expect(topics.find(({ id }: { id: string }) => id === topic).examples.at(-1)).toBe(question);
    expect(takeOut(edited.source, edited.edit)).toBe(source);
  });
  test("that stand anywhere already are left out, whatever their case and marks", () => {
    const { source, edit } = addExamples(BLOCK, "storage", ["how HOT", "where is tea stored", "How hot?"]);
    expect([source, edit.inserted]).toEqual([BLOCK, ""]);
  });
  test("of a topic that is not there are refused", () => {
    expect(() => addExamples(BLOCK, "milk", ["Milk?"])).toThrow('faq.yaml has no topic "milk"');
  });
  test("of any words are read back as they were, in any list, and can be taken out again", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom("storage", "brewing"),
        fc.constantFrom(BLOCK, WINDOWS),
        (questions, topic, source) => {
          const edited = addExamples(source, topic, questions);
          expect(isKept(source, edited)).toBe(true);
          expect(takeOut(edited.source, edited.edit)).toBe(source);
          const { examples } = parse(edited.source).topics.find(({ id }: { id: string }) => id === topic);
          expect(examples.slice(2).every((one: string) => questions.includes(one))).toBe(true);
        },
      ),
    );
  });
  test("of the built-in FAQ change no other line of it", () => {
    const source = readFileSync(join(import.meta.dirname, "../../corpus/faq.yaml"), "utf8");
    const edited = addExamples(source, "startup-time", ["how quick is a jail up"]);
    const [before, after] = [source.split("\n"), edited.source.split("\n")];
    expect(after).toHaveLength(before.length + 1);
    expect(after.filter((line) => !before.includes(line))).toEqual(["      - how quick is a jail up"]);
  });
});

describe("a topic", () => {
  test("stands behind the others", () => {
    const edited = addTopic(BLOCK, TOPIC);
    expect(isKept(BLOCK, edited)).toBe(true);
    const { topics } = parse(edited.source);
    expect(topics.map(({ id }: { id: string }) => id)).toEqual(["storage", "brewing", "cups"]);
    expect(topics[2].verdict).toEqual({ text: "White: the best.", quotes: [{ tea: "White: the best." }] });
    expect(edited.source.endsWith("# the end\n")).toBe(true);
  });
  test.each(["topics: []\n", "subjects: []\n", "# nothing yet\n", ""])("is the first one of %j", (source) => {
    const edited = addTopic(source, TOPIC);
    expect(parse(edited.source).topics).toHaveLength(1);
    expect(takeOut(edited.source, edited.edit)).toBe(source);
  });
  test("makes a file of its own where there is none", () => {
    const { source, edit } = newFaq({ ...TOPIC, examples: ["Which cup?", "Which mug?"] });
    expect(parse(source).topics[0].examples).toEqual(["Which cup?", "Which mug?"]);
    expect(takeOut(source, edit)).toBe("");
  });
});

test("what is outside makes a group the first time, and joins it then", () => {
  const first = addOutside(BLOCK, "Not here", ["How much is it?"]);
  const second = addOutside(first.source, "Not here", ["Who sells it?", "how much is it"]);
  expect(parse(second.source).outside).toEqual([{ title: "Not here", examples: ["How much is it?", "Who sells it?"] }]);
  expect(takeOut(takeOut(second.source, second.edit) ?? "", first.edit)).toBe(BLOCK);
});

describe("taking out", () => {
  const { source, edit } = addExamples(BLOCK, "storage", ["In a jar?"]);
  test("finds what was put in where the file has grown before it", () => {
    expect(takeOut(`# more\n${source}`, edit)).toBe(`# more\n${BLOCK}`);
  });
  test("is refused where it was changed since", () => {
    expect(takeOut(source.replace("In a jar?", "In a tin?"), edit)).toBeNull();
  });
});

test("a list that no line can be added to is refused, and nothing is lost", () => {
  const anchored =
    "topics:\n  - id: a\n    title: A\n    examples: &e\n      - x\n    verdict: 1\n  - id: b\n    examples: *e\n";
  expect(() => addExamples(anchored, "b", ["y"])).toThrow("add the lines by hand");
});
