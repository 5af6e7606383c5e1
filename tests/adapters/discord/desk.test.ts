// How the Discord bot deals with a question.

import { afterEach, beforeAll } from "vitest";
import type { Engine } from "../../../src/engine.ts";
import { type BotSitting, describeBotDesk, type Given } from "../../contracts/desk.ts";
import { BOT, commandOf, inThread, messageOf, THREAD } from "./events.ts";
import { createBot, openTopical, shown } from "./running.ts";
import { startStandIn } from "./stand-in.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openTopical();
});

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const POST = /^\/channels\/\d+\/messages$/;
/** The library makes a request that meets an error of the server four times. */
const TRIES = 4;

async function start(given: Given): Promise<BotSitting> {
  const discord = await startStandIn();
  const { bot, lines } = await createBot(discord, given);
  closers.push(async () => {
    await bot.stop();
    await discord.close();
  });
  await bot.start();
  let deliveries = 1000;
  return {
    ask: async (question, delivery = ++deliveries) => {
      const id = `6500000000000${String(delivery).padStart(5, "0")}`;
      discord.dispatch("MESSAGE_CREATE", messageOf(`<@${BOT}> ${question}`, { id, channel_id: THREAD }));
    },
    compare: async (topic) => discord.dispatch("INTERACTION_CREATE", commandOf("compare", { topic }, inThread(THREAD))),
    shown: () => discord.posted.map(shown),
    logged: () => lines.map((line) => JSON.stringify(line)).join("\n"),
    failNextPost: (how) => {
      const faults = how === "refused" ? (["too late"] as const) : Array.from({ length: TRIES }, () => "500" as const);
      discord.failOn("POST", POST, ...faults);
    },
  };
}

describeBotDesk({ name: "Discord", engine: () => engine, start });
