// A thread that memory has lost goes on with what Slack still shows of it, where the bot may look.
// @module-tag slow

import { expect, test } from "vitest";
import { createMemory, type Memory } from "../../../adapters/shared/memory.ts";
import type { SlackOptions } from "../../../adapters/slack/bot.ts";
import { direct, inChannel, mention, type Said, shortcut } from "./deliveries.ts";
import { seen } from "./limits.ts";
import { run } from "./running.ts";
import { BOT, READING_SCOPES, type StandIn } from "./stand-in.ts";

const QUESTION = "How fast does a container start compared with a VM?";
const CARRIED = "Continuing with: Startup time";
const THREAD = "1700000000.900001";
const LATER = "1700000002.000001";
const LATER_STILL = "1700000002.000002";
const quiet = (ms = 150) => new Promise((resolve) => setTimeout(resolve, ms));

/** An app whose memory can be lost, before a Slack that shows what was written to it. */
async function start(given: Partial<SlackOptions> & { readonly scopes?: string } = {}, variables = {}) {
  let now = createMemory(Date.now);
  const memory: Memory = {
    get threads() {
      return now.threads;
    },
    get claims() {
      return now.claims;
    },
    get votes() {
      return now.votes;
    },
  };
  const running = await run(variables, { memory, scopes: READING_SCOPES, ...given });
  const { slack, event } = running;
  let answers = 0;
  const write = (body: { readonly event: object }): void => void slack.written.push({ ...body.event });
  /** Writes to the bot and reads its answer. */
  const ask = async (body: { readonly event: object }): Promise<string> => {
    write(body);
    await event(body);
    return seen((await slack.call("chat.postMessage", ++answers)).args);
  };
  const lose = async (): Promise<void> => {
    // What was answered is remembered before it is logged.
    await expect.poll(() => running.logged().match(/"msg":"answered"/g)?.length).toBe(answers);
    now = createMemory(Date.now);
  };
  return { ...running, write, ask, lose };
}

const reads = ({ calls }: StandIn): string[] =>
  calls.map(({ method }) => method).filter((method) => method.startsWith("conversations."));

test("a lost thread goes on where it was, and Slack is asked once", async () => {
  const { ask, lose, slack } = await start();
  await ask(mention(QUESTION, { ts: THREAD }));
  await lose();
  expect(await ask(mention("why?", { thread: THREAD, ts: LATER }))).toContain(CARRIED);
  expect(await ask(mention("why?", { thread: THREAD, ts: LATER_STILL }))).toContain(CARRIED);
  expect(reads(slack)).toEqual(["conversations.replies"]);
});

test("a lost direct conversation goes on at its top and in its threads", async () => {
  const { ask, lose } = await start({ scopes: "chat:write,im:history" });
  await ask(direct(QUESTION, { ts: THREAD }));
  await lose();
  expect(await ask(direct("why?", { ts: LATER }))).toContain(CARRIED);
  await lose();
  expect(await ask(direct("why?", { thread: THREAD, ts: LATER_STILL }))).toContain(CARRIED);
});

test("a follow-up without a mention is still known for one, and what it asks is read back too", async () => {
  const { ask, lose, slack } = await start({}, { SLACK_FOLLOW_UP_CHANNELS: "C1" });
  await ask(mention(QUESTION, { ts: THREAD }));
  await lose();
  expect(await ask(inChannel("and what about security?", { thread: THREAD, ts: LATER }))).toContain("ecur");
  expect(reads(slack)).toEqual(["conversations.replies"]);
});

test("the shortcut on a message of a lost thread leans on that thread", async () => {
  const { ask, lose, interact, slack } = await start();
  await ask(mention(QUESTION, { ts: THREAD }));
  await lose();
  const message = { type: "message", user: "U2", ts: LATER, thread_ts: THREAD, text: "why?" };
  await interact(shortcut("", slack.responseUrl(), { message }));
  expect(seen((await slack.call("respond")).args)).toContain(CARRIED);
});

test.each<[string, Said]>([
  ["what nobody asked of the bot", {}],
  ["what a bot wrote", { text: `<@${BOT}> ${QUESTION}`, more: { bot_id: "B9" } }],
  ["what joined", { text: `<@${BOT}> ${QUESTION}`, more: { subtype: "channel_join" } }],
  ["what is a day old", { text: `<@${BOT}> ${QUESTION}`, ts: "1699900000.000001" }],
])("%s is not read back", async (_name, said) => {
  const { ask, write, lose } = await start();
  await ask(mention("Is Docker secure?", { ts: THREAD }));
  write(inChannel(QUESTION, { ts: "1700000000.950000", thread: THREAD, ...said }));
  await lose();
  expect(await ask(mention("why?", { thread: THREAD, ts: LATER }))).not.toContain(CARRIED);
});

test("a question that was put right later is read back as it stands now", async () => {
  const { ask, lose, slack } = await start();
  await ask(mention("Is Dokcer secure?", { ts: THREAD }));
  Object.assign(slack.written[0] ?? {}, { text: `<@${BOT}> ${QUESTION}`, edited: { user: "U1", ts: LATER } });
  await lose();
  expect(await ask(mention("why?", { thread: THREAD, ts: LATER }))).toContain(CARRIED);
});

test("where the bot may not read, the question is answered by itself, and Slack is not asked again", async () => {
  const { ask, lose, slack, logged } = await start({ scopes: "chat:write" });
  await ask(mention(QUESTION, { ts: THREAD }));
  await lose();
  for (const ts of [LATER, LATER_STILL])
    expect(await ask(mention("why?", { thread: THREAD, ts }))).not.toContain(CARRIED);
  expect(reads(slack)).toEqual(["conversations.replies"]);
  expect(logged()).not.toContain("not answered");
});

test.each([
  ["asks for patience", { kind: "status", status: 429, retryAfterS: 60 }],
  ["fails", { kind: "status", status: 503 }],
  ["says nothing", { kind: "silence" }],
] as const)(
  "while Slack %s nobody waits for what it would show, and it is asked again later",
  async (_name, trouble) => {
    const { ask, lose, slack, event } = await start({}, { SLACK_FOLLOW_UP_CHANNELS: "C1" });
    await ask(mention(QUESTION, { ts: THREAD }));
    await lose();
    slack.trouble("conversations.replies", trouble);
    const startedAt = performance.now();
    await event(inChannel("and what about security?", { thread: THREAD, ts: LATER }));
    await slack.called("conversations.replies");
    await quiet(trouble.kind === "silence" ? 2300 : 150);
    expect(await ask(mention("why?", { thread: THREAD, ts: LATER_STILL }))).toContain(CARRIED);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  },
);

test("what opens a thread, or goes on in one that is known, asks Slack for nothing", async () => {
  const { ask, slack } = await start();
  await ask(mention(QUESTION, { ts: THREAD }));
  await ask(mention("why?", { thread: THREAD, ts: LATER }));
  expect(reads(slack)).toEqual([]);
});
