// How large and how fast the web pages are, alone and with a thousand requests under way, and what a bot beside them feels.

import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { loadDrawings } from "../../adapters/cli/serve.ts";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import { readWebSettings } from "../../adapters/shared/settings.ts";
import { startSite } from "../../adapters/web/main.ts";
import type { Engine } from "../../src/engine.ts";
import { openEngine } from "../../src/store/open.ts";
import { questionsOf } from "../questions.ts";
import { inTurn, median, ms, quantile, type Row, type Suite, timeMs, timesMs, under } from "./frame/suite.ts";

const ASKED = 500;
const FIRST_PAGE_BYTES_MAX = 50_000;
const MEDIAN_MS_MAX = 20;
const PER_SECOND = 200;
const SECONDS = 60;
/** What a bot's answer may take longer while the pages are asked as fast as that. */
const SLOWED_MS_MAX = 20;

export const suite: Suite = {
  title: `Web pages: ${ASKED} questions in turn, then ${PER_SECOND} requests a second for ${SECONDS} s`,
  run: async (onStep) => {
    const engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
    const settings = readWebSettings({ FOOTNOTE_QUESTIONS_PER_MINUTE: "0" });
    const drawings = await loadDrawings();
    const options = { editionsFile: null, journal: null, log: null, now: Date.now, folder: BUILT_IN.folder };
    const site = await startSite({ ...options, engine: () => engine, settings, drawings }, 0);
    const base = `http://127.0.0.1:${site.port}`;
    const questions = questionsOf(engine.corpus.faq);
    const pages = Array.from({ length: ASKED }, (_, at) => pageOf(questions[(at * 7) % questions.length] ?? ""));

    onStep("warming up");
    await inTurn(pages.slice(0, 200), (path) => get(base + path));
    onStep("first page");
    const first = await wholeFirstPage(base);
    onStep("questions in turn");
    const times = await inTurn(pages, (path) => timeMs(() => get(base + path)));
    const cpu = process.cpuUsage();
    await inTurn(pages, (path) => get(base + path));
    const { user, system } = process.cpuUsage(cpu);
    onStep("a bot alone");
    const alone = await botTimes(engine, questions);
    onStep(`${PER_SECOND} requests a second`);
    const [load, beside] = await Promise.all([
      underLoad(base, pages),
      sleep(2000).then(() => botTimes(engine, questions)),
    ]);
    agent.destroy();
    await site.close();
    return rowsOf({ first, times, cpuMs: (user + system) / 1000 / pages.length, load, alone, beside });
  },
};

const pageOf = (question: string): string => `/?${new URLSearchParams({ q: question })}`;

interface Got {
  readonly status: number;
  readonly text: string;
}

/** As a proxy before it would connect. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function get(address: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { agent }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Bytes of the first page with all that it names. */
async function wholeFirstPage(base: string): Promise<number> {
  const { text } = await get(`${base}/`);
  const named = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = ""]) => path);
  const parts = await inTurn(named, (path) => get(base + path));
  return [text, ...parts.map((part) => part.text)].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

/** As a bot in the same process would be answered, a question now and then. */
const botTimes = (engine: Engine, questions: readonly string[]): Promise<number[]> => {
  let at = 0;
  return timesMs(100, async () => {
    await sleep(20);
    await engine.answer(questions[at++ % questions.length] ?? "");
  });
};

interface Load {
  readonly times: readonly number[];
  readonly failed: number;
  readonly seconds: number;
}

/** Sends at its own pace, whatever has been answered so far. */
async function underLoad(base: string, pages: readonly string[]): Promise<Load> {
  const times: number[] = [];
  let failed = 0;
  const sent: Promise<void>[] = [];
  const start = performance.now();
  for (let number = 0; number < PER_SECOND * SECONDS; number++) {
    const due = start + (number * 1000) / PER_SECOND;
    if (due > performance.now()) await sleep(due - performance.now());
    const began = performance.now();
    sent.push(
      get(base + (pages[number % pages.length] ?? "/")).then(
        ({ status }) => {
          if (status === 200) times.push(performance.now() - began);
          else failed++;
        },
        () => void failed++,
      ),
    );
  }
  await Promise.all(sent);
  return { times, failed, seconds: (performance.now() - start) / 1000 };
}

interface Measured {
  /** Bytes. */
  readonly first: number;
  readonly times: readonly number[];
  /** Processor time for one page that was asked for before, its client's included. */
  readonly cpuMs: number;
  readonly load: Load;
  readonly alone: readonly number[];
  readonly beside: readonly number[];
}

function rowsOf({ first, times, cpuMs, load, alone, beside }: Measured): Row[] {
  const { times: loaded, failed, seconds } = load;
  const perSecond = loaded.length / seconds;
  const slowed = median(beside) - median(alone);
  return [
    under(
      "first page with style and script",
      first,
      FIRST_PAGE_BYTES_MAX,
      (bytes) => `${(bytes / 1000).toFixed(1)} kB`,
    ),
    under("a question's page, p50", median(times), MEDIAN_MS_MAX, ms, "the reply, the terminal, Slack and Discord"),
    { name: "a question's page, p99", value: ms(quantile(times, 0.99)) },
    under("processor time for one asked before", cpuMs, 1000 / PER_SECOND, ms, "client and server"),
    {
      name: "answered a second",
      value: perSecond.toFixed(0),
      aim: { text: `aim ≥ ${PER_SECOND * 0.99}`, isReached: perSecond >= PER_SECOND * 0.99 },
      note: "client and server share this process",
    },
    { name: "errors", value: String(failed), aim: { text: "aim 0", isReached: failed === 0 } },
    { name: "under load, p50", value: ms(median(loaded)) },
    { name: "under load, p99", value: ms(quantile(loaded, 0.99)) },
    under(
      "a bot's answer later by, p50",
      Math.max(0, slowed),
      SLOWED_MS_MAX,
      ms,
      `alone ${ms(median(alone))} with 20 ms of waiting`,
    ),
  ];
}
