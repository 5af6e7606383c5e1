// Finds the subjects that words name: which of the things a question speaks of, and how it calls them.

import { analyze, type Groups, type Lexicon, nameTerm, type Token } from "../text/analyzer.ts";
import type { Faq } from "./faq.ts";

export interface Mention {
  /** Subject id. */
  readonly subject: string;
  /** As it stands in the question, lower case. */
  readonly surface: string;
  /** Place among the words of the text. */
  readonly at: number;
  /** Whether it is a kind of the subject, which has a name of its own, and not the subject itself. */
  readonly isKind: boolean;
}

export interface SubjectFinder {
  /** Mentions in order. */
  mentions(text: string): Mention[];
  mentionsIn(tokens: readonly Token[]): Mention[];
  /** Whether a term names a subject. */
  isSubject(term: string): boolean;
  /** Id of the subject that a term names, by itself or as a kind of it. */
  subjectOf(term: string): string | null;
}

/** The phrases that synonyms and aliases merge: an alias counts as its subject, a kind stays itself. */
export const lexiconGroups = ({ subjects, synonyms }: Faq): Groups => ({
  names: [
    ...subjects.map(({ id, aliases }) => [id, ...aliases]),
    ...subjects.flatMap(({ kinds }) => kinds.map((kind) => [kind])),
  ],
  synonyms,
});

export function createSubjectFinder(faq: Faq, lexicon: Lexicon): SubjectFinder {
  const subjectOf = new Map<string, { readonly subject: string; readonly isKind: boolean }>();
  for (const { id, kinds } of faq.subjects)
    for (const name of [id, ...kinds]) {
      const key = nameTerm(name);
      subjectOf.set(lexicon.phrases.get(key.replaceAll("_", " ")) ?? key, { subject: id, isKind: name !== id });
    }
  const mentionsIn = (tokens: readonly Token[]): Mention[] =>
    tokens.flatMap(({ term, surface }, at) => {
      const named = subjectOf.get(term);
      return named === undefined ? [] : [{ ...named, surface, at }];
    });
  return {
    isSubject: (term) => subjectOf.has(term),
    subjectOf: (term) => subjectOf.get(term)?.subject ?? null,
    mentionsIn,
    mentions: (text) => mentionsIn(analyze(text, lexicon)),
  };
}
