// Lists the documents of a corpus and where each came from.

import type { Document } from "../../src/document.ts";
import type { Corpus } from "../../src/ingest/library.ts";
import { type CorpusOptions, folderOf, openCompiled, withoutLeftOut } from "../shared/corpus.ts";
import { clean } from "../shared/one-line.ts";
import { PROSE_WIDTH_MAX, print, printJson, type View, viewOf } from "../shared/terminal.ts";
import { unreadLines, unreadOf } from "../shared/unread.ts";
import { count } from "../shared/wording.ts";
import { fold, hang, inkOf, stack } from "./layout.ts";
import { documentAt, renderText } from "./source-text.ts";

export interface SourcesOptions extends CorpusOptions {
  /** Path of a document below the corpus folder, or its id. */
  readonly text?: string;
}

/** @throws OperatorError when the folder can't be used, or has no such document */
export async function sources(options: SourcesOptions): Promise<void> {
  const { corpus } = await openCompiled(options, withoutLeftOut);
  if (options.text !== undefined) {
    const document = documentAt(corpus, folderOf(options), options.text);
    options.json ? printJson(document) : print(renderText(document, viewOf()));
    return;
  }
  options.json ? printJson(sourcesOf(corpus)) : print(renderSources(corpus, viewOf()));
}

const sourcesOf = (corpus: Corpus): unknown => ({
  corpus: corpus.hash,
  ...unreadOf(corpus),
  documents: corpus.documents.map((document) => ({
    id: document.id,
    file: document.file,
    title: document.title,
    origin: document.origin,
    url: document.url,
    retrieved: document.retrieved,
    audience: document.audience ?? null,
    sections: sectionsOf(document),
    isRestatement: isRestatement(document),
  })),
});

const sectionsOf = ({ blocks }: Document): string[] => [...new Set(blocks.map(({ section }) => section))];
const isRestatement = ({ blocks }: Document): boolean => blocks.some(({ restates }) => restates !== null);

export function renderSources(corpus: Corpus, view: View): string {
  const { documents, hash } = corpus;
  const ink = inkOf(view.colour);
  const width = Math.min(view.width, PROSE_WIDTH_MAX);
  const entry = (document: Document): string[] => {
    const { title, origin, file, url, retrieved, audience } = document;
    const facts = [
      count(sectionsOf(document).length, "section"),
      ...(retrieved === null ? [] : [`retrieved ${retrieved}`]),
      ...(audience === undefined ? [] : [`only for ${audience.join(", ")}`]),
    ];
    return [
      ...fold(ink.strong(clean(title)), width),
      ...(origin === file ? [] : hang("  ", clean(origin), width)),
      ...(url === null ? [] : hang("  ", clean(url), width)),
      ...hang("  ", ink.muted(`${clean(file)} · ${facts.map(clean).join(" · ")}`), width),
    ];
  };
  const restated = documents.filter(isRestatement).length;
  const which = restated === documents.length ? "These documents restate" : `${restated} of these documents restate`;
  const note = `${which} their pages in other words: a quote is a sentence of the document, not of the page. footnote check --restated lists which lines each passage restates.`;
  return stack([
    ...documents.map(entry),
    restated === 0 ? [] : fold(note, width),
    ...unreadLines(corpus),
    fold(ink.muted(`${count(documents.length, "document")}, corpus ${hash}`), width),
  ]);
}
