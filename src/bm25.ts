// Texts to a BM25 scorer for small collections: how much of a query each text holds.

const K1 = 1.2;
const B = 0.75;

export interface Bm25 {
  /** How telling a term is in this collection: Lucene's IDF, never negative, times its general weight. */
  idf(term: string): number;
  /** A score for each text as a share of the query's IDF weight: about 0 to 1, up to 2.2 where terms are repeated. */
  scores(query: readonly string[]): Float64Array;
}

/**
 * @param texts each as its terms
 * @param weightOf what a term tells in general, 0 to 1, beside how rare it is here
 */
export function createBm25(texts: readonly (readonly string[])[], weightOf: (term: string) => number = () => 1): Bm25 {
  const postings = new Map<string, { text: number; frequency: number }[]>();
  for (const [at, list] of texts.entries()) {
    const counts = new Map<string, number>();
    for (const term of list) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, frequency] of counts) {
      const entry = postings.get(term);
      if (entry) entry.push({ text: at, frequency });
      else postings.set(term, [{ text: at, frequency }]);
    }
  }
  const lengthMean = texts.reduce((sum, list) => sum + list.length, 0) / Math.max(1, texts.length);
  const norms = texts.map((list) => K1 * (1 - B + (B * list.length) / Math.max(1, lengthMean)));
  const idf = (term: string): number => {
    const count = postings.get(term)?.length ?? 0;
    return weightOf(term) * Math.log(1 + (texts.length - count + 0.5) / (count + 0.5));
  };
  return {
    idf,
    scores(query) {
      const scores = new Float64Array(texts.length);
      const total = query.reduce((sum, term) => sum + idf(term), 0);
      if (total === 0) return scores;
      for (const term of query) {
        const weight = idf(term) / total;
        for (const { text, frequency } of postings.get(term) ?? [])
          scores[text] = (scores[text] ?? 0) + (weight * frequency * (K1 + 1)) / (frequency + (norms[text] ?? 0));
      }
      return scores;
    },
  };
}
