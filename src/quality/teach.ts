// Teaches an engine another FAQ on the same documents, which are neither read nor indexed again.

import { createEngine, type Engine } from "../engine.ts";
import type { Faq } from "../ingest/faq.ts";
import { lexiconGroups } from "../ingest/subjects.ts";
import { countVocabulary } from "../ingest/vocabulary.ts";
import type { Compiled } from "../store/snapshot.ts";
import { createLexicon } from "../text/analyzer.ts";
import { examplesOf } from "../topics/training-examples.ts";
import { foreignQuestions, learn } from "../train.ts";

/**
 * @param faq with the same subjects and synonyms: the documents are indexed by them
 * @param heldOut questions that are not taught as foreign ones either
 */
export async function teach(
  faq: Faq,
  { corpus, model }: Compiled,
  heldOut: ReadonlySet<string> = new Set(),
): Promise<Engine> {
  const lexicon = createLexicon(lexiconGroups(faq));
  const foreign = (await foreignQuestions()).filter((question) => !heldOut.has(question));
  const vocabulary = await countVocabulary(corpus.documents, faq, lexicon);
  const examples = faq.topics.length > 0 ? examplesOf(faq, foreign) : [];
  const learnt = learn(faq, examples, lexicon, vocabulary);
  return createEngine({ ...corpus, faq }, { ...model, vocabulary, ...learnt });
}
