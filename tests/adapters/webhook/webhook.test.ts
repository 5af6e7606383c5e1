// The smallest adapter sits the exams of the shipped ones: what adapters/README.md shows is enough.

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createJournal, createLog } from "../../../adapters/shared/log.ts";
import { createMemory } from "../../../adapters/shared/memory.ts";
import { createLimit } from "../../../adapters/shared/rate-limit.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import { type BotSitting, describeBotDesk, type Given } from "../../contracts/desk.ts";
import { describeRenderer } from "../../contracts/renderer.ts";
import { folderWith, TOPICAL } from "../cli/corpora.ts";
import { createWebhook, render } from "./webhook.ts";

const folder = folderWith(TOPICAL);
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine(folder);
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

function listen(server: Server): Promise<string> {
  servers.push(server);
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  });
}

const message = z.object({ thread: z.string(), text: z.string() });

/** A chat with a hook that takes what is posted, unless it is told to fail. */
async function startChat() {
  const taken: string[] = [];
  let fault: "refused" | "lost" | null = null;
  const server = createServer(async (request, response) => {
    const { text } = message.parse(await json(request));
    if (fault === "refused") response.writeHead(403).end();
    else if (fault === "lost") response.destroy();
    else {
      taken.push(text);
      response.writeHead(200).end();
    }
    fault = null;
  });
  const fail = (how: "refused" | "lost"): void => {
    fault = how;
  };
  return { hook: await listen(server), taken, fail };
}

async function start({ engine: given, memory, limit, logsQuestions }: Given): Promise<BotSitting> {
  const { hook, taken, fail } = await startChat();
  const lines: string[] = [];
  const log = createLog({ logLevel: "info" }, { write: (line: string) => void lines.push(line) });
  const journal = createJournal(log, "webhook", { logsQuestions });
  const address = await listen(
    createWebhook(hook, log, { engine: () => given, memory, limit, journal, now: () => Date.now() }),
  );
  let deliveries = 1000;
  const send = async (kind: string, text: string, delivery: number): Promise<void> => {
    const body = JSON.stringify({ id: `m${delivery}`, person: "ada", thread: "t1", kind, text });
    expect((await fetch(address, { method: "POST", body })).status).toBe(202);
  };
  return {
    ask: (question, delivery = ++deliveries) => send("ask", question, delivery),
    compare: (topic) => send("compare", topic, ++deliveries),
    shown: () => taken,
    logged: () => lines.join(""),
    failNextPost: fail,
  };
}

describeBotDesk({ name: "A webhook", engine: () => engine, start });

/** Controls and whatever else hides text or turns it around. */
const STEERS = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

describeRenderer<string>({
  name: "A webhook",
  render,
  brokenLimits: (text) => (text.length > 20_000 ? [`${text.length} characters`] : []),
  dangers: (text) => text.split("\n").filter((line) => STEERS.test(line)),
  read: (text) => text,
  hasMore: () => false,
  look: (text) => (text.startsWith("? ") ? "not stating" : "stating"),
});

test("what is no message of the chat is refused, and nothing is posted", async () => {
  const { hook, taken } = await startChat();
  const log = createLog({ logLevel: "silent" });
  const parts = { memory: createMemory(() => 0), limit: createLimit(0), journal: null, now: () => 0 };
  const address = await listen(createWebhook(hook, log, { engine: () => engine, ...parts }));
  for (const body of [
    "",
    "{",
    "[]",
    '{"text": 1}',
    '{"id": "m1", "person": "ada", "thread": "t1"}',
    " ".repeat(200_000),
  ])
    expect((await fetch(address, { method: "POST", body })).status).toBe(400);
  expect(taken).toEqual([]);
});

test("adapters/README.md shows it, and calls it as long as it is", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../../adapters/README.md"), "utf8");
  const lines = readFileSync(join(import.meta.dirname, "webhook.ts"), "utf8")
    .trimEnd()
    .split("\n").length;
  const [, told = ""] = /webhook\.ts\) \((\d+) lines\)/.exec(readme) ?? [];
  expect(Number(told)).toBe(lines);
  expect(lines).toBeLessThanOrEqual(80);
});
