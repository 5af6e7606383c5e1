// What follows an entry in Discord: follow-up questions, suggestions while one types, and buttons.

import { describe, expect, test } from "vitest";
import { BOT, CHANNEL, commandOf, completionOf, inThread, messageOf, OTHER_THREAD, pressOf, THREAD } from "./events.ts";
import { buttonsOf } from "./limits.ts";
import type { Posted } from "./rest.ts";
import { eventually, isHidden, runBot, sending, shown } from "./running.ts";

const running = runBot();
const send = sending(running);
const STORED = "Where is tea stored?";
const MENTION = `<@${BOT}>`;

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
      { name: "Brewing time", value: "Brewing time" },
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
  test("the sources' button shows each quote with its number and where it stands, to the asker only", async () => {
    const posted = await press("1 source: Tea", await ask());
    expect(shown(posted)).toBe(
      "> \\[1\\] “Tea is stored in a dark tin.”\n-# Tea › Storage · documents/tea.md, line 11",
    );
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
