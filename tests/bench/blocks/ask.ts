// A folder's questions to the units that are found for them, each with its features and whether it holds the answer.

import { askConcepts, readUnits, type ReadUnit } from "../../../src/evidence/block-features.ts";
import { indexUnits, type UnitIndex } from "../../../src/evidence/unit-index.ts";
import { createUnitSearch, type UnitSearch } from "../../../src/evidence/unit-search.ts";
import { textOf } from "../../../src/evidence/units.ts";
import { conceptsOf, type Thesaurus } from "../../../src/question/concepts.ts";
import type { Lexicon } from "../../../src/text/analyzer.ts";
import { type CaseFolder, type FolderCase, holdsAnswer, type Shown } from "./cases.ts";

/** A folder as it is searched. */
export interface OpenFolder extends CaseFolder {
  readonly index: UnitIndex;
  readonly search: UnitSearch;
  /** What each unit and each section shows. */
  readonly units: readonly Shown[];
  readonly sections: readonly Shown[];
}

export interface AskedCase {
  readonly folder: OpenFolder;
  readonly asked: FolderCase;
  readonly found: readonly (ReadUnit & { readonly isRight: boolean })[];
}

export function openFolder(folder: CaseFolder, lexicon: Lexicon): OpenFolder {
  const index = indexUnits(folder.documents, lexicon);
  const units = Array.from(index.sectionOf, (section, unit): Shown => {
    const document = folder.documents[index.pageOf[section] ?? 0];
    const range = { kind: "text", from: index.froms[unit] ?? 0, to: index.tos[unit] ?? 0 } as const;
    const blocks = document?.blocks.slice(range.from, range.to) ?? [];
    const sentences = blocks.flatMap((block) => block.sentences);
    return {
      text: textOf(document?.blocks ?? [], range),
      places: sentences.map(({ lines }) => ({ file: document?.file ?? "", lines })),
    };
  });
  const sections = Array.from(index.pageOf, (_, section): Shown => {
    const own = units.slice(index.firstUnits[section], index.firstUnits[section + 1]);
    return { text: own.map(({ text }) => text).join("\n"), places: own.flatMap(({ places }) => places) };
  });
  return { ...folder, index, search: createUnitSearch(index), units, sections };
}

export function askFolder(folder: OpenFolder, lexicon: Lexicon, thesaurus: Thesaurus): AskedCase[] {
  return folder.cases.map((asked): AskedCase => {
    const concepts = conceptsOf(asked.question, lexicon, thesaurus);
    const question = askConcepts(asked.question, concepts, folder.search);
    const found = readUnits(question, folder.search.search(concepts), folder.search, lexicon);
    return {
      folder,
      asked,
      found: found.map((one) => ({ ...one, isRight: holdsAnswer(asked, folder.units[one.unit] ?? NOTHING) })),
    };
  });
}

const NOTHING: Shown = { text: "", places: [] };
