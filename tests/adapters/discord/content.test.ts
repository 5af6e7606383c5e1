// What the bot can do with the privileged intent Message Content, and not without it.
// @module-tag slow

import { expect, test } from "vitest";
import { BOT, CHANNEL, directMessageOf, GUILD, type Json, messageOf, THREAD, user } from "./events.ts";
import { runBot, sending, shown } from "./running.ts";

const running = runBot({ readsContent: true });
const send = sending(running);
const STORED = "Where is tea stored?";
const MENTION = `<@${BOT}>`;
const OTHER = "400000000000000002";
const FORUM = "300000000000000051";
const POST = "300000000000000052";

const stand = (path: string, json: unknown): unknown => running().discord.pages.set(path, json);
const byOther = (content: string, change: Json = {}): Json => messageOf(content, { author: user(OTHER), ...change });

test("the intent is asked for", () => {
  const [guilds, guildMessages, directMessages, messageContent] = [1 << 0, 1 << 9, 1 << 12, 1 << 15];
  expect(running().discord.intents).toEqual([guilds | guildMessages | directMessages | messageContent]);
});

test("“^” below a question that nobody replied to answers that one, past what bots have said", async () => {
  stand(`/channels/${CHANNEL}/messages`, [
    byOther("beep", { author: user("9", true) }),
    byOther(STORED),
    byOther("hi"),
  ]);
  const posted = await send(messageOf(`${MENTION} ^`));
  expect(shown(posted)).toMatch(/^-# “Where is tea stored\?”[\s\S]*dark tin/);
  const [asked] = running().discord.got.filter(({ method, path }) => method === "GET" && path.endsWith("/messages"));
  expect(asked?.query).toMatch(/before=\d+&limit=\d+/);
});

test("a bare mention answers the question above it, and gets help where there is none", async () => {
  stand(`/channels/${THREAD}/messages`, [byOther(STORED)]);
  expect(shown(await send(messageOf(MENTION, { channel_id: THREAD })))).toContain("dark tin");
  stand(`/channels/${CHANNEL}/messages`, []);
  expect(shown(await send(messageOf(MENTION)))).toMatch(/^Ask me a question/);
});

test("a reply whose message does not come along is looked up", async () => {
  stand(`/channels/${CHANNEL}/messages/600000000000000999`, byOther(STORED));
  const reference = { type: 19, message_reference: { message_id: "600000000000000999", channel_id: CHANNEL } };
  expect(shown(await send(messageOf(`${MENTION} ^`, reference)))).toContain("dark tin");
});

test("a reply to the bot with its ping off is a follow-up", async () => {
  const own = messageOf("", { author: user(BOT, true) });
  const reference = {
    type: 19,
    message_reference: { message_id: own.id, channel_id: CHANNEL },
    referenced_message: own,
  };
  expect(shown(await send(messageOf(STORED, reference)))).toContain("dark tin");
});

test("a forum post is answered by its title and body", async () => {
  const { discord } = running();
  const forum = { id: FORUM, type: 15, name: "questions", guild_id: GUILD, permission_overwrites: [], position: 1 };
  discord.dispatch("CHANNEL_CREATE", forum);
  const post = { id: POST, type: 11, name: "Storing it", guild_id: GUILD, parent_id: FORUM, owner_id: OTHER };
  const thread = {
    archived: false,
    auto_archive_duration: 60,
    archive_timestamp: "2026-01-01T00:00:00Z",
    locked: false,
  };
  discord.dispatch("THREAD_CREATE", { ...post, thread_metadata: thread });
  stand(`/channels/${POST}/messages/${POST}`, byOther("Where is tea stored, please?", { channel_id: POST }));
  const posted = await send(messageOf(`${MENTION} can you answer this?`, { channel_id: POST }));
  expect(shown(posted)).toMatch(/^-# “Storing it Where is tea stored, please\?”[\s\S]*dark tin/);
});

test("what mentions nobody is left alone", async () => {
  const { discord } = running();
  const before = discord.posted.length;
  discord.dispatch("MESSAGE_CREATE", messageOf(STORED));
  await send(directMessageOf(STORED));
  expect(discord.posted.length).toBe(before + 1);
});
