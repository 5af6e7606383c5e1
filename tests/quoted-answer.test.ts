import { describe, expect, test } from "vitest";
import { createEngine, type Engine } from "../src/engine.ts";
import { parseCorpus } from "../src/library.ts";
import { train } from "../src/model.ts";

async function engineOf(files: Readonly<Record<string, string>>): Promise<Engine> {
  const corpus = await parseCorpus(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  return createEngine(corpus, await train(corpus));
}

const PAGES = {
  "kettle.md": `# Kettle

## Boiling

The steel kettle boils a litre of water in four minutes. It switches itself off.

## Cleaning

Descale the kettle every month. Vinegar dissolves the scale.
`,
  "kitchen.md": `# Kitchen

## Hot water

The steel kettle boils a litre of water in nine minutes.

## Rules

Nobody leaves the kitchen while something is on the stove.
`,
};

describe("an answer from sentences", () => {
  test("shows another document's other figure beside the first, each with its source", async () => {
    const reply = (await engineOf(PAGES)).answer("How long does the steel kettle take to boil a litre of water?");
    expect(reply).toMatchObject({
      kind: "answer",
      disagreement: {
        text: "How long does the steel kettle take to boil a litre of water?",
        sides: [
          { text: "The steel kettle boils a litre of water in four minutes." },
          { text: "The steel kettle boils a litre of water in nine minutes." },
        ],
      },
    });
    expect("citations" in reply && reply.citations.map(({ document }) => document)).toContain("kitchen");
  });

  const AGREEING: Record<string, string> = {
    "the same figure in another unit": "in 240 seconds.",
    "no figure": "in no time.",
  };
  test.each(Object.entries(AGREEING))("shows no disagreement for %s", async (_, ending) => {
    const files = { ...PAGES, "kitchen.md": PAGES["kitchen.md"].replace("in nine minutes.", ending) };
    const reply = (await engineOf(files)).answer("How long does the steel kettle take to boil a litre of water?");
    expect(reply).toMatchObject({ kind: "answer", disagreement: null });
  });

  test("nor between versions", async () => {
    const files = {
      "kettle-v1.md": PAGES["kettle.md"].replace("# Kettle", "# Kettle, version 1"),
      "kettle-v2.md": PAGES["kettle.md"]
        .replace("# Kettle", "# Kettle, version 2")
        .replace("four minutes", "two minutes"),
    };
    const reply = (await engineOf(files)).answer("How long does the steel kettle take to boil a litre of water?");
    expect(reply).toMatchObject({ kind: "answer", disagreement: null });
  });

  test("puts the sentence before one that points back at it", async () => {
    const reply = (await engineOf(PAGES)).answer("Which kettle switches itself off?");
    expect(reply).toMatchObject({
      verdict: {
        text: "The steel kettle boils a litre of water in four minutes. It switches itself off.",
        citations: [1, 2],
      },
    });
  });

  test("never says the same twice", async () => {
    const twice = {
      ...PAGES,
      "kitchen.md": "# Kitchen\n\n## Hot water\n\nThe steel kettle boils one litre of water in four minutes.\n",
    };
    const reply = (await engineOf(twice)).answer("How long does the steel kettle take to boil a litre of water?");
    const texts = "support" in reply ? reply.support.map(({ text }) => text) : [];
    expect(texts.filter((text) => text.includes("boils one litre"))).toEqual([]);
  });
});
