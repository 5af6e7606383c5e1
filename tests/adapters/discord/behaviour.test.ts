// What the bot does when Discord, the network or a crowd misbehave: a real discord.js client against a stand-in.
// @module-tag slow

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WAITING_MAX } from "../../../adapters/discord/backlog.ts";
import type { DiscordBotOptions } from "../../../adapters/discord/bot.ts";
import { createMemory } from "../../../adapters/shared/memory.ts";
import { createLimit } from "../../../adapters/shared/rate-limit.ts";
import { OperatorError } from "../../../src/errors.ts";
import { CHANNEL_LIMIT } from "./buckets.ts";
import { BOT, CHANNEL, commandOf, completionOf, DM, messageOf, pressOf, THREAD, user } from "./events.ts";
import { createBot, eventually, isHidden, type Running, shown, TOKEN } from "./running.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

const STORED = "Where is tea stored?";
const QUESTION = `<@${BOT}> ${STORED}`;
const POST = /^\/channels\/\d+\/messages$/;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let discord: StandIn;
let running: Omit<Running, "discord">;
beforeEach(async () => {
  discord = await startStandIn();
});
afterEach(async () => {
  await running.bot.stop();
  await discord.close();
});
async function start(change: Partial<DiscordBotOptions> = {}): Promise<void> {
  running = await createBot(discord, change);
  await running.bot.start();
}
const ask = (change: Record<string, unknown> = {}): void =>
  discord.dispatch("MESSAGE_CREATE", messageOf(QUESTION, change));
const logged = (message: string): Record<string, unknown>[] => running.lines.filter(({ msg }) => msg === message);

describe("a request that fails", () => {
  test("with 500 is sent again, and the log says so", async () => {
    await start();
    discord.fail(POST, "500");
    ask();
    expect(shown(await discord.next())).toContain("dark tin");
    expect(logged("Discord refused a request")).toMatchObject([{ status: 500, route: "/channels/:id/messages" }]);
  });

  test("with 500 after it was stored is not posted twice", async () => {
    await start();
    discord.fail(POST, "500 after commit");
    ask();
    await eventually(() => logged("answered").length).toBe(1);
    expect(discord.posted.length).toBe(1);
    expect(discord.got.filter(({ path }) => POST.test(path)).length).toBe(2);
  });

  test("with 429 waits as long as it is told to", async () => {
    await start();
    discord.fail(POST, "429");
    ask();
    expect(shown(await discord.next())).toContain("dark tin");
    expect(logged("Discord refused a request")).toMatchObject([{ status: 429 }]);
  });

  test("again and again ends in a notice, and the next question is answered", async () => {
    await start();
    discord.fail(POST, "500", "500", "500", "500");
    ask();
    expect(shown(await discord.next())).toMatch(/went wrong on my side/);
    expect(logged("not answered").length).toBe(1);
    ask();
    expect(shown(await discord.next())).toContain("dark tin");
  }, 15_000);
});

describe("a channel in which the bot may not write", () => {
  test("is not tried again: who asked is told in a direct message, once", async () => {
    await start({ now: () => Date.parse("2026-01-01T00:00:00Z") });
    discord.fail(POST, "forbidden");
    ask();
    const notice = await discord.next();
    expect([notice.where, shown(notice)]).toEqual([
      `channel ${DM}`,
      expect.stringMatching(new RegExp(`^I may not write in <#${CHANNEL}>, so I can't answer you there`)),
    ]);
    const posts = () => discord.got.filter(({ path }) => path === `/channels/${CHANNEL}/messages`).length;
    expect(posts()).toBe(1);
    discord.fail(POST, "forbidden");
    ask();
    await eventually(() => logged("not answered").length).toBe(2);
    expect([posts(), discord.posted.length]).toEqual([2, 1]);
  });
});

