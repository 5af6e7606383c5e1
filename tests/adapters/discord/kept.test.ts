// What Discord has delivered is kept before it is worked on, answered once, and never too late.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { DiscordBotOptions } from "../../../adapters/discord/bot.ts";
import { eventOf } from "../../../adapters/discord/kept.ts";
import { createLog } from "../../../adapters/shared/log.ts";
import { openState, type State } from "../../../adapters/shared/state/state.ts";
import { StoreError } from "../../../adapters/shared/state/store.ts";
import { NOTHING } from "../../contracts/store-misses.ts";
import { ASKER, BOT, CHANNEL, commandOf, GUILD, messageOf, pressOf, THREAD } from "./events.ts";
import { createBot, eventually, isHidden, type Running, shown } from "./running.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

const STORED = "Where is tea stored?";
const POST = /^\/channels\/\d+\/messages$/;
const NOTHING_OPEN = { open: 0, dead: 0 };
const root = mkdtempSync(join(tmpdir(), "footnote-discord-kept-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let discord: StandIn;
let running: Omit<Running, "discord">;
let state: State;
beforeEach(async () => {
  discord = await startStandIn();
  const settings = { data: mkdtempSync(join(root, "d-")), databaseUrl: null, keys: [], keepDays: 30 };
  const log = createLog({ logLevel: "silent" });
  state = await openState({ ...settings, platform: "discord", questionsPerMinute: 0, log });
});
afterEach(async () => {
  await running.bot.stop();
  await state.close();
  await discord.close();
});

async function start(change: Partial<DiscordBotOptions> = {}): Promise<void> {
  running = await createBot(discord, { state, memory: state.memory, ...change });
  await running.bot.start();
}
const depth = () => state.store()?.outbox.depth();
const record = () => state.store()?.care.recordOf(ASKER);
const logged = (message: string): Record<string, unknown>[] => running.lines.filter(({ msg }) => msg === message);
const posts = (): number => discord.got.filter(({ method, path }) => method === "POST" && POST.test(path)).length;

test("a question is answered once, its words are gone then, and one id leads from its event to its post", async () => {
  await start();
  const said = messageOf(`<@${BOT}> ${STORED}`);
  for (let times = 0; times < 2; times++) discord.dispatch("MESSAGE_CREATE", said);
  expect(shown(await discord.next())).toContain("dark tin");
  await eventually(depth).toEqual(NOTHING_OPEN);
  expect((await record())?.waiting).toEqual([]);
  expect(discord.posted).toHaveLength(1);
  expect(logged("answered")).toMatchObject([{ event: `discord:${GUILD}:message:${String(said.id)}` }]);
});

test("a command and a vote are answered at once, and the vote is kept", async () => {
  await start();
  discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: STORED }));
  const answer = await discord.next();
  expect(shown(answer)).toContain("dark tin");
  discord.dispatch("INTERACTION_CREATE", pressOf("1:vote:up:storage", answer));
  expect(shown(await discord.next())).toMatch(/^Thanks, noted/);
  expect(await record()).toMatchObject({
    votes: [{ message: `discord:${GUILD}:${CHANNEL}:${answer.id}`, value: "up" }],
    replies: [{ kind: "answer", count: 1 }],
  });
});

test("commands that come at once are acknowledged, kept and answered, also where the process that acknowledged them is gone", async () => {
  await start();
  for (let number = 0; number < 6; number++)
    discord.dispatch("INTERACTION_CREATE", commandOf("ask", { question: STORED }));
  await eventually(() => discord.posted.length).toBe(6);
  await eventually(depth).toEqual(NOTHING_OPEN);
  const left = commandOf("ask", { question: STORED });
  const token = String(left.token);
  await fetch(`${discord.url}/v10/interactions/${left.id}/${token}/callback`, {
    method: "POST",
    body: JSON.stringify({ type: 5, data: {} }),
  });
  const spot = { guild: GUILD, channel: CHANNEL, isConversation: false, home: null };
  const addressed = { ...spot, person: ASKER, isAdmin: false, application: BOT, token };
  const wanted = { kind: "wish", entry: "/ask", wish: { kind: "ask", question: STORED }, replyTo: null } as const;
  const event = eventOf(
    {
      ...{ kind: "interaction", addressed: { ...addressed, id: String(left.id) } },
      ...{ wanted: { ...wanted, isHidden: false, forPerson: null }, isDeferred: true },
    },
    Date.now() - 10_000,
  );
  await state.store()?.outbox.accept(event);
  await eventually(() => discord.posted.length).toBe(7);
  expect(shown(discord.posted[6] ?? { id: "", where: "" })).toContain("dark tin");
}, 30_000);

