import { describe, expect, test } from "vitest";
import { CorpusError } from "../../../src/errors.ts";
import { readPdf } from "../../../src/ingest/formats/pdf.ts";
import { allShown } from "./shown.ts";

interface Drawn {
  readonly text: string;
  readonly y: number;
  readonly x?: number;
  readonly size?: number;
  readonly font?: "F1" | "F2";
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
      .map(({ text, y, x = 50, size = 10, font = "F1" }) => `BT /${font} ${size} Tf ${x} ${y} Td (${text}) Tj ET`)
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
