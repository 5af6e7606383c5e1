import { describe, expect, test } from "vitest";
import { parseFaq } from "../../src/ingest/faq.ts";
import { lexiconGroups } from "../../src/ingest/subjects.ts";
import { countVocabulary, createVocabulary } from "../../src/ingest/vocabulary.ts";
import { createLexicon } from "../../src/text/analyzer.ts";
import { documentOf } from "../documents.ts";

const DOCUMENT = await documentOf(
  "documents/boats.md",
  `# Dinghies

## Rigging under Hypervisor rules

A container carries a kernel. A virtual machine is isolated. Kubernetes sails. Sailors want a deck.

| Namespace | Cgroup |
|---|---|
| one | two |
`,
);
const FAQ = parseFaq(
  `subjects:
  - { id: vm, name: Virtual machines, aliases: ["virtual machine"], kinds: [Proxmox] }
  - { id: container, name: Containers }
synonyms: [[snapshot, checkpoint]]
opposites: [[sturdier, flimsier]]
topics:
  - id: load
    title: Payload
    names: [freight]
    examples: ["Which schooner is it?"]
    verdict: { text: "A kernel, brigantine.", quotes: [{ boats: A container carries a kernel. }] }
outside:
  - { title: Weather, examples: ["Is there a typhoon?"] }
`,
  "faq.yaml",
  [DOCUMENT],
);
const lexicon = createLexicon(lexiconGroups(FAQ));
const vocabulary = createVocabulary(await countVocabulary([DOCUMENT], FAQ, lexicon));

const KNOWN: Record<string, { word: string; is: boolean }> = {
  "a word of a sentence": { word: "kernel", is: true },
  "another form of it": { word: "kernels", is: true },
  "a word of the title": { word: "dinghies", is: true },
  "a word of a heading": { word: "hypervisor", is: true },
  "a word of a table's header": { word: "cgroup", is: true },
  "a kind of a subject": { word: "proxmox", is: true },
  "a synonym": { word: "checkpoint", is: true },
  "an opposite": { word: "flimsier", is: true },
  "a name of a topic": { word: "freight", is: true },
  "a word of a statement": { word: "brigantine", is: true },
  "a word of an example": { word: "schooner", is: true },
  "a word of what lies outside": { word: "typhoon", is: false },
  "a general word": { word: "elephant", is: false },
};

describe("whether the corpus has", () => {
  test.each(Object.entries(KNOWN))("%s", (_, { word, is }) => {
    expect(vocabulary.has(word)).toBe(is);
  });
});

const CORRECTED: Record<string, { text: string; read: string; count: number }> = {
  "a misspelt word of the corpus": { text: "what is a contaner?", read: "what is a container?", count: 1 },
  "two letters swapped": { text: "what is a kenrel?", read: "what is a kernel?", count: 1 },
  "two misspelt words": { text: "a vitrual contaner", read: "a virtual container", count: 2 },
  "a misspelt word that opens the question": { text: "Contaner?", read: "container?", count: 1 },
  "a misspelt word after a colon": { text: "Question: Kernle size?", read: "Question: kernel size?", count: 1 },
  "a misspelt name": { text: "is it like Kernle", read: "is it like kernel", count: 1 },
  "a question in capitals": { text: "WHAT IS A KERNLE", read: "WHAT IS A kernel", count: 1 },
};

describe("corrected", () => {
  test.each(Object.entries(CORRECTED))("%s", (_, { text, read, count }) => {
    const { text: replaced, corrected } = vocabulary.correct(text);
    expect(replaced).toBe(read);
    expect(corrected).toHaveLength(count);
    for (const { from, to } of corrected) {
      expect(text).toContain(from);
      expect(replaced).toContain(to);
    }
  });
});

const UNTOUCHED: Record<string, string> = {
  "words of the corpus": "a container carries kernels",
  "general words": "where is the elephant today",
  "a British spelling": "is a container virtualised or virtualized",
  "another British spelling": "is isolation organised",
  "a name that is near to nothing": "is it like Podman or Firecracker",
  "a quoted name": 'what is "contaner"',
  "every word of a quoted name": 'what is "big contaner"',
  "a name in single quotes": "what is 'contaner'",
  "a name in curly quotes": "what is “contaner”",
  "a word with digits": "what is kernel5 or k3rnel",
  "a contraction": "it wasn't a kernel, wasnt it",
  "a short word": "a krnl is hwo",
  "a word near to nothing": "is blorptastic good",
  "a possessive": "the kernel's size",
  nothing: "",
};

describe("left as they are", () => {
  test.each(Object.entries(UNTOUCHED))("%s", (_, text) => {
    expect(vocabulary.correct(text)).toEqual({ text, corrected: [] });
  });
});

describe("a word's weight", () => {
  test("rises with how rare the word is", () => {
    const weights = ["the", "machine", "elephant", "blorptastic"].map((word) => vocabulary.weight(word));
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
    expect(weights[0]).toBe(0.1);
    expect(weights[3]).toBe(1.2);
  });

  test("is 1 for a phrase, and at most 1 for any term", () => {
    expect(vocabulary.termWeight("no such phrase")).toBe(1);
    for (const term of ["kernel", "vm", "contain"]) expect(vocabulary.termWeight(term)).toBeLessThanOrEqual(1);
  });
});

test("counting twice gives the same model", { tags: ["slow"] }, async () => {
  expect(await countVocabulary([DOCUMENT], FAQ, lexicon)).toEqual(await countVocabulary([DOCUMENT], FAQ, lexicon));
});
