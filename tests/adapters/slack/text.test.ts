// Text from Slack as people read it, and whether it asks something of the bot.

import { expect, test } from "vitest";
import { addresses, addressesOthers, asks, readMessage } from "../../../adapters/slack/text.ts";

const BOT = "U0BOT";

test.each([
  ["<@U0BOT> is it fast?", "is it fast?"],
  ["is it fast, <@U0BOT>?", "is it fast,?"],
  ["hey <@U2>, is it fast?", "hey, is it fast?"],
  ["ask <@U2|ada> about it", "ask ada about it"],
  ["use <@U2> docker", "use docker"],
  ["see <#C1|general> and <#C2>", "see #general and"],
  ["<!here> a <!subteam^S1|@ops> b", "a @ops b"],
  ["<https://a.example/x|the page> or <https://b.example>", "the page or https://b.example"],
  ["<mailto:a@b.c|a@b.c> is mine", "a@b.c is mine"],
  ["a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"],
  ["<@U0BOT>", ""],
  [":whale: what is Docker :thinking_face:?", "what is Docker?"],
  ["what is :+1: Docker :100: :wave::skin-tone-2:", "what is Docker"],
  ["at 10:30:45 what", "at 10:30:45 what"],
  ["first\n:whale: second", "first\n second"],
])("%j is read as %j", (written, read) => {
  expect(readMessage(written, BOT)).toBe(read);
});

test.each([
  ["<@U0BOT> hello", true, false],
  ["<@U0BOT|footnote> and <@U2>", true, true],
  ["<!channel> hello", false, true],
  ["hello <#C1>", false, false],
])("%j addresses the bot: %s, others: %s", (written, bot, others) => {
  expect([addresses(written, BOT), addressesOthers(written, BOT)]).toEqual([bot, others]);
});

test.each([
  ["why", true],
  ["and why is that", true],
  ["ok, what about VMs", true],
  ["the startup time?", true],
  ["I will deploy this tomorrow", false],
  ["the startup time", false],
  ["whatever you like", false],
])("%j asks something: %s", (written, isAsking) => {
  expect(asks(written)).toBe(isAsking);
});

test.each(["<@", "<https:", "<!", ":a", " ", "&lt;"])("a thousand of %j take no time", (run) => {
  const start = performance.now();
  readMessage(`${run.repeat(1000)}x`, BOT);
  expect(performance.now() - start).toBeLessThan(1000);
});
