// A bot's process: connected however long it takes, warm before that, and never with a refused token at once again.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { createLog } from "../../../adapters/shared/log.ts";
import { createRefusal } from "../../../adapters/shared/refusal.ts";
import { type Bot, runBot } from "../../../adapters/shared/run-bot.ts";
import { growingWait } from "../../../adapters/shared/waits.ts";
import { OperatorError } from "../../../src/errors.ts";

const root = mkdtempSync(join(tmpdir(), "footnote-run-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const TEN_MINUTES_MS = 10 * 60 * 1000;

function running(start: () => Promise<void>, data = mkdtempSync(join(root, "d-")), tokens = ["token"]) {
  const steps: string[] = [];
  const lines = new PassThrough();
  let log = "";
  lines.on("data", (part) => {
    log += String(part);
  });
  const bot: Bot = {
    warm: async () => void steps.push("warm"),
    start: async () => {
      steps.push("start");
      await start();
    },
    isHealthy: () => true,
    ended: Promise.resolve(new Error("over")),
    stop: async () => {
      steps.push("stop");
      return true;
    },
  };
  const settings = { healthPort: null, host: "127.0.0.1", data };
  const explain = (error: unknown) => ({ code: error instanceof Error ? error.message : "unexpected" });
  const status = runBot(
    { platform: "tea", settings, tokens, log: createLog({ logLevel: "info" }, lines), explain, leave: () => {} },
    async () => bot,
  );
  return { status, steps, data, logged: () => log };
}

test("a first connection that fails is tried again, each failure logged, and all is warm before the first", async () => {
  let failures = 3;
  const { status, steps, logged } = running(async () => {
    if (failures-- > 0) throw new Error("unreachable");
  });
  expect(await status).toBe(1);
  expect(steps).toEqual(["warm", "start", "start", "start", "start", "stop"]);
  expect(logged().match(/"code":"unreachable","tries":\d,"retryMs":\d+.*not connected, tried again/g)).toHaveLength(3);
});

test("the waits grow to a minute and no further", () => {
  const waits = [0, 1, 2, 5, 8, 50, 5000].map(growingWait);
  expect(waits).toEqual([250, 500, 1000, 8000, 60_000, 60_000, 60_000]);
});

const refused = async (): Promise<void> => {
  throw new OperatorError("the token is refused", "set another one");
};

test("a refused token ends the process, and the next one waits before it tries that token again", async () => {
  const first = running(refused);
  await expect(first.status).rejects.toThrow(OperatorError);
  expect(first.steps).toEqual(["warm", "start", "stop"]);
  const next = running(refused, first.data);
  await expect.poll(next.logged).toMatch(/"waitMs":5\d{5},.*not tried yet/);
  expect(next.steps).toEqual([]);
  process.emit("SIGTERM");
  expect(await next.status).toBe(0);
  const other = running(refused, first.data, ["another"]);
  await expect(other.status).rejects.toThrow(OperatorError);
  expect(other.steps).toContain("start");
});

test("what is noted of a refused token is no token, lasts ten minutes, and goes when the token is taken", async () => {
  const data = mkdtempSync(join(root, "d-"));
  let now = 1_700_000_000_000;
  const refusal = createRefusal(data, "tea", ["xoxb-secret"], () => now);
  expect(await refusal.waitMs()).toBe(0);
  await refusal.note();
  expect(readFileSync(join(data, "refused-tea.json"), "utf8")).not.toContain("secret");
  expect(await refusal.waitMs()).toBe(TEN_MINUTES_MS);
  now += TEN_MINUTES_MS - 1;
  expect(await refusal.waitMs()).toBe(1);
  now -= 2 * TEN_MINUTES_MS;
  expect(await refusal.waitMs()).toBe(0);
  now += 2 * TEN_MINUTES_MS;
  await refusal.clear();
  expect(await refusal.waitMs()).toBe(0);
  await createRefusal("/dev/null/nowhere", "tea", []).note();
});
