// `footnote serve` as a process of its own, from dist, as an operator runs it.
// @module-tag slow

import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { portOf } from "../../../adapters/shared/health.ts";
import { folderWith, PLAIN } from "../cli/corpora.ts";
import { mention } from "../slack/deliveries.ts";
import { deliver, SECRET, startStandIn } from "../slack/stand-in.ts";
import { asking } from "./site.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Runs the program with words after its name and collects what it says. */
function start(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env.PATH ?? "", FOOTNOTE_DATA: folderWith({}), ...variables };
  const child = spawn(process.execPath, [MAIN, "serve", ...args], { env });
  closers.push(() => child.kill("SIGKILL"));
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (part) => {
    said.stdout += String(part);
  });
  child.stderr.on("data", (part) => {
    said.stderr += String(part);
  });
  const ended = once(child, "close").then(([code]: unknown[]) => code);
  const address = async (): Promise<string> => {
    await expect.poll(() => said.stderr, { timeout: 30_000 }).toMatch(/ask at http/);
    return /ask at (\S+)/.exec(said.stderr)?.[1] ?? "";
  };
  return { child, said, ended, address };
}

const pageAt = async (address: string, question: string): Promise<string> =>
  (await fetch(`${address}${asking(question)}`)).text();

test("it says where to ask, answers there, follows the documents and exits 0 on SIGTERM", async () => {
  const folder = folderWith(PLAIN);
  const { child, said, ended, address } = start(["--port", "0", "--corpus", folder]);
  const base = await address();
  expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await pageAt(base, "Where is tea stored?")).toContain("Tea is stored in a dark tin.");
  writeFileSync(join(folder, "tea.md"), PLAIN["tea.md"].replace("a dark tin", "a blue jar"));
  await expect
    .poll(() => pageAt(base, "Where is tea stored?"), { timeout: 30_000, interval: 300 })
    .toContain("Tea is stored in a blue jar.");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(said.stdout).toBe("");
  expect(said.stderr).not.toContain("Where is tea stored");
});

test("a bot beside it answers from the same documents; one signal ends both", async () => {
  const slack = await startStandIn();
  closers.push(() => slack.close());
  const { child, said, ended, address } = start(["--port", "0", "--with", "slack", "--corpus", folderWith(PLAIN)], {
    ...{ SLACK_BOT_TOKEN: "xoxb-test-token", SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: slack.apiUrl, PORT: "0" },
  });
  const base = await address();
  await expect.poll(() => said.stderr, { timeout: 30_000 }).toContain('"ready"');
  const port = Number(/"port":(\d+)/.exec(said.stderr)?.[1]);
  await deliver(port, JSON.stringify(mention("Where is tea stored?")));
  const [posted] = await slack.called("chat.postMessage");
  expect(JSON.stringify(posted)).toContain("Tea is stored in a dark tin.");
  expect(await pageAt(base, "Where is tea stored?")).toContain("Tea is stored in a dark tin.");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test("a bot that can't start ends both, with its own remedy", async () => {
  const { said, ended } = start(["--port", "0", "--with", "slack", "--corpus", folderWith(PLAIN)]);
  expect(await ended).toBe(2);
  expect(said.stderr).toMatch(/SLACK_BOT_TOKEN is missing; [^\n]+\n$/);
});

test("a port that is taken, or none, ends it with status 2 and one line with its remedy", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  closers.push(() => taken.close());
  const busy = start(["--port", String(portOf(taken))]);
  expect(await busy.ended).toBe(2);
  expect(busy.said.stderr).toMatch(/^the port \d+ can't be used \(EADDRINUSE\); set --port to a free one\n$/);
  const wrong = start(["--port", "web"]);
  expect(await wrong.ended).toBe(2);
  expect(wrong.said.stderr).toMatch(/^--port is no port; [^\n]+\n$/);
});
