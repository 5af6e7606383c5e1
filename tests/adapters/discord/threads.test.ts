// A bot that answers in threads: each mention in a channel gets one of its own, in which follow-ups lean on it.
// @module-tag slow

import { expect, test } from "vitest";
import { BOT, CHANNEL, GUILD, messageOf, THREAD } from "./events.ts";
import { eventually, runBot, sending, shown } from "./running.ts";

const running = runBot({ opensThreads: true });
const send = sending(running);
const MENTION = `<@${BOT}>`;

test("a mention in a channel opens a thread that is called like the question, and is answered in it", async () => {
  const { discord } = running();
  const asked = messageOf(`${MENTION} How long is green tea brewed?`);
  const posted = await send(asked);
  expect(posted.where).toBe(`channel ${asked.id}`);
  expect(posted).not.toHaveProperty("message_reference");
  expect(discord.got.find(({ path }) => path.endsWith("/threads"))).toMatchObject({
    path: `/channels/${CHANNEL}/messages/${asked.id}/threads`,
    body: { name: "How long is green tea brewed?", auto_archive_duration: 1440 },
  });
  const thread = { id: asked.id, type: 11, name: "green tea", guild_id: GUILD, parent_id: CHANNEL };
  const open = { archived: false, auto_archive_duration: 60, archive_timestamp: "2026-01-01T00:00:00Z", locked: false };
  discord.dispatch("THREAD_CREATE", { ...thread, thread_metadata: open });
  const next = await send(messageOf(`${MENTION} and black tea?`, { channel_id: asked.id }));
  expect([next.where, shown(next)]).toEqual([posted.where, expect.stringContaining("Continuing with: ")]);
});

test("a question in a thread is answered where it is, and one that is deleted takes its answer out of its thread", async () => {
  const { discord } = running();
  expect((await send(messageOf(`${MENTION} Where is tea stored?`, { channel_id: THREAD }))).where).toBe(
    `channel ${THREAD}`,
  );
  const asked = messageOf(`${MENTION} Where is tea stored?`);
  const posted = await send(asked);
  await eventually(() => running().lines.filter(({ msg }) => msg === "answered").length).toBeGreaterThan(3);
  discord.dispatch("MESSAGE_DELETE", { id: asked.id, channel_id: CHANNEL, guild_id: GUILD });
  await eventually(() => discord.got.at(-1)?.path).toBe(`/channels/${asked.id}/messages/${posted.id}`);
});

test("where the bot may open no thread it replies", async () => {
  const { discord } = running();
  discord.fail(/\/threads$/, "forbidden");
  const asked = messageOf(`${MENTION} Where is tea stored?`);
  expect(await send(asked)).toMatchObject({
    where: `channel ${CHANNEL}`,
    message_reference: { message_id: asked.id },
  });
});
