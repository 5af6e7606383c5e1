// How fast the Slack app acknowledges and answers when a hundred people mention it at once, just started and later on, and
// whether its memory grows with what it has answered.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import { createLog } from "../../adapters/shared/log.ts";
import { readSlackSettings } from "../../adapters/shared/settings.ts";
import { openState } from "../../adapters/shared/state/state.ts";
import { createSlackApp } from "../../adapters/slack/bot.ts";
import { openEngine } from "../../src/store/open.ts";
import { mention } from "../adapters/slack/deliveries.ts";
import { deliver, SECRET, startStandIn } from "../adapters/slack/stand-in.ts";
import { questionsOf } from "../questions.ts";
import { ms, quantile, type Row, type Suite, under } from "./frame/suite.ts";

const MENTIONS = 100;
const ROUNDS = 5;
/** A tenth of what Slack gives: https://docs.slack.dev/apis/events-api/#responding */
const ACK_LIMIT_MS = 200;
const EVENTS = 10_000;
const GROWTH_MAX = 0.1;

export const suite: Suite = {
  title: `Slack: ${MENTIONS} mentions at once over HTTP, kept in SQLite first, just started and in ${ROUNDS} rounds`,
  run: async (onStep) => {
    const bot = await startBot();
    onStep("cold");
    const cold = await bot.mentionAll();
    const [acks, posts]: [number[], number[]] = [[], []];
    for (let round = 1; round <= ROUNDS; round++) {
      onStep(`round ${round}`);
      const { ackMs, postMs } = await bot.mentionAll();
      acks.push(...ackMs);
      posts.push(...postMs);
    }
    const heap: number[] = [];
    for (let events = MENTIONS * (ROUNDS + 1); events < EVENTS; events += MENTIONS) {
      onStep(`${events.toLocaleString("en")} of ${EVENTS.toLocaleString("en")} events`);
      await bot.mentionAll();
      if (events + MENTIONS === EVENTS / 2 || events + MENTIONS === EVENTS) heap.push(heapBytes());
    }
    await bot.stop();
    return [...rowsOf(cold.ackMs, acks, posts), ...memoryRows(heap)];
  },
};

async function startBot() {
  const engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
  const questions = questionsOf(engine.corpus.faq);
  const slack = await startStandIn();
  const data = mkdtempSync(join(tmpdir(), "footnote-bench-"));
  const settings = readSlackSettings({
    ...{ SLACK_BOT_TOKEN: "xoxb-bench", SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: slack.apiUrl, PORT: "0" },
    ...{ FOOTNOTE_QUESTIONS_PER_MINUTE: "0", LOG_LEVEL: "silent", FOOTNOTE_DATA: data },
  });
  const log = createLog(settings);
  const state = await openState({ ...settings, platform: "slack", log });
  const app = createSlackApp(() => engine, { settings, log, state });
  await app.warm();
  await app.start();
  let mentions = 0;
  return {
    /** Everybody at once, in as many threads of their own. */
    async mentionAll(): Promise<{ ackMs: number[]; postMs: number[] }> {
      const sentAt = new Map<string, number>();
      const ackMs = await Promise.all(
        Array.from({ length: MENTIONS }, async () => {
          const at = mentions++;
          const ts = `${1_700_000_000 + Math.floor(at / 1e6)}.${String(at % 1e6).padStart(6, "0")}`;
          const body = JSON.stringify(
            mention(questions[at % questions.length] ?? "", { ts, user: `U${at % MENTIONS}` }),
          );
          const start = performance.now();
          sentAt.set(ts, start);
          await deliver(app.port() ?? 0, body);
          return performance.now() - start;
        }),
      );
      const posted = await slack.called("chat.postMessage", MENTIONS);
      const postMs = posted.map(({ at, args }) => at - (sentAt.get(String(args.thread_ts)) ?? at));
      // What the stand-in remembers is not the app's.
      slack.calls.length = 0;
      slack.posted.length = 0;
      return { ackMs, postMs };
    },
    async stop(): Promise<void> {
      await app.stop(5000);
      await state.close();
      await slack.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** After the garbage is collected. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}

const rowsOf = (cold: readonly number[], acks: readonly number[], posts: readonly number[]): Row[] => [
  under(`acknowledged, 99 in 100 of the first ${MENTIONS}`, quantile(cold, 0.99), ACK_LIMIT_MS, ms),
  { name: "acknowledged, p50", value: ms(quantile(acks, 0.5)) },
  under("acknowledged, 99 in 100", quantile(acks, 0.99), ACK_LIMIT_MS, ms),
  { name: "reply posted, p50", value: ms(quantile(posts, 0.5)) },
  { name: "reply posted, p95", value: ms(quantile(posts, 0.95)) },
  { name: "reply posted, max", value: ms(Math.max(...posts)), note: "client, app and stand-in share this process" },
];

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function memoryRows([half = 0, whole = 0]: readonly number[]): Row[] {
  const events = (count: number): string => `${count.toLocaleString("en")} events`;
  return [
    { name: `heap after ${events(EVENTS / 2)}`, value: megabytes(half) },
    under(`heap after ${events(EVENTS)}`, whole, half * (1 + GROWTH_MAX), megabytes),
  ];
}
