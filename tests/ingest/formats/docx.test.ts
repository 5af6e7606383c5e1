import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { CorpusError } from "../../../src/errors.ts";
import { readDocx } from "../../../src/ingest/formats/docx.ts";
import { allShown } from "./shown.ts";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const typesOf = (parts: Record<string, string>): string =>
  `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${Object.entries(
    parts,
  )
    .map(
      ([part, type]) =>
        `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${type}+xml"/>`,
    )
    .join("")}</Types>`;
const relationsOf = (targets: Record<string, string>): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${Object.entries(targets)
    .map(([target, type], at) => `<Relationship Id="r${at}" Type="${OFFICE}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

const STYLES = `${XML}<w:styles xmlns:w="${WORD}"><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="Code"><w:name w:val="HTML Preformatted"/></w:style></w:styles>`;
const NUMBERING = `${XML}<w:numbering xmlns:w="${WORD}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

/** A Word document as small as one can be. @param body XML between the tags of its body */
const wordOf = (body: string): Uint8Array =>
  zipSync({
    "[Content_Types].xml": strToU8(
      typesOf({
        "/word/document.xml": "document.main",
        "/word/styles.xml": "styles",
        "/word/numbering.xml": "numbering",
      }),
    ),
    "_rels/.rels": strToU8(relationsOf({ "word/document.xml": "officeDocument" })),
    "word/_rels/document.xml.rels": strToU8(relationsOf({ "styles.xml": "styles", "numbering.xml": "numbering" })),
    "word/styles.xml": strToU8(STYLES),
    "word/numbering.xml": strToU8(NUMBERING),
    "word/document.xml": strToU8(
      body.startsWith("<?") ? body : `${XML}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
    ),
    "docProps/core.xml": strToU8(
      `${XML}<a:c xmlns:a="a" xmlns:dcterms="b"><dcterms:modified>2024-05-06T07:08:09Z</dcterms:modified></a:c>`,
    ),
  });

const paragraph = (text: string, properties = ""): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const styled = (style: string, text: string): string => paragraph(text, `<w:pStyle w:val="${style}"/>`);
const step = (text: string): string => paragraph(text, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>');
const row = (...cells: string[]): string =>
  `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join("")}</w:tr>`;

test("styles tell what a paragraph is, and lines count the blocks", async () => {
  const bytes = wordOf(
    styled("H1", "Tea") +
      paragraph("It is hot. Very.") +
      paragraph("Do this:") +
      step("Pour.") +
      step("Drink.") +
      styled("H2", "Ice") +
      styled("Code", "melt()") +
      `<w:tbl>${row("big", "red")}${row("small", "blue")}</w:tbl>`,
  );
  const { firstHeading, updated, blocks } = await readDocx(bytes, "tea.docx");
  expect({ firstHeading, updated }).toEqual({ firstHeading: "Tea", updated: "2024-05-06" });
  expect(allShown(blocks)).toEqual([
    "heading [Tea] 1-1: Tea",
    "paragraph [Tea] 2-2: It is hot. / 2-2: Very.",
    "paragraph [Tea] 3-3: Do this:",
    "item [Tea] *1 <Do this: 4-4: Pour.",
    "item [Tea] *2 <Do this: 5-5: Drink.",
    "heading [Tea › Ice] 6-6: Ice",
    "code [Tea › Ice] 7-7: melt()",
    "row [Tea › Ice] 8-8: big | red",
    "row [Tea › Ice] 9-9: small | blue",
  ]);
  expect(blocks[3]?.lead?.lines).toEqual({ start: 3, end: 3 });
});

const LEFT_OUT: Record<string, { bytes: () => Uint8Array; message: RegExp }> = {
  "what unpacks to much more": {
    bytes: () => wordOf(paragraph(" ".repeat(60_000_000))),
    message: /unpacks to more than a document holds/,
  },
  "what declares entities": {
    bytes: () => wordOf('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'),
    message: /declares entities/,
  },
  "what nests without end": {
    bytes: () => wordOf("<w:tbl><w:tr><w:tc>".repeat(5000)),
    message: /nests deeper than 200/,
  },
  "what is cut off": { bytes: () => wordOf(paragraph("Tea.")).subarray(0, 300), message: /can't be unpacked/ },
  "what is encrypted": {
    bytes: () => Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1),
    message: /is encrypted, or an old \.doc/,
  },
  "another archive": { bytes: () => zipSync({ "a.txt": strToU8("Tea.") }), message: /is no Word document/ },
};

describe("left out in one line is", () => {
  test.each(Object.entries(LEFT_OUT))("%s", async (_, { bytes, message }) => {
    const read = readDocx(bytes(), "tea.docx");
    await expect(read).rejects.toThrow(CorpusError);
    await expect(read).rejects.toThrow(message);
  });
});

test("items whose marks or numbers were typed are items", async () => {
  const { blocks } = await readDocx(
    wordOf(
      [
        paragraph("Do this:"),
        paragraph("1. Pour."),
        paragraph("2) Drink."),
        paragraph("• Hot"),
        paragraph("• Cold"),
        paragraph("12 cups."),
      ].join(""),
    ),
    "tea.docx",
  );
  expect(allShown(blocks)).toEqual([
    "paragraph [] 1-1: Do this:",
    "item [] *1 <Do this: 2-2: Pour.",
    "item [] *2 <Do this: 3-3: Drink.",
    "item [] * <Do this: 4-4: Hot",
    "item [] * <Do this: 5-5: Cold",
    "paragraph [] 6-6: 12 cups.",
  ]);
});
