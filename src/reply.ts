// Defines the shapes of a reply, as other programs rely on them.

import type { AtLeastOne, LineRange } from "./document.ts";

export type Reply = (Answer | Comparison | Unknown | Clarify | Help) & {
  /** Hash of the corpus that answered, 12 hex digits. */
  readonly corpus: string;
  readonly reading: Reading;
};

/** What the question was taken to be about. States facts about the question, never about the subject. */
export interface Reading {
  readonly topic: string | null;
  readonly subjects: readonly string[];
  readonly corrected: readonly { readonly from: string; readonly to: string }[];
  /** Topic or subjects carried over from earlier questions. */
  readonly fromThread: readonly string[];
  readonly notes: readonly Note[];
}

export type Note = "cut" | "one-of-several" | "other-language";

/** Nothing that is claimed comes without the number of a citation. */
export interface CitedStatement {
  readonly text: string;
  readonly citations: AtLeastOne<number>;
}

export interface Disagreement {
  /** Names the point and claims nothing. */
  readonly text: string;
  readonly sides: readonly CitedStatement[];
}

export interface Citation {
  readonly number: number;
  readonly document: string;
  readonly title: string;
  readonly origin: string;
  readonly url: string | null;
  readonly file: string;
  readonly section: string;
  readonly lines: LineRange;
  readonly quote: string;
}

export interface Answer {
  readonly kind: "answer";
  readonly topic: string | null;
  readonly verdict: CitedStatement;
  readonly support: readonly CitedStatement[];
  readonly disagreement: Disagreement | null;
  readonly citations: readonly Citation[];
  readonly suggestions: readonly string[];
}

export interface Comparison {
  readonly kind: "comparison";
  readonly topic: string | null;
  readonly title: string;
  readonly verdict: CitedStatement | null;
  readonly sides: readonly [string, string];
  /** A cell is null where the documents do not say. */
  readonly rows: readonly {
    readonly aspect: string;
    readonly cells: readonly [CitedStatement | null, CitedStatement | null];
  }[];
  readonly disagreement: Disagreement | null;
  readonly citations: readonly Citation[];
  readonly suggestions: readonly string[];
}

export interface Unknown {
  readonly kind: "unknown";
  readonly reason: "off-topic" | "not-in-documents" | "unclear" | "other-language" | "not-searched";
  readonly text: string;
  readonly nearest: readonly { readonly title: string; readonly document: string; readonly section: string }[];
  readonly suggestions: readonly string[];
}

export interface Clarify {
  readonly kind: "clarify";
  readonly text: string;
  readonly options: readonly { readonly label: string; readonly question: string }[];
}

export interface Help {
  readonly kind: "help";
  readonly text: string;
  readonly suggestions: readonly string[];
}

/** Bounds of every reply. */
export const CITATIONS_MAX = 8;
/**
 * What a reply may hold; fewer are shown beside a statement of the FAQ, and beside a sentence that is quoted.
 * @internal The renderers' tests draw as many.
 */
export const SUPPORT_MAX = 5;
export const FAQ_SUPPORT_MAX = 3;
export const QUOTED_SUPPORT_MAX = 2;
export const ROWS_MAX = 6;
export const OPTIONS_MAX = 3;
export const NEAREST_MAX = 3;
export const SUGGESTIONS_MAX = 4;
export const STATEMENT_LENGTH_MAX = 300;
export const QUOTE_LENGTH_MAX = 400;
