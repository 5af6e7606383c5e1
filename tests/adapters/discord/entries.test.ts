// Every way to ask in Discord, and every way that is not one: a real discord.js client against a stand-in.

import { describe, expect, test } from "vitest";
import { bodyOf } from "../../../adapters/discord/preview.ts";
import {
  ASKER,
  BOT,
  BOT_ROLE,
  CHANNEL,
  commandOf,
  completionOf,
  directMessageOf,
  inGroupChat,
  inThread,
  menuOf,
  messageOf,
  OTHER_ROLE,
  OTHER_THREAD,
  pressOf,
  THREAD,
  user,
} from "./events.ts";
import { buttonsOf, textsOf } from "./limits.ts";
import { eventually, runBot } from "./running.ts";
import type { Posted } from "./stand-in.ts";

const running = runBot();
const EPHEMERAL = 1 << 6;
const STORED = "Where is tea stored?";
const MENTION = `<@${BOT}>`;

const shown = (posted: Posted): string => textsOf(posted).join("\n") || String(posted.content);
const isHidden = ({ flags = 0 }: Posted): boolean => (flags & EPHEMERAL) !== 0;

async function send(event: Record<string, unknown>): Promise<Posted> {
  const { discord } = running();
  discord.dispatch("data" in event ? "INTERACTION_CREATE" : "MESSAGE_CREATE", event);
  return discord.next();
}

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
    expect(discord.got.at(-1)?.body).toMatchObject(Object(bodyOf(engine.answer(STORED), engine.corpus)));
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
    expect(lines.filter(({ msg }) => msg === "failed")).toEqual([]);
  });
});

describe("a follow-up", () => {
  const GREEN = "How long is green tea brewed?";
  test("leans on the thread before it", async () => {
    await send(messageOf(`${MENTION} ${GREEN}`, { channel_id: THREAD }));
    expect(shown(await send(messageOf(`${MENTION} and black tea?`, { channel_id: THREAD })))).toContain(
      "Continuing with: ",
    );
  });
  test("leans on the reply chain it is in, and on nothing else of the channel", async () => {
    const first = await send(messageOf(`${MENTION} ${GREEN}`));
    const below = { type: 19, message_reference: { message_id: first.id, channel_id: CHANNEL } };
    const second = await send(messageOf(`${MENTION} and black tea?`, below));
    expect(shown(second)).toContain("Continuing with: ");
    expect(shown(await send(messageOf(`${MENTION} and black tea?`)))).not.toContain("Continuing with");
  });
  test("of two who reply to one message leans on that message only", async () => {
    const first = await send(messageOf(`${MENTION} ${GREEN}`));
    const below = { type: 19, message_reference: { message_id: first.id, channel_id: CHANNEL } };
    await send(messageOf(`${MENTION} ${STORED}`, below));
    expect(shown(await send(messageOf(`${MENTION} and black tea?`, below)))).toContain("Continuing with: Brewing time");
  });
  test("leans on a comparison given by /compare", async () => {
    const first = await send(commandOf("compare", { topic: "brewing" }));
    const below = { type: 19, message_reference: { message_id: first.id, channel_id: CHANNEL } };
    expect(shown(await send(messageOf(`${MENTION} and black tea?`, below)))).toContain("Continuing with: ");
  });
  test("leans on nothing that was asked in hiding", async () => {
    await send(commandOf("ask", { question: GREEN, hide: true }, inThread(OTHER_THREAD)));
    const next = await send(messageOf(`${MENTION} and black tea?`, { channel_id: OTHER_THREAD }));
    expect(shown(next)).not.toContain("Continuing with");
  });
  test("leans on a command in the same thread", async () => {
    await send(commandOf("ask", { question: GREEN }, inThread(OTHER_THREAD)));
    const next = await send(messageOf(`${MENTION} and black tea?`, { channel_id: OTHER_THREAD }));
    expect(shown(next)).toContain("Continuing with");
  });
});

