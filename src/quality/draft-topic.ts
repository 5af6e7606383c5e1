// A topic drafted for questions that nothing answers: the sentences nearest to them, each a quote that was found at one place.

import { type AtLeastOne, isAtLeastOne, locate } from "../document.ts";
import type { Engine } from "../engine.ts";
import { QUOTE_LENGTH_MAX, STATEMENT_LENGTH_MAX } from "../reply.ts";
import { plain, tokenize } from "../text/analyzer.ts";
import type { FaqTopic } from "./draft.ts";

/** The verdict and what supports it. */
const STATEMENTS_MAX = 3;
const ID_WORDS_MAX = 5;

/**
 * @param questions the most asked first; they become its examples
 * @param leaned the earlier questions of the first one's thread
 * @returns null where no sentence of the documents comes near
 */
export async function draftTopicFor(
  questions: AtLeastOne<string>,
  leaned: readonly string[],
  engine: Engine,
): Promise<FaqTopic | null> {
  const { documents, faq } = engine.corpus;
  const [question] = questions;
  const [resolution] = (await engine.explain(question, leaned)).resolutions;
  const evidence = (await resolution?.evidence()) ?? [];
  const quotable = evidence.flatMap(({ quotes: [{ document, text, section }] }) => {
    const home = documents.find(({ id }) => id === document);
    const fits = text.length <= Math.min(QUOTE_LENGTH_MAX, STATEMENT_LENGTH_MAX);
    return home !== undefined && fits && locate(home, text).ok ? [{ home, text, section }] : [];
  });
  const [best] = quotable;
  if (best === undefined) return null;
  const ofPage = quotable.filter(({ home }) => home === best.home).map(({ text }) => text);
  const statements = [...new Set(ofPage)].slice(0, STATEMENTS_MAX);
  const id = freeId(question, new Set(faq.topics.map((topic) => topic.id)));
  if (!isAtLeastOne(statements) || id === null) return null;
  const taken = new Set(faq.topics.flatMap(({ title, names }) => [title, ...names]).map(plain));
  const heading = best.section.split(" › ").at(-1) || best.home.title;
  const title = taken.has(plain(heading)) ? question : heading;
  return { id, title, question, examples: questions, document: best.home.id, statements };
}

/** An id of the question's first words, with a number where that is taken; null where it has no words. */
function freeId(question: string, taken: ReadonlySet<string>): string | null {
  const words = tokenize(question).map((word) => word.replace(/[^a-z0-9]/g, ""));
  const stem = words
    .filter((word) => word !== "")
    .slice(0, ID_WORDS_MAX)
    .join("-");
  if (stem === "") return null;
  for (let at = 1; ; at++) {
    const id = at === 1 ? stem : `${stem}-${at}`;
    if (!taken.has(id)) return id;
  }
}
