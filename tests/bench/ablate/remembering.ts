// The search for sentences remembered from row to row: most rules change what is asked or decided, not what is found.

import type { createEvidenceFinder, Evidence } from "../../../src/evidence/evidence.ts";
import { type Edit, piece } from "./edits.ts";

type CreateFinder = typeof createEvidenceFinder;
type Found = Map<string, Promise<readonly Evidence[]>>;

/** Put into every variant: what finds sentences asks here first. */
export const REMEMBERING: Edit = piece("createEvidenceFinder(", "ablate.remembering(createEvidenceFinder)(", "search");

/** Modules that what is found depends on, with all that they import: besides these only on the question and the documents. */
export const FOUND_BY = [
  "evidence/evidence.js",
  "retrieval/choose-index.js",
  "retrieval/proximity.js",
  "retrieval/collection-statistics.js",
  "ingest/vocabulary.js",
  "ingest/passages.js",
  "ingest/subjects.js",
];

const byFolder = new Map<string, Found>();
let known: Found | null = null;

/** @param folder whose sentences are looked for from now on; null where another program looks for them */
export function rememberFor(folder: string | null): void {
  known = folder === null ? null : (byFolder.get(folder) ?? new Map());
  if (folder !== null && known !== null) byFolder.set(folder, known);
}

/** Finds the same for the same question, all that is known of it included, once for each folder. */
export const remembering =
  (create: CreateFinder): CreateFinder =>
  (...parts) => {
    const finder = create(...parts);
    return {
      gather(question) {
        const key = JSON.stringify(question);
        const found = known?.get(key) ?? finder.gather(question);
        known?.set(key, found);
        return found;
      },
    };
  };
