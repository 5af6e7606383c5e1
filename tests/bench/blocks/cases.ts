// A folder of documents with questions of strangers to cases, and what of a reply or of a text holds the answer.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
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
  readonly documents: readonly Document[];
  readonly cases: readonly FolderCase[];
  readonly setting: Setting;
}

/**
 * A team's folder, with questions that come near and are not answered; a service with conversations, where a page's first
 * lines often answer; a few pages with such near questions.
 */
export type Setting = "team" | "service" | "pages";

/**
 * Each of `DIR/folders/NAME` with its questions, the pages of `DIR/seeds` with those of `DIR/eval/dev.jsonl`, and the
 * handbook of the tests.
 * @throws OperatorError where no folder holds `docs/` and `cases.jsonl`
 */
export async function readCaseFolders(data: string): Promise<CaseFolder[]> {
  const inFolders = join(data, "folders");
  const names = existsSync(inFolders)
    ? readdirSync(inFolders)
        .filter((name) => ["docs", "cases.jsonl"].every((part) => existsSync(join(inFolders, name, part))))
        .sort(byCodePoint)
    : [];
  if (names.length === 0)
    throw new OperatorError(`no folders/NAME with docs/ and cases.jsonl in ${data}`, "see tests/bench/README.md");
  const folders: CaseFolder[] = [];
  for (const name of names) {
    const path = join(inFolders, name);
    const cases = linesOf(join(path, "cases.jsonl")).map((line) => caseShape.parse(line));
    const setting = cases.some(({ shape }) => shape === "near-miss") ? "team" : "service";
    folders.push({ name, documents: await readDocuments(join(path, "docs")), cases, setting });
  }
  const tests = join(BUILT_IN.folder, "..", "tests");
  const pages = [
    ["pages", join(data, "seeds"), join(data, "eval", "dev.jsonl")],
    ["handbook", join(tests, "handbook", "documents"), join(tests, "handbook-cases.jsonl")],
  ] as const;
  for (const [name, path, file] of pages)
    if (existsSync(path) && existsSync(file))
      folders.push({
        name,
        documents: await readDocuments(path),
        cases: linesOf(file).flatMap(asCase),
        setting: "pages",
      });
  return folders;
}

const linesOf = (file: string): unknown[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));

/** What `footnote eval` reads, as far as it asks for one answer or for none. */
const evalShape = z.looseObject({
  id: z.string(),
  question: z.string(),
  after: z.array(z.string()).default([]),
  kind: z.string(),
  topic: z.string().default(""),
  offtopic: z.boolean().default(false),
  facts: z.array(z.string()).default([]),
  never: z.array(z.string()).default([]),
});

function asCase(line: unknown): FolderCase[] {
  const { kind, offtopic, ...read } = evalShape.parse(line);
  const base = { ...read, sources: [], gold: [] };
  if (kind === "answer" || kind === "comparison") return [{ ...base, kind, shape: "fact" }];
  return kind === "unknown" ? [{ ...base, kind, shape: offtopic ? "off-topic" : "near-miss" }] : [];
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
