import { expect, test } from "vitest";
import { sentencesWithLines, splitSentences, squeeze } from "../../src/text/sentences.ts";
import { fc } from "../fast-check.ts";

const CASES: Record<string, { text: string; sentences: readonly string[] }> = {
  "full stops part sentences": { text: "Tea is hot. Ice is cold.", sentences: ["Tea is hot.", "Ice is cold."] },
  "question and exclamation marks do too": { text: "Hot? Yes! Very.", sentences: ["Hot?", "Yes!", "Very."] },
  "a text without a full stop is one sentence": { text: "Green tea", sentences: ["Green tea"] },
  "an abbreviation ends no sentence": {
    text: "Use a host, e.g. Debian. It is free.",
    sentences: ["Use a host, e.g. Debian.", "It is free."],
  },
  "vs. ends no sentence": { text: "Tea vs. Coffee is old.", sentences: ["Tea vs. Coffee is old."] },
  "an initial ends no sentence": { text: "J. Smith wrote it. He did.", sentences: ["J. Smith wrote it.", "He did."] },
  "a decimal point ends no sentence": { text: "It takes 2.5 seconds.", sentences: ["It takes 2.5 seconds."] },
  "a lower-case word opens no sentence": { text: "Ask Yahoo! for tea.", sentences: ["Ask Yahoo! for tea."] },
  "a wrapped line goes on, whatever its first letter": {
    text: "Tea is sold in\nBerlin. Ice is\n“Cold”\nhere.",
    sentences: ["Tea is sold in Berlin.", "Ice is “Cold” here."],
  },
  "a line that the author ended is a sentence": { text: "Tea\u2028Ice", sentences: ["Tea", "Ice"] },
  "a sentence too long to show is cut at its semicolons": {
    text: `${"Tea is hot ".repeat(20).trim()}; ${"ice is cold ".repeat(20).trim()}. Yes; no.`,
    sentences: ["Tea is hot ".repeat(20).trim(), `${"ice is cold ".repeat(20).trim()}.`, "Yes; no."],
  },
  "one without any is cut before the clause that is nearest to its middle": {
    text: `${"green tea ".repeat(15).trim()}, ${"black tea ".repeat(5).trim()}, which ${"is hot ".repeat(20).trim()}.`,
    sentences: [
      `${"green tea ".repeat(15).trim()}, ${"black tea ".repeat(5).trim()},`,
      `which ${"is hot ".repeat(20).trim()}.`,
    ],
  },
  "a full stop behind etc. may end a long one": {
    text: `${"hot tea ".repeat(20).trim()}, etc. ${"Cold ice ".repeat(20).trim()}.`,
    sentences: [`${"hot tea ".repeat(20).trim()}, etc.`, `${"Cold ice ".repeat(20).trim()}.`],
  },
  "white space is folded": { text: "  Tea\n is \t hot.  ", sentences: ["Tea is hot."] },
  "an empty text has none": { text: "", sentences: [] },
  "white space alone has none": { text: " \n\t ", sentences: [] },
};

test.each(Object.entries(CASES))("%s", (_, { text, sentences }) => {
  expect(splitSentences(text)).toEqual(sentences);
});

test("each sentence knows the lines it starts and ends on", () => {
  const text = "Tea is\nhot. Ice is cold.\nSnow\nis white.";
  const lineOf = (offset: number): number => text.slice(0, offset).split("\n").length;
  expect(sentencesWithLines(text, lineOf)).toEqual([
    { text: "Tea is hot.", lines: { start: 1, end: 2 } },
    { text: "Ice is cold.", lines: { start: 2, end: 2 } },
    { text: "Snow is white.", lines: { start: 3, end: 4 } },
  ]);
});

test("no character but white space is lost, whatever the text", () => {
  const bare = (text: string): string => text.replace(/\s+/g, "");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
      expect(bare(splitSentences(text).join(" "))).toBe(bare(text));
    }),
  );
});

test("no sentence is empty, or has white space at its ends", () => {
  const words = fc.array(fc.constantFrom("Tea", "is", "hot.", "e.g.", "No!", "\n", "  ", "vs.", "why?", "…"), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(words, (list) => {
      for (const sentence of splitSentences(list.join(" "))) {
        expect(sentence).not.toBe("");
        expect(sentence).toBe(squeeze(sentence));
      }
    }),
  );
});

test("the parts of a long sentence can all be shown, know their lines and hold all its words", () => {
  const words = fc.array(fc.constantFrom("tea", "ice,", "and", "hot", "cold;", "(sour", "sweet)"), {
    minLength: 60,
    maxLength: 400,
  });
  fc.assert(
    fc.property(words, (list) => {
      const lines = list.map((word, at) => (at % 9 === 8 ? `${word}\n` : `${word} `)).join("");
      const lineOf = (offset: number): number => lines.slice(0, offset).split("\n").length;
      const parts = sentencesWithLines(lines, lineOf);
      for (const { text, lines: range } of parts) {
        expect(text.length).toBeLessThanOrEqual(300);
        const told = lines
          .split("\n")
          .slice(range.start - 1, range.end)
          .join(" ");
        expect(squeeze(told)).toContain(text);
      }
      const letters = (text: string): string => text.replace(/[^a-z]/g, "");
      expect(parts.map(({ text }) => letters(text)).join("")).toBe(letters(lines));
    }),
  );
});
