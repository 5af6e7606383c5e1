// What who may manage a server sets for a channel in Discord, and what holds there and in its threads: whose documents,
// unasked answers, whom to ask. Needs `npm run build`.
// @module-tag slow

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import type { DiscordBotOptions } from "../../../adapters/discord/bot.ts";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { createChannels } from "../../../adapters/shared/channels.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import { ABOUT_SECRET, openKept, SECRET } from "../kept-for.ts";
import {
  ASKER,
  BOT,
  CHANNEL,
  commandOf,
  completionOf,
  GUILD,
  inThread,
  type Json,
  messageOf,
  pressOf,
  THREAD,
  user,
} from "./events.ts";
import type { Posted } from "./rest.ts";
import { createBot, isHidden, shown } from "./running.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

const MANAGE_SERVER = "32";
const OTHER_CHANNEL = "300000000000000009";
const kept = await openKept();
const builtIn = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
const ASKED = "why do vms take so much more disk than containers?";

const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function start(engine: Engine, change: Partial<DiscordBotOptions> = {}) {
  const discord = await startStandIn();
  const { bot, lines } = await createBot(discord, { engine, ...change });
  closers.push(
    () => discord.close(),
    () => bot.stop(),
  );
  await bot.start();
  return { discord, lines };
}

const member = (permissions: string): Json => ({
  member: {
    ...{ user: user(ASKER), roles: [], joined_at: "2026-01-01T00:00:00.000Z", deaf: false, mute: false, flags: 0 },
    permissions,
  },
});
const elsewhere: Json = {
  channel_id: OTHER_CHANNEL,
  channel: { id: OTHER_CHANNEL, type: 0, name: "other", guild_id: GUILD },
};
const choose = (name: string, values: readonly string[], permissions = MANAGE_SERVER): Json => ({
  ...pressOf(`setting:${name}`, null, member(permissions)),
  data: { custom_id: `setting:${name}`, component_type: name === "human" ? 8 : 3, values, resolved: { channels: {} } },
});
const ask = (discord: StandIn, event: Json): Promise<Posted> => {
  discord.dispatch("INTERACTION_CREATE", event);
  return discord.next();
};
const said = (content: string, change: Json = {}): Json => messageOf(content, change);

test("/settings shows who may manage the server a menu for each setting, and others that they may not", async () => {
  const { discord } = await start(kept);
  const menus = await ask(discord, commandOf("settings", {}, member(MANAGE_SERVER)));
  expect(isHidden(menus)).toBe(true);
  for (const text of ["Settings of this channel", "Documents", "A person to ask"]) expect(shown(menus)).toContain(text);
  expect(JSON.stringify(menus)).toContain('"value":"hr"');
  // Without the intent nobody's messages are heard but those to the bot.
  expect(shown(menus)).not.toContain("without a mention");
  expect(shown(await ask(discord, commandOf("settings", {}, member("0"))))).toContain("Only those who may manage");
  expect(shown(await ask(discord, choose("audience", ["hr"], "0")))).toContain("Only those who may manage");
  const answer = await ask(discord, commandOf("ask", { question: ABOUT_SECRET }));
  expect(shown(answer)).not.toContain(SECRET);
});

test("a channel and its threads are shown the documents it is set to, by every way in, and no other channel is", async () => {
  const { discord, lines } = await start(kept);
  expect(shown(await ask(discord, commandOf("ask", { question: ABOUT_SECRET })))).not.toContain(SECRET);
  const changed = await ask(discord, choose("audience", ["hr"]));
  expect(shown(changed)).toContain("Last changed: Documents: everybody's → hr");
  const own = await ask(discord, commandOf("ask", { question: ABOUT_SECRET }));
  expect(shown(own)).toContain(SECRET);
  expect(shown(await ask(discord, commandOf("ask", { question: ABOUT_SECRET }, inThread(THREAD))))).toContain(SECRET);
  expect(shown(await ask(discord, commandOf("ask", { question: ABOUT_SECRET }, elsewhere)))).not.toContain(SECRET);
  discord.dispatch("MESSAGE_CREATE", said(`<@${BOT}> ${ABOUT_SECRET}`));
  expect(shown(await discord.next())).toContain(SECRET);
  discord.dispatch("MESSAGE_CREATE", said(`<@${BOT}> ${ABOUT_SECRET}`, { channel_id: THREAD }));
  expect(shown(await discord.next())).toContain(SECRET);
  const sources = await ask(discord, commandOf("sources", {}));
  expect(shown(sources)).toContain("Pay bands");
  expect(shown(await ask(discord, commandOf("sources", {}, elsewhere)))).not.toContain("Pay bands");
  expect(JSON.stringify(await ask(discord, completionOf("ask", "question", "pay")))).toContain("Pay bands");
  const offered = await ask(discord, { ...completionOf("ask", "question", "pay"), ...elsewhere });
  expect(JSON.stringify(offered)).not.toContain("Pay bands");
  expect(lines).toContainEqual(
    expect.objectContaining({
      ...{ msg: "setting changed", channel: `discord:${GUILD}:${CHANNEL}`, person: ASKER },
      ...{ setting: "audience", before: [], after: ["hr"] },
    }),
  );
});

