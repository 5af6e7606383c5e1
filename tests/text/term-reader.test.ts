import { describe, expect, test } from "vitest";
import { createLexicon, EMPTY_LEXICON, type Lexicon, queryTerms, tokenize } from "../../src/text/analyzer.ts";
import { TermReader } from "../../src/text/term-reader.ts";
import { fc } from "../fast-check.ts";

const LEXICON = createLexicon({
  names: [
    ["container", "linux container", "lxc"],
    ["virtual machine", "vm", "vms"],
  ],
  synonyms: [
    ["start", "boot up", "booting"],
    ["open source", "free software", "libre and open source software"],
    ["how long", "duration"],
  ],
});

/** The terms of a text as they come from its words by number. */
function read(text: string, lexicon: Lexicon): string[] {
  const words = [...new Set(tokenize(text))];
  const reader = new TermReader(words, lexicon);
  return reader.read(tokenize(text).map((word) => words.indexOf(word))).map((term) => reader.terms[term] ?? "");
}

const TEXTS: readonly string[] = [
  "",
  "the of and",
  "How long do Linux containers boot up?",
  "how many virtual machines, and how often",
  "VMs and VM's booting open-source and opensource and libre and open",
  "libre and open source software is free software",
  "organisations virtualise LXCs",
];

describe.each([
  ["with phrases", LEXICON],
  ["without phrases", EMPTY_LEXICON],
] as const)("terms read by number, %s, are those of the text:", (_, lexicon) => {
  test.each(TEXTS)("%j", (text) => {
    expect(read(text, lexicon)).toEqual(queryTerms(text, lexicon));
  });

  test("any text of such words", () => {
    const word = fc.constantFrom(...new Set(TEXTS.flatMap((text) => text.split(/[ ,-]/))));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        expect(read(words.join(" "), lexicon)).toEqual(queryTerms(words.join(" "), lexicon));
      }),
    );
  });
});

test("what a word counts as by itself is its term in a text", () => {
  const words = ["vms", "booting", "the", "containers", "opensource"];
  const reader = new TermReader(words, LEXICON);
  expect(words.map((_, at) => reader.termOf(at))).toEqual(words.flatMap((word) => queryTerms(word, LEXICON)));
});
