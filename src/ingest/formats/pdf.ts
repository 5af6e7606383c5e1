// Reads a PDF into blocks by where and how large its text is drawn.

import type { Block } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { countedBlocks } from "./counted-blocks.ts";
import { Page } from "./page.ts";
import { type DrawnLine, type DrawnText, drawnLines } from "./pdf-lines.ts";
import { addParagraphs } from "./pdf-paragraphs.ts";

export interface Pdf {
  /** From the document's own properties. */
  readonly title: string | null;
  readonly updated: string | null;
  readonly firstHeading: string | null;
  readonly blocks: readonly Block[];
}

const PAGES_MAX = 5000;
/** Pieces of drawn text in all; a page of a book has a hundred or a thousand. */
const TEXTS_MAX = 2_000_000;
/** A title that a program made up. */
const NO_TITLE =
  /^(?:untitled.*|microsoft word\b.*|document\d*|.*\.(?:docx?|pdf|tex|dvi|indd|rtf|odt|html?|pptx?|xlsx?|md))$/i;

const WORKER: string = "pdfjs-dist/legacy/build/pdf.worker.mjs";
let library: ReturnType<typeof loaded> | undefined;

/**
 * The library for older runtimes puts functions of its own in place of three that Node has, a twentieth as fast and for
 * the whole program: Node's are put back. What it only adds stays.
 */
async function loaded(): Promise<typeof import("pdfjs-dist/legacy/build/pdf.mjs")> {
  const { parse, stringify } = JSON;
  const { push } = Array.prototype;
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  // Loaded by the first document otherwise; it has no types, and none are needed.
  await import(WORKER);
  Object.assign(JSON, { parse, stringify });
  Object.defineProperty(Array.prototype, "push", {
    value: push,
    writable: true,
    enumerable: false,
    configurable: true,
  });
  return pdfjs;
}

/**
 * @param file what errors name the file
 * @throws CorpusError when it is encrypted, broken, holds pictures only, or more than is read of one document
 */
export async function readPdf(bytes: Uint8Array, file: string): Promise<Pdf> {
  library ??= loaded();
  const { getDocument, VerbosityLevel } = await library;
  const task = getDocument({
    // The library keeps what it is given, and takes no Buffer.
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    stopAtErrors: false,
  });
  try {
    const document = await task.promise;
    if (document.numPages > PAGES_MAX)
      throw new CorpusError(file, null, `holds more than ${PAGES_MAX} pages`, "split it");
    const lines: DrawnLine[] = [];
    let count = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items, styles } = await page.getTextContent({ includeMarkedContent: false, disableNormalization: true });
      count += items.length;
      if (count > TEXTS_MAX) throw new CorpusError(file, null, "holds more text than is read of one file", "split it");
      const turned = turnedOf(items);
      const texts = items.flatMap((item): DrawnText[] => {
        if (!("str" in item) || turned.has(item)) return [];
        const [, , , , x = 0, y = 0]: number[] = item.transform;
        const isCode = styles[item.fontName]?.fontFamily === "monospace";
        return [{ text: item.str, x, y, width: item.width, size: item.height, endsLine: item.hasEOL, isCode }];
      });
      lines.push(...drawnLines(texts, number));
      page.cleanup();
    }
    const { info } = await document.getMetadata();
    const page = new Page(file);
    addParagraphs(page, lines);
    const blocks = countedBlocks(page.blocks());
    if (lines.every(({ text }) => text.trim() === ""))
      throw new CorpusError(file, null, "holds pictures of text, not text", "read it with OCR first");
    return { ...propertiesOf(info), firstHeading: page.firstHeading, blocks };
  } catch (error) {
    if (error instanceof CorpusError) throw error;
    const name = error instanceof Error ? error.name : "";
    if (name === "PasswordException") throw new CorpusError(file, null, "is encrypted", "save it without a password");
    throw new CorpusError(file, null, "is no PDF that can be read", "check that it is whole, or print it to PDF again");
  } finally {
    await task.destroy();
  }
}

/** What runs up or down the margin of a page, a stamp or the name of a chapter, is none of its text. */
function turnedOf<T extends object>(items: readonly T[]): ReadonlySet<T> {
  const texts = items.filter((item) => "str" in item && item.str !== "");
  const turned = texts.filter((item) => {
    const [across = 0, up = 0]: unknown[] = "transform" in item && Array.isArray(item.transform) ? item.transform : [];
    return Math.abs(Number(up)) > Math.abs(Number(across));
  });
  return new Set(turned.length * 2 < texts.length ? turned : []);
}

function propertiesOf(info: object): { title: string | null; updated: string | null } {
  const { Title: title, ModDate: modified } = Object.fromEntries<unknown>(Object.entries(info));
  const named = typeof title === "string" ? title.replace(/\s+/g, " ").trim() : "";
  const [, year, month, day] = (typeof modified === "string" && /^D:(\d{4})(\d\d)(\d\d)/.exec(modified)) || [];
  return {
    title: named === "" || NO_TITLE.test(named) ? null : named,
    updated: year === undefined ? null : `${year}-${month}-${day}`,
  };
}
