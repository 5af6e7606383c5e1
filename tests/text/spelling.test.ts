import { describe, expect, test } from "vitest";
import { createSpelling, indexSpelling, isOneEditAway } from "../../src/text/spelling.ts";
import { fc } from "../fast-check.ts";

const SPELLING = createSpelling(
  indexSpelling(
    new Map([
      ["container", 9],
      ["containers", 3],
      ["kernel", 5],
      ["docker", 7],
      ["locker", 2],
      ["host", 4],
      ["hosts", 1],
      ["k8s", 9],
      ["boats", 2],
      ["coats", 2],
    ]),
  ),
);

const CORRECTED: Record<string, { word: string; to: string | null }> = {
  "a letter missing": { word: "contaner", to: "container" },
  "a letter too many": { word: "contaiiner", to: "container" },
  "another letter": { word: "contaimer", to: "container" },
  "two letters swapped": { word: "contianer", to: "container" },
  "the first letter missing": { word: "ernel", to: "kernel" },
  "the first two swapped": { word: "ekrnel", to: "kernel" },
  "the last two swapped": { word: "kernle", to: "kernel" },
  "of two words the more frequent": { word: "hocker", to: "docker" },
  "of two as frequent the first by code point": { word: "doats", to: "boats" },
  "a plural of four letters": { word: "hostz", to: "host" },
  "two edits away is too far": { word: "cntaner", to: null },
  "two swaps are too far": { word: "eknrel", to: null },
  "a short word has too many neighbours": { word: "hosd", to: null },
  "a word with digits is a name": { word: "kerne1", to: null },
  "nothing is near": { word: "submarine", to: null },
  "an empty word": { word: "", to: null },
};

describe("a word is read as", () => {
  test.each(Object.entries(CORRECTED))("%s", (_, { word, to }) => {
    expect(SPELLING.correct(word)).toBe(to);
  });
});

const word = fc.stringMatching(/^[a-d]{0,7}$/);

test("one edit away is the same both ways, and never a word from itself", () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(isOneEditAway(a, b)).toBe(isOneEditAway(b, a));
      expect(isOneEditAway(a, a)).toBe(false);
    }),
  );
});

/** Every word one edit away, the slow way. */
function neighbours(of: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at <= of.length; at++) {
    const [before, after] = [of.slice(0, at), of.slice(at)];
    found.add(before + after.slice(1));
    found.add(before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2));
    for (const letter of "abcd") {
      found.add(before + letter + after);
      found.add(before + letter + after.slice(1));
    }
  }
  found.delete(of);
  return found;
}

test("one edit away is what an insertion, deletion, substitution or swap reaches", () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(isOneEditAway(a, b)).toBe(neighbours(a).has(b));
      for (const near of neighbours(a)) expect(isOneEditAway(a, near)).toBe(true);
    }),
  );
});

test("what one edit of a long word leaves is found again", () => {
  const only = createSpelling(indexSpelling(new Map([["abcdabcd", 1]])));
  fc.assert(
    fc.property(fc.constantFrom(...neighbours("abcdabcd")), (typo) => {
      expect(only.correct(typo)).toBe("abcdabcd");
    }),
  );
});
