// A path and a text to the document that a file of them is read as.

import type { Block, Document } from "../src/document.ts";
import { readDocument } from "../src/ingest/formats/read-document.ts";

/** @param path tells the kind by its ending */
export const documentOf = (path: string, text: string): Promise<Document> => readDocument(path, Buffer.from(text));

/** All blocks but the headings, which name the sections of the others. */
export const withoutHeadings = (blocks: readonly Block[]): Block[] => blocks.filter(({ kind }) => kind !== "heading");
