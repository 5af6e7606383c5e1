// A bot of a small corpus, connected to a stand-in of Discord for as long as the tests of a file.

import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { createDiscordBot, type DiscordBotOptions } from "../../../adapters/discord/bot.ts";
import { createLog } from "../../../adapters/shared/log.ts";
import { createMemory } from "../../../adapters/shared/memory.ts";
import { createLimit } from "../../../adapters/shared/rate-limit.ts";
import type { Bot } from "../../../adapters/shared/run-bot.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import { folderWith, TOPICAL } from "../cli/corpora.ts";
import type { Json } from "./events.ts";
import { textsOf } from "./limits.ts";
import type { Posted } from "./rest.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

/** Shaped like a token, so that the log's redaction is put to the test. */
export const TOKEN = `${"M".repeat(26)}.AbCdEf.${"x".repeat(38)}`;

/** What a value comes to within a time that a busy machine keeps. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 8_000, interval: 10 });

export interface Running {
  readonly discord: StandIn;
  readonly bot: Bot;
  readonly engine: Engine;
  /** The log so far, an object a line. */
  readonly lines: Record<string, unknown>[];
}

const folder = folderWith(TOPICAL);
let engine: Promise<Engine> | null = null;

/** The engine of the small corpus; opened once. */
export function openTopical(): Promise<Engine> {
  engine ??= openEngine(folder);
  return engine;
}

/** A bot that is not yet connected. */
export async function createBot(
  discord: StandIn,
  { engine: answering, ...change }: Partial<DiscordBotOptions> & { readonly engine?: Engine } = {},
): Promise<Omit<Running, "discord">> {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ logLevel: "debug" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const opened = answering ?? (await openTopical());
  const bot = createDiscordBot(() => opened, {
    token: TOKEN,
    apiUrl: discord.url,
    channels: [],
    human: null,
    limit: createLimit(0),
    memory: createMemory(Date.now),
    log,
    logsQuestions: false,
    keepDays: 30,
    keepsMisses: true,
    reportChannel: null,
    now: Date.now,
    // Discord lets a bot identify once in five seconds; its stand-in does not mind.
    identifySpacing: { waitForIdentify: async () => {} },
    ...change,
  });
  return { bot, engine: opened, lines };
}

/** @returns the running bot, from the first test on */
export function runBot(change: Partial<DiscordBotOptions> = {}): () => Running {
  let running: Running | null = null;
  const get = (): Running => {
    if (running === null) throw new Error("the bot runs only while tests do");
    return running;
  };
  beforeAll(async () => {
    const discord = await startStandIn();
    running = { discord, ...(await createBot(discord, change)) };
    await running.bot.start();
  });
  beforeEach(() => {
    get().discord.delayMs = 0;
  });
  afterAll(async () => {
    await get().bot.stop();
    await get().discord.close();
  });
  return get;
}

const EPHEMERAL = 1 << 6;

/** All that a person reads in what was posted. */
export const shown = (posted: Posted): string => textsOf(posted).join("\n") || String(posted.content);

/** Whether only the asker sees it. */
export const isHidden = ({ flags = 0 }: Posted): boolean => (flags & EPHEMERAL) !== 0;

/** Sends the bot an event and waits for what it posts. */
export const sending =
  (running: () => Running) =>
  (event: Json): Promise<Posted> => {
    const { discord } = running();
    discord.dispatch("data" in event ? "INTERACTION_CREATE" : "MESSAGE_CREATE", event);
    return discord.next();
  };
