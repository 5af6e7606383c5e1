// Reads a Word document into blocks: its styles tell headings, lists and tables; its blocks are counted as lines.

import { strFromU8, unzipSync, zipSync } from "fflate";
import mammoth from "mammoth";
import type { Block } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { countedBlocks } from "./counted-blocks.ts";
import { readHtmlInto } from "./html.ts";
import { Page } from "./page.ts";

export interface Docx {
  readonly firstHeading: string | null;
  /** From the document's own properties. */
  readonly updated: string | null;
  readonly blocks: readonly Block[];
}

/** Of all parts that are read, unpacked: a book of a thousand pages has a tenth of it. */
const UNPACKED_BYTES_MAX = 40_000_000;
/** What text is packed to hardly ever is a hundredth of it. */
const RATIO_MAX = 200;
const RATIO_BYTES_MIN = 2_000_000;
/** What holds text; pictures and fonts are not unpacked. */
const PARTS = /^(?:\[Content_Types\]\.xml|_rels\/.*|word\/[^/]*\.xml|word\/_rels\/.*|docProps\/core\.xml)$/;
/** Compound files: what Word encrypts, and what it wrote before 2007. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const DEPTH_MAX = 200;

/**
 * @param file what errors name the file
 * @throws CorpusError when it is encrypted, no such document, or built to fill the memory
 */
export async function readDocx(bytes: Uint8Array, file: string): Promise<Docx> {
  if (COMPOUND.every((byte, at) => bytes[at] === byte))
    throw new CorpusError(file, null, "is encrypted, or an old .doc", "save it as .docx without a password");
  const parts = unpack(bytes, file);
  const main = Object.keys(parts).find((path) => /^word\/document\d*\.xml$/.test(path));
  if (main === undefined) throw new CorpusError(file, null, "is no Word document", "save it as .docx");
  for (const part of Object.values(parts)) refuseHostileXml(part, file);
  const html = await toHtml(zipSync(parts, { level: 0 }), file);
  const page = new Page(file);
  readHtmlInto(page, withTypedLists(html.replace(NOTE_MARK, "")).replace(BLOCK, "\n$&"), 1, (text, line, run) =>
    run.add(text, line),
  );
  const core = parts["docProps/core.xml"];
  const modified = core === undefined ? null : /<dcterms:modified[^>]*>(\d{4}-\d\d-\d\d)/.exec(strFromU8(core));
  return { firstHeading: page.firstHeading, updated: modified?.[1] ?? null, blocks: countedBlocks(page.blocks()) };
}

/** The numbers of footnotes, and the arrows that lead back from them. */
const NOTE_MARK =
  /<sup><a href="#[^"]*note-[^"]*"[^>]*>[^<]*<\/a><\/sup>|<a href="#[^"]*note-ref-[^"]*"[^>]*>[^<]*<\/a>/g;

/** An item whose mark or number its author typed. */
const TYPED_ITEM = /<p>\s*(?:[•●○■◦▪‣]|\(?(\d{1,2})[.)])(?:\s|&nbsp;)+(?=[^\s<])((?:(?!<\/?p>)[\s\S])*)<\/p>/g;

/** Items that are numbered on go on with the list before them. */
const withTypedLists = (html: string): string =>
  html
    .replace(TYPED_ITEM, (_, number: string | undefined, text: string) =>
      number === undefined
        ? `<ul><!--typed--><li>${text}</li><!--typed--></ul>`
        : `<ol start="${Number(number)}"><li>${text}</li></ol>`,
    )
    .replaceAll("<!--typed--></ul><ul><!--typed-->", "");

/** Where a block of its own begins, so that each has a line. */
const BLOCK = /<(?:p|h[1-6]|li|tr|pre|dt|dd)\b/g;

/** The parts that hold text. Sizes are those that the archive says; more than it says is not unpacked. */
function unpack(bytes: Uint8Array, file: string): Record<string, Uint8Array> {
  let size = 0;
  try {
    return unzipSync(bytes, {
      filter({ name, size: packed, originalSize }) {
        if (!PARTS.test(name)) return false;
        size += originalSize;
        const isBomb = originalSize > RATIO_BYTES_MIN && originalSize > packed * RATIO_MAX;
        if (size > UNPACKED_BYTES_MAX || isBomb)
          throw new CorpusError(file, null, "unpacks to more than a document holds", "split it or remove it");
        return true;
      },
    });
  } catch (error) {
    if (error instanceof CorpusError) throw error;
    throw new CorpusError(file, null, "can't be unpacked", "check that it is whole, or save it as .docx again");
  }
}

/** No part that Word writes declares entities or nests like this. */
function refuseHostileXml(part: Uint8Array, file: string): void {
  const head = strFromU8(part.subarray(0, 4000));
  if (/<!(?:DOCTYPE|ENTITY)/i.test(head))
    throw new CorpusError(file, null, "declares entities", "save it as .docx with Word or LibreOffice");
  let depth = 0;
  for (let at = 0; at < part.length; at++) {
    if (part[at] !== LESS) continue;
    const next = part[at + 1];
    if (next === SLASH) depth--;
    else if (next !== QUESTION && next !== BANG) {
      const end = part.indexOf(GREATER, at);
      if (end > 0 && part[end - 1] !== SLASH) depth++;
    }
    if (depth > DEPTH_MAX) throw new CorpusError(file, null, `nests deeper than ${DEPTH_MAX}`, "mend or remove it");
  }
}

const [LESS, GREATER, SLASH, QUESTION, BANG] = [0x3c, 0x3e, 0x2f, 0x3f, 0x21];

/** What the styles of Word are called that are no paragraphs, besides those that mammoth knows. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Code'] => pre:separator('\\n')",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Source Code'] => pre:separator('\\n')",
  "p[style-name='Preformatted Text'] => pre:separator('\\n')",
  "p[style-name='Caption'] => p:fresh",
  // Its lines say which headings there are, and on which pages.
  "p[style-name^='toc '] => !",
  "p[style-name='table of figures'] => !",
  "r[style-name='Code'] => code",
  "r[style-name='Source Text'] => code",
  "r[style-name='HTML Code'] => code",
];

async function toHtml(archive: Uint8Array, file: string): Promise<string> {
  try {
    const options = {
      styleMap: STYLES,
      includeDefaultStyleMap: true,
      includeEmbeddedStyleMap: false,
      ignoreEmptyParagraphs: true,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
    };
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(archive) }, options);
    return value;
  } catch {
    throw new CorpusError(file, null, "is no Word document that can be read", "save it as .docx again");
  }
}
