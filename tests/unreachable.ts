// A corpus whose passages stand where they can be out of reach: what is tried with a search that fails.

import { createEngine, type Engine } from "../src/engine.ts";
import { parseCorpus } from "../src/ingest/library.ts";
import { inMemory, type Passages, splitPassages } from "../src/ingest/passages.ts";
import { sectionsIn } from "../src/ingest/sections.ts";
import { tablesIn } from "../src/ingest/tables.ts";
import { train } from "../src/train.ts";

export interface Remote {
  readonly engine: Engine;
  /** From now on no passage can be read, and whoever tries gets this error; null where they can be read again. */
  fail(error: Error | null): void;
}

/** Reads files, by path, and learns from them; each opening gets an engine of its own, whose passages are read one by one. */
export async function remoteOf(
  files: Readonly<Record<string, string>>,
): Promise<(failure?: Error | null) => Promise<Remote>> {
  const corpus = await parseCorpus(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  const { documents } = corpus;
  const near = inMemory(splitPassages(documents));
  const parts = { sections: sectionsIn(documents), tables: tablesIn(documents) };
  const model = await train(corpus);
  return async (first = null) => {
    let failure = first;
    const passages: Passages = {
      count: near.count,
      async at(number) {
        if (failure !== null) throw failure;
        return near.at(number);
      },
    };
    return {
      engine: await createEngine({ ...corpus, kept: { ...parts, passages } }, model),
      fail(error) {
        failure = error;
      },
    };
  };
}
