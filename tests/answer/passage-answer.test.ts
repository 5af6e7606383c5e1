import { describe, expect, test } from "vitest";
import { partText } from "../../src/answer/pieces.ts";
import { createEngine, type Engine } from "../../src/engine.ts";
import { parseCorpus } from "../../src/ingest/library.ts";
import { train } from "../../src/model.ts";
import type { Reply } from "../../src/reply.ts";

async function engineOf(files: Readonly<Record<string, string>>): Promise<Engine> {
  const corpus = await parseCorpus(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  return createEngine(corpus, await train(corpus));
}

/** What is read first: the verdict and the passage that it stands in. */
function firstOf(reply: Reply): string {
  if (reply.kind !== "answer") return `no answer but ${reply.kind}`;
  return [reply.verdict.text, ...(reply.passage?.parts ?? []).map(partText)].join("\n");
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
    const reply = await (await engineOf(PAGES)).answer("How long does the steel kettle take to boil a litre of water?");
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

  test("whatever unit tells them apart, and though a number beside them is the same", async () => {
    const files = {
      "prices.md":
        "# Prices\n\n| Programme | Price |\n|---|---|\n| Wash at 60 degrees | €2.80 |\n| Wash at 30 degrees | €2.40 |\n",
      "notice.txt": "Notice\n======\n\nA wash at 60 degrees costs 2.20 euros from now on.\n",
    };
    const reply = await (await engineOf(files)).answer("how much is a wash at 60 degrees?");
    const sides = reply.kind === "answer" ? (reply.disagreement?.sides.map(({ text }) => text) ?? []) : [];
    expect(sides.join(" ")).toMatch(/2\.80.*2\.20|2\.20.*2\.80/);
  });

  const AGREEING: Record<string, string> = {
    "the same figure in another unit": "in 240 seconds.",
    "no figure": "in no time.",
  };
  test.each(Object.entries(AGREEING))("shows no disagreement for %s", async (_, ending) => {
    const files = { ...PAGES, "kitchen.md": PAGES["kitchen.md"].replace("in nine minutes.", ending) };
    const reply = await (await engineOf(files)).answer("How long does the steel kettle take to boil a litre of water?");
    expect(reply).toMatchObject({ kind: "answer", disagreement: null });
  });

  test("nor for a sentence that says another thing with another figure", async () => {
    const files = { ...PAGES, "kitchen.md": PAGES["kitchen.md"].replace("boils a litre of water", "cools down again") };
    const reply = await (await engineOf(files)).answer("How long does the steel kettle take to boil a litre of water?");
    expect(reply).toMatchObject({ kind: "answer", disagreement: null });
  });

  const VERSIONS = {
    "kettle-v1.md": PAGES["kettle.md"].replace("# Kettle", "# Kettle, version 1"),
    "kettle-v2.md": PAGES["kettle.md"]
      .replace("# Kettle", "# Kettle, version 2")
      .replace("four minutes", "two minutes"),
  };

  test("shows what both versions say where the question names none", async () => {
    const reply = await (await engineOf(VERSIONS)).answer(
      "How long does the steel kettle take to boil a litre of water?",
    );
    const sides = "disagreement" in reply ? (reply.disagreement?.sides ?? []) : [];
    expect(sides.map(({ text }) => text).sort()).toEqual([
      "The steel kettle boils a litre of water in four minutes.",
      "The steel kettle boils a litre of water in two minutes.",
    ]);
  });

  test("shows the version that the question names", async () => {
    const ask = "How long does the steel kettle of version 2 take to boil a litre of water?";
    expect(await (await engineOf(VERSIONS)).answer(ask)).toMatchObject({
      verdict: { text: "The steel kettle boils a litre of water in two minutes." },
      disagreement: null,
    });
  });

  test("shows a sentence that points back with the one that it points at", async () => {
    const reply = await (await engineOf(PAGES)).answer("Which kettle switches itself off?");
    expect(firstOf(reply)).toContain("The steel kettle boils a litre of water in four minutes.");
    expect(firstOf(reply)).toContain("It switches itself off.");
  });

  test("never says the same twice", async () => {
    const twice = {
      ...PAGES,
      "kitchen.md": "# Kitchen\n\n## Hot water\n\nThe steel kettle boils one litre of water in four minutes.\n",
    };
    const reply = await (await engineOf(twice)).answer("How long does the steel kettle take to boil a litre of water?");
    const texts = "support" in reply ? reply.support.map(({ text }) => text) : [];
    expect(texts.filter((text) => text.includes("boils one litre"))).toEqual([]);
  });

  test("is supported by nothing that lacks the figure that is asked for", async () => {
    const reply = await (await engineOf(PAGES)).answer("How long does the steel kettle take to boil a litre of water?");
    const texts = "support" in reply ? reply.support.map(({ text }) => text) : ["no answer"];
    expect(texts.filter((text) => !/minutes/.test(text))).toEqual([]);
  });
});

const HANDBOOK = {
  "travel.md": `# Travel

## Booking

Trains are booked by the office. Write to Ines a week before you leave.

- Flights need the consent of your lead.
- A hotel may cost 140 euros a night.

| Country | Daily allowance |
|---|---|
| France | 53 euros |
| Poland | 34 euros |
`,
  "network.md": `# Network

## Resetting your VPN

Open the portal and press "New key". The old key stops working after ten minutes.

## Printers

The printer on the second floor staples.
`,
  "leave.md": `# Leave

Everybody has thirty days of holiday a year. Days that are left lapse at the end of March.
`,
};

const ANSWERED: Record<string, { ask: string; holds: string }> = {
  "two key words, by a heading": { ask: "vpn reset", holds: "New key" },
  "an everyday question": { ask: "how much can i spend on a hotel per night", holds: "140 euros" },
  "a row of a table": { ask: "What is the daily allowance in Poland?", holds: "34 euros" },
  "an item of a list": { ask: "Do flights need consent?", holds: "consent of your lead" },
  "one misspelt word": { ask: "how many days of holliday do we have", holds: "thirty days" },
};

describe("a small handbook answers", () => {
  test.each(Object.entries(ANSWERED))("%s", async (_, { ask, holds }) => {
    const reply = await (await engineOf(HANDBOOK)).answer(ask);
    expect(firstOf(reply)).toContain(holds);
  });
});

const FOREIGN = [
  "What is the capital of Australia?",
  "who won the world cup in 1998",
  "how do I center a div in css?",
  "What is a good recipe for banana bread?",
  "How much does a vSphere licence cost?",
];

describe("a small handbook does not answer", () => {
  test.each(FOREIGN)("%s", async (ask) => {
    expect(await engineOf(HANDBOOK).then((engine) => engine.answer(ask))).toMatchObject({ kind: "unknown" });
  });
});
