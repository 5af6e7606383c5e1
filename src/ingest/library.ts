// A corpus's files to documents and FAQ, and to the hash that names them.

import { createHash } from "node:crypto";
import type { Document } from "../document.ts";
import { CorpusError } from "../errors.ts";
import { byCodePoint } from "../structures/order.ts";
import type { Calibration } from "./calibration.ts";
import type { Faq } from "./faq.ts";
import { CALIBRATION_FILE, type CorpusFile, FAQ_FILE } from "./files.ts";
import { decode } from "./formats/encoding.ts";
import type { Passages } from "./passages.ts";
import type { Section } from "./sections.ts";
import type { Table } from "./tables.ts";

/** All that replies are made of. */
export interface Corpus {
  /** First 12 hex digits of the SHA-256 over the paths and bytes of all its files. */
  readonly hash: string;
  /** Sorted by id. */
  readonly documents: readonly Document[];
  /** Where the text stays in a file: what else is made of it, so that it need not be read for that. */
  readonly kept?: KeptParts;
  readonly faq: Faq;
  /** Null where the corpus has none of its own: the default then holds. */
  readonly calibration: Calibration | null;
}

export interface KeptParts {
  /** Each read when it is asked for. */
  readonly passages: Passages;
  readonly sections: readonly Section[];
  readonly tables: readonly Table[];
}

/** What identifies a corpus: any change to a file's path or bytes changes it. */
export function hashFiles(files: readonly CorpusFile[]): string {
  const hash = createHash("sha256");
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest("hex").slice(0, 12);
}

/**
 * Parses the files of a corpus. The parsers are loaded only here, so that a compiled corpus starts without them.
 * @throws CorpusError with file, line and remedy
 */
export async function parseCorpus(files: readonly CorpusFile[]): Promise<Corpus> {
  const [{ readDocument }, { parseFaq, EMPTY_FAQ }, { withMinedNames: withHints }, { parseCalibration }] =
    await Promise.all([
      import("./formats/read-document.ts"),
      import("./faq.ts"),
      import("./mined-names.ts"),
      import("./calibration.ts"),
    ]);
  const documents: Document[] = [];
  const fileOf = new Map<string, string>();
  for (const { path, bytes } of files) {
    if (path === FAQ_FILE || path === CALIBRATION_FILE) continue;
    const document = await readDocument(path, bytes);
    const other = fileOf.get(document.id);
    if (other !== undefined)
      throw new CorpusError(
        path,
        null,
        `has the same document id as ${other} ("${document.id}")`,
        "rename one of them",
      );
    fileOf.set(document.id, path);
    documents.push(document);
  }
  documents.sort((a, b) => byCodePoint(a.id, b.id));
  const faqFile = files.find(({ path }) => path === FAQ_FILE);
  const written = faqFile ? parseFaq(decode(FAQ_FILE, faqFile.bytes), FAQ_FILE, documents) : EMPTY_FAQ;
  const faq = written.elsewhere === "quote" ? withHints(written, documents) : written;
  const calibrationFile = files.find(({ path }) => path === CALIBRATION_FILE);
  const calibration = calibrationFile
    ? parseCalibration(decode(CALIBRATION_FILE, calibrationFile.bytes), CALIBRATION_FILE)
    : null;
  return { hash: hashFiles(files), documents, faq, calibration };
}
