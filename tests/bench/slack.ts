// How fast the Slack app acknowledges and answers when a hundred people mention it at once.

import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import { createLog } from "../../adapters/shared/log.ts";
import { readSlackSettings } from "../../adapters/shared/settings.ts";
import { createSlackApp } from "../../adapters/slack/bot.ts";
import { openEngine } from "../../src/store/open.ts";
import { mention } from "../adapters/slack/deliveries.ts";
import { deliver, SECRET, startStandIn } from "../adapters/slack/stand-in.ts";
import { questionsOf } from "../questions.ts";
import { ms, quantile, type Row, type Suite, under } from "./frame/suite.ts";

const MENTIONS = 100;
const ROUNDS = 5;
/** Slack delivers anew what is not acknowledged by then: https://docs.slack.dev/apis/events-api/#responding */
const ACK_LIMIT_MS = 3000;

export const suite: Suite = {
  title: `Slack: ${MENTIONS} mentions at once over HTTP, ${ROUNDS} rounds`,
  run: async (onStep) => {
    const engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
    const questions = questionsOf(engine.corpus.faq);
    const slack = await startStandIn();
    const settings = readSlackSettings({
      SLACK_BOT_TOKEN: "xoxb-bench",
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: slack.apiUrl,
      PORT: "0",
      FOOTNOTE_QUESTIONS_PER_MINUTE: "0",
      LOG_LEVEL: "silent",
    });
    const app = createSlackApp(() => engine, { settings, log: createLog(settings) });
    await app.start();
    const [acks, posts]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round++) {
      onStep(round === 0 ? "warming up" : `round ${round}`);
      const { ackMs, postMs } = await measure(round);
      // The first round pays for what is loaded and compiled once.
      if (round === 0) continue;
      acks.push(...ackMs);
      posts.push(...postMs);
    }
    await app.stop(5000);
    await slack.close();
    return rowsOf(acks, posts);

    async function measure(round: number): Promise<{ ackMs: number[]; postMs: number[] }> {
      const before = slack.calls.filter(({ method }) => method === "chat.postMessage").length;
      const sentAt = new Map<string, number>();
      const ackMs = await Promise.all(
        Array.from({ length: MENTIONS }, async (_, at) => {
          const ts = `${1_700_000_000 + round}.${String(at).padStart(6, "0")}`;
          const question = questions[(round * MENTIONS + at) % questions.length] ?? "";
          const start = performance.now();
          sentAt.set(ts, start);
          await deliver(app.port() ?? 0, JSON.stringify(mention(question, { ts, user: `U${at}` })));
          return performance.now() - start;
        }),
      );
      const posted = (await slack.called("chat.postMessage", before + MENTIONS)).slice(before);
      return { ackMs, postMs: posted.map(({ at, args }) => at - (sentAt.get(String(args.thread_ts)) ?? at)) };
    }
  },
};

const rowsOf = (acks: readonly number[], posts: readonly number[]): Row[] => [
  { name: "acknowledged, p50", value: ms(quantile(acks, 0.5)) },
  { name: "acknowledged, p95", value: ms(quantile(acks, 0.95)) },
  under("acknowledged, max", Math.max(...acks), ACK_LIMIT_MS, ms),
  { name: "reply posted, p50", value: ms(quantile(posts, 0.5)) },
  { name: "reply posted, p95", value: ms(quantile(posts, 0.95)) },
  { name: "reply posted, max", value: ms(Math.max(...posts)), note: "client, app and stand-in share this process" },
];
