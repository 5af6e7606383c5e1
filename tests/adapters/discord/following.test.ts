// A bot as a process, whose documents change: it answers from the new ones, and from the old ones where the new are broken.

// @module-tag slow

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folderWith, TOPICAL } from "../cli/corpora.ts";
import { BOT, messageOf } from "./events.ts";
import { shown, TOKEN } from "./running.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");
const SEEN = { timeout: 30_000, interval: 50 };

let discord: StandIn;
let child: ChildProcess;
let lines: { readonly msg: string; readonly corpus?: string; readonly problem?: string }[];
let folder: string;
beforeEach(async () => {
  discord = await startStandIn();
  folder = folderWith(TOPICAL);
  lines = [];
});
afterEach(async () => {
  if (child.exitCode === null) {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }
  await discord.close();
});

async function start(env: Record<string, string> = {}): Promise<void> {
  const settings = {
    ...{ DISCORD_TOKEN: TOKEN, DISCORD_APPLICATION_ID: BOT, DISCORD_API_URL: discord.url },
    ...{ FOOTNOTE_CORPUS: folder, FOOTNOTE_DATA: folderWith({}), LOG_LEVEL: "debug" },
  };
  child = spawn(process.execPath, [MAIN, "discord"], { env: { PATH: process.env.PATH ?? "", ...settings, ...env } });
  child.stderr?.on("data", (part) => {
    for (const line of String(part).trim().split("\n")) lines.push(JSON.parse(line));
  });
  await told("ready");
}
const told = (message: string, times = 1) =>
  expect.poll(() => lines.filter(({ msg }) => msg === message).length, SEEN).toBe(times);
const put = (jar: string): void => {
  for (const file of ["documents/tea.md", "faq.yaml"] as const)
    writeFileSync(join(folder, file), TOPICAL[file].replaceAll("dark tin", jar));
};
async function answer(): Promise<string> {
  discord.dispatch("MESSAGE_CREATE", messageOf(`<@${BOT}> Where is tea stored?`));
  return shown(await discord.next());
}

test("new documents are answered from once they are whole, broken ones never, and the log says which", async () => {
  await start();
  expect(await answer()).toContain("dark tin");
  put("glass jar");
  await told("answering from new documents");
  expect(await answer()).toContain("glass jar");
  writeFileSync(join(folder, "faq.yaml"), "topics: [\n");
  await told("new documents refused, answering as before");
  expect(await answer()).toContain("glass jar");
  const [swapped, refused] = lines.filter(({ msg }) => msg.includes("new documents"));
  expect(swapped?.corpus).toMatch(/^[0-9a-f]{12}$/);
  expect(refused).toMatchObject({ corpus: swapped?.corpus, problem: expect.stringMatching(/^faq\.yaml:\d+: /) });
}, 60_000);

test("SIGHUP has the documents looked at where no change of them can be seen", async () => {
  await start({ CHOKIDAR_USEPOLLING: "1", CHOKIDAR_INTERVAL: "600000" });
  put("glass jar");
  expect(await answer()).toContain("dark tin");
  child.kill("SIGHUP");
  await told("answering from new documents");
  expect(await answer()).toContain("glass jar");
}, 60_000);
