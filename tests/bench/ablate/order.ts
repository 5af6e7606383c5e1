// What a process that answers with rules switched off is told to do, and what it tells back.

import type { CaseSet, Verdict } from "./sets.ts";

/** The engine with some of its modules changed. What imports those is loaded anew as well, the rest only once. */
export interface Variant {
  /** Stands behind the URL of each module that is its own. */
  readonly id: string;
  /** Texts of the modules that are changed, by URL. */
  readonly changed: readonly (readonly [url: string, text: string])[];
  /** These, and the modules that import them, by URL. */
  readonly affected: readonly string[];
}

/** The place where a module stands for a variant. */
export const asOf = (url: string, { id, affected }: Variant): string =>
  affected.includes(url) ? `${url}?off=${id}` : url;

export type Order =
  | {
      readonly kind: "answer";
      readonly variant: Variant;
      /** Whether documents are to be read and indexed anew, since that is changed as well. */
      readonly opensAnew: boolean;
      /** Whether what is found for a question is what the program as it is finds. */
      readonly findsTheSame: boolean;
      readonly sets: readonly SetOrder[];
      /** Cases of a set that are drawn. */
      readonly most: number;
    }
  | { readonly kind: "load"; readonly variants: readonly Variant[] };

export interface SetOrder {
  readonly set: CaseSet;
  /** Places of the cases to ask among those that are drawn; null for all. */
  readonly places: readonly number[] | null;
}

export type Told =
  | {
      readonly kind: "answered";
      readonly set: string;
      readonly hasTopics: boolean;
      readonly outcomes: readonly Outcome[];
    }
  | { readonly kind: "closed"; readonly set: string; readonly why: string }
  | { readonly kind: "broken"; readonly variant: string; readonly why: string }
  | { readonly kind: "done" };

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
