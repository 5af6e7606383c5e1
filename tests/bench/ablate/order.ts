// What a process that answers with rules switched off is told to do, and what it tells back.

import type { CaseSet, Verdict } from "./sets.ts";

/** Texts of modules that are changed, by URL. */
export type Changed = readonly (readonly [url: string, text: string])[];

/** Sent to the process once. */
export type Order = AnswerOrder | LoadOrder;

export interface AnswerOrder {
  readonly kind: "answer";
  readonly changed: Changed;
  /** Folder in which what was opened is kept. */
  readonly saved: string;
  /** Whether documents are to be read and indexed anew, since that is changed as well. */
  readonly opensAnew: boolean;
  readonly sets: readonly SetOrder[];
  /** Cases of a set that are drawn. */
  readonly most: number;
}

export interface SetOrder {
  readonly set: CaseSet;
  /** Places of the cases to ask among those that are drawn; null for all. */
  readonly places: readonly number[] | null;
}

/** To load each changed module once; behind its URL each has a query of its own. */
export interface LoadOrder {
  readonly kind: "load";
  readonly changed: Changed;
}

export type Told =
  | {
      readonly kind: "answered";
      readonly set: string;
      readonly hasTopics: boolean;
      readonly outcomes: readonly Outcome[];
    }
  | { readonly kind: "closed"; readonly set: string; readonly why: string }
  | { readonly kind: "broken"; readonly url: string; readonly why: string };

/** What one case got. */
export interface Outcome extends Verdict {
  readonly place: number;
  readonly id: string;
  readonly shape: string;
  readonly isAnswerable: boolean;
  readonly isInThread: boolean;
  /** The same for the same reply. */
  readonly reply: string;
}
