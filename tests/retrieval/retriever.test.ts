import { createRetriever, indexPassages, loadIndex } from "../../src/retrieval/minisearch.ts";
import { describeRetriever } from "../contracts/retriever.ts";

describeRetriever("a fresh index", (passages, lexicon) => createRetriever(indexPassages(passages, lexicon)));
describeRetriever("an index saved as JSON and read again", (passages, lexicon) =>
  createRetriever(loadIndex(JSON.parse(JSON.stringify(indexPassages(passages, lexicon))), lexicon)),
);
