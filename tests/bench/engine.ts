// How long the engine takes to start, to train and to answer, and what memory it holds.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import { createEngine, type Engine } from "../../src/engine.ts";
import { splitPassages } from "../../src/ingest/passages.ts";
import { lexiconGroups } from "../../src/ingest/subjects.ts";
import { indexPassages } from "../../src/retrieval/minisearch.ts";
import { compile } from "../../src/store/open.ts";
import { type Compiled, loadSnapshot } from "../../src/store/snapshot.ts";
import { createLexicon } from "../../src/text/analyzer.ts";
import { fc } from "../fast-check.ts";
import { messages, questionsOf, threads } from "../questions.ts";
import { folderRows } from "./frame/folders.ts";
import { inTurn, median, ms, quantile, type Row, type Suite, timeMs, timesMs, under } from "./frame/suite.ts";

interface Asked {
  readonly question: string;
  readonly after?: readonly string[];
}

const root = dirname(BUILT_IN.folder);
const casesFile = join(root, "tests", "cases.jsonl");
const command = join(import.meta.dirname, "..", "..", "adapters", "cli", "main.js");
const loader = join(import.meta.dirname, "frame", "load.js");

const FUZZED = 2000;
const SEED = 20_261_121;
const STARTS = 11;
const LOADS = 5;
const TRAININGS = 3;
/** Rounds that every question is asked in, and that the slowest are asked again: its median tells the engine's time. */
const ROUNDS = 3;
const SLOWEST_ASKED_AGAIN = 20;
const ROUNDS_AGAIN = 7;

const P99_MAX_MS = 3;
const SLOWEST_MAX_MS = 50;
const RATIO_MAX = 4;

export const suite: Suite = {
  title: "engine, on the built-in corpus and on folders without a FAQ",
  async run(onStep) {
    onStep("starting `footnote ask`");
    const starts = await startRows();
    onStep("loading the snapshot");
    const loads = loadRows();
    onStep("parsing and training");
    const { rows: trainings, compiled } = await trainingRows();
    const engine = await createEngine(compiled.corpus, compiled.model);
    onStep("answering every example question");
    const examples = questionsOf(compiled.corpus.faq).map((question): Asked => ({ question }));
    for (const { question } of examples) await engine.answer(question);
    const answers = await answerRows("example questions", engine, examples);
    const cases = readCases();
    onStep("answering the cases");
    const ofCases = cases.length === 0 ? [] : await answerRows("cases", engine, cases);
    onStep(`answering ${FUZZED} fuzzed questions`);
    const slowest = await slowestRow(engine);
    onStep("opening folders without a FAQ");
    return [...answers, ...ofCases, slowest, ...loads, ...starts, ...trainings, ...(await folderRows())];
  },
};

async function answerRows(of: string, engine: Engine, asked: readonly Asked[]): Promise<Row[]> {
  const rounds = await inTurn(Array.from({ length: ROUNDS }), () =>
    inTurn(asked, ({ question, after = [] }) => timeMs(() => engine.answer(question, after))),
  );
  const times = asked.map((_, at) => median(rounds.map((round) => round[at] ?? 0)));
  const threaded = asked.filter(({ after = [] }) => after.length > 0).length;
  const note = threaded > 0 ? `${asked.length}, ${threaded} of them in a thread` : `${asked.length}`;
  return [
    { name: `answer, ${of}, median`, value: ms(median(times)), note },
    under(`answer, ${of}, 99 in 100`, quantile(times, 0.99), P99_MAX_MS, ms),
  ];
}

async function slowestRow(engine: Engine): Promise<Row> {
  const message = messages(engine.corpus.faq);
  const asked = fc.sample(fc.tuple(message, threads(message)), { numRuns: FUZZED, seed: SEED });
  const first = await inTurn(asked, async ([question, after]) => ({
    question,
    after,
    took: await timeMs(() => engine.answer(question, after)),
  }));
  const slow = first.sort((a, b) => b.took - a.took).slice(0, SLOWEST_ASKED_AGAIN);
  const again = await inTurn(slow, async ({ question, after }) => {
    const rounds = await timesMs(ROUNDS_AGAIN, () => engine.answer(question, after));
    return { question, after, took: median(rounds) };
  });
  const slowest = again.reduce((worst, one) => (one.took > worst.took ? one : worst));
  const note = `${slowest.question.length} characters after ${slowest.after.length} earlier questions`;
  return under(`answer, slowest of ${FUZZED} fuzzed`, slowest.took, SLOWEST_MAX_MS, ms, note);
}

interface Load {
  readonly importMs: number;
  readonly openMs: number;
  readonly firstAnswerMs: number;
  readonly residentBytes: number;
}

/** Each in a process of its own: a second load in one process would find everything compiled. */
function loadRows(): Row[] {
  const loads = Array.from({ length: LOADS }, (): Load => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--expose-gc", loader], { encoding: "utf8" });
    if (status !== 0) throw new Error(`${loader} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout) as Load;
  });
  const of = (key: keyof Load): number => median(loads.map((load) => load[key]));
  const note = `median of ${LOADS} processes`;
  return [
    { name: "load the modules", value: ms(of("importMs")), note },
    { name: "load the snapshot", value: ms(of("openMs")), note },
    { name: "first answer", value: ms(of("firstAnswerMs")), note },
    { name: "resident memory after it", value: `${(of("residentBytes") / 2 ** 20).toFixed(0)} MB`, note },
  ];
}

async function trainingRows(): Promise<{ rows: readonly Row[]; compiled: Compiled }> {
  const times: number[] = [];
  let compiled = await compile(BUILT_IN.folder);
  for (let run = 0; run < TRAININGS; run++) {
    const start = performance.now();
    compiled = await compile(BUILT_IN.folder);
    times.push(performance.now() - start);
  }
  const { corpus } = compiled;
  const lexicon = createLexicon(lexiconGroups(corpus.faq));
  const passages = splitPassages(corpus.documents);
  const indexings = await timesMs(STARTS, () => indexPassages(passages, lexicon));
  const wirings = await timesMs(TRAININGS, () => createEngine(corpus, compiled.model));
  const isSaved = (await loadSnapshot(BUILT_IN.snapshot, corpus.hash)) !== null;
  const rows = [
    { name: "parse and train", value: ms(median(times)), note: `median of ${TRAININGS}, after one to warm up` },
    { name: "index", value: ms(median(indexings)), note: `${passages.length} passages, median of ${STARTS}` },
    { name: "wire an engine", value: ms(median(wirings)), note: `median of ${TRAININGS}` },
  ];
  return {
    rows: isSaved ? rows : [...rows, { name: "snapshot", value: "stale", note: "loading trained anew: npm run build" }],
    compiled,
  };
}

/** Alternating, so that what else the machine does slows both down. */
async function startRows(): Promise<Row[]> {
  const question = "How fast does a container start compared with a VM?";
  const bare: number[] = [];
  const asked: number[] = [];
  const run = (args: readonly string[]): void => {
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  };
  for (let round = 0; round < STARTS; round++) {
    bare.push(await timeMs(() => run(["-e", "0"])));
    asked.push(await timeMs(() => run([command, "ask", question])));
  }
  const note = `medians of ${STARTS}, alternating`;
  return [
    { name: "footnote ask, one shot", value: ms(median(asked)), note },
    { name: "node -e 0", value: ms(median(bare)), note },
    under("ratio of the two", median(asked) / median(bare), RATIO_MAX, (value) => value.toFixed(1)),
  ];
}

function readCases(): Asked[] {
  if (!existsSync(casesFile)) return [];
  const lines = readFileSync(casesFile, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as Asked);
}
