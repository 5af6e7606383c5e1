// `footnote chat --watch` from a pipe that stays open while files change. Needs `npm run build`.
// @module-tag slow

import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test, vi } from "vitest";
import { folderWith, TOPICAL } from "./corpora.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");
const DOCUMENT = "documents/tea.md";
const SEEN = { timeout: 30_000, interval: 20 };

test("a chat goes on through a broken and a mended change, keeps its thread, and ends with its input", async () => {
  const folder = folderWith(TOPICAL);
  const chat = spawn(process.execPath, [MAIN, "chat", "--watch", "--corpus", folder], {
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = once(chat, "exit");
  let said = "";
  let told = "";
  chat.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  chat.stderr.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  const linesTold = (): string[] => told.split("\n").slice(0, -1);
  const ask = async (question: string, answer: RegExp): Promise<void> => {
    said = "";
    chat.stdin.write(`${question}\n`);
    await vi.waitFor(() => expect(said).toMatch(answer), SEEN);
  };

  await ask("Where is tea stored?", /^Tea is stored in a dark tin\. \[1\]/);
  await ask("How long is green tea brewed?", /two minutes/);

  writeFileSync(join(folder, DOCUMENT), TOPICAL[DOCUMENT].replace("dark tin", "glass jar"));
  await vi.waitFor(() => expect(linesTold()).toHaveLength(1), SEEN);
  expect(linesTold()[0]).toMatch(/^Not reloaded, answering as before: faq\.yaml:\d+: .+; .+$/);
  await ask("and black tea?", /Continuing with: Brewing time/);

  writeFileSync(join(folder, "faq.yaml"), TOPICAL["faq.yaml"].replaceAll("dark tin", "glass jar"));
  await vi.waitFor(() => expect(linesTold()).toHaveLength(2), SEEN);
  expect(linesTold()[1]).toMatch(/^Reloaded: 1 document · 2 topics · [0-9a-f]{12}$/);
  await ask("Where is tea stored?", /^Tea is stored in a glass jar\. \[1\]/);
  await ask("/why", /Question +Where is tea stored\?/);
  await ask("How long is green tea brewed?", /two minutes/);
  await ask("and black tea?", /Continuing with: Brewing time/);

  chat.stdin.end();
  expect(await ended).toEqual([0, null]);
});

test("input that ends at once ends the chat at once", async () => {
  const folder = folderWith(TOPICAL);
  const chat = spawn(process.execPath, [MAIN, "chat", "--watch", "--corpus", folder], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  chat.stdin.end();
  expect(await once(chat, "exit")).toEqual([0, null]);
});