describe("completion", () => {
  const choices = (posted: Posted): { name: string; value: string }[] =>
    (posted as unknown as { choices: { name: string; value: string }[] }).choices;
  test("of nothing typed offers each topic's first question", async () => {
    expect(
      choices(await send(completionOf("ask", "question", "")))
        .slice(0, 2)
        .map(({ name }) => name),
    ).toEqual(["How long is tea brewed?", "Where is tea stored?"]);
  });
  test("of words offers the questions that hold them", async () => {
    const found = choices(await send(completionOf("ask", "question", "KEEP te")));
    expect(found[0]?.name).toBe("What do I keep tea in?");
  });
  test("of what no question holds offers none: free text is still taken", async () => {
    expect(choices(await send(completionOf("ask", "question", "zebra")))).toEqual([]);
  });
  test("of a topic offers those with two sides", async () => {
    expect(choices(await send(completionOf("compare", "topic", "")))).toEqual([
      { name: "Brewing time", value: "brewing" },
    ]);
  });
});

describe("buttons", () => {
  const press = async (label: string, of: Posted): Promise<Posted> => {
    const button = buttonsOf(of).find((one) => one.label === label);
    return send(pressOf(button?.custom_id ?? "missing", of));
  };
  const ask = (): Promise<Posted> => send(commandOf("ask", { question: STORED }));

  test("a suggestion asks itself, for all to see", async () => {
    const posted = await press("How long is tea brewed?", await ask());
    expect(shown(posted)).toMatch(/^-# “How long is tea brewed\?”/);
    expect(isHidden(posted)).toBe(false);
  });
  test("a suggestion below a hidden reply stays hidden", async () => {
    expect(
      isHidden(await press("How long is tea brewed?", await send(commandOf("ask", { question: STORED, hide: true })))),
    ).toBe(true);
  });
  test("Quotes shows each quote with where it stands, to the asker only", async () => {
    const posted = await press("Quotes", await ask());
    expect(shown(posted)).toBe("> “Tea is stored in a dark tin.”\n-# Tea › Storage · documents/tea.md, line 11");
    expect(isHidden(posted)).toBe(true);
  });
  test("a vote is counted and logged", async () => {
    const { lines } = running();
    expect(shown(await press("👎", await ask()))).toMatch(/^Thanks, noted/);
    await eventually(() => lines.at(-1)).toMatchObject({
      msg: "voted",
      value: "down",
      topic: "storage",
      platform: "discord",
    });
  });
  test.each([
    ["of another corpus", "1:show:ffffffffffff:0.1.1"],
    ["that names no place", "1:show:HASH:zzz"],
    ["of another version", "0:ask:Where is tea stored?"],
    ["that is forged", "1:show:HASH:../../etc/passwd"],
    ["that is forged as a vote", "1:vote:sideways:storage"],
    ["without meaning", "hello"],
    ["that is empty of a question", "1:ask:  "],
  ])("one %s has expired", async (_, customId) => {
    const posted = await send(pressOf(customId.replace("HASH", running().engine.corpus.hash), null));
    expect(shown(posted)).toMatch(/^That has expired.*ask again/);
    expect(isHidden(posted)).toBe(true);
  });
  test("one of before a restart still asks", async () => {
    expect(shown(await send(pressOf(`1:ask:${STORED}`, null)))).toContain("dark tin");
  });
});

describe("nothing that is asked", () => {
  test.each([
    "@everyone <@400000000000000001>",
    "[x](https://evil.example) https://evil.example",
    "# big\n> quote\n-# small",
  ])("marks up the reply: %s", async (text) => {
    const posted = await send(commandOf("ask", { question: `${text} where is tea stored?` }));
    expect(shown(posted).split("\n")[0]).not.toMatch(/(?<!\\)[<[\]>]|@(?!\u200B)|https?:\/\/|^-# “#/);
  });
  test("is logged by default, and no token is", () => {
    const written = JSON.stringify(running().lines);
    expect(written).toContain('"kind":"answer"');
    expect(written).not.toMatch(/stored\?|M{20}|token6/);
  });
});
