// Indexes and ranks the passages of a small corpus with MiniSearch.

import MiniSearch, { type Options } from "minisearch";
import { type Lexicon, queryTerms } from "../text/analyzer.ts";
import { B, K1, presence } from "./bm25.ts";
import type { Indexed, Retriever } from "./retriever.ts";

/** A word of the heading counts half. */
const BOOST = { heading: 0.5 };
const SEPARATOR = "\u0000";

const optionsFor = (lexicon: Lexicon): Options<Indexed> => ({
  idField: "number",
  fields: ["text", "heading"],
  storeFields: [],
  tokenize: (text) => queryTerms(text, lexicon),
  processTerm: (term) => term,
  searchOptions: {
    boost: BOOST,
    combineWith: "OR",
    prefix: false,
    fuzzy: false,
    tokenize: (query) => query.split(SEPARATOR),
    processTerm: (term) => term,
  },
});

/** Builds a MiniSearch index. */
export function indexPassages(passages: readonly Indexed[], lexicon: Lexicon): MiniSearch<Indexed> {
  const index = new MiniSearch(optionsFor(lexicon));
  index.addAll(passages.map(({ number, text, heading }) => ({ number, text, heading })));
  return index;
}

/** Reads an index that was saved as JSON. */
export const loadIndex = (saved: unknown, lexicon: Lexicon): MiniSearch<Indexed> =>
  MiniSearch.loadJS(saved as Parameters<typeof MiniSearch.loadJS>[0], optionsFor(lexicon));

/**
 * MiniSearch multiplies a score by the number of query terms that matched (dist/es/index.js, `score * quality`);
 * dividing it out again ranks like Lucene's BM25.
 */
export const createRetriever = (index: MiniSearch<Indexed>): Retriever => ({
  search: async (query, limit) =>
    query.length === 0
      ? []
      : index
          .search(query.join(SEPARATOR), { bm25: { k: K1, b: B, d: presence(query.length) } })
          .map(({ id, score, queryTerms }) => ({ passage: id as number, score: score / (queryTerms.length || 1) }))
          .sort((a, b) => b.score - a.score || a.passage - b.passage)
          .slice(0, limit),
});
