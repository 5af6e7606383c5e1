import { describe, expect, test } from "vitest";
import { draftPassage, FIRST_BOUNDS, LEAD_BOUNDS, type PassageDraft } from "../../src/answer/passage.ts";
import { partText } from "../../src/answer/pieces.ts";
import type { Document, Sentence } from "../../src/document.ts";
import { unitsOf } from "../../src/evidence/units.ts";
import type { Part } from "../../src/reply.ts";
import { documentOf } from "../documents.ts";
import { fc } from "../fast-check.ts";
import { unmarked } from "../unmarked.ts";

/** What is shown of the unit that holds the marked words. */
function draft(document: Document, marked: string, bounds = FIRST_BOUNDS): PassageDraft | null {
  const isMarked = ({ text }: Sentence): boolean => text.includes(marked);
  const unit = unitsOf(document.blocks).find(({ from, to }) =>
    document.blocks.slice(from, to).some(({ sentences }) => sentences.some(isMarked)),
  );
  return unit === undefined ? null : draftPassage(document, unit, isMarked, bounds);
}

/** "text: …", "1. …", "- …", "code: …", "| … |", what is marked between asterisks. */
function shown(parts: readonly Part[]): string[] {
  return parts.map((part) => {
    const star = part.kind !== "code" && part.marked ? "*" : "";
    const text = `${star}${partText(part)}${star}`;
    if (part.kind === "item")
      return `${"  ".repeat(part.depth)}${part.number === null ? "-" : `${part.number}.`} ${text}`;
    return part.kind === "row" ? `${part.header ? "header" : "row"}: ${text}` : `${part.kind}: ${text}`;
  });
}

const PAGE = `# Kettle

Read this first. The kettle is *hot*.

## Cleaning

To clean it:

1. Empty it.
2. Fill it with \`vinegar\`.
   - Not the brown one.
3. Boil it.

It takes an hour.

## Starting

Start it with:

\`\`\`bash
kettle start
kettle watch
\`\`\`

## Prices

| Part | Price |
|------|-------|
| Lid  | 3     |
| Base | 9     |
`;

const MARKED: Record<string, { kind: string; lines: string; parts: readonly string[] }> = {
  "kettle is hot": { kind: "text", lines: "3-3", parts: ["text: Read this first.", "text: *The kettle is hot.*"] },
  "Fill it": {
    kind: "steps",
    lines: "7-14",
    parts: [
      ...[
        "text: To clean it:",
        "1. Empty it.",
        "2. *Fill it with `vinegar`.*",
        "  - Not the brown one.",
        "3. Boil it.",
      ],
      "text: It takes an hour.",
    ],
  },
  "kettle start": { kind: "code", lines: "18-22", parts: ["text: Start it with:", "code: kettle start\nkettle watch"] },
  Base: { kind: "table", lines: "27-30", parts: ["header: Part | Price", "row: Lid | 3", "row: *Base | 9*"] },
};

describe("a passage shows the whole of a short unit with what stands around it under the same heading", () => {
  test.each(Object.entries(MARKED))("%s", async (marked, { kind, lines, parts }) => {
    const passage = draft(await documentOf("kettle.md", PAGE), marked);
    expect(passage).toMatchObject({ kind, cut: false });
    expect(shown(passage?.parts ?? [])).toEqual(parts);
    expect(`${passage?.lines.start}-${passage?.lines.end}`).toBe(lines);
  });
});

const STEPS = Array.from({ length: 40 }, (_, at) => `${at + 1}. Turn knob ${at + 1} until it clicks into place.`);
const ROWS = Array.from({ length: 40 }, (_, at) => `| Part ${at + 1} | ${at + 100} euros and some cents |`);
const CODE = Array.from({ length: 60 }, (_, at) => `kettle --knob ${at} --until clicked`);
const SENTENCES = Array.from({ length: 30 }, (_, at) => `The kettle number ${at} stands on the shelf of floor ${at}.`);

