// The exam that every index sits: what a Retriever must do, whatever ranks its passages.

import { describe, expect, test } from "vitest";
import { type Passage, splitPassages } from "../../src/ingest/passages.ts";
import type { Hit, Retriever } from "../../src/retrieval/retriever.ts";
import { createLexicon, type Lexicon, queryTerms } from "../../src/text/analyzer.ts";
import { documentOf } from "../documents.ts";
import { fc } from "../fast-check.ts";

export type RetrieverFactory = (passages: readonly Passage[], lexicon: Lexicon) => Retriever;

const LEXICON = createLexicon({ names: [], synonyms: [["dinghy", "small boat"]] });
const PASSAGES = splitPassages([
  await documentOf(
    "documents/a.md",
    `# Boats

## Engines

A ketch has a diesel engine.

A dinghy is rowed. A ketch, a dinghy and a yawl are boats, and many a long word more is said here about each of them.

A small boat floats.

The constructor of the hull calls toString and valueOf.

| Boat | Crew |
|---|---|
| Ketch | four |
`,
  ),
  await documentOf("documents/b.md", "# Harbour\n\nA yawl waits.\n\nA yawl waits.\n\n## Lighthouse\n\nIt shines.\n"),
]);
const WORDS = [
  "ketch",
  "dinghy",
  "engine",
  "yawl",
  "harbour",
  "lighthouse",
  "submarine",
  "crew",
  "boats",
  "constructor",
];
const query = (text: string): string[] => [...new Set(queryTerms(text, LEXICON))];
/** What a passage can be found by: its own words and those of its headings. */
const termsOf = (passage: Passage | undefined): string[] =>
  passage === undefined ? [] : [...queryTerms(passage.text, LEXICON), ...queryTerms(passage.heading, LEXICON)];

const FOUND: Record<string, { ask: string; first: string }> = {
  "the passage that holds all that is asked comes first": {
    ask: "ketch diesel engine",
    first: "A ketch has a diesel engine.",
  },
  "of two that hold it the shorter comes first": { ask: "rowed yawl waits", first: "A yawl waits." },
  "a synonym finds what is called otherwise": { ask: "floating dinghy", first: "A small boat floats." },
  "a row is found by its header": { ask: "crew", first: "Boat | Crew Ketch | four" },
  "a passage is found by its heading": { ask: "lighthouse", first: "It shines." },
  "a word that is a property of every object is a word": {
    ask: "constructor",
    first: "The constructor of the hull calls toString and valueOf.",
  },
  "another such word is one too": { ask: "valueOf", first: "The constructor of the hull calls toString and valueOf." },
  "a rare word counts for more than a common one": { ask: "boats diesel", first: "A ketch has a diesel engine." },
};

const NOTHING: Record<string, { terms: readonly string[]; limit: number }> = {
  "no terms": { terms: [], limit: 5 },
  "a term that stands nowhere": { terms: ["submarin"], limit: 5 },
  "an empty term": { terms: [""], limit: 5 },
  "part of a word": { terms: ["ket"], limit: 5 },
  "a misspelt word": { terms: ["ketsh"], limit: 5 },
  "a pattern": { terms: [".*", "*", "k?tch"], limit: 5 },
  "room for none": { terms: ["ketch"], limit: 0 },
};

/** Registers the contract's tests for one implementation. */
export function describeRetriever(name: string, create: RetrieverFactory): void {
  const retriever = create(PASSAGES, LEXICON);
  const search = (ask: string, limit = 10): Promise<readonly Hit[]> => retriever.search(query(ask), limit);
  const textOf = ({ passage }: Hit): string | undefined => PASSAGES[passage]?.text;

  describe(`${name} keeps the contract of a retriever`, () => {
    test.each(Object.entries(FOUND))("%s", async (_, { ask, first }) => {
      expect((await search(ask)).map(textOf)[0]).toBe(first);
    });

    test.each(Object.entries(NOTHING))("%s finds nothing", async (_, { terms: asked, limit }) => {
      expect(await retriever.search(asked, limit)).toEqual([]);
    });

    test("as many as are wanted are given, the best of them", async () => {
      const all = await search("ketch dinghy yawl");
      expect(all.length).toBeGreaterThan(3);
      for (let limit = 0; limit <= all.length; limit++)
        expect(await search("ketch dinghy yawl", limit)).toEqual(all.slice(0, limit));
    });

    test("passages as good as each other stand in the order of their numbers", async () => {
      const twins = (await search("waits")).filter((hit) => textOf(hit) === "A yawl waits.");
      expect(twins).toHaveLength(2);
      expect(twins[0]?.score).toBe(twins[1]?.score);
      expect(twins[0]?.passage).toBeLessThan(twins[1]?.passage ?? 0);
    });

    test("the same search gives the same hits, from another index of the same passages too", async () => {
      for (const word of WORDS) {
        const found = await search(word);
        expect(await search(word)).toEqual(found);
        expect(await create(PASSAGES, LEXICON).search(query(word), 10)).toEqual(found);
      }
    });

    test("an index of nothing finds nothing", async () => {
      expect(await create([], LEXICON).search(["ketch"], 5)).toEqual([]);
    });

    test("whatever is searched, hits are passages that hold one of the terms, once each, best first", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.constantFrom(...WORDS), { maxLength: 5 }),
          fc.integer({ min: 0, max: 9 }),
          async (list, limit) => {
            const asked = list.length === 0 ? [] : query(list.join(" "));
            const hits = await retriever.search(asked, limit);
            expect(hits.length).toBeLessThanOrEqual(limit);
            expect(new Set(hits.map(({ passage }) => passage)).size).toBe(hits.length);
            for (const [at, { passage, score }] of hits.entries()) {
              const held = termsOf(PASSAGES[passage]);
              expect(asked.some((term) => held.includes(term))).toBe(true);
              expect(score).toBeGreaterThan(0);
              const before = hits[at - 1];
              if (before === undefined) continue;
              expect(before.score > score || (before.score === score && before.passage < passage)).toBe(true);
            }
          },
        ),
      );
    });

    test("a passage that holds a term of the search is missed only for want of room", async () => {
      for (const word of WORDS) {
        const asked = query(word);
        const holding = PASSAGES.filter((passage) => asked.some((term) => termsOf(passage).includes(term)));
        const hits = await retriever.search(asked, PASSAGES.length);
        expect(hits.map(({ passage }) => passage).sort((a, b) => a - b)).toEqual(holding.map(({ number }) => number));
      }
    });

    test("a short question wants all of its words, a long one those that recur", async () => {
      const both = `The keel and the mast stand here, with ${"much else that nobody asks ".repeat(6)}.`;
      const often = "Keel, keel, keel: keel after keel.";
      const passages = splitPassages([
        await documentOf("documents/c.md", `# Parts\n\n${both}\n\n${often}\n\nOne mast.\n\nA sail.\n\nA rope.\n`),
      ]);
      const ranks = create(passages, LEXICON);
      const firstOf = async (asked: readonly string[]): Promise<string | undefined> =>
        passages[(await ranks.search(asked, 1))[0]?.passage ?? -1]?.text;
      const unknown = Array.from({ length: 30 }, (_, at) => `unknown${at}`);
      expect(await firstOf(["keel", "mast"])).toBe(both);
      expect(await firstOf(["keel", "mast", ...unknown])).toBe(often);
    });

    test("terms of any letters are searched, not run", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.string({ unit: "binary", maxLength: 12 }), { maxLength: 6 }), async (asked) => {
          expect(Array.isArray(await retriever.search(asked, 5))).toBe(true);
        }),
      );
    });
  });
}
