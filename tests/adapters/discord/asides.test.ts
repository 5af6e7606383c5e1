// What is meant for the bot without being a question of its own, and what becomes of a question that is changed or deleted.
// @module-tag slow

import { describe, expect, test } from "vitest";
import { ASKER, BOT, CHANNEL, directMessageOf, GUILD, type Json, menuOf, messageOf, THREAD, user } from "./events.ts";
import { eventually, runBot, sending, shown } from "./running.ts";

const running = runBot();
const send = sending(running);
const STORED = "Where is tea stored?";
const MENTION = `<@${BOT}>`;
const OTHER = "400000000000000002";

/** A reply to somebody else's message, as far as Discord shows that one. */
const below = (content: string, referenced: Json): Json =>
  messageOf(content, {
    type: 19,
    message_reference: { message_id: referenced.id, channel_id: CHANNEL },
    referenced_message: referenced,
  });
const byOther = (content: string, change: Json = {}): Json => messageOf(content, { author: user(OTHER), ...change });
const deleted = (): string[] =>
  running().discord.got.flatMap(({ method, path }) => (method === "DELETE" ? [path] : []));

describe("below somebody else's question", () => {
  test.each(["", " ^", " can you answer this?", " this please"])(
    "the mention with “%s” answers that one",
    async (words) => {
      const posted = await send(below(`${MENTION}${words}`, byOther(STORED)));
      expect(shown(posted)).toMatch(/^-# “Where is tea stored\?”\n\*\*Tea is stored in a dark tin/);
    },
  );

  test("a question of its own is answered, not that one", async () => {
    const posted = await send(below(`${MENTION} How long is green tea brewed?`, byOther(STORED)));
    expect(shown(posted)).toContain("two minutes");
  });

  test("a forwarded one is answered too", async () => {
    const reference = { type: 1, message_id: "1", channel_id: CHANNEL };
    const snapshots = [{ message: { ...messageOf(STORED), id: undefined } }];
    const forwarded = byOther("", { message_reference: reference, message_snapshots: snapshots });
    expect(shown(await send(below(`${MENTION} ^`, forwarded)))).toContain("dark tin");
  });

  test("where Discord keeps its content from the bot, the bot says how it can be asked", async () => {
    const posted = await send(below(`${MENTION} ^`, byOther("")));
    expect(shown(posted)).toMatch(
      /^Discord does not show me which message you mean\. Please use \*Apps › Answer this\*/,
    );
  });
});

test("“^” without a reply says how the bot can be asked, and a bare mention gets help", async () => {
  const asked = messageOf(`${MENTION} ^`, { author: user("400000000000000021") });
  expect(shown(await send(asked))).toMatch(/^Discord does not show me which/);
  expect(shown(await send(messageOf(MENTION)))).toMatch(/^Ask me a question/);
});

describe("a message", () => {
  test("that forwards a question is answered in a direct message, and by Answer this", async () => {
    const forwarding = {
      message_reference: { type: 1, message_id: "1", channel_id: CHANNEL },
      message_snapshots: [{ message: { ...messageOf(STORED), id: undefined } }],
    };
    expect(shown(await send(directMessageOf("", forwarding)))).toContain("dark tin");
    const menu = menuOf("");
    const data = menu.data as { resolved: { messages: Record<string, Json> } };
    for (const target of Object.values(data.resolved.messages)) Object.assign(target, forwarding);
    expect(shown(await send(menu))).toContain("dark tin");
  });

  test("whose question stands between fences is answered", async () => {
    expect(shown(await send(messageOf(`${MENTION}\n\`\`\`text\n${STORED}\n\`\`\``)))).toContain("dark tin");
  });

  test("of thanks is thanked for, without a list of what to ask", async () => {
    const posted = await send(messageOf(`${MENTION} thanks!`, { author: user("400000000000000022") }));
    expect([shown(posted), posted.components]).toEqual(["You're welcome.", undefined]);
  });

  test("that wants quiet is told when the bot speaks", async () => {
    const posted = await send(messageOf(`${MENTION} please stop`, { author: user("400000000000000023") }));
    expect(shown(posted)).toMatch(/^All right\. I say nothing unless somebody mentions me/);
  });
});

describe("an edit", () => {
  const edited = (message: Json, content: string): Json => ({
    ...message,
    ...{ content, edited_timestamp: new Date().toISOString(), timestamp: new Date().toISOString() },
    mentions: content.includes(BOT) ? [user(BOT, true)] : [],
  });
  const fresh = (content: string): Json =>
    messageOf(content, { id: String(BigInt(Date.now() - 1_420_070_400_000) << 22n) });

  test("that adds the mention is answered, and one of what was answered is not", async () => {
    const { discord } = running();
    const message = fresh(STORED);
    discord.dispatch("MESSAGE_CREATE", message);
    discord.dispatch("MESSAGE_UPDATE", edited(message, `${MENTION} ${STORED}`));
    const posted = await discord.next();
    expect(shown(posted)).toContain("dark tin");
    expect(posted).toMatchObject({ message_reference: { message_id: message.id } });
    const before = discord.posted.length;
    discord.dispatch("MESSAGE_UPDATE", edited(message, `${MENTION} ${STORED} please`));
    await send(messageOf(`${MENTION} ${STORED}`));
    expect(discord.posted.length).toBe(before + 1);
  });

  test("that nobody made, or of what is old, is none", async () => {
    const { discord } = running();
    const before = discord.posted.length;
    discord.dispatch("MESSAGE_UPDATE", { ...edited(fresh(STORED), `${MENTION} ${STORED}`), edited_timestamp: null });
    const old = messageOf(STORED, { id: "1000000000000000001" });
    discord.dispatch("MESSAGE_UPDATE", { ...edited(old, `${MENTION} ${STORED}`), timestamp: "2024-01-01T00:00:00Z" });
    await send(messageOf(`${MENTION} ${STORED}`));
    expect(discord.posted.length).toBe(before + 1);
  });
});

describe("a question that is deleted", () => {
  test("takes its answer away, also among many", async () => {
    const { discord } = running();
    const asked = [messageOf(`${MENTION} ${STORED}`), messageOf(`${MENTION} ${STORED}`, { channel_id: THREAD })];
    const [first, second] = [await send(asked[0] ?? {}), await send(asked[1] ?? {})];
    // Nothing is known of the answer before it has been posted and noted.
    await eventually(() => running().lines.filter(({ msg }) => msg === "answered").length).toBeGreaterThan(1);
    discord.dispatch("MESSAGE_DELETE", { id: asked[0]?.id, channel_id: CHANNEL, guild_id: GUILD });
    await eventually(deleted).toContain(`/channels/${CHANNEL}/messages/${first.id}`);
    discord.dispatch("MESSAGE_DELETE_BULK", { ids: [asked[1]?.id], channel_id: THREAD, guild_id: GUILD });
    await eventually(deleted).toContain(`/channels/${THREAD}/messages/${second.id}`);
  });

  test("before it is answered is not answered, or its answer goes at once", async () => {
    const { discord } = running();
    discord.delayMs = 200;
    const asked = messageOf(`${MENTION} ${STORED}`);
    discord.dispatch("MESSAGE_CREATE", asked);
    discord.dispatch("MESSAGE_DELETE", { id: asked.id, channel_id: CHANNEL, guild_id: GUILD });
    const before = deleted().length;
    await expect
      .poll(() => deleted().length > before || !discord.posted.some((one) => isBelow(one, asked)), { timeout: 8000 })
      .toBe(true);
  });

  test("that nobody answered asks nothing of Discord", async () => {
    const { discord } = running();
    const before = discord.got.length;
    discord.dispatch("MESSAGE_DELETE", { id: "1000000000000000002", channel_id: CHANNEL, guild_id: GUILD });
    await send(messageOf(`${MENTION} ${STORED}`, { author: user(ASKER) }));
    expect(discord.got.slice(before).map(({ method }) => method)).not.toContain("GET");
  });
});

const isBelow = (posted: unknown, asked: Json): boolean => Object(posted).message_reference?.message_id === asked.id;
