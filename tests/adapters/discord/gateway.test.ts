// How the bot connects: in as many shards as Discord recommends, no more often than Discord lets it, and never silently away.
// @module-tag slow

import { afterEach, beforeEach, expect, test } from "vitest";
import type { DiscordBotOptions } from "../../../adapters/discord/bot.ts";
import { BOT, messageOf } from "./events.ts";
import { createBot, eventually, type Running, shown } from "./running.ts";
import { gatewayOf, type StandIn, startStandIn } from "./stand-in.ts";

let discord: StandIn;
let running: Omit<Running, "discord">;
beforeEach(async () => {
  discord = await startStandIn();
});
afterEach(async () => {
  await running.bot.stop();
  await discord.close();
});
const create = async (change: Partial<DiscordBotOptions> = {}): Promise<void> => {
  running = await createBot(discord, change);
};
const logged = (message: string): Record<string, unknown>[] => running.lines.filter(({ msg }) => msg === message);
const limit = (change: Record<string, unknown>, shards = 1): unknown =>
  discord.pages.set("/gateway/bot", gatewayOf(discord.port, shards, change));
const ask = (): void => discord.dispatch("MESSAGE_CREATE", messageOf(`<@${BOT}> Where is tea stored?`));

test("as many shards as Discord recommends are connected, and all of them must be for the bot to be healthy", async () => {
  limit({}, 3);
  await create();
  await running.bot.start();
  expect(discord.shards).toEqual([
    [0, 3],
    [1, 3],
    [2, 3],
  ]);
  await eventually(() => running.bot.isHealthy()).toBe(true);
  ask();
  expect(shown(await discord.next())).toContain("dark tin");
});

test("the day's last hundred are not spent: the bot waits for the reset, says so, and connects then", async () => {
  limit({ remaining: 100, reset_after: 400 });
  await create();
  const started = running.bot.start();
  await eventually(() => logged("Discord lets the bot connect no more today").length).toBeGreaterThan(0);
  expect(logged("Discord lets the bot connect no more today")[0]).toMatchObject({ remaining: 100, waitMs: 400 });
  expect([discord.sessions, running.bot.isHealthy()]).toEqual([[], false]);
  limit({ remaining: 1000 });
  await started;
  expect(discord.sessions).toEqual(["identify"]);
});

test("a session that is lost on a day that has nothing left is not begun anew before the reset", async () => {
  await create();
  await running.bot.start();
  limit({ remaining: 7, reset_after: 300 });
  discord.takesResume = false;
  discord.drop(4000);
  await eventually(() => logged("Discord lets the bot connect no more today").length).toBeGreaterThan(0);
  expect(discord.sessions).toEqual(["identify", "resume"]);
  limit({ remaining: 999 });
  await eventually(() => discord.sessions).toEqual(["identify", "resume", "identify"]);
}, 20_000);

test("a bot that is told to stop waits for no reset", async () => {
  limit({ remaining: 1, reset_after: 3_600_000 });
  await create();
  const started = running.bot.start().catch((error: unknown) => error);
  await eventually(() => logged("Discord lets the bot connect no more today").length).toBe(1);
  await running.bot.stop();
  expect(await started).toMatchObject({ name: "AbortError" });
});

test("while the connection is away the log says so now and then with the code, and not any more when it is back", async () => {
  await create({ awayEveryMs: 60 });
  await running.bot.start();
  discord.closesWith = 4000;
  discord.drop(4008);
  await eventually(() => logged("the gateway is away").length).toBeGreaterThan(2);
  expect(logged("reconnecting")[0]).toMatchObject({ shard: 0, code: 4008 });
  expect(logged("the gateway is away").at(-1)).toMatchObject({ level: "warn", shard: 0, code: expect.any(Number) });
  expect(running.bot.isHealthy()).toBe(false);
  discord.closesWith = null;
  await eventually(() => running.bot.isHealthy()).toBe(true);
  const told = logged("the gateway is away").length;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(logged("the gateway is away").length).toBe(told);
}, 30_000);
