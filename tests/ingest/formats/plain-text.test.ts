import { describe, expect, test } from "vitest";
import type { Block } from "../../../src/document.ts";
import { readPlainText } from "../../../src/ingest/formats/plain-text.ts";
import { withoutHeadings } from "../../documents.ts";
import { fc } from "../../fast-check.ts";

const show = ({ kind, section, header, sentences }: Block): string =>
  `${kind} [${section}]${header === "" ? "" : ` {${header}}`} ${sentences
    .map(({ text, lines }) => `${lines.start}-${lines.end}: ${text}`)
    .join(" / ")}`;

const LONG =
  "The tea is picked by hand and dried on mats in the shade of the trees until the leaves are brittle enough to break";

interface Case {
  readonly text: string;
  readonly blocks: readonly string[];
}

const HEADINGS: Record<string, Case> = {
  "a lone line that doesn't end like a sentence": {
    text: "Tea\n\nIt is hot.\n\nIce\n\nIt is cold.",
    blocks: ["paragraph [Tea] 3-3: It is hot.", "paragraph [Ice] 7-7: It is cold."],
  },
  "a lone question": { text: "Is tea hot?\n\nIt is.", blocks: ["paragraph [Is tea hot?] 3-3: It is."] },
  "an underlined line, the deeper the thinner its line": {
    text: "Tea\n===\nHot.\n\nGreen\n-----\nMild.",
    blocks: ["paragraph [Tea] 3-3: Hot.", "paragraph [Tea › Green] 7-7: Mild."],
  },
  "a line with Markdown's marks": {
    text: "# Tea\nHot.\n## Green\nMild.",
    blocks: ["paragraph [Tea] 2-2: Hot.", "paragraph [Tea › Green] 4-4: Mild."],
  },
  "a rule of signs is no text, nor is a number a heading": {
    text: "Tea\n\n-----\n\nIt is hot.\n\n12\n\n*  *  *\n\nIt is green.",
    blocks: ["paragraph [Tea] 5-5: It is hot.", "paragraph [Tea] 7-7: 12", "paragraph [Tea] 11-11: It is green."],
  },
  "a drawing is no heading": { text: "# | [] ::::::|\nTea.", blocks: ["paragraph [] 1-2: # | [] ::::::| Tea."] },
  "a short line right above a list": {
    text: "Kinds\n- Green\n- Black",
    blocks: ["item [Kinds] 2-2: Green", "item [Kinds] 3-3: Black"],
  },
  "a short line right above a long paragraph": {
    text: `Picking\n${LONG}, which takes days.`,
    blocks: [`paragraph [Picking] 2-2: ${LONG}, which takes days.`],
  },
};

const PARAGRAPHS: Record<string, Case> = {
  "lines wrapped by hand are one": {
    text: "Tea is picked by hand and\ndried in the shade. It is\nbrewed hot.",
    blocks: ["paragraph [] 1-2: Tea is picked by hand and dried in the shade. / 2-3: It is brewed hot."],
  },
  "long lines are one each": {
    text: `${LONG}, which takes days.\n${LONG}, which does not.`,
    blocks: [`paragraph [] 1-1: ${LONG}, which takes days.`, `paragraph [] 2-2: ${LONG}, which does not.`],
  },
  "a line that ends early ends its paragraph": {
    text: "Tea is picked by hand and dried in\nthe shade.\nIce comes from the north, where it is cut.",
    blocks: [
      "paragraph [] 1-2: Tea is picked by hand and dried in the shade.",
      "paragraph [] 3-3: Ice comes from the north, where it is cut.",
    ],
  },
  "Windows line ends and a byte order mark are read away": {
    text: "\uFEFFHot.\r\n\r\nCold.",
    blocks: ["paragraph [] 1-1: Hot.", "paragraph [] 3-3: Cold."],
  },
};

const LISTS: Record<string, Case> = {
  "dashes, dots and numbers open items": {
    text: "- One is hot.\n• Two is cold.\n3. Three is mild.",
    blocks: ["item [] 1-1: One is hot.", "item [] 2-2: Two is cold.", "item [] 3-3: Three is mild."],
  },
  "an item goes on below": {
    text: "- Tea is hot\n  and green.\n- Ice.",
    blocks: ["item [] 1-2: Tea is hot and green.", "item [] 3-3: Ice."],
  },
  "the line that introduces a list stands with its items": {
    text: "There are two kinds:\n\n- Green\n- Black\n\nBoth are hot.",
    blocks: [
      "paragraph [] 1-1: There are two kinds:",
      "item [] {There are two kinds:} 3-3: Green",
      "item [] {There are two kinds:} 4-4: Black",
      "paragraph [] 6-6: Both are hot.",
    ],
  },
};

const TABLES: Record<string, Case> = {
  "cells parted by tabs": {
    text: "Tea\tMinutes\nGreen\t2\nBlack\t4",
    blocks: ["row [] {Tea | Minutes} 2-2: Green | 2", "row [] {Tea | Minutes} 3-3: Black | 4"],
  },
  "an empty cell in the corner, and one inside": {
    text: "\tGreen\tBlack\nMinutes\t\t4",
    blocks: ["row [] { | Green | Black} 2-2: Minutes | | 4"],
  },
  "cells parted by bars, the line below the header left out": {
    text: "| Tea | Minutes |\n|---|---|\n| Green | 2 |",
    blocks: ["row [] {Tea | Minutes} 3-3: Green | 2"],
  },
  "a cell a line": {
    text: "Tea |\nMinutes |\nGreen | 2 |\nBlack |\n4 |",
    blocks: ["row [] {Tea | Minutes} 3-3: Green | 2", "row [] {Tea | Minutes} 4-5: Black | 4"],
  },
  "columns parted by spaces": {
    text: "Tea     Minutes\nGreen   2\nBlack   4",
    blocks: ["row [] {Tea | Minutes} 2-2: Green | 2", "row [] {Tea | Minutes} 3-3: Black | 4"],
  },
  "cells that don't add up to rows are text": {
    text: "Tea | Minutes\nGreen |",
    blocks: ["paragraph [] 1-2: Tea | Minutes Green |"],
  },
  "one line with a tab is text": { text: "Tea\tis hot.", blocks: ["paragraph [] 1-1: Tea is hot."] },
  "indented text is no table": {
    text: "    Tea is hot\n    and green and\n    mild.",
    blocks: ["paragraph [] 1-3: Tea is hot and green and mild."],
  },
};

describe.each([
  ["a heading is", HEADINGS],
  ["of paragraphs,", PARAGRAPHS],
  ["of lists,", LISTS],
  ["a table is told by", TABLES],
] as const)("%s", (_, cases) => {
  test.each(Object.entries<Case>(cases))("%s", (_name, { text, blocks }) => {
    expect(withoutHeadings(readPlainText(text).blocks).map(show)).toEqual(blocks);
  });
});

test("whatever is read stands at its lines", () => {
  const line = fc.oneof(
    fc.constantFrom("", "Tea", "- tea is hot", "a | b |", "x\ty", "It is hot. It is green.", "====", "  • ice", "Why?"),
    fc.string({ maxLength: 30 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const source = lines.join("\n").replace(/[\r\uFEFF]/g, "");
      const squash = (text: string): string => text.replace(/[\s|#]+/g, "");
      for (const { sentences } of withoutHeadings(readPlainText(source).blocks))
        for (const { text, lines: at } of sentences) {
          const raw = source
            .split("\n")
            .slice(at.start - 1, at.end)
            .join("\n");
          expect(squash(raw)).toContain(squash(text));
        }
    }),
  );
});
