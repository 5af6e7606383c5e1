// A page to a Word document and to a PDF, as small as they can be.

import { strToU8, zipSync } from "fflate";
import type { GeneratedPage } from "./pages.ts";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const paragraph = (text: string, style = ""): string =>
  `<w:p><w:pPr>${style === "" ? "" : `<w:pStyle w:val="${style}"/>`}</w:pPr><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
const style = (id: string, name: string): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;

export function writeDocx({ title, sections }: GeneratedPage): Uint8Array {
  const body = [
    paragraph(title, "H1"),
    ...sections.flatMap((one) => [paragraph(one.heading, "H2"), paragraph(one.text)]),
  ];
  const parts = {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r0" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r0" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "word/styles.xml": `${XML}<w:styles xmlns:w="${WORD}">${style("H1", "heading 1")}${style("H2", "heading 2")}</w:styles>`,
    "word/document.xml": `${XML}<w:document xmlns:w="${WORD}"><w:body>${body.join("")}</w:body></w:document>`,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)])));
}

const LINE_LENGTH = 95;
const LINES_OF_A_SHEET = 50;
const TOP = 780;
const LEADING = 14;

interface DrawnText {
  readonly text: string;
  readonly size: number;
  /** In lines, what is left free above it. */
  readonly above: number;
}

export function writePdf({ title, sections }: GeneratedPage): Uint8Array {
  const drawn = [
    { text: title, size: 18, above: 0 },
    ...sections.flatMap((one): DrawnText[] => [
      { text: one.heading, size: 14, above: 1 },
      ...wrapped(one.text).map((text, at) => ({ text, size: 10, above: at === 0 ? 1 : 0 })),
    ]),
  ];
  const sheets: string[] = [];
  let line = LINES_OF_A_SHEET;
  for (const { text, size, above } of drawn) {
    line += above;
    if (line >= LINES_OF_A_SHEET) {
      sheets.push("");
      line = 0;
    }
    const signs = text.replace(/[^\x20-\x7e]/g, "?").replace(/[\\()]/g, "\\$&");
    sheets[sheets.length - 1] += `BT /F ${size} Tf 50 ${TOP - LEADING * line++} Td (${signs}) Tj ET\n`;
  }
  return Buffer.from(fileOf(sheets), "latin1");
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE_LENGTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function fileOf(sheets: readonly string[]): string {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Kids[${sheets.map((_, at) => `${4 + 2 * at} 0 R`).join(" ")}]/Count ${sheets.length}>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ...sheets.flatMap((content, at) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents ${5 + 2 * at} 0 R>>`,
      `<</Length ${content.length}>>stream\n${content}\nendstream`,
    ]),
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj${object}endobj\n`;
    return String(offset).padStart(10, "0");
  });
  const start = file.length;
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join("");
  return `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`;
}
