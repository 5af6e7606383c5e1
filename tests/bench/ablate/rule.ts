// What a hand-made rule is to the bench that switches it off.

import type { AtLeastOne } from "../../../src/document.ts";
import type { Edit } from "./edits.ts";

/** Rows that switch several rules off together. */
export const GROUPS = {
  nine: "no judged answer when the house was reviewed",
  fifteen: "the nine, and five that only known cases missed",
  bought: "each bought by one or two known cases",
  "asking back": "fitted to the development set",
  "second look": "to be fitted: missed by questions of strangers",
  handbook: "earned on sixty cases seen while building",
  "focus shapes": "how a question names what it asks for",
  leaning: "the ways in which a question leans on the one before",
  boilerplate: "what is left out of a page by its text",
  "page structure": "what is left out of HTML by its elements",
  "for the reader": "how what is found is shown: nothing that these sets judge",
} as const;
export type Group = keyof typeof GROUPS;

/** In corpora with a FAQ, or where a question follows on others. */
export type Scope = "with topics" | "in threads";

export interface Rule {
  /** Of its row; also what the command line calls it. */
  readonly name: string;
  /** What it does, as one would say it to somebody who is to judge whether it is worth keeping. */
  readonly does: string;
  readonly groups: readonly Group[];
  /** A wider rule that switches this one off as well: together only the wider one is. */
  readonly partOf?: string;
  /** Where alone it acts, so that elsewhere only a tenth is asked, to see that this holds; everywhere if left out. */
  readonly acts?: Scope;
  readonly off: AtLeastOne<Edit>;
}

/** A regular expression, as code, that nothing matches. */
export const NEVER = "/(?!)/g";
