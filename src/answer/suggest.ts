// Suggests the questions or comparisons that somebody may mean by what they have typed so far.

import type { Faq } from "../ingest/faq.ts";
import type { Offer } from "./offers.ts";

/** Something to ask, offered while it is being typed. */
export type Suggestion = Pick<Offer, "title" | "question">;

/** Whether questions are wanted, or what can be compared. */
export type SuggestionKind = "question" | "comparison";

/**
 * Those that hold words beginning as the typed ones: those with more and rarer ones first, else in their own order. Where
 * nothing is typed, the first ones: of questions, those of the offers.
 * @param limit how many at most
 */
export type Suggest = (typed: string, limit: number, kind: SuggestionKind) => readonly Suggestion[];

export function createSuggest({ topics }: Faq, offers: readonly Offer[]): Suggest {
  const examples = topics.flatMap(({ statements }) =>
    statements.flatMap(({ examples }) => examples.map(({ question }) => question)),
  );
  const names = new Map(topics.map((topic) => [topic.id, topic.names]));
  const candidates: Record<SuggestionKind, readonly Candidate[]> = {
    question: [...new Set([...offers.map(({ question }) => question), ...examples])].map((question) => ({
      title: question,
      question,
      words: wordsOf(question),
    })),
    comparison: offers.flatMap(({ id, title, comparison }) =>
      comparison === null
        ? []
        : [{ title, question: comparison, words: [title, id, ...(names.get(id) ?? [])].flatMap(wordsOf) }],
    ),
  };
  return (typed, limit, kind) =>
    rank(candidates[kind], typed)
      .slice(0, limit)
      .map(({ title, question }) => ({ title, question }));
}

interface Candidate extends Suggestion {
  /** What it is found by. */
  readonly words: readonly string[];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** More than these say no more, and it is asked at every key. */
const TYPED_WORDS_MAX = 20;

/** A word counts by its inverse document frequency, log(1 + N/n), as in Sparck Jones (1972), of words that begin alike. */
function rank(list: readonly Candidate[], typed: string): readonly Candidate[] {
  const wanted = [...new Set(wordsOf(typed))].slice(0, TYPED_WORDS_MAX);
  if (wanted.length === 0) return list;
  const scores = new Map<Candidate, number>();
  for (const word of wanted) {
    const holding = list.filter(({ words }) => words.some((other) => other.startsWith(word)));
    const weight = Math.log(1 + list.length / holding.length);
    for (const one of holding) scores.set(one, (scores.get(one) ?? 0) + weight);
  }
  return list.filter((one) => scores.has(one)).sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
}
