// `footnote slack` and `footnote slack doctor` as processes of their own, from dist, as an operator runs them.
// @module-tag slow

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { mention } from "./deliveries.ts";
import { deliver, SECRET, type StandIn, startStandIn } from "./stand-in.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");
const QUESTION = "How fast does a container start compared with a VM?";

const root = mkdtempSync(join(tmpdir(), "footnote-process-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Started {
  readonly child: ChildProcess;
  readonly slack: StandIn;
  readonly said: () => { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<number | null>;
}

/** Runs the program with words after its name and collects what it says. */
async function start(
  args: readonly string[],
  variables: Record<string, string> = {},
  scopes?: string,
): Promise<Started> {
  const slack = await startStandIn(scopes);
  const env = {
    ...{ PATH: process.env.PATH ?? "", SLACK_BOT_TOKEN: "xoxb-test-token", SLACK_SIGNING_SECRET: SECRET },
    ...{ SLACK_API_URL: slack.apiUrl, PORT: "0", FOOTNOTE_QUESTIONS_PER_MINUTE: "0" },
    ...{ FOOTNOTE_DATA: mkdtempSync(join(root, "d-")), ...variables },
  };
  const child = spawn(process.execPath, [MAIN, ...args], { env });
  closers.push(
    () => child.kill("SIGKILL"),
    () => slack.close(),
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (part) => {
    stdout += String(part);
  });
  child.stderr.on("data", (part) => {
    stderr += String(part);
  });
  const ended = once(child, "close").then(([code]: unknown[]) => (typeof code === "number" ? code : null));
  return { child, slack, said: () => ({ stdout, stderr }), ended };
}

/** Waits until the bot is up. */
async function ready({ said }: Started): Promise<number> {
  await expect.poll(() => said().stderr, { timeout: 20_000 }).toContain('"ready"');
  return Number(/"port":(\d+)/.exec(said().stderr)?.[1] ?? 0);
}

test("it answers, and on SIGTERM finishes what has begun and exits 0", async () => {
  const started = await start(["slack"]);
  const { child, slack, said, ended } = started;
  const port = await ready(started);
  slack.trouble("chat.postMessage", { kind: "slow", ms: 400 }, 10);
  await Promise.all(Array.from({ length: 10 }, () => deliver(port, JSON.stringify(mention(QUESTION)))));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(await slack.called("chat.postMessage")).toHaveLength(10);
  expect(said().stdout).toBe("");
  expect(said().stderr).toContain('"isDrained":true');
  expect(said().stderr).not.toMatch(/xoxb-|How fast/);
});

test("in Socket Mode it tells its health on a port of its own, and outlives what the library trips over", async () => {
  const started = await start(["slack"], { SLACK_APP_TOKEN: "xapp-test-token", HEALTH_PORT: "38471" });
  await ready(started);
  expect((await fetch("http://127.0.0.1:38471/healthz")).status).toBe(200);
  // The library rejects a promise here that nobody holds.
  started.slack.pushRaw('{"type":"events_api","envelope_id":"x","payload":null}');
  await started.slack.push("events_api", mention(QUESTION));
  await started.slack.called("chat.postMessage");
  expect(started.said().stderr).toContain("rejected unheard");
  started.child.kill("SIGINT");
  expect(await started.ended).toBe(0);
});

test("a refused token ends it with status 2 and one line with its remedy", async () => {
  const slack = await startStandIn();
  slack.trouble("auth.test", { kind: "error", error: "invalid_auth" });
  const { said, ended } = await start(["slack"], { SLACK_API_URL: slack.apiUrl });
  expect(await ended).toBe(2);
  await slack.close();
  expect(said().stderr.trim()).toBe(
    "Slack refuses SLACK_BOT_TOKEN (invalid_auth); install the app again and copy the token anew; footnote slack doctor says more",
  );
});

test("a missing token ends it with status 2, before anything is called", async () => {
  const { said, slack, ended } = await start(["slack"], { SLACK_BOT_TOKEN: "" });
  expect(await ended).toBe(2);
  expect(said().stderr).toMatch(/^SLACK_BOT_TOKEN is missing; [^\n]+\n$/);
  expect(slack.calls).toEqual([]);
});

test("the doctor finds a well-made app well", async () => {
  const { said, ended } = await start(["slack", "doctor"], { SLACK_APP_TOKEN: "xapp-test-token" });
  expect(await ended).toBe(0);
  expect(said().stdout).toBe(
    "✓ The bot token is that of footnote in Tea.\n✓ All 6 scopes are granted.\n✓ Socket Mode can connect with the app-level token.\n",
  );
});

test("the doctor names scopes that are missing and scopes that nothing uses", async () => {
  const { said, ended } = await start(
    ["slack", "doctor"],
    { SLACK_FOLLOW_UP_CHANNELS: "C1" },
    "chat:write,commands,im:history,app_mentions:read,files:read,users:read",
  );
  expect(await ended).toBe(1);
  expect(said().stdout).toContain(
    "✗ Scopes are missing: assistant:write, channels:history or groups:history; add them under",
  );
  expect(said().stdout).toContain("! Scopes are granted that nothing here uses: files:read; remove them");
});

test("for follow-ups in private channels the doctor wants only their scope", async () => {
  const scopes = "app_mentions:read,assistant:write,chat:write,commands,im:history,users:read,groups:history";
  const { said, ended } = await start(["slack", "doctor"], { SLACK_FOLLOW_UP_CHANNELS: "C1" }, scopes);
  expect(await ended).toBe(0);
  expect(said().stdout).toContain("✓ All 7 scopes are granted.");
});

test("`ask --as slack` offers on unknown whom the bot would offer", async () => {
  const question = "Who won the world cup in 1998?";
  const { said, ended } = await start(["ask", "--as", "slack", question], { SLACK_HUMAN: "C0HELP" });
  expect(await ended).toBe(0);
  expect(said().stdout).toContain("A person can help: <#C0HELP>");
});
