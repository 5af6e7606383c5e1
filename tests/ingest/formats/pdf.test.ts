import { describe, expect, test } from "vitest";
import { CorpusError } from "../../../src/errors.ts";
import { readPdf } from "../../../src/ingest/formats/pdf.ts";
import { allShown } from "./shown.ts";

/** Before the library is loaded. */
const NATIVE: readonly unknown[] = [JSON.stringify, JSON.parse, Array.prototype.push];

interface Drawn {
  readonly text: string;
  readonly y: number;
  readonly x?: number;
  readonly size?: number;
  readonly font?: "F1" | "F2";
  readonly isTurned?: boolean;
}

/** A PDF of these pages, as small as one can be; its font is drawn by the reader. */
function pdfOf(pages: readonly (readonly Drawn[])[], extra = ""): Uint8Array {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Kids[${pages.map((_, at) => `${6 + 2 * at} 0 R`).join(" ")}]/Count ${pages.length}>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    "<</Title(Green tea)/ModDate(D:20240506070809Z)>>",
  ];
  for (const [at, drawn] of pages.entries()) {
    const content = drawn
      .map(({ text, y, x = 50, size = 10, font = "F1", isTurned = false }) => {
        const place = isTurned ? `0 1 -1 0 ${x} ${y} Tm` : `${x} ${y} Td`;
        return `BT /${font} ${size} Tf ${place} (${text}) Tj ET`;
      })
      .join("\n");
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents ${7 + 2 * at} 0 R>>`,
      `<</Length ${content.length}>>stream\n${content}\nendstream`,
    );
  }
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj${object}endobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer<</Size ${objects.length + 1}/Root 1 0 R/Info 5 0 R${extra}>>\nstartxref\n${file.lastIndexOf("xref\n0")}\n%%EOF`;
  return Buffer.from(file, "latin1");
}

const RUNNING = (page: number): Drawn[] => [
  { text: "The book of tea", y: 780 },
  { text: `Page ${page}`, y: 20 },
];

test("paragraphs, headings, items and code are told by where they are drawn, with their pages", async () => {
  const bytes = pdfOf([
    [
      ...RUNNING(1),
      { text: "Green tea", y: 740, size: 18 },
      { text: "Tea is drunk hot in all of the countries that grow it on their moun-", y: 710 },
      { text: "tains. It is well-", y: 698 },
      { text: "known.", y: 686 },
      { text: "Do this, as is well-known everywhere that tea is drunk at all:", y: 660 },
      { text: "1. Pour.", y: 640, x: 60 },
      { text: "2. Drink.", y: 628, x: 60 },
      { text: "pour --tea", y: 600, font: "F2" },
      { text: "  drink", y: 588, font: "F2" },
    ],
    [
      ...RUNNING(2),
      { text: "Ice", y: 740, size: 14 },
      { text: "It is cold, and it is made of water that was left outside", y: 710 },
    ],
    [...RUNNING(3), { text: "in the night before the day on which it is wanted for tea.", y: 740 }],
  ]);
  const { title, updated, blocks } = await readPdf(bytes, "tea.pdf");
  expect({ title, updated }).toEqual({ title: "Green tea", updated: "2024-05-06" });
  expect(allShown(blocks)).toEqual([
    "heading [Green tea] 1-1: Green tea",
    "paragraph [Green tea] 2-2: Tea is drunk hot in all of the countries that grow it on their mountains. / 2-2: It is well-known.",
    "paragraph [Green tea] 3-3: Do this, as is well-known everywhere that tea is drunk at all:",
    "item [Green tea] *1 <Do this, as is well-known everywhere that tea is drunk at all: 4-4: Pour.",
    "item [Green tea] *2 <Do this, as is well-known everywhere that tea is drunk at all: 5-5: Drink.",
    "code [Green tea] 6-6: pour --tea drink",
    "heading [Green tea › Ice] 7-7: Ice",
    "paragraph [Green tea › Ice] 8-8: It is cold, and it is made of water that was left outside in the night before the day on which it is wanted for tea.",
  ]);
  expect(blocks.map(({ sentences }) => sentences[0]?.page)).toEqual([1, 1, 1, 1, 1, 1, 2, 2]);
});

/** Cells of one line, each at its own place. */
const rowAt = (y: number, cells: readonly (readonly [string, number])[]): Drawn[] =>
  cells.map(([text, x]) => ({ text, y, x }));