describe("of a longer one it shows what is marked and what stands around that", () => {
  test("steps, with their own numbers", async () => {
    const passage = draft(await documentOf("kettle.md", `# Kettle\n\nDo:\n\n${STEPS.join("\n")}\n`), "knob 29 ");
    expect(passage).toMatchObject({ kind: "steps", cut: true });
    expect(shown(passage?.parts ?? [])).toContain("29. *Turn knob 29 until it clicks into place.*");
    expect(passage?.lines.end).toBe((passage?.lines.start ?? 0) + (passage?.parts.length ?? 0) - 1);
  });

  test("rows under their header, which has no lines there", async () => {
    const page = `# Kettle\n\n| Part | Price |\n|---|---|\n${ROWS.join("\n")}\n`;
    const passage = draft(await documentOf("kettle.md", page), "Part 30 ");
    const parts = shown(passage?.parts ?? []);
    expect(parts[0]).toBe("header: Part | Price");
    expect(parts).toContain("row: *Part 30 | 129 euros and some cents*");
    expect(passage?.lines.end).toBe((passage?.lines.start ?? 0) + parts.length - 2);
    expect(passage?.cut).toBe(true);
  });

  test("code from its first line, cut between lines, with the line that announces it", async () => {
    const page = `# Kettle\n\nTurn all knobs:\n\n\`\`\`\n${CODE.join("\n")}\n\`\`\`\n`;
    const passage = draft(await documentOf("kettle.md", page), "Turn all knobs");
    const [lead, code, ...rest] = passage?.parts ?? [];
    expect(lead).toMatchObject({ kind: "text", text: "Turn all knobs:" });
    const lines = code?.kind === "code" ? code.text.split("\n") : [];
    expect(lines.length).toBeGreaterThan(5);
    expect(CODE.slice(0, lines.length)).toEqual(lines);
    expect(rest).toEqual([]);
    expect(passage).toMatchObject({ kind: "code", cut: true, lines: { start: 3, end: 5 + lines.length } });
  });

  test("sentences before and after the marked one, with their lines alone", async () => {
    const page = `# Kettle\n\n${SENTENCES.join("\n")}\n`;
    const passage = draft(await documentOf("kettle.md", page), "number 15 ");
    expect(passage?.lines.start).toBeGreaterThan(3);
    expect(passage?.lines.end).toBeLessThan(32);
    expect(passage?.parts.map(partText).join(" ")).toBe(
      SENTENCES.slice((passage?.lines.start ?? 0) - 3, (passage?.lines.end ?? 0) - 2).join(" "),
    );
  });

  test("of an item with a long text the sentences from the marked one on", async () => {
    const page = `# Kettle\n\n- ${SENTENCES.join("\n  ")}\n`;
    const passage = draft(await documentOf("kettle.md", page), "number 15 ");
    expect(passage?.parts).toHaveLength(1);
    expect(partText(passage?.parts[0] as Part)).toMatch(/^The kettle number 15 .*\.$/);
    expect(passage?.lines.start).toBe(18);
  });

  test("of a row that is too long the beginning of each cell", async () => {
    const page = `# Kettle\n\n| Part | Note |\n|---|---|\n| Lid | ${SENTENCES.join(" ")} |\n`;
    const passage = draft(await documentOf("kettle.md", page), "Lid");
    expect(passage?.length).toBeLessThanOrEqual(600);
    expect(shown(passage?.parts ?? [])[1]).toMatch(/^row: \*Lid \| The kettle number 0 /);
  });
});

const ENDINGS: Record<string, string> = {
  "a paragraph whose last sentence announces what is under another heading":
    "The kettle is hot. The parts are:\n\n## Parts\n\n- Lid\n",
  "a neighbour that announces what no longer fits": `The kettle is hot.\n\nRun all of these:\n\n\`\`\`\n${CODE.join("\n")}\n\`\`\`\n`,
  "a list whose last item announces a figure": "The kettle is hot.\n\n- One\n- As shown here:\n\n![A figure](a.png)\n",
};

