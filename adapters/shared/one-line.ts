// Cleans foreign text to one line that shows what it says: nothing in it steers, reorders or hides.

import { squeeze } from "../../src/text/sentences.ts";

/** What ends a line or a word without being a space. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/** Bidirectional controls, zero-width signs, lone surrogates and tags. Joiners stay: emoji and scripts need them. */
const INVISIBLE = /[\p{Cs}\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;

/** One line without control, bidirectional and invisible characters; "" where nothing is left to be seen. */
export const clean = (text: string): string => squeeze(text.replace(BREAKS, " ").replace(INVISIBLE, ""));
