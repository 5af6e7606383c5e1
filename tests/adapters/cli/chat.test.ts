// `footnote chat` in a terminal, where lines may be pasted faster than they are answered. Needs `npm run build`.
// @module-tag slow

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { folderWith, TOPICAL } from "./corpora.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");
/** Of util-linux: runs a command in a terminal of its own and passes on what is typed. */
const TERMINAL = "/usr/bin/script";
const folder = folderWith(TOPICAL);
const ENTER = "\r";
const CTRL_D = "\u0004";

/** What a chat shows, and how it ends, when all of this is typed at once. */
async function paste(typed: string): Promise<{ shown: string; code: number | null }> {
  const command = `"${process.execPath}" "${MAIN}" chat --corpus "${folder}"`;
  const chat = spawn(TERMINAL, ["--quiet", "--return", "--command", command, "/dev/null"], {
    env: { PATH: process.env.PATH, HOME: folder, TERM: "xterm", NO_COLOR: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(chat, "close");
  let shown = "";
  chat.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  await vi.waitFor(() => expect(shown).toContain("footnote> "), { timeout: 30_000, interval: 20 });
  chat.stdin.write(typed);
  const [code] = await ended;
  return { shown, code };
}

const GREEN = "Green tea is brewed for two minutes";
const STORED = "Tea is stored in a dark tin. [1]";

describe.runIf(process.platform === "linux" && existsSync(TERMINAL))("lines that are pasted together", () => {
  test("are answered one after the other, each in the thread of those before it", async () => {
    const lines = ["How long is green tea brewed?", "and black tea?", "Where is tea stored?", "/why", "/quit"];
    const { shown, code } = await paste(lines.map((line) => line + ENTER).join(""));
    const places = [GREEN, "Continuing with: Brewing time", STORED, "Question"].map((said) => shown.indexOf(said));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(shown).toMatch(/Question\s+Where is tea stored\?/);
    expect(code).toBe(0);
  });

  test("are answered before Ctrl-D ends the chat", async () => {
    const { shown, code } = await paste(`How long is green tea brewed?${ENTER}Where is tea stored?${ENTER}${CTRL_D}`);
    expect(shown).toContain(GREEN);
    expect(shown.indexOf(STORED)).toBeGreaterThan(shown.indexOf(GREEN));
    expect(code).toBe(0);
  });

  test("are not answered behind /quit", async () => {
    const { shown, code } = await paste(
      `How long is green tea brewed?${ENTER}/quit${ENTER}Where is tea stored?${ENTER}`,
    );
    expect(shown).toContain(GREEN);
    expect(shown).not.toContain(STORED);
    expect(code).toBe(0);
  });
});
