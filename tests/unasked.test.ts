// What is answered that nobody put to the bot: as much as its bound was fitted to, and nothing that is not for it.
// @module-tag slow

import { beforeAll, expect, test } from "vitest";
import type { Engine } from "../src/engine.ts";
import { openBuiltIn, readMessages } from "./bench/unasked/messages.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openBuiltIn();
});

test("of 200 messages that are not for the bot none is answered; of 60 that the documents answer, thirty", async () => {
  const { fitted, judged } = readMessages();
  const told = [];
  for (const one of [...fitted, ...judged]) if ((await engine.answerUnasked(one.text)) !== null) told.push(one);
  expect(told.filter(({ answerable }) => !answerable)).toEqual([]);
  expect(told.length).toBeGreaterThanOrEqual(30);
});

test("what is answered unasked gets the reply that it would get put to the bot", async () => {
  const question = "why do vms take so much more disk than containers?";
  expect(await engine.answerUnasked(question)).toEqual(await engine.answer(question));
  expect(await engine.answerUnasked(`@tom ${question}`)).toBeNull();
});
