// Text from Discord as words.

import { expect, test } from "vitest";
import { wordsOf } from "../../../adapters/discord/inbound.ts";

test.each([
  ["a mention of a person", "<@123456> <@!123456> what is Docker?", "what is Docker?"],
  ["a mention of a role and a channel", "<@&42> <#43> what is Docker?", "what is Docker?"],
  ["a command", "</compare:1130> what is Docker?", "what is Docker?"],
  ["a command with its subcommand", "</compare all:1130> what is Docker?", "what is Docker?"],
  ["a time", "what is Docker <t:1618953630:R>", "what is Docker"],
  ["a time without a style", "<t:-5> what is Docker", "what is Docker"],
  ["a custom emoji", "<:whale:123> what is Docker <a:spin:456>", "what is Docker"],
])("%s says nothing", (_, content, words) => {
  expect(wordsOf(content)).toBe(words);
});

test.each(["is 3 < 5 > 2", "what is a <b> tag", "at 10:30:45 what", "ada@example.org", "a <https://b.example>"])(
  "%j is left as it is",
  (content) => {
    expect(wordsOf(content)).toBe(content);
  },
);

test.each(["<@", "<:", "</", "<t:", " "])("a thousand of %j take no time", (run) => {
  const start = performance.now();
  wordsOf(`${run.repeat(1000)}x`);
  expect(performance.now() - start).toBeLessThan(1000);
});
