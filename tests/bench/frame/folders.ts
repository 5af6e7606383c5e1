// Folders without a FAQ to how long they take to open and to answer: a handbook, and thousands of pages made from it.

import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import type { Document } from "../../../src/document.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import type { OpenOptions } from "../../../src/store/open-options.ts";
import { kindRows } from "./kinds.ts";
import { pagesOf } from "./pages.ts";
import { inTurn, median, ms, quantile, type Row, timeMs, timesMs, under } from "./suite.ts";

const tests = join(dirname(BUILT_IN.folder), "tests");
const HANDBOOK = join(tests, "handbook");
const CASES = join(tests, "handbook-cases.jsonl");
const PAGES = 1000;
const MANY_PAGES = 10_000;
const SECTIONS_OF_A_SMALL_PAGE = 2;
const EDITED_MS_MAX = 2000;
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
    writePages(folder, handbook.engine.corpus.documents, PAGES);
    const pages = await timedOpening(folder);
    // The first opening makes the snapshot that the timed ones read.
    const fromSnapshot = await timedOpening(folder, { data });
    const name = `${PAGES} pages without a FAQ`;
    return [
      ...(await rowsOf("a handbook without a FAQ", handbook, questions)),
      ...(await rowsOf(name, pages, questions)),
      { name: `open ${name}, from their snapshot`, value: ms(median(fromSnapshot.times)) },
      under(`what waits while ${name} are made anew, 99 in 100`, await delayOfRebuilding(folder), DELAY_MS_MAX, ms),
      await editedRow(handbook.engine.corpus.documents),
      ...kindRows(handbook.engine.corpus.documents),
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

/** @param sections of each page */
function writePages(folder: string, documents: readonly Document[], count: number, sections?: number): void {
  for (const [at, page] of pagesOf(documents, count, sections).entries()) {
    const path = pathOf(folder, at);
    mkdirSync(dirname(path), { recursive: true });
    const parts = page.sections.map(({ heading, text }) => `## ${heading}\n\n${text}`);
    writeFileSync(path, [`# ${page.title}`, ...parts, ""].join("\n\n"));
  }
}

const pathOf = (folder: string, page: number): string => join(folder, `part-${page % 20}`, `page-${page}.md`);

/** One page of many is edited, and asked for; each round edits another one. */
async function editedRow(documents: readonly Document[]): Promise<Row> {
  const [folder, data] = [
    mkdtempSync(join(tmpdir(), "footnote-bench-")),
    mkdtempSync(join(tmpdir(), "footnote-data-")),
  ];
  try {
    writePages(folder, documents, MANY_PAGES, SECTIONS_OF_A_SMALL_PAGE);
    await openEngine(folder, undefined, { data });
    const times = await inTurn(Array.from({ length: OPENINGS }), async (_, round) => {
      appendFileSync(pathOf(folder, 77 * (round + 1)), `\nThe brass key of round ${round} hangs behind the clock.\n`);
      return timeMs(async () => {
        const engine = await openEngine(folder, undefined, { data });
        const reply = await engine.answer(`Where does the brass key of round ${round} hang?`);
        if (!JSON.stringify(reply).includes("behind the clock"))
          throw new Error("the edited page is not answered from");
      });
    });
    const name = `answer from one edited page of ${MANY_PAGES}`;
    return under(name, median(times), EDITED_MS_MAX, ms, "the others come from the last snapshot");
  } finally {
    for (const made of [folder, data]) rmSync(made, { recursive: true });
  }
}
