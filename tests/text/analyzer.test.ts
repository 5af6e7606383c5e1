import { describe, expect, test } from "vitest";
import {
  analyze,
  contentTokens,
  createLexicon,
  EMPTY_LEXICON,
  queryTerms,
  stemOf,
  TERM_LENGTH_MAX,
  tokenize,
} from "../../src/text/analyzer.ts";
import { fc } from "../fast-check.ts";

const TOKENS: Record<string, { text: string; tokens: readonly string[] }> = {
  "capitals are folded": { text: "Docker KVM", tokens: ["docker", "kvm"] },
  "accents are taken away": { text: "café naïve", tokens: ["cafe", "naive"] },
  "a possessive is taken away": { text: "Docker's the VM’s", tokens: ["docker", "the", "vm"] },
  "a contraction is one word": { text: "don't isn’t", tokens: ["dont", "isnt"] },
  "hyphens part words": { text: "start-up", tokens: ["start", "up"] },
  "digits count": { text: "k8s in 2.5 s", tokens: ["k8s", "in", "2", "5", "s"] },
  "wide characters are folded": { text: "ＫＶＭ", tokens: ["kvm"] },
  "marks alone have none": { text: "?! … --", tokens: [] },
  "an empty text has none": { text: "", tokens: [] },
};

describe("tokens", () => {
  test.each(Object.entries(TOKENS))("%s", (_, { text, tokens }) => {
    expect(tokenize(text)).toEqual(tokens);
  });

  test("are never longer than the bound, nor empty, nor in capitals", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        for (const token of tokenize(text)) {
          expect(token.length).toBeGreaterThan(0);
          expect(token.length).toBeLessThanOrEqual(TERM_LENGTH_MAX);
          expect(tokenize(token)).toEqual([token]);
        }
      }),
    );
  });

  test("of a very long word are cut", () => {
    expect(tokenize("x".repeat(500))).toEqual(["x".repeat(TERM_LENGTH_MAX)]);
  });
});

const SAME: Record<string, readonly string[]> = {
  "forms of a verb": ["start", "starts", "started", "starting"],
  "British and American spelling": ["virtualise", "virtualize", "virtualised", "virtualizing"],
  "their nouns": ["containerisation", "containerization"],
  "a plural acronym and its singular": ["VM", "VMs"],
  "a longer acronym": ["LXCs", "LXC"],
  "an acronym with a digit": ["K8S", "K8"],
  "a plural acronym with vowels": ["API", "APIs"],
  "the plural of an acronym in -u": ["CPU", "CPUs"],
  "the plural of another in -u": ["GPU", "GPUs"],
  "a plural": ["container", "containers"],
  "a verb in -ise that has no -ize": ["raise", "raised", "raising", "raises"],
  "a shorter such verb": ["rise", "rises", "rising"],
  "a noun in -ise": ["noise", "noises"],
};
const DIFFERENT: Record<string, readonly [string, string]> = {
  "an operating system is no plural": ["OS", "O"],
  "another word": ["host", "guest"],
  "faster is not fast": ["faster", "fast"],
};

describe("stems", () => {
  const stem = (word: string): string => tokenize(word).map(stemOf).join(" ");
  test.each(Object.entries(SAME))("of %s are one", (_, list) => {
    expect(new Set(list.map(stem)).size, list.map(stem).join(" ")).toBe(1);
  });
  test.each(Object.entries(DIFFERENT))("%s", (_, [one, other]) => {
    expect(stem(one)).not.toBe(stem(other));
  });
});

const LEXICON = createLexicon({
  names: [],
  synonyms: [
    ["virtual machine", "vm", "virtual machine monitor guest"],
    ["start", "boot", "spin up"],
    ["start-up time", "boot time"],
  ],
});

const WORDS: Record<string, { text: string; found: readonly string[] }> = {
  "a phrase becomes one word": { text: "a virtual machine runs", found: ["a", "virtual_machin", "run"] },
  "each form of a phrase is found": { text: "virtual machines, VMs", found: ["virtual_machin", "virtual_machin"] },
  "the longest phrase wins": { text: "boot time", found: ["start_up_time"] },
  "a synonym counts as the first of its group": { text: "boots booting", found: ["start", "start"] },
  "a phrase with a stop word is found": { text: "it spins up", found: ["it", "start"] },
  "a phrase broken by a word is none": { text: "virtual big machine", found: ["virtual", "big", "machin"] },
  "a phrase of two words that is run together is found": {
    text: "virtualmachine boottime spinup",
    found: ["virtual_machin", "start_up_time", "start"],
  },
  "half a phrase at the end is none": { text: "virtual", found: ["virtual"] },
};

describe("words", () => {
  test.each(Object.entries(WORDS))("%s", (_, { text, found }) => {
    expect(analyze(text, LEXICON).map(({ term }) => term)).toEqual(found);
  });

  test("keep what stands in the text", () => {
    expect(analyze("Two Virtual Machines", LEXICON).map(({ surface }) => surface)).toEqual(["two", "virtual machines"]);
  });

  test("lose nothing of a text, whatever it is", () => {
    const list = fc.array(fc.constantFrom("virtual", "machine", "boot", "time", "up", "spin", "start", "the"), {
      maxLength: 15,
    });
    fc.assert(
      fc.property(list, (tokens) => {
        const found = analyze(tokens.join(" "), LEXICON);
        expect(found.flatMap(({ surface }) => surface.split(" "))).toEqual(tokens);
      }),
    );
  });
});

const TERMS: Record<string, { text: string; found: readonly string[] }> = {
  "stop words are left out": { text: "How fast is a container?", found: ["fast", "contain"] },
  "stop words stay where nothing else is left": { text: "What is it?", found: ["what", "is", "it"] },
  "nothing has no terms": { text: "?", found: [] },
};

describe("terms", () => {
  test.each(Object.entries(TERMS))("%s", (_, { text, found }) => {
    expect(queryTerms(text, EMPTY_LEXICON)).toEqual(found);
  });
});

test("a phrase of two groups counts as the earlier one", () => {
  const lexicon = createLexicon({
    names: [],
    synonyms: [
      ["tea", "drink"],
      ["rum", "drink"],
    ],
  });
  expect(analyze("drink", lexicon).map(({ term }) => term)).toEqual(["tea"]);
});

test("what a group itself writes as one word counts there, whatever is run together elsewhere", () => {
  const lexicon = createLexicon({
    names: [],
    synonyms: [
      ["note", "note book"],
      ["laptop", "notebook"],
    ],
  });
  expect(analyze("notebook", lexicon).map(({ term }) => term)).toEqual(["laptop"]);
});

test("a phrase without letters is left out", () => {
  expect(createLexicon({ names: [], synonyms: [["tea", "?!"]] }).phrases.size).toBe(1);
});

const CONTENT_LEXICON = createLexicon({ names: [["virtual machine", "vm"]], synonyms: [] });
const CONTENT: Record<string, { text: string; surfaces: readonly string[] }> = {
  "stop words are none": { text: "what is the kernel", surfaces: ["kernel"] },
  "a lone letter is none, a lone digit is one": { text: "x 5", surfaces: ["5"] },
  "a phrase is one": { text: "the virtual machine", surfaces: ["virtual machine"] },
};

describe("content words", () => {
  test.each(Object.entries(CONTENT))("%s", (_, { text, surfaces }) => {
    expect(contentTokens(analyze(text, CONTENT_LEXICON)).map(({ surface }) => surface)).toEqual(surfaces);
  });
});
