import { describe, expect, test } from "vitest";
import { createTables, type SideBySide, tablesIn } from "../../src/ingest/tables.ts";
import { createLexicon } from "../../src/text/analyzer.ts";
import { documentOf } from "../documents.ts";

const DOCUMENTS = [
  await documentOf(
    "kettles.md",
    `# Kettles

## Kinds

| | Steel kettle | Glass kettle |
|---|---|---|
| Time to boil | Four minutes | Three minutes |
| Price | 30 euros | – |
| Weight | One kilo | Two kilos |

| Colour | Stock |
|---|---|
| Red | 4 |
`,
  ),
  await documentOf(
    "plans.md",
    `# Plans

| Plan | Price | Storage |
|---|---|---|
| Free | 0 | 1 GB |
| Team | 8 euros | 50 GB |
| Campus | 40 euros | 1 TB |
`,
  ),
];
const tables = createTables(tablesIn(DOCUMENTS), createLexicon({ names: [], synonyms: [["time", "duration"]] }));

const show = (table: SideBySide | null): unknown =>
  table && [
    ...table.sides,
    ...table.rows.map(({ aspect, cells }) => `${aspect}: ${cells.map((cell) => cell?.text ?? "nothing").join(" / ")}`),
  ];

const COMPARED: Record<string, { ask: string; table: readonly string[] | null }> = {
  "two columns": {
    ask: "compare steel and glass kettles",
    table: [
      "Steel kettle",
      "Glass kettle",
      "Time to boil: Four minutes / Three minutes",
      "Price: 30 euros / nothing",
      "Weight: One kilo / Two kilos",
    ],
  },
  "two columns in the one respect that is asked for": {
    ask: "steel vs glass: weight",
    table: ["Steel kettle", "Glass kettle", "Weight: One kilo / Two kilos"],
  },
  "by a synonym": {
    ask: "difference in duration between glass and steel",
    table: ["Steel kettle", "Glass kettle", "Time to boil: Four minutes / Three minutes"],
  },
  "two rows": {
    ask: "Free or Campus, what is the difference?",
    table: ["Free", "Campus", "Price: 0 / 40 euros", "Storage: 1 GB / 1 TB"],
  },
  "not one column alone": { ask: "compare steel kettles", table: null },
  "not a respect that no row tells": { ask: "compare steel and glass kettles on noise", table: null },
  "not a table of two columns": { ask: "compare red and stock", table: null },
};

describe("a table compares", () => {
  test.each(Object.entries(COMPARED))("%s", (_, { ask, table }) => {
    expect(show(tables.compare(ask))).toEqual(table);
  });
});

test("each cell is proven by its row", () => {
  const [row] = tables.compare("steel vs glass")?.rows ?? [];
  const quote = {
    document: "kettles",
    lines: { start: 7, end: 7 },
    text: "Time to boil | Four minutes | Three minutes",
  };
  expect(row?.cells).toMatchObject([{ quotes: [quote] }, { quotes: [quote] }]);
});

test("a phrase finds the rows it names", () => {
  expect(show(tables.about("price"))).toEqual(["Steel kettle", "Glass kettle", "Price: 30 euros / nothing"]);
  expect(tables.about("noise")).toBeNull();
});
