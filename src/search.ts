// A corpus and its model to what searches the documents: for sentences and for passages.

import { createEvidenceFinder, type EvidenceFinder } from "./evidence/evidence.ts";
import { createPassageFinder, type PassageFinder } from "./evidence/passage-finder.ts";
import type { Corpus } from "./ingest/library.ts";
import { inMemory, splitPassages } from "./ingest/passages.ts";
import { lexiconGroups } from "./ingest/subjects.ts";
import type { Vocabulary } from "./ingest/vocabulary.ts";
import type { Model } from "./model.ts";
import { everydayLexicon, everydayThesaurus } from "./question/everyday.ts";
import { openIndex } from "./retrieval/choose-index.ts";
import { createStatistics } from "./retrieval/collection-statistics.ts";
import { withProximity } from "./retrieval/proximity.ts";
import type { Lexicon } from "./text/analyzer.ts";

export function openEvidence(
  { kept, documents }: Corpus,
  model: Model,
  lexicon: Lexicon,
  vocabulary: Vocabulary,
): EvidenceFinder {
  const passages = kept?.passages ?? inMemory(splitPassages(documents));
  const statistics = createStatistics(model.statistics);
  const { retriever, order } = openIndex(model.index, passages, lexicon);
  return createEvidenceFinder(
    passages,
    withProximity(retriever, order, statistics.idf),
    statistics,
    lexicon,
    (surface, term) => (vocabulary.has(surface) ? vocabulary.termWeight(term) : vocabulary.weight(surface)),
  );
}

/** Null where nothing but topics is answered. */
export function openPassageFinder({ faq, documents }: Corpus, { units, blockWeights }: Model): PassageFinder | null {
  if (units === null) return null;
  const lexicon = everydayLexicon(lexiconGroups(faq));
  return createPassageFinder(units, documents, blockWeights, lexicon, everydayThesaurus(lexicon));
}
