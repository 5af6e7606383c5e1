import { describe, expect, test } from "vitest";
import { partText } from "../../src/answer/pieces.ts";
import { createEngine, type Engine } from "../../src/engine.ts";
import { parseCorpus } from "../../src/ingest/library.ts";
import type { Reply } from "../../src/reply.ts";
import { train } from "../../src/train.ts";

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

const THREAD = {
  "kettle.md":
    "# The kettle\n\n## Cleaning\n\nThe kettle is cleaned with vinegar.\n\n## Warranty\n\nThe kettle has a warranty of two years.\n",
  "toaster.md":
    "# The toaster\n\n## Cleaning\n\nThe toaster is cleaned with a brush.\n\n## Warranty\n\nThe toaster has a warranty of three years.\n",
};

describe("in a thread", () => {
  test("a short follow-up is answered from the page that the thread is about", async () => {
    const engine = await engineOf(THREAD);
    for (const [first, years] of [
      ["How is the kettle cleaned?", "two years"],
      ["How is the toaster cleaned?", "three years"],
    ] as const)
      expect(firstOf(await engine.answer("and how long is the warranty?", [first]))).toContain(years);
  });

  test.each(["yes", "no", "ok", "ok thanks", "yes!"])('"%s" in between changes nothing', async (said) => {
    const engine = await engineOf(THREAD);
    const asked = ["How is the toaster cleaned?", "and how long is the warranty?"] as const;
    expect(await engine.answer(asked[1], [asked[0], said])).toEqual(await engine.answer(asked[1], [asked[0]]));
    expect(await engine.answer(asked[0], [said])).toEqual(await engine.answer(asked[0]));
  });

  test.each(["yes", "no", "ok"])('"%s" itself is answered by nothing', async (said) => {
    const reply = await (await engineOf(THREAD)).answer(said, ["How is the toaster cleaned?"]);
    expect(["help", "unknown", "clarify"]).toContain(reply.kind);
  });
});

describe("what is asked for is shown natively, and quoted where it is shown:", () => {
  const MANUAL = {
    "manual.md": `# The server

## Starting the server

To start the server, run:

\`\`\`bash
server --start
${Array.from({ length: 60 }, (_, at) => `server --knob ${at} --until clicked`).join("\n")}
\`\`\`

## Resetting the password

To reset your password:

1. Open the portal.
2. Press "New password".

## Limits

| Plan | Requests a minute |
|------|-------------------|
| Free | 60                |
| Team | 600               |
`,
  };
  const ASKED: Record<string, { ask: string; kind: string; verdict: string }> = {
    "the code with the line that announces it": {
      ask: "how do I start the server?",
      kind: "code",
      verdict: "To start the server, run:",
    },
    "the steps with theirs": { ask: "how do I reset my password?", kind: "steps", verdict: "To reset your password:" },
    "the row under its header and the heading's words": {
      ask: "how many requests a minute does the Team plan allow?",
      kind: "table",
      verdict: "Limits",
    },
  };
  test.each(Object.entries(ASKED))("%s", async (_, { ask, kind, verdict }) => {
    const reply = await (await engineOf(MANUAL)).answer(ask);
    const passage = reply.kind === "answer" ? reply.passage : reply.kind === "leads" ? reply.passages[0] : null;
    expect(passage?.kind).toBe(kind);
    const cited = "citations" in reply ? reply.citations.find(({ number }) => number === passage?.citation) : undefined;
    expect(cited?.lines.start).toBeGreaterThanOrEqual(passage?.lines.start ?? 0);
    expect(cited?.lines.end).toBeLessThanOrEqual(passage?.lines.end ?? 0);
    if (reply.kind === "answer") expect(reply.verdict.text).toBe(verdict);
  });
});
