// A conversation that memory has lost goes on with what Discord still shows the bot of it.
// @module-tag slow

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { literal, readAsked } from "../../../adapters/discord/escape.ts";
import { createMemory, type Memory } from "../../../adapters/shared/memory.ts";
import { clean } from "../../../adapters/shared/one-line.ts";
import { fc } from "../../fast-check.ts";
import {
  ASKER,
  BOT,
  CHANNEL,
  commandOf,
  DM,
  directMessageOf,
  GUILD,
  inThread,
  type Json,
  messageOf,
  OTHER_THREAD,
  pressOf,
  THREAD,
  user,
} from "./events.ts";
import type { Posted } from "./rest.ts";
import { createBot, eventually, type Running, shown } from "./running.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

const QUESTION = "How long is green tea brewed?";
const FOLLOW_UP = "and black tea?";
const CARRIED = "Continuing with";
const MENTION = `<@${BOT}>`;
const IN_THREAD = { channel_id: THREAD };

let discord: StandIn;
let running: Omit<Running, "discord">;
let answers = 0;
let kept = createMemory(Date.now);
const memory: Memory = {
  get threads() {
    return kept.threads;
  },
  get claims() {
    return kept.claims;
  },
  get votes() {
    return kept.votes;
  },
};
beforeAll(async () => {
  discord = await startStandIn();
  discord.pages.set(`/channels/${DM}`, { id: DM, type: 1, recipients: [user(ASKER)] });
  running = await createBot(discord, { memory });
  await running.bot.start();
});
beforeEach(() => {
  kept = createMemory(Date.now);
});
afterAll(async () => {
  await running.bot.stop();
  await discord.close();
});

async function send(event: Json): Promise<Posted> {
  discord.dispatch("data" in event ? "INTERACTION_CREATE" : "MESSAGE_CREATE", event);
  const posted = await discord.next();
  answers++;
  return posted;
}
const ask = async (event: Json): Promise<string> => shown(await send(event));
/** What was answered is remembered before it is logged. */
const settled = () => eventually(() => running.lines.filter(({ msg }) => msg === "answered").length).toBe(answers);
async function lose(): Promise<void> {
  await settled();
  kept = createMemory(Date.now);
}
async function remembered(thread: string): Promise<readonly string[]> {
  await settled();
  return kept.threads.recall(`discord:${GUILD}:${thread}`);
}
const reads = (): number =>
  discord.got.filter(({ method, path }) => method === "GET" && path.endsWith("/messages")).length;
/** A thread of its own for each test. */
const threads = [THREAD, OTHER_THREAD];

test("a lost thread goes on where it was, and Discord is asked once", async () => {
  await ask(messageOf(`${MENTION} ${QUESTION}`, IN_THREAD));
  await lose();
  const before = reads();
  expect(await ask(messageOf(`${MENTION} ${FOLLOW_UP}`, IN_THREAD))).toContain(CARRIED);
  expect(await ask(messageOf(`${MENTION} ${FOLLOW_UP}`, IN_THREAD))).toContain(CARRIED);
  expect(reads() - before).toBe(1);
  expect(await remembered(THREAD)).toEqual([QUESTION, FOLLOW_UP, FOLLOW_UP]);
});

test("so does a direct conversation, and one that began with a command", async () => {
  await ask(directMessageOf(QUESTION));
  await lose();
  expect(await ask(directMessageOf(FOLLOW_UP))).toContain(CARRIED);
  await ask(commandOf("ask", { question: QUESTION }, inThread(OTHER_THREAD)));
  await lose();
  expect(await ask(commandOf("ask", { question: FOLLOW_UP }, inThread(OTHER_THREAD)))).toContain(CARRIED);
});

test("in a channel the replies lead back, past a button that was pressed", async () => {
  const first = messageOf(`${MENTION} ${QUESTION}`);
  const answer = await send(first);
  const further = messageOf(`${MENTION} and how is it stored?`, {
    ...{ type: 19, message_reference: { message_id: answer.id, channel_id: CHANNEL, type: 0 } },
  });
  await ask(messageOf(`${MENTION} Where is tea stored?`));
  const stored = await send(further);
  await lose();
  const pressed = await send(pressOf(`1:ask:${FOLLOW_UP}`, stored));
  expect(shown(pressed)).toContain(CARRIED);
  const chain = remembered(`${CHANNEL}:${stored.id}`);
  expect(await chain).toEqual([QUESTION, "and how is it stored?"]);
  await lose();
  const reply = { message_id: pressed.id, channel_id: CHANNEL, type: 0 };
  await send(messageOf(`${MENTION} ${FOLLOW_UP}`, { type: 19, message_reference: reply }));
  const whole = await remembered(`${CHANNEL}:${pressed.id}`);
  expect(whole).toEqual([QUESTION, "and how is it stored?", FOLLOW_UP]);
});

test("what nobody asked of the bot, what is hidden from it and what is a day old is not read back", async () => {
  const [thread = ""] = threads;
  await ask(messageOf(`${MENTION} Where is tea stored?`, { channel_id: thread }));
  discord.dispatch("MESSAGE_CREATE", messageOf(QUESTION, { channel_id: thread }));
  discord.dispatch(
    "MESSAGE_CREATE",
    messageOf(`${MENTION} ${QUESTION}`, { channel_id: thread, author: user("9", true) }),
  );
  await lose();
  await ask(messageOf(`${MENTION} ${FOLLOW_UP}`, { channel_id: thread }));
  const asked = await remembered(thread);
  expect(asked).not.toContain(QUESTION.slice(0, -1));
  expect(asked.filter((question) => question === "Where is tea stored?")).toHaveLength(1);
  await lose();
  const tomorrow = String(BigInt(String(messageOf("").id)) + (BigInt(25 * 60 * 60 * 1000) << 22n));
  const before = reads();
  await ask(messageOf(`${MENTION} ${FOLLOW_UP}`, { channel_id: thread, id: tomorrow }));
  expect(await remembered(thread)).toEqual([FOLLOW_UP]);
  expect(reads() - before).toBe(1);
});

test.each([
  ["fails", ["500", "500", "500", "500"]],
  ["says nothing", ["hang"]],
  ["lets nobody look", ["403"]],
] as const)("where Discord %s, the question is answered by itself, soon", async (_name, faults) => {
  await ask(messageOf(`${MENTION} ${QUESTION}`, IN_THREAD));
  await lose();
  const path = new RegExp(`^/channels/${THREAD}/messages$`);
  const startedAt = performance.now();
  discord.failOn("GET", path, ...faults);
  expect(await ask(messageOf(`${MENTION} ${FOLLOW_UP}`, IN_THREAD))).not.toBe("");
  expect(performance.now() - startedAt).toBeLessThan(4000);
});

test("a question is read off a card as it was asked, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (question) => {
      const line = clean(question);
      fc.pre(line !== "" && !line.endsWith("…"));
      expect(readAsked(`-# “${literal(line)}”\n-# Continuing with: Tea`)).toBe(line);
    }),
  );
  expect(readAsked("**Tea is stored in a dark tin.**")).toBe(null);
  expect(readAsked("-# “Where is tea stored and …”")).toBe(null);
});
