// Defines a stretch of a page under a label that ends with it: a tab, a note, what folds open.

import type { LineRange, Sentence } from "../../document.ts";

export interface Scope {
  readonly lines: LineRange;
  /** What stands above it: a tab's name, a note's own title, the summary of what folds open. */
  readonly label?: Sentence;
  readonly isTab?: boolean;
  /** The kind of note it is, in lower case. */
  readonly note?: string;
}
