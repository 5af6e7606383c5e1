// Every way to ask in Discord, and every way that is not one: a real discord.js client against a stand-in.
// @module-tag slow

import { describe, expect, test } from "vitest";
import { bodyOf } from "../../../adapters/discord/preview.ts";
import {
  ASKER,
  BOT,
  BOT_ROLE,
  CHANNEL,
  commandOf,
  directMessageOf,
  inGroupChat,
  inThread,
  menuOf,
  messageOf,
  OTHER_ROLE,
  THREAD,
  user,
} from "./events.ts";
import { isHidden, runBot, sending, shown } from "./running.ts";

const running = runBot();
const send = sending(running);
const STORED = "Where is tea stored?";
const MENTION = `<@${BOT}>`;

describe("answers", () => {
  const asked: readonly { name: string; event: () => Record<string, unknown>; says: RegExp; hidden?: boolean }[] = [
    {
      name: "a mention",
      event: () => messageOf(`${MENTION} ${STORED}`),
      says: /^\*\*Tea is stored in a dark tin\.\*\* \\\[1\\\]/,
    },
    { name: "a mention with a nickname's mark", event: () => messageOf(`<@!${BOT}> ${STORED}`), says: /dark tin/ },
    {
      name: "a mention amid the question",
      event: () => messageOf(`where ${MENTION} is tea stored?`),
      says: /dark tin/,
    },
    {
      name: "a mention of the bot's own role, which Discord offers beside it",
      event: () => messageOf(`<@&${BOT_ROLE}> ${STORED}`, { mention_roles: [BOT_ROLE] }),
      says: /dark tin/,
    },
    {
      name: "a bare mention of that role, with help",
      event: () => messageOf(`<@&${BOT_ROLE}>`, { mention_roles: [BOT_ROLE] }),
      says: /^Ask me a question/,
    },
    {
      name: "a mention of that role of which Discord keeps the content, with how to be heard",
      event: () => messageOf("", { mention_roles: [BOT_ROLE] }),
      says: /^Discord does not show me what that message says\. Please mention me/,
    },
    {
      name: "a reply to a command's response, of which Discord keeps the content too",
      event: () =>
        messageOf("", {
          ...{ type: 19, mentions: [user(BOT, true)], author: user("400000000000000002") },
          message_reference: { message_id: "1", channel_id: CHANNEL },
        }),
      says: /^Discord does not show me what that message says/,
    },
    {
      name: "a mention in a thread",
      event: () => messageOf(`${MENTION} ${STORED}`, { channel_id: THREAD }),
      says: /dark tin/,
    },
    {
      name: "a reply with its ping",
      event: () =>
        messageOf(STORED, {
          type: 19,
          mentions: [user(BOT, true)],
          message_reference: { message_id: "1", channel_id: CHANNEL },
          referenced_message: messageOf("", { author: user(BOT, true) }),
        }),
      says: /dark tin/,
    },
    { name: "a direct message", event: () => directMessageOf(STORED), says: /dark tin/ },
    { name: "a bare mention, with help", event: () => messageOf(MENTION), says: /^Ask me a question/ },
    {
      name: "/ask",
      event: () => commandOf("ask", { question: STORED }),
      says: /^-# “Where is tea stored\?”\n\*\*Tea is stored/,
    },
    {
      name: "/ask hide",
      event: () => commandOf("ask", { question: STORED, hide: true }),
      says: /dark tin/,
      hidden: true,
    },
    {
      name: "/compare by id",
      event: () => commandOf("compare", { topic: "brewing" }),
      says: /### Brewing time[\s\S]*🟦 \*\*Green tea\*\* — Two minutes/,
    },
    {
      name: "/compare in plain words",
      event: () => commandOf("compare", { topic: "brewing time" }),
      says: /### Brewing time/,
    },
    {
      name: "/compare of nothing known",
      event: () => commandOf("compare", { topic: "football" }),
      says: /Which topic|nothing to compare/,
    },
    {
      name: "/sources hide",
      event: () => commandOf("sources", { hide: true }),
      says: /I answer from 1 document/,
      hidden: true,
    },
    { name: "Answer this", event: () => menuOf(STORED), says: /“Where is tea stored\?”[\s\S]*dark tin/ },
    {
      name: "Answer this on a message to somebody, without the mention",
      event: () => menuOf(`<@${ASKER}> ${STORED} <:tea:123456789012345678>`),
      says: /^-# “Where is tea stored\?”\n/,
    },
    {
      name: "/ask in a server that the bot is not in, where somebody added it to their account",
      event: () => commandOf("ask", { question: STORED }, { guild_id: "200000000000000009", ...inThread("3") }),
      says: /dark tin/,
    },
    {
      name: "/ask in a group chat",
      event: () => commandOf("ask", { question: STORED }, inGroupChat()),
      says: /dark tin/,
    },
    { name: "Answer this on a picture", event: () => menuOf(""), says: /no text that I can read/, hidden: true },
    {
      name: "what the documents do not say",
      event: () => messageOf(`${MENTION} who won the cup final in 1998?`),
      says: /^\*\*No answer\.\*\*/,
    },
    { name: "an unknown command", event: () => commandOf("brew"), says: /do not know that command/, hidden: true },
  ];
  test.each(asked)("$name", async ({ event, says, hidden = false }) => {
    const posted = await send(event());
    expect(shown(posted)).toMatch(says);
    expect(isHidden(posted)).toBe(hidden);
  });

  test("with a reply that pings nobody and does not mind a deleted question", async () => {
    const { discord } = running();
    const event = messageOf(`${MENTION} ${STORED}`);
    await send(event);
    expect(discord.got.at(-1)?.body).toMatchObject({
      allowed_mentions: { parse: [], replied_user: false },
      message_reference: { message_id: event.id, fail_if_not_exists: false },
      enforce_nonce: true,
    });
  });

  test("with the body that footnote ask --as discord prints", async () => {
    const { discord, engine } = running();
    await send(messageOf(`${MENTION} ${STORED}`));
    expect(discord.got.at(-1)?.body).toMatchObject(Object(bodyOf(await engine.answer(STORED), engine)));
  });

  test("with a plain post where it may not read the channel's history, since Discord refuses a reply there", async () => {
    const { discord } = running();
    discord.fail(/\/messages$/, "may not read history");
    expect(shown(await send(messageOf(`${MENTION} ${STORED}`)))).toContain("dark tin");
    expect(discord.got.at(-1)?.body).not.toHaveProperty("message_reference");
  });

  test("without an embed, so without the permission Embed Links", () => {
    const { discord } = running();
    expect(discord.posted.length).toBeGreaterThan(20);
    for (const posted of discord.posted) expect(posted.embeds ?? []).toEqual([]);
  });

  test("without a privileged intent", () => {
    const { discord } = running();
    const [guilds, guildMessages, directMessages] = [1 << 0, 1 << 9, 1 << 12];
    expect(discord.intents).toEqual([guilds | guildMessages | directMessages]);
  });
});

