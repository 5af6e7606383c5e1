// A folder's questions to the units that are found for them, each with its features and whether it holds the answer.

import { draftPassage, FIRST_BOUNDS, type PassageBounds } from "../../../src/answer/passage.ts";
import { partText } from "../../../src/answer/pieces.ts";
import type { Document, Sentence } from "../../../src/document.ts";
import { createEngine, type Engine } from "../../../src/engine.ts";
import { type AskedConcepts, askConcepts, type ReadUnit, readUnits } from "../../../src/evidence/block-features.ts";
import { leanOn } from "../../../src/evidence/thread-leaning.ts";
import { indexUnits, UNIT_KINDS, type UnitIndex } from "../../../src/evidence/unit-index.ts";
import { createUnitSearch, type UnitSearch } from "../../../src/evidence/unit-search.ts";
import { sentencesOf, type UnitSentences } from "../../../src/evidence/unit-sentences.ts";
import { textOf, type Unit } from "../../../src/evidence/units.ts";
import { EMPTY_FAQ } from "../../../src/ingest/faq.ts";
import { OF_NO_FILES } from "../../../src/ingest/library.ts";
import { conceptsOf, type Thesaurus } from "../../../src/question/concepts.ts";
import { type Lexicon, queryTerms } from "../../../src/text/analyzer.ts";
import { train } from "../../../src/train.ts";
import { type CaseFolder, type FolderCase, holdsAnswer, type Shown } from "./cases.ts";

/** A folder as it is searched. */
export interface OpenFolder extends CaseFolder {
  readonly index: UnitIndex;
  readonly search: UnitSearch;
  readonly lexicon: Lexicon;
  readonly thesaurus: Thesaurus;
  readonly engine: Engine;
  /** By the id of their document. */
  readonly pages: ReadonlyMap<string, number>;
  /** What each unit and each section shows. */
  readonly units: readonly Shown[];
  readonly sections: readonly Shown[];
}

export interface AskedCase {
  readonly folder: OpenFolder;
  readonly asked: FolderCase;
  readonly concepts: AskedConcepts;
  readonly sentences: UnitSentences;
  readonly found: readonly Found[];
}

export interface Found extends ReadUnit {
  /** Whether all of the answer stands in the unit. */
  readonly isRight: boolean;
}

export async function openFolder(folder: CaseFolder, lexicon: Lexicon, thesaurus: Thesaurus): Promise<OpenFolder> {
  const corpus = {
    hash: "000000000000",
    documents: folder.documents,
    faq: EMPTY_FAQ,
    calibration: null,
    ...OF_NO_FILES,
  };
  const engine = await createEngine(corpus, await train(corpus));
  const pages = new Map(folder.documents.map(({ id }, page) => [id, page]));
  const index = indexUnits(folder.documents, lexicon);
  const units = Array.from(index.sectionOf, (section, unit): Shown => {
    const document = folder.documents[index.pageOf[section] ?? 0];
    const range = rangeOf(index, unit);
    const blocks = document?.blocks.slice(range.from, range.to) ?? [];
    return {
      text: textOf(document?.blocks ?? [], range),
      places: blocks.flatMap(({ sentences }) => sentences.map(({ lines }) => ({ file: document?.file ?? "", lines }))),
    };
  });
  const sections = Array.from(index.pageOf, (_, section): Shown => {
    const own = units.slice(index.firstUnits[section], index.firstUnits[section + 1]);
    return { text: own.map(({ text }) => text).join("\n"), places: own.flatMap(({ places }) => places) };
  });
  return {
    ...folder,
    index,
    search: createUnitSearch(index, lexicon),
    lexicon,
    thesaurus,
    engine,
    pages,
    units,
    sections,
  };
}

const rangeOf = ({ froms, tos, kinds }: UnitIndex, unit: number): Unit => ({
  kind: UNIT_KINDS[kinds[unit] ?? 0] ?? "text",
  from: froms[unit] ?? 0,
  to: tos[unit] ?? 0,
});

/**
 * @param without pages that are taken out
 * @param after the thread, the case's own by default
 */
export async function askCase(
  folder: OpenFolder,
  asked: FolderCase,
  after: readonly string[] = asked.after,
  without: ReadonlySet<number> = new Set(),
): Promise<AskedCase> {
  const { search, lexicon, thesaurus } = folder;
  const own = conceptsOf(asked.question, lexicon, thesaurus);
  const earlier = after.slice(-THREAD_QUESTIONS_MAX).map((question) => conceptsOf(question, lexicon, thesaurus));
  const lean = earlier.length === 0 ? null : leanOn(earlier, own, search.search(own), search);
  const candidates = search.search(lean?.concepts ?? own, lean?.pages).filter(({ page }) => !without.has(page));
  const concepts = askConcepts(asked.question, own, search);
  const [resolution] = (await folder.engine.explain(asked.question, after)).resolutions;
  const evidence = ((await resolution?.evidence()) ?? []).filter(
    ({ quotes: [{ document }] }) => !without.has(folder.pages.get(document) ?? -1),
  );
  const sentences = sentencesOf(evidence, folder.pages, search);
  const found = readUnits(concepts, candidates, search, sentences);
  return {
    folder,
    asked,
    concepts,
    sentences,
    found: found.map((one) => ({ ...one, isRight: holdsAnswer(asked, folder.units[one.unit] ?? NOTHING) })),
  };
}

const THREAD_QUESTIONS_MAX = 10;
const NOTHING: Shown = { text: "", places: [] };

/** The passage that is shown of a unit. */
export function showUnit({ folder, concepts }: AskedCase, unit: number, bounds: PassageBounds = FIRST_BOUNDS): Shown {
  const { index, documents, lexicon } = folder;
  const document = documents[index.pageOf[index.sectionOf[unit] ?? 0] ?? 0];
  if (document === undefined) return NOTHING;
  const range = rangeOf(index, unit);
  const marked = mostCovering(document, range, concepts, lexicon);
  const passage = draftPassage(document, range, (sentence) => sentence === marked, bounds);
  return passage === null
    ? NOTHING
    : {
        text: passage.parts.map(partText).join("\n"),
        places: [{ file: document.file, lines: passage.lines }],
      };
}

function mostCovering(document: Document, { from, to }: Unit, asked: AskedConcepts, lexicon: Lexicon): Sentence | null {
  let best: { readonly sentence: Sentence; readonly weight: number } | null = null;
  for (const sentence of document.blocks.slice(from, to).flatMap(({ sentences }) => sentences)) {
    const terms = new Set(queryTerms(sentence.text, lexicon));
    const weight = asked.concepts.reduce(
      (sum, { own }, at) => sum + (own.some((term) => terms.has(term)) ? (asked.weights[at] ?? 0) : 0),
      0,
    );
    if (best === null || weight > best.weight) best = { sentence, weight };
  }
  return best?.sentence ?? null;
}