describe("two processes with one token", () => {
  test("post one answer to a message", async () => {
    await start();
    const other = await createBot(discord);
    await other.bot.start();
    for (let times = 0; times < 3; times++) ask();
    const answered = (): number => [...running.lines, ...other.lines].filter(({ msg }) => msg === "answered").length;
    await eventually(answered).toBe(6);
    expect(discord.posted.length).toBe(3);
    await other.bot.stop();
  });
});

describe("a token that is revoked while the bot runs", () => {
  test("ends it with the remedy, and nothing more is asked of Discord with it", async () => {
    await start();
    discord.fail(POST, "401");
    ask();
    const problem = await running.bot.ended;
    expect(problem).toBeInstanceOf(OperatorError);
    expect(String(problem)).toMatch(/refuses DISCORD_TOKEN; copy it anew/);
    expect(running.bot.isHealthy()).toBe(false);
  });
});

describe("a response to a command", () => {
  const CALLBACK = /^\/interactions\/\d+\/\w+\/callback$/;
  const command = (): void =>
    discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: "Where is tea stored?" }));

  test.each(["500", "500 after commit", "429"] as const)(
    "met with %s is given once and counts as answered",
    async (fault) => {
      await start();
      discord.fail(CALLBACK, fault);
      command();
      await eventually(() => logged("answered").length).toBe(1);
      expect(discord.posted.length).toBe(1);
      expect(logged("not answered")).toEqual([]);
    },
  );

  test("that comes too late for Discord is not sent again: who asked is told by a direct message", async () => {
    await start();
    discord.fail(CALLBACK, "too late", "too late");
    command();
    const notice = await discord.next();
    expect([notice.where, shown(notice)]).toEqual([
      `channel ${DM}`,
      "Discord did not take my answer to your command in time. Please ask again.",
    ]);
    expect(discord.got.filter(({ path }) => CALLBACK.test(path)).length).toBe(1);
    expect(logged("not answered").length).toBe(1);
  });

  test("is given to the next command after one that came too late", async () => {
    await start();
    discord.fail(CALLBACK, "too late");
    command();
    await discord.next();
    command();
    expect(shown(await discord.next())).toContain("dark tin");
  });

  test("is the first thing Discord hears of it: nothing is deferred", async () => {
    await start();
    command();
    await discord.next();
    const requests = discord.got.filter(({ method }) => method === "POST");
    expect(requests.map(({ body }) => body)).toMatchObject([{ type: 4, data: { flags: 1 << 15 } }]);
  });
});

describe("whatever goes wrong inside", () => {
  const broken = (): never => {
    throw new Error("the store is gone");
  };
  test("is told to who asked, and to nobody else", async () => {
    const memory = createMemory(Date.now);
    await start({ memory: { ...memory, threads: { recall: broken, remember: broken, branch: broken } } });
    ask({ channel_id: THREAD });
    expect(shown(await discord.next())).toMatch(/went wrong on my side/);
    discord.dispatch("INTERACTION_CREATE", pressOf("1:ask:Where is tea stored?", null));
    const notice = await discord.next();
    expect(shown(notice)).toMatch(/went wrong on my side/);
    expect(notice.flags).toBe(64);
    expect(logged("not answered")).toMatchObject([
      { error: "Error: the store is gone" },
      { error: "Error: the store is gone" },
    ]);
  });
});