test("cells that stand in columns are rows, under a first row of names; wrapped cells go on", async () => {
  const bytes = pdfOf([
    [
      { text: "These are our cups:", y: 720 },
      ...rowAt(700, [
        ["Cup", 50],
        ["Price", 200],
        ["Holds", 300],
      ]),
      ...rowAt(688, [
        ["Green cup", 50],
        ["12.50", 200],
        ["3 dl", 300],
      ]),
      ...rowAt(676, [
        ["Red cup that", 50],
        ["9", 200],
        ["20 ml", 300],
      ]),
      { text: "or less", y: 664, x: 300 },
      ...rowAt(652, [
        ["Blue cup", 50],
        ["4", 200],
      ]),
      { text: "All of them are made in the old house by the river.", y: 620 },
    ],
  ]);
  const { blocks } = await readPdf(bytes, "tea.pdf");
  expect(allShown(blocks)).toEqual([
    "paragraph [] 1-1: These are our cups:",
    "row [] <These are our cups: 2-2: Green cup | 12.50 | 3 dl",
    "row [] <These are our cups: 3-3: Red cup that | 9 | 20 ml or less",
    "row [] <These are our cups: 4-4: Blue cup | 4",
    "paragraph [] 5-5: All of them are made in the old house by the river.",
  ]);
  expect(blocks[3]).toMatchObject({ header: "Cup | Price | Holds", row: { cells: ["Blue cup", "4", ""] } });
});

test("a table that is drawn column by column has rows all the same; what runs up the margin is no text", async () => {
  const columns = [
    ["Cup", "Green", "Red", "Blue"],
    ["Price", "3", "4", "5"],
    ["Place", "hall", "shop", "yard"],
  ];
  const drawn = columns.flatMap((cells, column): Drawn[] =>
    cells.map((text, at) => ({ text, y: 700 - 14 * at, x: 50 + 100 * column })),
  );
  const { blocks } = await readPdf(
    pdfOf([[...drawn, { text: "Stamp of the house", y: 300, x: 20, isTurned: true }]]),
    "tea.pdf",
  );
  expect(allShown(blocks)).toEqual([
    "row [] 1-1: Green | 3 | hall",
    "row [] 2-2: Red | 4 | shop",
    "row [] 3-3: Blue | 5 | yard",
  ]);
});

test("two columns of text are no table, and neither are numbered items", async () => {
  const side = "of tea that is drunk on the hills above us.";
  const bytes = pdfOf([
    [0, 1, 2, 3].flatMap((at) =>
      rowAt(700 - 12 * at, [
        [`It ${at} ${side}`, 50],
        [`Ice ${at} ${side}`, 330],
      ]),
    ),
    [1, 2, 3].flatMap((at) =>
      rowAt(700 - 12 * at, [
        [`${at}.`, 50],
        [`Pour cup ${at}.`, 90],
      ]),
    ),
  ]);
  const { blocks } = await readPdf(bytes, "tea.pdf");
  expect(blocks.filter(({ kind }) => kind === "row")).toEqual([]);
  expect(allShown(blocks).slice(-3)).toEqual([
    "item [] *1 2-2: Pour cup 1.",
    "item [] *2 3-3: Pour cup 2.",
    "item [] *3 4-4: Pour cup 3.",
  ]);
});

test("numbers that count the lines of a page are no text, and an indented line begins a paragraph", async () => {
  const lines = [
    "Tea is drunk hot in all of the countries that grow it on hills, and in others.",
    "Ice is cold, and it is made of water that was left outside in the night",
    "before the day on which it is wanted for tea, which is most of the days.",
    "Cups are made of clay that was dug beside the river when it was low",
    "enough to walk there without getting wet.",
  ];
  const indented = new Set([1, 3]);
  const drawn = lines.flatMap((text, at): Drawn[] => [
    { text: String(at + 1), y: 700 - 12 * at, x: 20 },
    { text, y: 700 - 12 * at, x: indented.has(at) ? 65 : 50 },
  ]);
  const { blocks } = await readPdf(pdfOf([drawn]), "tea.pdf");
  expect(allShown(blocks)).toEqual([
    `paragraph [] 1-1: ${lines[0]}`,
    `paragraph [] 2-2: ${lines[1]} ${lines[2]}`,
    `paragraph [] 3-3: ${lines[3]} ${lines[4]}`,
  ]);
});

const LEFT_OUT: Record<string, { bytes: () => Uint8Array; message: RegExp }> = {
  "what is no PDF": { bytes: () => Buffer.from("%PDF-1.4 tea"), message: /is no PDF that can be read/ },
  "pages without text": {
    bytes: () => pdfOf([[]]),
    message: /holds pictures of text, not text; read it with OCR first/,
  },
  "what is encrypted": {
    bytes: () =>
      pdfOf(
        [[{ text: "Tea.", y: 700 }]],
        `/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${"11".repeat(32)}>/U<${"22".repeat(32)}>>>`,
      ),
    message: /is encrypted/,
  },
};

describe("left out in one line is", () => {
  test.each(Object.entries(LEFT_OUT))("%s", async (_, { bytes, message }) => {
    const read = readPdf(bytes(), "tea.pdf");
    await expect(read).rejects.toThrow(CorpusError);
    await expect(read).rejects.toThrow(message);
  });
});

test("the functions of Node that the library replaces are put back", async () => {
  await readPdf(pdfOf([[{ text: "Tea is hot.", y: 700 }]]), "tea.pdf");
  expect([JSON.stringify, JSON.parse, Array.prototype.push].every((one, at) => one === NATIVE[at])).toBe(true);
});
