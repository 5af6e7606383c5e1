// Blocks as lines of text that a test can be compared with.

import type { Block } from "../../../src/document.ts";

/** A block as kind, section, where it stands, and each sentence as `first-last: text`. */
export const shown = ({ kind, section, sentences, note, tab, item, term, question, lead }: Block): string => {
  const marks = [
    note === undefined ? "" : ` !${note}`,
    tab === undefined ? "" : ` =${tab}`,
    item === undefined ? "" : ` ${"*".repeat(item.depth + 1)}${item.number ?? ""}${item.isContinued ? "+" : ""}`,
    item?.isChecked === undefined ? "" : item.isChecked ? " [x]" : " [ ]",
    term === undefined ? "" : ` :${term}`,
    question === undefined ? "" : ` ?${question}`,
    lead === undefined ? "" : ` <${lead.text}`,
  ];
  const said = sentences.map(({ text, lines }) => `${lines.start}-${lines.end}: ${text}`).join(" / ");
  return `${kind} [${section}]${marks.join("")} ${said}`;
};

export const allShown = (blocks: readonly Block[]): string[] => blocks.map(shown);
