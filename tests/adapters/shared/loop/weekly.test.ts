// The weekly report: on which days it is kept to be posted, that it is once, and what both bots post of it.
// @module-tag slow

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { createLog } from "../../../../adapters/shared/log.ts";
import { createWeekly } from "../../../../adapters/shared/loop/weekly.ts";
import { openState, type State } from "../../../../adapters/shared/state/state.ts";
import { CHANNEL } from "../../discord/events.ts";
import { createBot } from "../../discord/running.ts";
import { startStandIn } from "../../discord/stand-in.ts";
import { run } from "../../slack/running.ts";

const root = mkdtempSync(join(tmpdir(), "footnote-weekly-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const MONDAY = Date.parse("2026-11-23T09:00:00Z");
const HOUR_MS = 60 * 60 * 1000;
const SEEN = { timeout: 20_000, interval: 50 };
const log = createLog({ logLevel: "silent" });

async function stateOf(platform: string): Promise<State> {
  const settings = { data: mkdtempSync(join(root, "d-")), databaseUrl: null, keys: [], keepDays: 30 };
  const state = await openState({ ...settings, platform, questionsPerMinute: 0, log });
  onTestFinished(() => state.close());
  const counted = { platform, workspace: "", reason: null, topic: null, person: "U1" };
  await state.store()?.counts.add({ ...counted, kind: "answer", topic: "tea" });
  await state.store()?.counts.add({ ...counted, kind: "leads" });
  return state;
}

test("is kept once each Monday from eight on, whichever process looks, and on no other day", async () => {
  const state = await stateOf("slack");
  const kept = async (...times: readonly number[]): Promise<number> => {
    for (const at of times) {
      const eventOf = (key: string) => ({ key, platform: "slack", body: "{}", person: null, expiresAt: null });
      const weekly = createWeekly({ state, platform: "slack", log, now: () => at, eventOf, lookMs: 10 });
      weekly.start();
      await new Promise((resolve) => setTimeout(resolve, 50));
      weekly.stop();
    }
    return (await state.store()?.outbox.depth())?.open ?? 0;
  };
  expect(await kept(MONDAY - 2 * HOUR_MS, MONDAY - 24 * HOUR_MS, MONDAY + 24 * HOUR_MS)).toBe(0);
  expect(await kept(MONDAY, MONDAY + HOUR_MS, MONDAY + 14 * HOUR_MS)).toBe(1);
  expect(await kept(MONDAY + 7 * 24 * HOUR_MS)).toBe(2);
});

test("is posted in Slack's channel of the operators", async () => {
  const state = await stateOf("slack");
  const { slack } = await run({ SLACK_REPORT_CHANNEL: "C0OPS" }, { state, now: () => MONDAY });
  const { args } = await slack.call("chat.postMessage");
  expect(args.channel).toBe("C0OPS");
  expect(args.text).toMatch(/: 2 questions, 1 answered \(50 %\), 1 led, 0 without an answer; 0 votes for, 0 against\./);
});

test("is posted in Discord's channel of the operators, and notifies nobody", async () => {
  const state = await stateOf("discord");
  const discord = await startStandIn();
  onTestFinished(() => discord.close());
  const { bot } = await createBot(discord, { state, reportChannel: CHANNEL, now: () => MONDAY });
  onTestFinished(async () => void (await bot.stop()));
  await bot.start();
  await expect.poll(() => discord.posted.length, SEEN).toBe(1);
  expect(discord.posted[0]).toMatchObject({ where: `channel ${CHANNEL}`, allowed_mentions: { parse: [] } });
  expect(discord.posted[0]?.content).toMatch(/2 questions, 1 answered/);
});
