import { expect, test } from "vitest";
import type { Document } from "../../src/document.ts";
import { indexUnits, UNIT_KINDS } from "../../src/evidence/unit-index.ts";
import { createUnitSearch } from "../../src/evidence/unit-search.ts";
import { unitsOf } from "../../src/evidence/units.ts";
import { conceptsOf, createThesaurus } from "../../src/question/concepts.ts";
import { unpack } from "../../src/structures/string-list.ts";
import { EMPTY_LEXICON } from "../../src/text/analyzer.ts";
import { documentOf } from "../documents.ts";

const EMPTY_THESAURUS = createThesaurus({}, EMPTY_LEXICON);

const DOCUMENTS: readonly Document[] = [
  await documentOf(
    "pots/kettle.md",
    "# Kettle\n\nIt boils water.\n\n## Cleaning\n\nDo:\n\n1. Empty it.\n2. Fill it with vinegar.\n\n## Parts\n\n| Part | Price |\n|---|---|\n| Lid | 3 |\n",
  ),
  await documentOf("toaster.md", "# Toaster\n\nIt browns bread.\n\n## Cleaning\n\nShake the crumbs out.\n"),
];
const index = indexUnits(DOCUMENTS, EMPTY_LEXICON);
const search = createUnitSearch(index, EMPTY_LEXICON);
const find = (text: string) => search.search(conceptsOf(text, EMPTY_LEXICON, EMPTY_THESAURUS));

test("units are numbered through the documents, each with its blocks, its lines, its section and its page", () => {
  const units = DOCUMENTS.flatMap((document, page) =>
    unitsOf(document.blocks).map((unit) => ({ ...unit, document, page })),
  );
  expect(index.kinds).toHaveLength(units.length);
  for (const [at, { kind, from, to, document, page }] of units.entries()) {
    const section = index.sectionOf[at] ?? -1;
    expect(UNIT_KINDS[index.kinds[at] ?? -1]).toBe(kind);
    expect([index.froms[at], index.tos[at]]).toEqual([from, to]);
    expect(index.pageOf[section]).toBe(page);
    expect(unpack(index.headings)[section]).toBe(document.blocks[from]?.section);
    expect(search.unitAt(page, index.firstLines[at] ?? 0)).toBe(at);
  }
  expect([index.firstUnits.at(-1), index.firstSections.at(-1)]).toEqual([units.length, index.pageOf.length]);
});

test("a folder without documents, and one whose document holds nothing, can be searched", async () => {
  for (const documents of [[], [await documentOf("a.md", "# Only\n\nSee:\n")]])
    expect(createUnitSearch(indexUnits(documents, EMPTY_LEXICON), EMPTY_LEXICON).search([])).toEqual([]);
});

test("a unit is found by its own words, by its heading, and by what its page is called", () => {
  const [steps] = find("fill with vinegar");
  expect(UNIT_KINDS[index.kinds[steps?.unit ?? -1] ?? -1]).toBe("list");
  expect(find("kettle cleaning")[0]?.unit).toBe(steps?.unit);
  expect(find("pots and kettles")[0]?.page).toBe(0);
  expect(find("toaster crumbs")[0]?.page).toBe(1);
});

test("of two pages that say alike the one that is leaned on comes first", () => {
  const concepts = conceptsOf("cleaning", EMPTY_LEXICON, EMPTY_THESAURUS);
  for (const page of [0, 1]) expect(search.search(concepts, new Map([[page, 1]]))[0]?.page).toBe(page);
});

test("words that stand beside each other in a question and in a unit are pairs", () => {
  const unit = find("fill with vinegar")[0]?.unit ?? -1;
  expect(search.pairs(unit, ["fill", "vinegar"])).toBe(1);
  expect(search.pairs(unit, ["vinegar", "fill"])).toBe(0);
  expect(search.pairs(unit, ["fill"])).toBe(0.5);
});
