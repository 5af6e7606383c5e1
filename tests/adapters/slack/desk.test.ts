// How the Slack app deals with a question.

import { beforeAll } from "vitest";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import { type BotSitting, describeBotDesk, type Given } from "../../contracts/desk.ts";
import { folderWith, TOPICAL } from "../cli/corpora.ts";
import { mention, press } from "./deliveries.ts";
import { seen } from "./limits.ts";
import { run } from "./running.ts";

const folder = folderWith(TOPICAL);
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine(folder);
});

const THREAD = "1700000000.900001";
const SHOWING = new Set(["chat.postMessage", "chat.postEphemeral", "respond"]);
/** A call that meets an error of the server is made three times. */
const TRIES = 3;

async function start({ engine: given, logsQuestions, ...parts }: Given): Promise<BotSitting> {
  const variables = { FOOTNOTE_LOG_QUESTIONS: logsQuestions ? "on" : "off" };
  const { event, interact, slack, logged } = await run(variables, { engine: given, ...parts });
  let deliveries = 1000;
  return {
    ask: async (question, delivery = ++deliveries) => {
      const ts = `1700000000.${String(delivery).padStart(6, "0")}`;
      await event(mention(question, { thread: THREAD, ts, event: `Ev${delivery}` }));
    },
    compare: async (topic) => {
      const value = JSON.stringify({ kind: "ask", asked: { kind: "compare", topic } });
      const inThread = { container: { message_ts: THREAD, thread_ts: THREAD, is_ephemeral: false } };
      await interact(press({ action_id: "ask:0", value }, slack.responseUrl(), inThread));
    },
    shown: () => slack.calls.filter(({ method }) => SHOWING.has(method)).map(({ args }) => seen(args)),
    logged,
    failNextPost: (how) => {
      if (how === "refused") slack.trouble("chat.postMessage", { kind: "error", error: "not_in_channel" });
      else slack.trouble("chat.postMessage", { kind: "status", status: 503 }, TRIES);
    },
  };
}

describeBotDesk({ name: "Slack", engine: () => engine, start });
