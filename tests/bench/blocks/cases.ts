// A folder of documents with questions of strangers to cases, and what of a reply or of a text holds the answer.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Document, endingOf, type LineRange } from "../../../src/document.ts";
import { CorpusError, OperatorError } from "../../../src/errors.ts";
import { readDocument } from "../../../src/ingest/formats/read-document.ts";
import { byCodePoint } from "../../../src/structures/order.ts";

const span = z.object({ file: z.string(), lines: z.tuple([z.number(), z.number()]) });
const caseShape = z.looseObject({
  id: z.string(),
  question: z.string(),
  after: z.array(z.string()).default([]),
  kind: z.enum(["answer", "comparison", "unknown"]),
  shape: z.string(),
  facts: z.array(z.string()),
  never: z.array(z.string()).default([]),
  sources: z.array(z.string()).default([]),
  gold: z.array(span).default([]),
});
export type FolderCase = z.infer<typeof caseShape>;

/** A folder with its questions. */
export interface CaseFolder {
  readonly name: string;
  readonly path: string;
  readonly documents: readonly Document[];
  readonly cases: readonly FolderCase[];
  /** Whether it has questions that come near and are not answered. */
  readonly hasNearMisses: boolean;
}

/** @throws OperatorError where no folder holds `docs/` and `cases.jsonl` */
export async function readCaseFolders(data: string): Promise<CaseFolder[]> {
  const names = readdirSync(data, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort(byCodePoint);
  const folders: CaseFolder[] = [];
  for (const name of names) {
    const path = join(data, name);
    if (!["docs", "cases.jsonl"].every((part) => readdirSync(path).includes(part))) continue;
    const cases = readFileSync(join(path, "cases.jsonl"), "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => caseShape.parse(JSON.parse(line)));
    const documents = await readDocuments(join(path, "docs"));
    folders.push({ name, path, documents, cases, hasNearMisses: cases.some(({ shape }) => shape === "near-miss") });
  }
  if (folders.length === 0)
    throw new OperatorError(`no folder with docs/ and cases.jsonl in ${data}`, "see the README");
  return folders;
}

/** Every document that can be read, by id. */
async function readDocuments(folder: string): Promise<Document[]> {
  const documents: Document[] = [];
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort(byCodePoint)) {
    if (endingOf(path) === null) continue;
    try {
      documents.push(await readDocument(path, readFileSync(join(folder, path))));
    } catch (error) {
      if (!(error instanceof CorpusError)) throw error;
    }
  }
  return documents.sort((a, b) => byCodePoint(a.id, b.id));
}

export const isAnswerable = ({ kind }: FolderCase): boolean => kind !== "unknown";

/** What is shown, and where it stands. */
export interface Shown {
  readonly text: string;
  readonly places: readonly { readonly file: string; readonly lines: LineRange }[];
}

/** Whether what is shown holds every fact, or touches a line that the answer was drawn from. */
export function holdsAnswer({ facts, gold }: FolderCase, { text, places }: Shown): boolean {
  if (facts.length > 0) {
    const folded = plain(text);
    return facts.every((fact) => {
      const pattern = new RegExp(fact, "i");
      return pattern.test(folded) || pattern.test(text);
    });
  }
  return places.some(({ file, lines }) =>
    gold.some((one) => one.file === file && one.lines[0] <= lines.end && lines.start <= one.lines[1]),
  );
}

/** Without links, emphasis and line ends. */
const plain = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]/g, "")
    .replace(/\s+/g, " ");
