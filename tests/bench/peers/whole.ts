// Folders of any size to how long the whole engine takes to make, to open and to answer, and what it holds.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { runBounded } from "./bounded.ts";
import { createGenerator, PASSAGES_IN_DOCUMENT, type Range } from "./generate.ts";
import type { Ledger, Values } from "./ledger.ts";
import { asMegabytes, asMs, asSeconds, type Table } from "./part.ts";
import { readLoaded } from "./workload.ts";

const made = z.object({
  buildSeconds: z.number(),
  /** At the most, with all threads. */
  buildMegabytes: z.number(),
  /** How much later than it should a timer of the thread that answers fires meanwhile, in milliseconds. */
  delayP99: z.number(),
  delayMax: z.number(),
});
export type Made = z.infer<typeof made>;

const SIZES = { "1k": 1000, "20k": 20_000, "200k": 200_000 };
const QUICK_SIZES = { "1k": 1000 };
/** Short ones: a folder may hold 50 MB. */
const WORDS_IN_PASSAGE: Range = { from: 24, to: 44 };
const SEED = 20_261_127;
const QUESTIONS = 200;
const BOUNDS = { timeMaxMs: 4 * 60_000, timeInWords: "4 minutes", memoryMaxBytes: 4 * 2 ** 30 };
const MB = 2 ** 20;

export const WHOLE: Table = {
  id: "whole",
  title: "Footnote as a whole",
  about:
    "A folder of documents of 20 short passages each, read, indexed and saved by a thread of its own while another corpus " +
    "is answered from; then, in a new process, opened from what was saved and, after two seconds of questions, asked 200, " +
    "each to its whole reply: spelling, search with pairs, sentences, citations. “Waits” is how much later than it should " +
    "a timer of the thread that answers fires while the other one works.",
  of: "passages",
  columns: [
    { key: "folderMegabytes", title: "folder MB", print: asMegabytes },
    { key: "buildSeconds", title: "make s", print: asSeconds },
    { key: "buildMegabytes", title: "peak MB", print: asMegabytes },
    { key: "delayP99", title: "waits ms, p99", print: asMs },
    { key: "delayMax", title: "at most", print: asMs },
    { key: "savedMegabytes", title: "saved MB", print: asMegabytes },
    { key: "loadSeconds", title: "open s", print: asSeconds },
    { key: "loadedMegabytes", title: "resident MB", print: asMegabytes },
    { key: "baseMegabytes", title: "of it before opening", print: asMegabytes },
    { key: "p50", title: "reply p50 ms", print: asMs },
    { key: "p99", title: "p99 ms", print: asMs },
    { key: "stopped", title: "", print: String },
  ],
};

export async function measureWhole(isQuick: boolean, ledger: Ledger): Promise<void> {
  for (const [size, passages] of Object.entries(isQuick ? QUICK_SIZES : SIZES))
    await ledger.measure({ table: WHOLE.id, group: "", row: size }, () => measureFolder(passages));
}

async function measureFolder(passages: number): Promise<Values> {
  const place = mkdtempSync(join(tmpdir(), "footnote-bench-"));
  const [folder, data, questions] = [join(place, "folder"), join(place, "data"), join(place, "questions.json")];
  const worker = join(import.meta.dirname, "whole-worker.js");
  try {
    const folderMegabytes = (await writeFolder(folder, questions, passages)) / MB;
    const making = await runBounded([worker, "make", folder, data], BOUNDS);
    if (making.stopped !== null) return { folderMegabytes, stopped: `stopped at ${making.stopped} while making` };
    const savedMegabytes = bytesIn(data) / MB;
    const values = { folderMegabytes, savedMegabytes, ...made.parse(JSON.parse(making.output)) };
    const opening = await runBounded([worker, "open", folder, data, questions], BOUNDS);
    if (opening.stopped !== null) return { ...values, stopped: `stopped at ${opening.stopped} while answering` };
    return { ...values, ...readLoaded(opening.output) };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @returns how many bytes the documents are */
async function writeFolder(folder: string, questionsFile: string, passages: number): Promise<number> {
  const generator = await createGenerator(SEED, WORDS_IN_PASSAGE);
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (let first = 0; first < passages; first += PASSAGES_IN_DOCUMENT) {
    const own = Array.from({ length: PASSAGES_IN_DOCUMENT }, (_, at) => generator.passage(first + at));
    const page = [`# ${own[0]?.title}`, ...own.map(({ text }) => text), ""].join("\n\n");
    bytes += Buffer.byteLength(page);
    writeFileSync(join(folder, `page-${first}.md`), page);
  }
  const questions = Array.from({ length: QUESTIONS }, (_, at) =>
    generator.question(Math.floor((at * passages) / QUESTIONS)),
  );
  writeFileSync(questionsFile, JSON.stringify(questions));
  return bytes;
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
