// How long a person in Discord waits: a real client against a stand-in on this machine, the built-in corpus behind it.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { WAITING_MAX } from "../../adapters/discord/backlog.ts";
import { createDiscordBot } from "../../adapters/discord/bot.ts";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import { createLog } from "../../adapters/shared/log.ts";
import { createMemory } from "../../adapters/shared/memory.ts";
import { createLimit } from "../../adapters/shared/rate-limit.ts";
import type { Bot } from "../../adapters/shared/run-bot.ts";
import { openEngine } from "../../src/store/open.ts";
import { CHANNEL_LIMIT } from "../adapters/discord/buckets.ts";
import { BOT, commandOf, messageOf, THREAD } from "../adapters/discord/events.ts";
import { type StandIn, startStandIn } from "../adapters/discord/stand-in.ts";
import { ms, quantile, type Row, type Suite, under } from "./frame/suite.ts";

const MENTIONS = 50;
const COMMANDS = 100;
/** Discord drops an interaction that is not acknowledged within three seconds; a person feels what takes a moment. */
const ACK_MS_MAX = 200;
const ANSWER_MS_MAX = 3_000;
/** What the bot posts to a burst takes one wait for Discord's limit; two would be the beginning of a backlog. */
const BURST_MS_MAX = 2 * CHANNEL_LIMIT.everyMs;
const WAIT_MS_MAX = 20_000;

export const suite: Suite = {
  title: "Discord, a real client over loopback",
  async run(onStep) {
    const discord = await startStandIn();
    const engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
    const questions = engine.corpus.faq.topics.flatMap(({ statements }) => statements[0].examples[0]?.question ?? []);
    const bot = createDiscordBot(() => engine, {
      ...{
        token: "token",
        apiUrl: discord.url,
        channels: [],
        human: null,
        logsQuestions: false,
        keepDays: 30,
        keepsMisses: true,
        reportChannel: null,
        now: Date.now,
      },
      ...{ limit: createLimit(0), memory: createMemory(Date.now), log: createLog({ logLevel: "silent" }) },
    });
    await bot.start();
    try {
      onStep(`${COMMANDS} slash commands at once`);
      const cold = await measureCommands(discord, questions, "cold");
      const warm = await measureCommands(discord, questions, "warm");
      onStep(`${MENTIONS} mentions in one channel at once`);
      const mentions = await measureMentions(discord, questions);
      return [...cold, ...warm, ...mentions, ...(await measureMemory(discord, questions, onStep))];
    } finally {
      await end(bot, discord);
    }
  },
};

async function measureCommands(discord: StandIn, questions: readonly string[], how: string): Promise<Row[]> {
  const sent = performance.now();
  const cpu = process.cpuUsage();
  const from = discord.got.length;
  const posted = discord.posted.length;
  for (let at = 0; at < COMMANDS; at++)
    discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: questions[at % questions.length] }));
  await until(() => discord.got.length >= from + COMMANDS, sent);
  const { user, system } = process.cpuUsage(cpu);
  await until(() => discord.posted.length >= posted + COMMANDS, sent);
  const answeredMs = performance.now() - sent;
  const waits = discord.got
    .slice(from)
    .filter(({ path }) => path.endsWith("/callback"))
    .map(({ at }) => at - sent);
  const name = `${COMMANDS} slash commands at once, ${how}`;
  return [
    { name: `${name}, acknowledged`, value: String(waits.length) },
    {
      name: `${name}, processor until the last is acknowledged`,
      value: ms((user + system) / 1000),
      note: "the stand-in's share included; what it would take on a machine that does nothing else",
    },
    { name: `${name}, acknowledged p50`, value: ms(quantile(waits, 0.5)) },
    under(`${name}, acknowledged p99`, quantile(waits, 0.99), ACK_MS_MAX, ms),
    under(`${name}, all answered`, answeredMs, ANSWER_MS_MAX, ms),
  ];
}

/** What stays in memory of events that were answered. */
async function measureMemory(
  discord: StandIn,
  questions: readonly string[],
  onStep: (step: string) => void,
): Promise<Row[]> {
  discord.channelLimit = null;
  const usedAfter: number[] = [];
  for (const half of [1, 2]) {
    onStep(`memory, ${half} of 2 times ${EVENTS / 2} events`);
    for (let at = 0; at < EVENTS / 2; at += CROWD) {
      discord.forget();
      for (let one = 0; one < CROWD; one++) {
        const question = questions[(at + one) % questions.length];
        // Discord lets a bot post fifty messages in a second, and respond to any number of commands.
        const isCommand = one % WAITING_MAX !== 0;
        const event = isCommand
          ? commandOf("ask", { question })
          : messageOf(`<@${BOT}> ${question}`, { channel_id: THREAD });
        discord.dispatch(isCommand ? "INTERACTION_CREATE" : "MESSAGE_CREATE", event);
      }
      await until(() => discord.posted.length >= CROWD, performance.now());
    }
    discord.forget();
    usedAfter.push(usedMb());
  }
  const [first = 0, second = 0] = usedAfter;
  return [
    { name: `heap after ${EVENTS / 2} events`, value: mb(first) },
    { name: `heap after ${EVENTS} events`, value: mb(second) },
    under(
      "growth from half to all of them",
      (second / first - 1) * 100,
      GROWTH_MAX,
      (value) => `${value.toFixed(1)} %`,
    ),
  ];
}

const EVENTS = 10_000;
/** Fewer than a channel's questions that may wait at once. */
const CROWD = 2 * WAITING_MAX;
/** In percent. */
const GROWTH_MAX = 10;
const mb = (value: number): string => `${value.toFixed(1)} MB`;

/** Of the heap, once what nobody needs is gone. */
function usedMb(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  for (let times = 0; times < 4 && typeof collect === "function"; times++) collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function until(isDone: () => boolean, since: number): Promise<void> {
  while (!isDone() && performance.now() - since < WAIT_MS_MAX) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** In one channel, under Discord's limit, a few are answered; the others are told to come back by one notice. */
async function measureMentions(discord: StandIn, questions: readonly string[]): Promise<Row[]> {
  discord.channelLimit = CHANNEL_LIMIT;
  const sent = performance.now();
  const from = discord.got.length;
  for (let at = 0; at < MENTIONS; at++)
    discord.dispatch("MESSAGE_CREATE", messageOf(`<@${BOT}> ${questions[at % questions.length]}`));
  const waits = await arrivals(discord, from, WAITING_MAX + 1, sent);
  const { messages, everyMs } = CHANNEL_LIMIT;
  const note = `${WAITING_MAX} answers and 1 notice, where Discord takes ${messages} in ${everyMs / 1000} s`;
  return rowsOf(`${MENTIONS} mentions in one channel at once`, waits, BURST_MS_MAX, note);
}

/** When each request since then arrived, in milliseconds after the events were sent. */
async function arrivals(discord: StandIn, from: number, count: number, sent: number): Promise<number[]> {
  await until(() => discord.got.length >= from + count, sent);
  return discord.got.slice(from).map(({ at }) => at - sent);
}

const rowsOf = (name: string, waits: readonly number[], msMax: number, note?: string): Row[] => [
  { name: `${name}, requests seen`, value: String(waits.length), note },
  { name: `${name}, first response p50`, value: ms(quantile(waits, 0.5)) },
  { name: `${name}, first response p95`, value: ms(quantile(waits, 0.95)) },
  under(`${name}, first response max`, Math.max(0, ...waits), msMax, ms),
];

async function end(bot: Bot, discord: StandIn): Promise<void> {
  await bot.stop();
  await discord.close();
}
