// Defines the shapes of a reply, as other programs rely on them.

import type { AtLeastOne, LineRange } from "./document.ts";

export type Reply = (Answer | Comparison | Leads | Unknown | Clarify | Help) & {
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
  /** Of a .pdf, 1-based; null elsewhere. */
  readonly page: number | null;
  readonly quote: string;
}

/**
 * What stands around a quote, as the document has it: steps, a list with the line that introduces it, code with the line
 * that announces it, a table's rows under their header, a paragraph. Markup is read away; inline code keeps its backticks.
 */
export interface Passage {
  /** The citation whose quote stands in it. */
  readonly citation: number;
  readonly section: string;
  /** Exactly those that the parts show. */
  readonly lines: LineRange;
  readonly kind: "text" | "steps" | "list" | "code" | "table";
  /** Text parts that follow each other are one running text. */
  readonly parts: readonly Part[];
  /** Whether more of it stands in the document. */
  readonly cut: boolean;
}

/** `marked` is what answers. */
export type Part =
  | { readonly kind: "text"; readonly text: string; readonly marked: boolean }
  | {
      readonly kind: "item";
      readonly number: number | null;
      readonly depth: number;
      readonly text: string;
      readonly marked: boolean;
    }
  | { readonly kind: "code"; readonly language: string | null; readonly text: string }
  | { readonly kind: "row"; readonly cells: readonly string[]; readonly header: boolean; readonly marked: boolean };

export interface Answer {
  readonly kind: "answer";
  readonly topic: string | null;
  readonly verdict: CitedStatement;
  readonly support: readonly CitedStatement[];
  /** Null where the verdict says all of it: what somebody wrote a statement for. */
  readonly passage: Passage | null;
  readonly disagreement: Disagreement | null;
  readonly citations: readonly Citation[];
  readonly suggestions: readonly string[];
}

/** Where the answer may stand: claims nothing. */
export interface Leads {
  readonly kind: "leads";
  readonly text: string;
  /** The likeliest first. */
  readonly passages: AtLeastOne<Passage>;
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
export const PARTS_MAX = 15;
export const LEADS_MAX = 3;
/** Of the passages of one reply together. */
export const LEADS_LENGTH_MAX = 2400;
