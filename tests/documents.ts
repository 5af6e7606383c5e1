// A path and a text to the document that a file of them is read as.

import type { Document } from "../src/document.ts";
import { readDocument } from "../src/ingest/formats/read-document.ts";

/** @param path tells the kind by its ending */
export const documentOf = (path: string, text: string): Promise<Document> => readDocument(path, Buffer.from(text));
