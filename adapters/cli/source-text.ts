// Prints what was read of one document, with the line numbers that citations give.

import { relative, resolve, sep } from "node:path";
import type { Block, Document, LineRange } from "../../src/document.ts";
import { OperatorError, refusalOf } from "../../src/errors.ts";
import type { Corpus } from "../../src/ingest/library.ts";
import { clean } from "../shared/one-line.ts";
import type { View } from "../shared/terminal.ts";
import { fold, hang, inkOf, stack } from "./layout.ts";

/**
 * @param named its path below the folder or from the current one, or its id
 * @throws OperatorError where it is none of the corpus's documents
 * @throws CorpusError with the reason for which it was left out
 */
export function documentAt({ documents, leftOut }: Corpus, folder: string, named: string): Document {
  const path = relative(folder, resolve(named)).split(sep).join("/");
  const isMeant = (file: string): boolean => file === named || file === `documents/${named}` || file === path;
  const found = documents.find(({ file }) => isMeant(file)) ?? documents.find(({ id }) => id === named);
  if (found !== undefined) return found;
  const unread = leftOut.find(({ file }) => isMeant(file));
  if (unread !== undefined) throw refusalOf(unread);
  throw new OperatorError(`no document ${named} in ${folder}`, "footnote sources lists what there is");
}

export function renderText({ file, title, hasLines, blocks }: Document, view: View): string {
  const ink = inkOf(view.colour);
  const last = blocks.at(-1)?.sentences.at(-1)?.lines.end ?? 0;
  const margin = 2 * String(last).length + 3;
  const draw = (text: string, lines: LineRange, kind: string): string[] => {
    const lead = rangeOf(lines).padEnd(margin);
    return hang(
      lead,
      `${clean(text)}${kind === "paragraph" ? "" : ink.muted(` (${kind})`)}`,
      view.width,
      ink.muted(lead),
    );
  };
  const drawBlock = ({ kind, sentences }: Block): string[] =>
    sentences.flatMap(({ text, lines }) => draw(text, lines, kind));
  const numbers = hasLines ? "lines of the file" : "blocks in reading order, since this kind has no lines";
  return stack([
    [ink.strong(clean(title)), ...fold(ink.muted(`${clean(file)} · numbers are ${numbers}`), view.width)],
    ...sectionsOf(blocks).map(({ section, own }) => [
      ...(section === "" ? [] : fold(ink.heading(clean(section)), view.width)),
      ...own.flatMap(drawBlock),
    ]),
  ]);
}

const rangeOf = ({ start, end }: LineRange): string => (start === end ? `${start}` : `${start}-${end}`);

/** Blocks that follow one another under the same headings. */
function sectionsOf(blocks: readonly Block[]): { readonly section: string; readonly own: Block[] }[] {
  const sections: { readonly section: string; readonly own: Block[] }[] = [];
  for (const block of blocks) {
    const before = sections.at(-1);
    if (before?.section === block.section) before.own.push(block);
    else sections.push({ section: block.section, own: [block] });
  }
  return sections;
}
