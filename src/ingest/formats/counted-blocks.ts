// Numbers the blocks of a file without lines in reading order, so that they can be cited.

import type { Block, LineRange, Sentence } from "../../document.ts";

/**
 * @param blocks whose lines rise in reading order and tell them apart, whatever they are
 * @returns blocks of which the first has line 1, the next line 2 …
 */
export function countedBlocks(blocks: readonly Block[]): Block[] {
  const firsts = blocks.map(({ sentences }) => sentences[0]?.lines.start ?? 0);
  /** The last block that begins at a line or before. */
  const placeOf = (line: number): number => {
    let [low, high] = [0, firsts.length];
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if ((firsts[middle] ?? 0) <= line) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const countedAs = (sentence: Sentence, place: number): Sentence => {
    const lines: LineRange = { start: place, end: place };
    return { ...sentence, lines };
  };
  return blocks.map((block, at): Block => {
    const { lead, row, sentences } = block;
    return {
      ...block,
      sentences: sentences.map((sentence) => countedAs(sentence, at + 1)),
      ...(lead === undefined ? {} : { lead: countedAs(lead, placeOf(lead.lines.start)) }),
      // The header of a table is no block: it stands with each of its rows.
      ...(row === undefined
        ? {}
        : {
            row: {
              ...row,
              headerLines: null,
              caption: row.caption === null ? null : countedAs(row.caption, placeOf(row.caption.lines.start)),
            },
          }),
    };
  });
}