describe("commands that come all at once", () => {
  const callbacks = () => discord.got.filter(({ path }) => path.endsWith("/callback"));
  const typeOf = ({ body }: { readonly body: unknown }): number => Object(body).type;

  test("are all acknowledged before the first is answered, each as hidden as its answer, and answered", async () => {
    await start();
    for (let number = 0; number < 30; number++)
      discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: STORED, hide: number % 2 === 0 }));
    await eventually(() => discord.posted.length).toBe(30);
    const kinds = discord.got.filter(({ method }) => method !== "GET").map(({ path }) => path.endsWith("/callback"));
    expect(kinds).toEqual([...Array.from({ length: 30 }, () => true), ...Array.from({ length: 30 }, () => false)]);
    expect(new Set(callbacks().map(typeOf))).toEqual(new Set([5]));
    expect(discord.posted.filter(isHidden).length).toBe(15);
    for (const posted of discord.posted) expect(shown(posted)).toContain("dark tin");
    expect(logged("answered").length).toBe(30);
  });

  test("of one person above the limit are told so to that person alone", async () => {
    await start({ limit: createLimit(1) });
    for (let number = 0; number < 5; number++)
      discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: STORED }));
    await eventually(() => discord.posted.length).toBe(5);
    const told = discord.posted.filter((one) => /a lot of questions/.test(shown(one)));
    expect([told.length, told.every(isHidden)]).toEqual([4, true]);
  });

  test("are answered once by two processes, of which one acknowledges and the other is told so", async () => {
    await start();
    const other = await createBot(discord);
    await other.bot.start();
    for (let number = 0; number < 10; number++)
      discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: STORED }));
    const answered = (): number => [...running.lines, ...other.lines].filter(({ msg }) => msg === "answered").length;
    await eventually(answered).toBe(20);
    expect(new Set(discord.posted.map(({ id }) => id)).size).toBe(20);
    expect([...running.lines, ...other.lines].filter(({ msg }) => msg === "not answered")).toEqual([]);
    await other.bot.stop();
  });
});

describe("a crowd", () => {
  const FROZEN = Date.parse("2026-01-01T00:00:00Z");

  test("of 50 in one channel gets a few answers and one notice within seconds, as fast as Discord takes them", async () => {
    await start({ now: () => FROZEN });
    discord.channelLimit = CHANNEL_LIMIT;
    const from = performance.now();
    for (let number = 0; number < 50; number++) ask({ author: user(`4000000000000001${number + 10}`) });
    await eventually(() => discord.posted.length).toBe(WAITING_MAX + 1);
    expect(discord.posted.filter((one) => /More questions are coming in/.test(shown(one))).length).toBe(1);
    expect(discord.posted.filter((one) => shown(one).includes("dark tin")).length).toBe(WAITING_MAX);
    const posts = discord.got.filter(({ path }) => POST.test(path));
    expect((posts.at(-1)?.at ?? 0) - from).toBeLessThan(2 * CHANNEL_LIMIT.everyMs);
    // The library waits for what the headers say, so nothing is refused and sent again.
    expect(posts.filter(({ wasLimited }) => wasLimited)).toEqual([]);
    expect(logged("rate limited").length).toBeGreaterThan(0);
    await sleep(100);
    expect(discord.posted.length).toBe(WAITING_MAX + 1);
    discord.channelLimit = null;
    ask();
    await eventually(() => discord.posted.length).toBe(WAITING_MAX + 2);
  }, 20_000);

  test("in one channel does not hold up another", async () => {
    await start();
    discord.delayMs = 50;
    for (let number = 0; number < 20; number++) ask();
    ask({ channel_id: THREAD });
    const posted = await discord.next(({ where }) => where.endsWith(THREAD));
    expect(shown(posted)).toContain("dark tin");
  });

  test("of one person's questions is limited: told once for messages, each time for commands", async () => {
    await start({ limit: createLimit(2), now: () => FROZEN });
    for (let number = 0; number < 5; number++) ask();
    await eventually(() => discord.posted.length).toBe(3);
    expect(
      discord.posted.filter((one) =>
        /That was a lot of questions in a minute. Please ask again in \d+ seconds/.test(shown(one)),
      ).length,
    ).toBe(1);
    for (const _ of [1, 2]) {
      discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: "Where is tea stored?" }));
      const notice = await discord.next(({ where }) => where === "interaction");
      expect([shown(notice).slice(0, 10), notice.flags]).toEqual(["That was a", 64]);
    }
    ask({ author: user("400000000000000055") });
    await eventually(() => discord.posted.filter((one) => shown(one).includes("dark tin")).length).toBe(3);
  });
});

