// A reply's citations to whether each quote stands in its file as the file is now: what no index can be made to say.

import { LRUCache } from "lru-cache";
import { type Document, fold, stands } from "../document.ts";
import { CorpusError } from "../errors.ts";
import type { Citation } from "../reply.ts";
import { type FileRecord, listedAt, readListed, realFolder, sha256Of, stateNow } from "./files.ts";

/** What is asked before anybody sees a reply. */
export interface Proof {
  /** @throws CorpusError for the first quote that does not stand in its file at its lines */
  check(citations: readonly Citation[]): Promise<void>;
}

/** A corpus, as far as it is proven. */
interface Evidenced {
  readonly documents: readonly Document[];
  readonly files: readonly FileRecord[];
}

/** A file as it was last looked at. */
interface Source {
  readonly state: string;
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
 * In kinds with lines a quote that stands letter by letter at its lines is proven by them. Where markup stands in
 * between, and in other kinds where the file is not what was indexed, the file is parsed anew.
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

  const sourceOf = async (record: FileRecord, hasLines: boolean): Promise<Source> => {
    const listed = listedAt(root, record);
    const known = kept.get(record.path);
    if (known !== undefined && known.state === stateNow(listed).state) return known;
    const { bytes, file } = readListed(listed);
    const source: Source = {
      state: file.state,
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
    if (source.lines === null && source.sha256 === record.sha256) return true;
    const own = source.lines?.slice(lines.start - 1, lines.end).join(" ") ?? "";
    if (fold(quote) !== "" && fold(own).includes(fold(quote))) return true;
    return stands(await parse(source, record), { document: document.id, section, lines, text: quote });
  };

  return {
    async check(citations) {
      for (const citation of citations) {
        if (await isProven(citation)) continue;
        const { file, lines } = citation;
        const [record, source] = [recordOf.get(file), kept.get(file)];
        if (record === undefined || source === undefined || source.sha256 === record.sha256) {
          onForged();
          throw new CorpusError(
            file,
            lines.start,
            "does not say what its index says of it",
            "ask again: it is made anew",
          );
        }
        throw new CorpusError(
          file,
          lines.start,
          "has changed since it was read",
          "ask again when it has been read anew",
        );
      }
    },
  };
}

async function linesOf(path: string, bytes: Uint8Array): Promise<readonly string[]> {
  const { decode } = await import("./formats/encoding.ts");
  return decode(path, bytes).split(/\r\n?|\n/);
}
