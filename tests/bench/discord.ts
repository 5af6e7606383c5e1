// How long a person in Discord waits: a real client against a stand-in on this machine, the built-in corpus behind it.

import { WAITING_MAX } from "../../adapters/discord/backlog.ts";
import { createDiscordBot } from "../../adapters/discord/bot.ts";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";
import { createLog } from "../../adapters/shared/log.ts";
import { createMemory } from "../../adapters/shared/memory.ts";
import { createLimit } from "../../adapters/shared/rate-limit.ts";
import type { Bot } from "../../adapters/shared/run-bot.ts";
import { openEngine } from "../../src/store/open.ts";
import { CHANNEL_LIMIT } from "../adapters/discord/buckets.ts";
import { BOT, commandOf, messageOf } from "../adapters/discord/events.ts";
import { type StandIn, startStandIn } from "../adapters/discord/stand-in.ts";
import { ms, quantile, type Row, type Suite, under } from "./frame/suite.ts";

const MENTIONS = 50;
const COMMANDS = 100;
/** Discord drops an interaction that is not answered within three seconds. */
const ACK_MS_MAX = 3_000;
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
      const commands = await measureCommands(discord, questions);
      onStep(`${MENTIONS} mentions in one channel at once`);
      return [...commands, ...(await measureMentions(discord, questions))];
    } finally {
      await end(bot, discord);
    }
  },
};

async function measureCommands(discord: StandIn, questions: readonly string[]): Promise<Row[]> {
  const sent = performance.now();
  const from = discord.got.length;
  for (let at = 0; at < COMMANDS; at++)
    discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: questions[at % questions.length] }));
  const waits = await arrivals(discord, from, COMMANDS, sent);
  return rowsOf(`${COMMANDS} slash commands at once`, waits, ACK_MS_MAX);
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
  while (discord.got.length < from + count && performance.now() - sent < WAIT_MS_MAX)
    await new Promise((resolve) => setTimeout(resolve, 5));
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