test("an answer that was posted by who did not live to hear so is found, and not posted again", async () => {
  await start();
  // It stands there, but each try of the library ends with an error.
  discord.fail(POST, "500 after commit", "500", "500", "500");
  discord.dispatch("MESSAGE_CREATE", messageOf(`<@${BOT}> ${STORED}`));
  await eventually(() => logged("not answered yet, tried again").length).toBe(1);
  const tried = posts();
  await eventually(depth).toEqual(NOTHING_OPEN);
  expect(discord.got.some(({ method, path }) => method === "GET" && POST.test(path))).toBe(true);
  expect([posts(), discord.posted.length]).toEqual([tried, 1]);
}, 30_000);

test("what nobody answered is answered by the next process, a command that is too old by nobody", async () => {
  const spot = { guild: GUILD, channel: CHANNEL, isConversation: false, home: null, person: ASKER };
  const said = { ...spot, id: "600000000000000777", replyTo: null, entry: "mention", question: STORED } as const;
  const asked = { ...said, aside: null, pointedAt: null, post: null };
  const wanted = { kind: "wish", entry: "/ask", wish: { kind: "ask", question: STORED }, replyTo: null } as const;
  const addressed = { ...spot, id: "600000000000000778", application: BOT, token: "token1", isAdmin: false };
  const left = [
    eventOf({ kind: "message", said: asked }, Date.now()),
    eventOf(
      { kind: "interaction", addressed, wanted: { ...wanted, isHidden: false, forPerson: null }, isDeferred: false },
      Date.now() - 10_000,
    ),
  ];
  for (const event of left) await state.store()?.outbox.accept(event);
  await start();
  expect(shown(await discord.next())).toContain("dark tin");
  await eventually(depth).toEqual(NOTHING_OPEN);
  expect(discord.posted).toMatchObject([{ message_reference: { message_id: said.id } }]);
  expect(logged("too late to answer: the platform takes these no more")).toMatchObject([{ expired: 1 }]);
});

test("while nothing can be kept questions are answered all the same, and a vote hears that it is not kept", async () => {
  const lost = new StoreError("away", "the store can't be reached", "see that it runs");
  const votes = { ...state.memory.votes, cast: () => Promise.reject(lost) };
  const memory = { ...state.memory, votes };
  await start({ state: { ...state, store: () => null, memory }, memory });
  discord.dispatch("MESSAGE_CREATE", messageOf(`<@${BOT}> ${STORED}`));
  const answer = await discord.next();
  expect(shown(answer)).toContain("dark tin");
  discord.dispatch("INTERACTION_CREATE", pressOf("1:vote:up:storage", answer));
  expect(shown(await discord.next())).toContain("not counted");
});

test("/privacy says what is kept of who asks and deletes it; a server that the bot leaves takes all of its own along", async () => {
  await start();
  const ask = async (): Promise<void> => {
    discord.dispatch("MESSAGE_CREATE", messageOf(`<@${BOT}> ${STORED}`, { channel_id: THREAD }));
    expect(shown(await discord.next())).toContain("dark tin");
    await eventually(depth).toEqual(NOTHING_OPEN);
  };
  const privacy = async (options: Record<string, unknown> = {}): Promise<string> => {
    discord.dispatch("INTERACTION_CREATE", commandOf("privacy", options));
    const posted = await discord.next();
    expect(isHidden(posted)).toBe(true);
    return shown(posted);
  };
  await ask();
  expect(await privacy()).toMatch(/1 question of threads, 0 votes, and that you got 1 reply\./);
  expect(await privacy({ delete: true })).toMatch(/^Everything that I kept of you is deleted/);
  expect(await record()).toMatchObject({ questions: [], votes: [], replies: [] });
  await ask();
  expect((await record())?.questions).toHaveLength(1);
  discord.dispatch("GUILD_DELETE", { id: GUILD });
  await eventually(record).toEqual(NOTHING);
}, 30_000);
