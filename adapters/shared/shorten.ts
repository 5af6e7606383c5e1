// Cuts a text to a limit, at the end of a sentence where one fits.

import { splitSentences } from "../../src/text/sentences.ts";

/** How long a text is in the unit a platform counts in. */
export type Measure = (text: string) => number;

/** UTF-16 units: never fewer than the code points or graphemes that a platform may count. */
export const characters: Measure = (text) => text.length;
export const utf8Bytes: Measure = (text) => Buffer.byteLength(text);

export interface Shortened {
  readonly text: string;
  readonly wasCut: boolean;
}

const ELLIPSIS = "…";
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * The whole text where it fits. Else its first sentences, else its first words, else its first characters, and an
 * ellipsis, all within the limit. White space is folded where something is cut; no character is ever halved.
 * @param max limit in the measure's unit; below the ellipsis' own length the result is ""
 */
export function shorten(text: string, max: number, measure: Measure = characters): Shortened {
  if (measure(text) <= max) return { text, wasCut: false };
  const cut = (pieces: readonly string[], between: string, end: string): string => {
    let kept = "";
    for (const piece of pieces) {
      const longer = kept === "" ? piece : kept + between + piece;
      if (measure(longer + end) > max) break;
      kept = longer;
    }
    return kept === "" ? "" : kept + end;
  };
  const sentences = splitSentences(text);
  const words = (sentences[0] ?? "").split(" ");
  const letters = [...graphemes.segment(words[0] ?? "")].map(({ segment }) => segment);
  const shortened =
    cut(sentences, " ", ` ${ELLIPSIS}`) ||
    cut(words, " ", ELLIPSIS) ||
    cut(letters, "", ELLIPSIS) ||
    (measure(ELLIPSIS) <= max ? ELLIPSIS : "");
  return { text: shortened, wasCut: true };
}