describe("restricted to channels", () => {
  test("it is silent in others, and a command there says where", async () => {
    await start({ channels: ["300000000000000099"] });
    ask();
    discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: "Where is tea stored?" }));
    const posted = await discord.next();
    expect(shown(posted)).toBe("I answer in <#300000000000000099>. Please ask there.");
    expect(posted.flags).toBe(64);
    expect(discord.posted.length).toBe(1);
  });

  test("it suggests questions everywhere: Discord would show an error", async () => {
    await start({ channels: ["300000000000000099"] });
    discord.dispatch("INTERACTION_CREATE", completionOf("ask", "question", "tea"));
    expect((await discord.next()).choices).toContainEqual({ name: STORED, value: STORED });
  });

  test("it answers there and in their threads", async () => {
    await start({ channels: [CHANNEL] });
    ask();
    ask({ channel_id: THREAD });
    await eventually(() => discord.posted.length).toBe(2);
  });
});

describe("a connection", () => {
  test.each([1006, 4000, 4009])(
    "that is lost is resumed, and what was asked meanwhile is answered (%i)",
    async (code) => {
      await start();
      expect(running.bot.isHealthy()).toBe(true);
      code === 1006 ? discord.send({ op: 7, d: null }) : discord.drop(code);
      await eventually(() => logged("reconnecting").length).toBe(1);
      ask();
      expect(shown(await discord.next())).toContain("dark tin");
      await eventually(() => logged("resumed").length).toBe(1);
      expect(running.bot.isHealthy()).toBe(true);
      expect(logged("session invalidated")).toEqual([]);
    },
    15_000,
  );

  test("whose session is lost identifies anew", async () => {
    await start();
    discord.takesResume = false;
    discord.drop(4000);
    await eventually(() => discord.sessions).toEqual(["identify", "resume", "identify"]);
    await eventually(() => running.bot.isHealthy()).toBe(true);
    expect(logged("session invalidated")).toMatchObject([{ level: "warn", shard: 0 }]);
    ask();
    expect(shown(await discord.next())).toContain("dark tin");
  }, 20_000);

  test("that says nothing for two minutes is not healthy", async () => {
    let now = Date.now();
    await start({ now: () => now });
    expect(running.bot.isHealthy()).toBe(true);
    now += 120_000;
    expect(running.bot.isHealthy()).toBe(false);
    ask();
    await discord.next();
    expect(running.bot.isHealthy()).toBe(true);
  });

  test.each([
    [4004, /refuses DISCORD_TOKEN; copy it anew from/],
    [4013, /refuses the bot's intents \(4013\); /],
    [4014, /refuses the bot's intents \(4014\); /],
  ])("refused with %i ends with the remedy", async (code, says) => {
    discord.refusesWith = code;
    running = await createBot(discord);
    const problem = await running.bot.start().catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(OperatorError);
    expect(String(problem)).toMatch(says);
    expect(String(problem)).not.toContain(TOKEN);
    expect(discord.sessions).toEqual(["identify"]);
  });

  test("refused later ends too", async () => {
    await start();
    discord.drop(4004);
    expect(await running.bot.ended).toBeInstanceOf(OperatorError);
    expect(running.bot.isHealthy()).toBe(false);
  });
});

describe("stopping", () => {
  test("finishes what is under way and takes nothing new", async () => {
    await start();
    discord.delayMs = 300;
    ask();
    await eventually(() => discord.got.some(({ path }) => POST.test(path))).toBe(true);
    const stopped = running.bot.stop();
    ask();
    await stopped;
    expect(discord.posted.length).toBe(1);
    expect(running.bot.isHealthy()).toBe(false);
  });

  test("does not wait for ever", async () => {
    await start();
    discord.fail(POST, "hang");
    ask();
    await eventually(() => discord.got.some(({ path }) => POST.test(path))).toBe(true);
    const startedAt = Date.now();
    await running.bot.stop();
    expect(Date.now() - startedAt).toBeLessThan(6_000);
  }, 10_000);
});