describe("stays silent on", () => {
  const ignored: readonly { name: string; event: () => Record<string, unknown> }[] = [
    { name: "a message that does not mention it", event: () => messageOf("hello") },
    {
      name: "a reply without its ping: Discord sends no content",
      event: () => messageOf("", { type: 19, message_reference: { message_id: "1" } }),
    },
    {
      name: "another bot",
      event: () => messageOf(`${MENTION} ${STORED}`, { author: user("400000000000000009", true) }),
    },
    { name: "itself", event: () => messageOf(`${MENTION} ${STORED}`, { author: user(BOT, true) }) },
    { name: "a webhook", event: () => messageOf(`${MENTION} ${STORED}`, { webhook_id: "1" }) },
    { name: "a system message", event: () => messageOf(`${MENTION} joined`, { type: 7 }) },
    {
      name: "a reply with a sticker",
      event: () =>
        messageOf("", {
          ...{ type: 19, mentions: [user(BOT, true)], message_reference: { message_id: "1" } },
          sticker_items: [{ id: "1", name: "thanks", format_type: 1 }],
        }),
    },
    {
      name: "a mention of another role",
      event: () => messageOf(`<@&${OTHER_ROLE}> ${STORED}`, { mention_roles: [OTHER_ROLE] }),
    },
    { name: "@everyone", event: () => messageOf("@everyone hi", { mention_everyone: true }) },
    { name: "a bare direct sticker", event: () => directMessageOf("") },
  ];
  test.each(ignored)("$name", async ({ event }) => {
    const { discord } = running();
    const before = discord.posted.length;
    discord.dispatch("MESSAGE_CREATE", event());
    await send(messageOf(`${MENTION} ${STORED}`));
    expect(discord.posted.length).toBe(before + 1);
  });

  test.each([
    { what: "message", make: () => messageOf(`${MENTION} ${STORED}`), type: "MESSAGE_CREATE" },
    { what: "command", make: () => commandOf("ask", { question: STORED }), type: "INTERACTION_CREATE" },
  ])("a $what that Discord sends twice", async ({ make, type }) => {
    const { discord, lines } = running();
    const event = make();
    await send(event);
    const before = discord.posted.length;
    discord.dispatch(type, event);
    await send(messageOf(`${MENTION} ${STORED}`));
    expect(discord.posted.length).toBe(before + 1);
    expect(lines.filter(({ msg }) => msg === "not answered")).toEqual([]);
  });
});

describe("nothing that is asked", () => {
  test.each([
    "@everyone <@400000000000000001>",
    "[x](https://evil.example) https://evil.example",
    "# big\n> quote\n-# small",
  ])("marks up the reply: %s", async (text) => {
    const posted = await send(commandOf("ask", { question: `${text} where is tea stored?` }));
    expect(shown(posted).split("\n")[0]).not.toMatch(/(?<!\\)[<[\]>]|https?:\/\/|^-# “#/);
  });
  test("is logged by default, and no token is", () => {
    const written = JSON.stringify(running().lines);
    expect(written).toContain('"kind":"answer"');
    expect(written).not.toMatch(/stored\?|M{20}|token6/);
  });
});
