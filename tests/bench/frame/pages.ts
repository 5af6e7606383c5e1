// A handbook's documents to as many pages as are wanted, of its own sentences in another order.

import type { Document } from "../../../src/document.ts";

export interface GeneratedPage {
  readonly title: string;
  readonly sections: readonly { readonly heading: string; readonly text: string }[];
}

const SECTIONS_OF_A_PAGE = 5;
const SENTENCES_OF_A_SECTION = 4;

/** The same pages for the same documents and count. */
export function pagesOf(
  documents: readonly Document[],
  count: number,
  sectionsEach = SECTIONS_OF_A_PAGE,
): GeneratedPage[] {
  const blocks = documents.flatMap((document) => document.blocks.filter(({ kind }) => kind === "paragraph"));
  const sentences = blocks.flatMap((block) => block.sentences.map(({ text }) => text));
  const headings = [...new Set(blocks.flatMap(({ section }) => section.split(" › ")))].filter((title) => title !== "");
  const next = randomFrom(count);
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? "";
  return Array.from({ length: count }, (_, page) => {
    const sections = Array.from({ length: sectionsEach }, () => ({
      heading: pick(headings),
      text: Array.from({ length: SENTENCES_OF_A_SECTION }, () => pick(sentences)).join(" "),
    }));
    return { title: `Page ${page}: ${pick(headings)}`, sections };
  });
}

/** Numbers from 0 to 1, the same for the same seed: Marsaglia's xorshift. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
