// Proves that each quote and passage of a reply stands in the very file that was read, whatever an index says.

import { LRUCache } from "lru-cache";
import { type Document, fold, type LineRange, stands } from "../document.ts";
import { CorpusError } from "../errors.ts";
import type { Citation, Part, Passage, Reply } from "../reply.ts";
import { type FileRecord, type ListedFile, listedAt, readListed, realFolder, sha256Of, stateNow } from "./files.ts";

/** What is asked before anybody sees a reply. */
export interface Proof {
  /** @throws CorpusError for the first quote or passage that its file, unchanged since it was read, does not hold at its lines */
  check(reply: Reply): Promise<void>;
}

/** A corpus, as far as it is proven. */
interface Evidenced {
  readonly documents: readonly Document[];
  readonly files: readonly FileRecord[];
}

/** A file as it was last looked at. */
interface Source {
  readonly sha256: string;
  /** Null in kinds without lines. */
  readonly lines: readonly string[] | null;
  /** What it says now, read when its lines alone don't tell. */
  document: Document | null;
}

/** Characters of all files that are kept for the next question. */
const KEPT_MAX = 20_000_000;

/**
 * @param folder the corpus folder
 * @param corpus its documents, and its files as they were when they were read
 * @param onForged told where a file is what it was and the index says something else of it: it is not to be used again
 *
 * In kinds with lines a quote that stands letter by letter at its lines is proven by them; where markup stands in
 * between the file is parsed anew. In other kinds the bytes must be those that were indexed. A file that has changed or
 * gone since the corpus was opened can prove nothing: until its next version is read, what it said holds.
 */
export function createProof(folder: string, { files, documents }: Evidenced, onForged: () => void): Proof {
  const root = realFolder(folder);
  const recordOf = new Map(files.map((file) => [file.path, file]));
  const documentOf = new Map(documents.map((document) => [document.file, document]));
  const kept = new LRUCache<string, Source>({
    max: 1000,
    maxSize: KEPT_MAX,
    sizeCalculation: ({ lines }) => 1 + (lines?.reduce((sum, { length }) => sum + length, 0) ?? 0),
  });

  /** Null for a file that is not the one that was read. */
  const sourceOf = async (record: FileRecord, hasLines: boolean): Promise<Source | null> => {
    const listed = listedAt(root, record);
    if (!isUnchanged(listed)) return null;
    const known = kept.get(record.path);
    if (known !== undefined) return known;
    const { bytes, file } = readListed(listed);
    if (file.state !== listed.state) return null;
    const source: Source = {
      sha256: sha256Of(bytes),
      lines: hasLines ? await linesOf(record.path, bytes) : null,
      document: null,
    };
    kept.set(record.path, source);
    return source;
  };
  const parse = async (source: Source, record: FileRecord): Promise<Document> => {
    const { readDocument } = await import("./formats/read-document.ts");
    source.document ??= await readDocument(record.path, readListed(listedAt(root, record)).bytes);
    return source.document;
  };
  const isProven = async ({ file, section, lines, quote }: Citation): Promise<boolean> => {
    const [record, document] = [recordOf.get(file), documentOf.get(file)];
    if (record === undefined || document === undefined) return false;
    const source = await sourceOf(record, document.hasLines);
    if (source === null || (source.lines === null && source.sha256 === record.sha256)) return true;
    const own = source.lines?.slice(lines.start - 1, lines.end).join(" ") ?? "";
    if (fold(quote) !== "" && fold(own).includes(fold(quote))) return true;
    return stands(await parse(source, record), { document: document.id, section, lines, text: quote });
  };

  const isShownThere = async ({ file }: Citation, { lines, parts }: Passage): Promise<boolean> => {
    const [record, document] = [recordOf.get(file), documentOf.get(file)];
    if (record === undefined || document === undefined) return false;
    const source = await sourceOf(record, document.hasLines);
    if (source === null || (source.lines === null && source.sha256 === record.sha256)) return true;
    const pieces = parts.flatMap(piecesOf);
    const own = fold(source.lines?.slice(lines.start - 1, lines.end).join(" ") ?? "");
    if (pieces.every((piece) => own.includes(fold(piece)))) return true;
    const told = textsAt(await parse(source, record), lines);
    return pieces.every((piece) => told.includes(fold(piece)));
  };

  return {
    async check(reply) {
      if (!("citations" in reply)) return;
      const passages = reply.kind === "leads" ? reply.passages : reply.kind === "answer" ? [reply.passage] : [];
      for (const citation of reply.citations) {
        const own = passages.filter((one) => one !== null && one.citation === citation.number);
        const shown = await Promise.all(own.map((one) => one === null || isShownThere(citation, one)));
        if ((await isProven(citation)) && shown.every(Boolean)) continue;
        const { file, lines } = citation;
        onForged();
        throw new CorpusError(
          file,
          lines.start,
          "does not say what its index says of it",
          "ask again: it is made anew",
        );
      }
    },
  };
}

const piecesOf = (part: Part): readonly string[] => (part.kind === "row" ? part.cells : [part.text]);

/** All that the blocks at these lines say, what heads a table's columns included. */
const textsAt = ({ blocks }: Document, lines: LineRange): string =>
  fold(
    blocks
      .filter(({ sentences }) => sentences.some((one) => one.lines.start <= lines.end && one.lines.end >= lines.start))
      .flatMap(({ term, sentences, row, code }) => [
        ...(term === undefined ? [] : [`${term}:`]),
        ...sentences.map(({ text, coded }) => coded ?? text),
        ...(row === undefined ? [] : [...row.header, ...row.cells]),
        ...(code === undefined ? [] : [code.text]),
      ])
      .join(" "),
  );

function isUnchanged(listed: ListedFile): boolean {
  try {
    return stateNow(listed).state === listed.state;
  } catch (error) {
    if (error instanceof CorpusError) return false;
    throw error;
  }
}

async function linesOf(path: string, bytes: Uint8Array): Promise<readonly string[]> {
  const { decode } = await import("./formats/encoding.ts");
  return decode(path, bytes).split(/\r\n?|\n/);
}
