// Tells whether what somebody wrote asks something, and of whom.

import { AUXILIARIES, CONNECTIVES, oneOf, QUESTION_WORDS } from "../text/words.ts";
import { asideOf } from "./aside.ts";

/** Whether what was written asks something, of whomever: by its mark, or by how it opens. */
export const asks = (text: string): boolean => text.includes("?") || OPENS_AS_QUESTION.test(text);

const OPENS_AS_QUESTION = new RegExp(
  String.raw`^(?:${oneOf(CONNECTIVES)}[\s,]+)*${oneOf([...QUESTION_WORDS, ...AUXILIARIES])}\b`,
  "i",
);

/** Whether somebody is spoken to by an at sign and a name, as people write it where it is no mention. */
export const namesSomebody = (text: string): boolean => /(?:^|[\s(,;:])@\p{L}/u.test(text);

/** Whether that is all that was said: to be silent. */
export const asksForSilence = (text: string): boolean => asideOf(text) === "stop";
