// What the README shows is what the command says: its examples are run, its set-up and its commands held to --help.

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { folderWith } from "./adapters/cli/corpora.ts";

const ROOT = join(import.meta.dirname, "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const SCRIPTS = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))).scripts;

/** The folder that the README speaks of, beside which its reader stands; a clone's own handbook besides. */
const HANDBOOK = {
  "handbook/handbook.md": "# Handbook\n\n## Holidays\n\nEveryone has 28 days off a year.\n",
};
const folder = folderWith(HANDBOOK);
cpSync(join(ROOT, "tests", "handbook"), join(folder, "tests", "handbook"), { recursive: true });

function footnote(args: readonly string[]): string {
  const env = { PATH: process.env.PATH ?? "", HOME: folder };
  const main = join(ROOT, "dist", "adapters", "cli", "main.js");
  return execFileSync(process.execPath, [main, ...args], { cwd: folder, env, encoding: "utf8", timeout: 30_000 });
}

/** The words of a command line, those in quotation marks as one. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");

/** Each console block: its command, and what is shown below it. */
const EXAMPLES = [...README.matchAll(/^```console\n\$ npx footnote (.+)\n([\s\S]*?)^```$/gm)].map(
  ([, command = "", shown = ""]) => ({ command, shown }),
);

/** Whether a text is what is shown, "…" standing for any gap; at a line's own place also for whole lines. */
function isShownAs(text: string, shown: string): boolean {
  const parts = shown.trim().split(/\n *…(?=\n|$)/);
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(?:\\n[\\s\\S]*)?");
  return new RegExp(`^${pattern}$`).test(text.trim());
}

describe("an example", () => {
  test("is every block that shows the command", () => {
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(3);
    expect(README.match(/\$ npx footnote/g)).toHaveLength(EXAMPLES.length);
  });

  test.each(EXAMPLES)("says what is shown: $command", ({ command, shown }) => {
    const said = footnote(wordsOf(command));
    expect(isShownAs(said, shown), said).toBe(true);
  });

  test("is not shown by another text, and a gap is where it stands only", () => {
    expect(isShownAs("one\ntwo\nthree\n", "one\n…\nthree\n")).toBe(true);
    expect(isShownAs("one\nthree\n", "one\n…\nthree\n")).toBe(true);
    expect(isShownAs("one\ntwo\nfour\n", "one\n…\nthree\n")).toBe(false);
    expect(isShownAs("one\ntwo\n", "one\n")).toBe(false);
    expect(isShownAs("one\ntwo\n", "one\n…\n")).toBe(true);
  });
});

/** The commands of a help text, by name. */
function commandsIn(help: string): string[] {
  const [, list = ""] = /^Commands:\n([\s\S]*?)\n\n/m.exec(help) ?? [];
  return [...list.matchAll(/^ {2}(\w+)/gm)].map(([, name = ""]) => name).filter((name) => name !== "help");
}

const HELP = footnote(["--help"]);

describe("the set-up", () => {
  const COMMANDS = [...README.matchAll(/^ {4}npm ci && (.+)$/gm)].map(([, command = ""]) => command);

  test("is two commands: one asks the first example of --help, the other is a script", () => {
    const [ask = "", tests = ""] = COMMANDS;
    expect(COMMANDS).toHaveLength(2);
    expect(ask).toMatch(/^npx footnote ask /);
    expect(HELP).toContain(`Examples:\n  ${ask.replace("npx ", "")}\n`);
    expect(tests).toBe("npm test");
    expect(Object.keys(SCRIPTS)).toContain("test");
  });

  test("asks a question that is answered", () => {
    const [ask = ""] = COMMANDS;
    expect(footnote(wordsOf(ask).slice(2))).toMatch(/\[1\][\s\S]*^Sources$/m);
  });

  test("names no script that is not there", () => {
    const named = [...README.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in SCRIPTS))).toEqual([]);
  });
});

describe("the table of commands", () => {
  const [, table = ""] = /^\| command \|.*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(README) ?? [];
  const ROWS = table
    .trimEnd()
    .split("\n")
    .map((row) => {
      const [, commands = "", said = ""] = row.split(/(?<!\\)\|/);
      const named = [...commands.matchAll(/`footnote (\w+)([^`]*)`/g)].map(([, name = "", usage = ""]) => ({
        name,
        usage,
      }));
      const options = [...said.matchAll(/`(--[\w-]+)/g)].map(([, option = ""]) => option);
      return { commands, named, options };
    });
  const NAMES = ROWS.flatMap(({ named }) => named.map(({ name }) => name));

  test("lists each command of --help, and no other", () => {
    expect([...new Set(NAMES)].sort()).toEqual(commandsIn(HELP).sort());
  });

  test.each(ROWS)("holds$commands to its own --help", ({ named, options }) => {
    const helps = named.map(({ name, usage }) => ({ usage, help: footnote([name, "--help"]) }));
    for (const { usage, help } of helps) {
      const [first = ""] = help.split("\n");
      // "QUESTION…" is an argument there, and "< CASES" none.
      const takes = /^ [A-Z]/.test(usage);
      expect(/[<[](?!options|command)\w/.test(first), first).toBe(takes);
    }
    expect(options.filter((option) => !helps.some(({ help }) => help.includes(`  ${option}`)))).toEqual([]);
  });

  test("says that all take what each of them takes", () => {
    const [, all = ""] = /^All take (.*?), and `--help`/m.exec(README) ?? [];
    const options = [...all.matchAll(/`(--[\w-]+)/g)].map(([, option = ""]) => option);
    expect(options).toEqual(["--corpus", "--strict"]);
    for (const option of options) expect(footnote(["ask", "--help"])).toContain(`  ${option}`);
  });
});