test("nothing is answered without a mention but where that is switched on, only what is sure, and stop is heard", async () => {
  const channelSettings = createChannels(Date.now);
  const { discord } = await start(builtIn, { readsContent: true, channelSettings });
  const unasked = async (content: string, change: Json = {}): Promise<void> => {
    discord.dispatch("MESSAGE_CREATE", said(content, change));
    await sleep(150);
  };
  await unasked(ASKED);
  expect(discord.posted).toEqual([]);
  expect(shown(await ask(discord, choose("answersUnasked", ["true"])))).toContain("Answer without a mention: off → on");
  for (const text of ["lgtm", "is anybody going to lunch?", "how much disk do our vms use?", `<@${ASKER}> ${ASKED}`])
    await unasked(text, text.startsWith("<@") ? { mentions: [user(ASKER)] } : {});
  await unasked(ASKED, { channel_id: OTHER_CHANNEL });
  expect(discord.posted).toHaveLength(1);
  await unasked(ASKED);
  expect(shown(await discord.next())).toContain("GB");
  await unasked("stop");
  await unasked(ASKED);
  await sleep(300);
  expect(discord.posted).toHaveLength(2);
});

test("a message that was passed over is answered once an edit puts it to the bot, one that was answered is not again", async () => {
  const channelSettings = createChannels(Date.now);
  await channelSettings.set({
    ...{ channel: `discord:${GUILD}:${CHANNEL}`, person: ASKER },
    setting: { name: "answersUnasked", value: true },
  });
  const { discord } = await start(builtIn, { readsContent: true, channelSettings });
  const now = new Date().toISOString();
  const fresh = (content: string, at: number): Json =>
    said(content, { id: String((BigInt(Date.now() - 1_420_070_400_000) << 22n) + BigInt(at)) });
  const putToBot = (message: Json): Json => ({
    ...{ ...message, content: `<@${BOT}> ${message.content}`, mentions: [user(BOT, true)] },
    ...{ edited_timestamp: now, timestamp: now },
  });
  const passedOver = fresh("how much disk do our vms use?", 1);
  discord.dispatch("MESSAGE_CREATE", passedOver);
  await sleep(300);
  expect(discord.posted).toEqual([]);
  discord.dispatch("MESSAGE_UPDATE", putToBot(passedOver));
  expect(await discord.next()).toMatchObject({ message_reference: { message_id: passedOver.id } });
  const answered = fresh(ASKED, 2);
  discord.dispatch("MESSAGE_CREATE", answered);
  expect(shown(await discord.next())).toContain("GB");
  await sleep(150);
  discord.dispatch("MESSAGE_UPDATE", putToBot(answered));
  await sleep(300);
  expect(discord.posted).toHaveLength(2);
});

test("stop said to the bot holds for what nobody put to it, and says for how long", async () => {
  const channelSettings = createChannels(Date.now);
  const { discord } = await start(builtIn, { readsContent: true, channelSettings });
  await ask(discord, choose("answersUnasked", ["true"]));
  discord.dispatch("MESSAGE_CREATE", said(`<@${BOT}> please stop`));
  expect(shown(await discord.next())).toContain("silent here for a day");
  discord.dispatch("MESSAGE_CREATE", said(ASKED));
  await sleep(300);
  expect(discord.posted).toHaveLength(2);
  discord.dispatch("MESSAGE_CREATE", said(`<@${BOT}> ${ASKED}`));
  expect(shown(await discord.next())).toContain("GB");
});

test("whom to ask is as the channel is set", async () => {
  const { discord } = await start(builtIn, { human: "900000000000000001" });
  await ask(discord, choose("human", ["900000000000000002"]));
  const own = await ask(discord, commandOf("ask", { question: "What is the capital of France?" }));
  expect(shown(own)).toContain("900000000000000002");
  await ask(discord, choose("human", []));
  const again = await ask(discord, commandOf("ask", { question: "What is the capital of France?" }));
  expect(shown(again)).toContain("900000000000000001");
});
