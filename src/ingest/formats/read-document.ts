// Reads a file's bytes into a document, with the reader of the file's ending.

import { type Block, type Document, type Ending, endingOf } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { readAudience } from "./audience.ts";
import { decode } from "./encoding.ts";
import { type FrontMatter, readFrontMatter, splitFrontMatter } from "./front-matter.ts";
import { refuseLongLine } from "./parse-budget.ts";
import { dateOf } from "./updated.ts";

/**
 * Reads one file. The parser of its kind is loaded when the first such file is there.
 * @param path below the corpus folder, with forward slashes
 * @throws CorpusError when this file cannot be read: no text of its kind, front matter that is not valid, nothing to quote
 */
export async function readDocument(path: string, bytes: Uint8Array): Promise<Document> {
  if (bytes.length < POINTER_BYTES_MAX && POINTER.test(Buffer.from(bytes).toString("latin1")))
    throw new CorpusError(path, null, "is not here, only where Git LFS keeps it", "fetch it: git lfs pull");
  const id = path.replace(/^documents\//, "").replace(/\.[^./]+$/, "");
  const { blocks, meta, firstHeading, hasLines = true } = await READERS[endingOf(path) ?? ".txt"](path, bytes);
  if (blocks.every(({ kind }) => kind === "furniture" || kind === "heading")) {
    const holds = firstHeading === null ? "holds no text to quote" : "holds no text to quote, only headings";
    throw new CorpusError(path, null, holds, "add text or remove the file");
  }
  const title = meta.title ?? firstHeading ?? id.split("/").at(-1) ?? id;
  return {
    id,
    file: path,
    title,
    origin: meta.origin ?? path,
    url: meta.url ?? null,
    retrieved: meta.retrieved ?? null,
    updated: meta.updated ?? null,
    ...(meta.audience === undefined ? {} : { audience: meta.audience }),
    hasLines,
    blocks: blocks.map((block) => ({ ...block, section: below(title, block.section) })),
  };
}

/** What stands in place of a file that Git keeps elsewhere. */
const POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n/;
const POINTER_BYTES_MAX = 1000;

/** A heading path without the heading that is the document's title, which may name the site as well. */
function below(title: string, section: string): string {
  if (section === title) return "";
  if (section.startsWith(`${title} › `)) return section.slice(title.length + 3);
  const [first = "", ...rest] = section.split(" › ");
  const isTitle = title.startsWith(first) && /^\s+[-|–—·»:]\s/u.test(title.slice(first.length));
  return isTitle ? rest.join(" › ") : section;
}

interface Read {
  readonly blocks: readonly Block[];
  readonly meta: FrontMatter;
  readonly firstHeading: string | null;
  /** Only where it has none. */
  readonly hasLines?: false;
}

type Reader = (path: string, bytes: Uint8Array) => Promise<Read>;

const READERS: Readonly<Record<Ending, Reader>> = {
  ".md": readMarkdown,
  ".markdown": readMarkdown,
  ".mdx": readMarkdown,
  ".html": readHtml,
  ".htm": readHtml,
  ".txt": readText,
  ".rst": readRst,
  ".adoc": readAdoc,
  ".docx": readWord,
  ".pdf": readPages,
  ".csv": readTable,
  ".tsv": readTable,
  ".ipynb": readNotebook,
};

function textOf(path: string, bytes: Uint8Array): string {
  const text = decode(path, bytes);
  let line = 1;
  for (let from = 0, end = 0; end >= 0; from = end + 1, line++) {
    end = text.indexOf("\n", from);
    refuseLongLine((end < 0 ? text.length : end) - from, path, line);
  }
  return text;
}

/** What a file says of itself outside of its text, where that is more than nothing. */
const metaOf = (own: { title?: string | null; updated: string | null }): FrontMatter => ({
  ...(own.title === null || own.title === undefined ? {} : { title: own.title }),
  ...(own.updated === null ? {} : { updated: dateOf(own.updated) }),
});

/** Front matter is Markdown's; above other texts only what it says of who may see them counts, and it is no text of theirs. */
function withoutAudience(text: string, path: string): { text: string; audience: Pick<FrontMatter, "audience"> } {
  const { fenced, body } = splitFrontMatter(text.replace(/\r\n?/g, "\n").replace(/^\uFEFF/, ""), path);
  if (fenced === null || !/^\s*"?audience"?\s*[:=]/im.test(fenced.source)) return { text, audience: {} };
  const { audience } = readFrontMatter(fenced, path);
  return { text: body, audience: { audience } };
}

async function readText(path: string, bytes: Uint8Array): Promise<Read> {
  const { readPlainText } = await import("./plain-text.ts");
  const { text, audience } = withoutAudience(textOf(path, bytes), path);
  const { blocks, firstHeading, ...own } = readPlainText(text, path);
  return { blocks, firstHeading, meta: { ...metaOf(own), ...audience } };
}

async function readHtml(path: string, bytes: Uint8Array): Promise<Read> {
  const { parseHtml } = await import("./html.ts");
  const { blocks, firstHeading, frontMatter, audience, ...own } = parseHtml(textOf(path, bytes), path);
  const written: FrontMatter = frontMatter === null ? {} : readFrontMatter(frontMatter, path);
  const named = written.audience ?? (audience === null ? undefined : readAudience(audience, path, null));
  return { blocks, firstHeading, meta: { ...metaOf(own), ...written, audience: named } };
}

async function readMarkdown(path: string, bytes: Uint8Array): Promise<Read> {
  const { parseMarkdown } = await import("./markdown.ts");
  const { frontMatter, showsDescription, firstHeading, updated, blocks } = parseMarkdown(textOf(path, bytes), path);
  const written = frontMatter === null ? {} : readFrontMatter(frontMatter, path);
  const meta = { ...written, updated: written.updated ?? updated ?? undefined };
  const { description } = meta;
  if (!showsDescription || description === undefined) return { blocks, firstHeading, meta };
  const sentences = [{ text: description.text, lines: { start: description.line, end: description.line } }];
  const block: Block = { kind: "paragraph", section: "", sentences, header: "", restates: null };
  return { blocks: [block, ...blocks], firstHeading, meta };
}

async function readRst(path: string, bytes: Uint8Array): Promise<Read> {
  const { parseRst } = await import("./rst.ts");
  const { text, audience } = withoutAudience(textOf(path, bytes), path);
  const { blocks, firstHeading, ...own } = parseRst(text, path);
  return { blocks, firstHeading, meta: { ...metaOf(own), ...audience } };
}

async function readAdoc(path: string, bytes: Uint8Array): Promise<Read> {
  const { parseAdoc } = await import("./adoc.ts");
  const { text, audience } = withoutAudience(textOf(path, bytes), path);
  const { blocks, firstHeading, ...own } = await parseAdoc(text, path);
  return { blocks, firstHeading, meta: { ...metaOf(own), ...audience } };
}

async function readWord(path: string, bytes: Uint8Array): Promise<Read> {
  const { readDocx } = await import("./docx.ts");
  const { blocks, firstHeading, ...own } = await readDocx(bytes, path);
  return { blocks, firstHeading, meta: metaOf(own), hasLines: false };
}

async function readPages(path: string, bytes: Uint8Array): Promise<Read> {
  const { readPdf } = await import("./pdf.ts");
  const { blocks, firstHeading, ...own } = await readPdf(bytes, path);
  return { blocks, firstHeading, meta: metaOf(own), hasLines: false };
}

async function readTable(path: string, bytes: Uint8Array): Promise<Read> {
  const { readDelimited } = await import("./delimited.ts");
  return { blocks: readDelimited(textOf(path, bytes), path), firstHeading: null, meta: {} };
}

async function readNotebook(path: string, bytes: Uint8Array): Promise<Read> {
  const { parseNotebook } = await import("./notebook.ts");
  const { blocks, firstHeading, ...own } = parseNotebook(decode(path, bytes), path);
  return { blocks, firstHeading, meta: metaOf(own) };
}
