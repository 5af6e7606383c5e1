// A corpus whose passages stand where they can be out of reach: what is tried with a search that fails.

import { createEngine, type Engine } from "../src/engine.ts";
import type { Corpus } from "../src/ingest/library.ts";
import { parseCorpus } from "../src/ingest/library.ts";
import { inMemory, type Passages, splitPassages } from "../src/ingest/passages.ts";
import { sectionsIn } from "../src/ingest/sections.ts";
import { tablesIn } from "../src/ingest/tables.ts";
import { train } from "../src/model.ts";

export interface Remote {
  readonly engine: Engine;
  /** From now on no passage can be read, and whoever tries gets this error; null where they can be read again. */
  fail(error: Error | null): void;
}

/** Opens files, by path, as a corpus whose passages are read one by one. */
export async function openRemote(files: Readonly<Record<string, string>>, first: Error | null = null): Promise<Remote> {
  let failure = first;
  const parsed = await parseCorpus(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  const near = inMemory(splitPassages(parsed.documents));
  const passages: Passages = {
    count: near.count,
    async at(number) {
      if (failure !== null) throw failure;
      return near.at(number);
    },
  };
  const { documents } = parsed;
  const corpus: Corpus = {
    ...parsed,
    kept: { passages, sections: sectionsIn(documents), tables: tablesIn(documents) },
  };
  return {
    engine: await createEngine(corpus, await train(corpus)),
    fail(error) {
      failure = error;
    },
  };
}
