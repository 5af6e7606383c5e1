// What a first FAQ is drafted from: the questions that documents ask themselves, then what they say most about.

import { describe, expect, test } from "vitest";
import type { Document } from "../../src/document.ts";
import { createSections, sectionsIn } from "../../src/ingest/sections.ts";
import { type DraftTopic, draftCases, draftTopics } from "../../src/quality/draft.ts";
import { createLexicon } from "../../src/text/analyzer.ts";
import { documentOf } from "../documents.ts";

const LEXICON = createLexicon({ names: [], synonyms: [] });
const drafted = (documents: readonly Document[], count = 10): DraftTopic[] =>
  draftTopics(documents, createSections(sectionsIn(documents), LEXICON).all, LEXICON, count);

const TRAVEL = await documentOf(
  "documents/travel.md",
  `# Travel

Trains are booked by the office. Trains and hotels are paid by the company.

## Hotels

A night costs at most 140 EUR in Germany, and 180 EUR elsewhere.

## How do I book a flight?

Open Concur and choose a flight. It shows the price.
`,
);
const FAQ = await documentOf(
  "documents/faq.md",
  `# FAQ

**Q: What is the Wi-Fi password?**

A: Ask at the reception, it changes every Monday.

<details><summary>Can I bring my dog?</summary>

Yes, on Fridays, if your whole team agrees.

</details>

## Money

What is a per diem?
: A fixed sum for meals on a trip.

## Who does this work?

Everyone in the whole company does.

## Who cleans the kitchen?

Everyone.

## What is in the fridge?

- Milk and cheese and bread
`,
);

describe("drafted topics", () => {
  const topics = drafted([TRAVEL, FAQ]);
  const titles = topics.map(({ title }) => title);

  test("are what the documents ask themselves, in any layout, before what they only name", () => {
    const asked = [
      "How do I book a flight?",
      "What is the Wi-Fi password?",
      "Can I bring my dog?",
      "What is a per diem?",
    ];
    expect(titles.slice(0, asked.length).sort()).toEqual([...asked].sort());
    expect(titles.slice(asked.length)).toContain("Hotels");
  });

  test("are no question that points at its page, and none whose answer says nothing by itself", () => {
    for (const left of ["Who does this work?", "Who cleans the kitchen?", "What is in the fridge?"])
      expect(titles).not.toContain(left);
  });

  test("state whole sentences of the page, none that points back", () => {
    const stated = topics.flatMap(({ statements }) => statements);
    expect(stated).toContain("A fixed sum for meals on a trip.");
    expect(stated).not.toContain("It shows the price.");
  });

  test("are asked as somebody types, and by name where they only have one", () => {
    expect(topics.find(({ title }) => title === "How do I book a flight?")?.otherwise).toBe("how do I book a flight");
    expect(topics.find(({ title }) => title === "Hotels")?.otherwise).toBe("Can you tell me about hotels?");
  });

  test("no more than asked for", () => {
    expect(drafted([TRAVEL, FAQ], 2)).toHaveLength(2);
  });
});

test("a case asks for figures of the answer, or for its rarest words, and never for a word of its question", () => {
  const cases = draftCases(drafted([TRAVEL, FAQ]))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string; question: string; facts: readonly string[] });
  expect(cases.find(({ id }) => id === "hotels")?.facts).toEqual(["140", "180"]);
  for (const { question, facts } of cases) {
    expect(facts.length).toBeGreaterThan(0);
    for (const fact of facts) expect(new RegExp(fact, "i").test(question)).toBe(false);
  }
});
