// Folders without a FAQ to how long they take to open and to answer: a handbook, and a thousand pages made from it.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import type { Document } from "../../../src/document.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import type { OpenOptions } from "../../../src/store/open-options.ts";
import { inTurn, median, ms, quantile, type Row, timesMs, under } from "./suite.ts";

const tests = join(dirname(BUILT_IN.folder), "tests");
const HANDBOOK = join(tests, "handbook");
const CASES = join(tests, "handbook-cases.jsonl");
const PAGES = 1000;
const SECTIONS_OF_A_PAGE = 5;
const SENTENCES_OF_A_SECTION = 4;
const OPENINGS = 3;
const ROUNDS = 3;
const DELAY_MS_MAX = 50;
const DELAY_RESOLUTION_MS = 5;
/** In a millisecond. */
const NANOSECONDS = 1_000_000;

export async function folderRows(): Promise<Row[]> {
  const questions = readFileSync(CASES, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as { readonly question: string; readonly after?: readonly string[] });
  const handbook = await timedOpening(HANDBOOK);
  const folder = mkdtempSync(join(tmpdir(), "footnote-bench-"));
  const data = mkdtempSync(join(tmpdir(), "footnote-bench-data-"));
  try {
    writePages(folder, handbook.engine.corpus.documents);
    const pages = await timedOpening(folder);
    // The first opening makes the snapshot that the timed ones read.
    const fromSnapshot = await timedOpening(folder, { data });
    const name = `${PAGES} pages without a FAQ`;
    return [
      ...(await rowsOf("a handbook without a FAQ", handbook, questions)),
      ...(await rowsOf(name, pages, questions)),
      { name: `open ${name}, from their snapshot`, value: ms(median(fromSnapshot.times)) },
      under(`what waits while ${name} are made anew, 99 in 100`, await delayOfRebuilding(folder), DELAY_MS_MAX, ms),
    ];
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(data, { recursive: true });
  }
}

interface Opened {
  readonly engine: Engine;
  readonly times: readonly number[];
}

async function timedOpening(folder: string, options?: OpenOptions): Promise<Opened> {
  const times: number[] = [];
  let engine = await openEngine(folder, undefined, options);
  for (let at = 0; at < OPENINGS; at++) {
    const start = performance.now();
    engine = await openEngine(folder, undefined, options);
    times.push(performance.now() - start);
  }
  return { engine, times };
}

/** How long anything else on this thread waits beyond its time while a thread of its own builds. */
async function delayOfRebuilding(folder: string): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  await openEngine(folder, undefined, { apart: true });
  delay.disable();
  return delay.percentile(99) / NANOSECONDS - DELAY_RESOLUTION_MS;
}

async function rowsOf(
  name: string,
  { engine, times }: Opened,
  questions: readonly { readonly question: string; readonly after?: readonly string[] }[],
): Promise<Row[]> {
  for (const { question, after } of questions) await engine.answer(question, after);
  const took = await inTurn(questions, async ({ question, after }) =>
    median(await timesMs(ROUNDS, () => engine.answer(question, after))),
  );
  const { documents } = engine.corpus;
  return [
    { name: `open ${name}`, value: ms(median(times)), note: `${documents.length} documents, read and indexed anew` },
    { name: `answer from ${name}, median`, value: ms(median(took)), note: `${questions.length} questions` },
    { name: `answer from ${name}, 99 in 100`, value: ms(quantile(took, 0.99)) },
  ];
}

/** Pages of the handbook's own sentences in another order, each under one of its headings. */
function writePages(folder: string, documents: readonly Document[]): void {
  const blocks = documents.flatMap((document) => document.blocks.filter(({ kind }) => kind === "paragraph"));
  const sentences = blocks.flatMap((block) => block.sentences.map(({ text }) => text));
  const headings = [...new Set(blocks.flatMap(({ section }) => section.split(" › ")))].filter((title) => title !== "");
  const next = randomFrom(PAGES);
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? "";
  for (let page = 0; page < PAGES; page++) {
    const path = join(folder, `part-${page % 20}`, `page-${page}.md`);
    const sections = Array.from({ length: SECTIONS_OF_A_PAGE }, () =>
      [`## ${pick(headings)}`, Array.from({ length: SENTENCES_OF_A_SECTION }, () => pick(sentences)).join(" ")].join(
        "\n\n",
      ),
    );
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, [`# Page ${page}: ${pick(headings)}`, ...sections, ""].join("\n\n"));
  }
}

/** Numbers from 0 to 1, the same for the same seed: Marsaglia's xorshift. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