describe("what announces is not shown without what it announces:", () => {
  test.each(Object.entries(ENDINGS))("%s", async (_, page) => {
    const passage = draft(await documentOf("kettle.md", `# Kettle\n\n${page}`), "is hot");
    expect(passage?.parts.map(partText).join("\n")).toContain("The kettle is hot.");
    expect(partText(passage?.parts.at(-1) as Part)).not.toMatch(/:$/);
  });

  test("half of a list that goes on says so", async () => {
    const items = STEPS.map((step) => `${step} Then wait a while and listen closely.`);
    const document = await documentOf("kettle.md", `# Kettle\n\n${items.slice(0, 20).join("\n")}\n`);
    const [first] = unitsOf(document.blocks);
    expect(unitsOf(document.blocks).length).toBeGreaterThan(1);
    expect(first === undefined ? null : draftPassage(document, first, () => false)).toMatchObject({ cut: true });
  });
});

test("a term stands before what it means, and its lines are counted", async () => {
  const page = "<h1>Words</h1>\n<dl>\n<dt>Kettle</dt>\n<dd>It boils water. It is loud.</dd>\n</dl>\n";
  expect(draft(await documentOf("words.html", page), "boils")).toMatchObject({
    lines: { start: 3, end: 4 },
    parts: [{ text: "Kettle: It boils water. It is loud." }],
  });
});

const WORDS = ["kettle", "`lid`", "**hot**", "water", "Ines", "3.5", "litres"];
const sentence = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 60 })
  .map((words) => `It ${words.join(" ")}.`);
const lines = (mark: (at: number) => string) =>
  fc.array(sentence, { minLength: 1, maxLength: 25 }).map((list) => list.map((one, at) => mark(at) + one).join("\n"));
const block = fc.oneof(
  lines(() => ""),
  lines(() => "- "),
  lines((at) => `${at + 1}. `),
  lines(() => "").map((text) => `\`\`\`\n${text}\n\`\`\``),
  lines(() => "| ").map((text) => `| a | b |\n|---|---|\n${text.replaceAll(".\n", " | c |\n")} | d |`),
  fc.constant("Do the following:"),
  sentence.map((text) => `${text} These are they:`),
  fc.constant("## Another"),
);

test("any unit of any page is shown within the bounds, in its own words, at exactly its lines", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(block, { minLength: 1, maxLength: 7 }),
      fc.nat(),
      fc.constantFrom(FIRST_BOUNDS, LEAD_BOUNDS),
      async (blocks, choice, bounds) => {
        const text = `# Kettle\n\nIt is so.\n\n${blocks.join("\n\n")}\n`;
        const file = text.split("\n");
        const document = await documentOf("kettle.md", text);
        const saidAt = (start: number, end: number): string =>
          unmarked(file.slice(start - 1, end).join("\n"), "kettle.md").replace(/[^\w]+/g, " ");
        for (const unit of unitsOf(document.blocks)) {
          const own = document.blocks.slice(unit.from, unit.to).flatMap(({ sentences }) => sentences);
          const marked = own[choice % own.length];
          const passage = draftPassage(document, unit, (one) => one === marked, bounds);
          if (passage === null) continue;
          const { parts, lines: at } = passage;
          expect(parts.length).toBeGreaterThan(0);
          expect(parts.length).toBeLessThanOrEqual(15);
          expect(parts.reduce((sum, part) => sum + partText(part).length, 0)).toBe(passage.length);
          expect(passage.length).toBeLessThanOrEqual(bounds.whole);
          const last = parts.at(-1);
          if (last?.kind === "text" || last?.kind === "item") expect(last.text).not.toMatch(/:$/);
          const told = parts.flatMap((part) => (part.kind === "row" && part.header ? [] : [partText(part)]));
          const said = saidAt(at.start, at.end);
          for (const piece of told)
            expect(said).toContain(
              unmarked(piece, "")
                .replace(/[^\w]+/g, " ")
                .trim(),
            );
          const [first = "", end = ""] = [told[0], told.at(-1)].map((one) =>
            unmarked(one ?? "", "")
              .replace(/[^\w]+/g, " ")
              .trim(),
          );
          // The first line that is counted is the first that is shown, and the last the last.
          if (passage.kind !== "table") {
            expect(saidAt(at.start, at.start)).toContain(first.split(" ")[0]);
            expect(
              saidAt(at.end, at.end)
                .trim()
                .split(" ")
                .some((word) => end.includes(word)),
            ).toBe(true);
          }
        }
      },
    ),
    { numRuns: 150 },
  );
});
