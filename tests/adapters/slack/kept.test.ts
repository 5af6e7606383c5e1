// What Slack was told that it arrived is kept until it is answered, once; what is kept of people goes when they say so.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { createLog } from "../../../adapters/shared/log.ts";
import type { StateSettings } from "../../../adapters/shared/settings.ts";
import { openState, type State } from "../../../adapters/shared/state/state.ts";
import { StoreError } from "../../../adapters/shared/state/store.ts";
import { NOTHING } from "../../contracts/store-misses.ts";
import { command, mention, press } from "./deliveries.ts";
import { seen } from "./limits.ts";
import { run } from "./running.ts";
import { READING_SCOPES } from "./stand-in.ts";

const QUESTION = "How fast does a container start compared with a VM?";
const LEASE_MS = 3000;
const SOON = { timeout: 60_000, interval: 50 };
const root = mkdtempSync(join(tmpdir(), "footnote-kept-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const settingsOf = (databaseUrl: string | null): StateSettings => ({
  ...{ data: mkdtempSync(join(root, "d-")), databaseUrl, keys: [], keepDays: 30 },
});

async function stateOf(settings: StateSettings): Promise<State> {
  const log = createLog({ logLevel: "silent" });
  const state = await openState({ ...settings, platform: "slack", questionsPerMinute: 0, log, leaseMs: LEASE_MS });
  onTestFinished(() => state.close());
  return state;
}

describe.each([
  ["HTTP", {}],
  ["Socket Mode", { SLACK_APP_TOKEN: "xapp-test-token" }],
] as const)("over %s", (_name, variables) => {
  const sending = (running: Awaited<ReturnType<typeof run>>, body: object): Promise<unknown> =>
    "SLACK_APP_TOKEN" in variables ? running.slack.push("events_api", body) : running.event(body);

  test("a question is kept when it is acknowledged, answered once, and its words are gone then", async () => {
    const state = await stateOf(settingsOf(null));
    const running = await run(variables, { state });
    const said = mention(QUESTION);
    await Promise.all([sending(running, said), sending(running, said)]);
    await running.slack.called("chat.postMessage");
    await expect.poll(() => state.store()?.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
    expect((await state.store()?.care.recordOf("T1:U1"))?.waiting).toEqual([]);
    expect(running.slack.posted).toHaveLength(1);
  });
});

test("a command and a vote are kept and answered at the address that Slack gave for them", async () => {
  const state = await stateOf(settingsOf(null));
  const { slack, interact } = await run({}, { state });
  expect(await interact(command("/ask", QUESTION, slack.responseUrl()))).toBe(200);
  await slack.called("respond");
  const vote = { action_id: "vote:0", value: '{"kind":"vote","value":"up","topic":null}' };
  expect(await interact(press(vote, slack.responseUrl()))).toBe(200);
  expect((await slack.call("respond", 2)).args.text).toContain("noted");
  expect((await state.store()?.care.recordOf("T1:U1"))?.votes).toMatchObject([{ value: "up" }]);
});

test("what Slack could not take is tried again, and looked for before it is posted again", async () => {
  const state = await stateOf(settingsOf(null));
  const { slack, event } = await run({}, { state, callTimeoutMs: 300, scopes: READING_SCOPES });
  // It is posted, but nobody hears so in time; each further try within the call fails.
  slack.trouble("chat.postMessage", { kind: "slow", ms: 700 });
  slack.trouble("chat.postMessage", { kind: "status", status: 503 }, 2);
  await event(mention(QUESTION));
  await slack.called("conversations.replies");
  await expect.poll(() => state.store()?.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
  expect(slack.posted).toHaveLength(1);
});

test("where the bot may not look, what may not have arrived is posted again rather than lost, and says so", async () => {
  const state = await stateOf(settingsOf(null));
  const { slack, event } = await run({}, { state, callTimeoutMs: 300, scopes: "chat:write" });
  slack.trouble("chat.postMessage", { kind: "slow", ms: 700 });
  slack.trouble("chat.postMessage", { kind: "status", status: 503 }, 2);
  await event(mention(QUESTION));
  await slack.called("conversations.replies");
  await expect.poll(() => state.store()?.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
  const [first = "", second = "", ...more] = slack.posted.map(seen);
  expect([first.includes("You may have this answer twice"), more]).toEqual([false, []]);
  expect(second).toBe(
    `${first}\nYou may have this answer twice: I was interrupted while I posted it, and I am not allowed to look whether it arrived.`,
  );
});

test("while nothing can be kept a question is answered before it is acknowledged, and a vote hears that it is not kept", async () => {
  const state = await stateOf(settingsOf(null));
  const lost = new StoreError("away", "the store can't be reached", "see that it runs");
  const votes = { ...state.memory.votes, cast: () => Promise.reject(lost) };
  const away: State = { ...state, store: () => null, memory: { ...state.memory, votes } };
  const { slack, event, interact } = await run({}, { state: away });
  expect(await event(mention(QUESTION))).toBe(200);
  expect(slack.posted).toHaveLength(1);
  const vote = { action_id: "vote:0", value: '{"kind":"vote","value":"up","topic":null}' };
  expect(await interact(press(vote, slack.responseUrl()))).toBe(200);
  expect((await slack.call("respond")).args.text).toContain("not counted");
});

test("/privacy says what is kept of who asks, and deletes that and nothing of others", async () => {
  const state = await stateOf(settingsOf(null));
  const { slack, event, interact } = await run({}, { state });
  for (const user of ["U1", "U2"]) await event(mention(QUESTION, { user }));
  await slack.called("chat.postMessage", 2);
  const privacy = async (text: string, number: number): Promise<unknown> => {
    expect(await interact(command("/privacy", text, slack.responseUrl()))).toBe(200);
    const { args } = await slack.call("respond", number);
    expect(args.response_type).toBe("ephemeral");
    return args.text;
  };
  await expect.poll(() => state.store()?.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
  expect(await privacy("", 1)).toMatch(
    /kept for 30 days[\s\S]*1 question of threads, 0 votes, and that you got 1 reply\./,
  );
  expect(await privacy(" Delete", 2)).toMatch(/^Everything that I kept of you is deleted/);
  expect(await state.store()?.care.recordOf("T1:U1")).toMatchObject({ questions: [], votes: [], replies: [] });
  expect((await state.store()?.care.recordOf("T1:U2"))?.questions).toHaveLength(1);
});

test("when the app is removed from a workspace, all of it is deleted before Slack hears that it is", async () => {
  const state = await stateOf(settingsOf(null));
  const { slack, event } = await run({}, { state });
  const { threads } = state.memory;
  await threads.remember("T11:C1:1", "another workspace's", "T11:U1");
  await event(mention(QUESTION));
  await slack.called("chat.postMessage");
  await expect.poll(() => state.store()?.outbox.depth(), SOON).toEqual({ open: 0, dead: 0 });
  const said = mention(QUESTION);
  expect(await event({ ...said, event: { type: "app_uninstalled" } })).toBe(200);
  const record = await state.store()?.care.recordOf("T1:U1");
  expect(record).toEqual(NOTHING);
  expect(await threads.recall("T11:C1:1")).toHaveLength(1);
});

test("a removal that can't be followed now is not acknowledged, so Slack tells it again", async () => {
  const state = await stateOf(settingsOf(null));
  const { event } = await run({}, { state: { ...state, store: () => null } });
  expect(await event({ ...mention(QUESTION), event: { type: "app_uninstalled" } })).toBe(500);
});
