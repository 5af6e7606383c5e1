// A corpus folder to an engine: from its snapshot where that is still right, else parsed and trained anew.

import { createEngine, type Engine } from "./engine.ts";
import { type CorpusFile, readCorpusFiles } from "./files.ts";
import { hashFiles, parseCorpus } from "./library.ts";
import { type Compiled, loadSnapshot } from "./snapshot.ts";

/**
 * @param folder `documents/` and perhaps `faq.yaml`, or a plain folder of documents
 * @param snapshot file to look for first; it is used only when made from these very files
 * @throws OperatorError, CorpusError when the folder can't be used
 */
export async function openEngine(folder: string, snapshot?: string): Promise<Engine> {
  const { corpus, model } = await openCorpus(folder, snapshot);
  return createEngine(corpus, model);
}

/** The corpus and model of a folder, as `openEngine` uses them. */
export async function openCorpus(folder: string, snapshot?: string): Promise<Compiled> {
  return openFiles(folder, readCorpusFiles(folder), snapshot);
}

/** The same; null where the files are still those of the corpus with this hash. */
export async function reopenCorpus(folder: string, hash: string, snapshot?: string): Promise<Compiled | null> {
  const files = readCorpusFiles(folder);
  return hashFiles(files) === hash ? null : openFiles(folder, files, snapshot);
}

/** Parses and trains, whatever has been saved. */
export async function compile(
  folder: string,
  files: readonly CorpusFile[] = readCorpusFiles(folder),
): Promise<Compiled> {
  const corpus = await parseCorpus(files);
  const { train } = await import("./model.ts");
  return { corpus, model: await train(corpus) };
}

async function openFiles(folder: string, files: readonly CorpusFile[], snapshot?: string): Promise<Compiled> {
  const saved = snapshot === undefined ? null : loadSnapshot(snapshot, hashFiles(files));
  return saved ?? compile(folder, files);
}
