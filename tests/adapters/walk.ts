// What both bots' walks through the loop share: the program's commands run as an operator does, on a folder that a bot follows.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, onTestFinished } from "vitest";
import { z } from "zod";
import { folderWith, TOPICAL } from "./cli/corpora.ts";

const MAIN = resolve(import.meta.dirname, "../../dist/adapters/cli/main.js");
const SEEN = { timeout: 30_000, interval: 50 };

export interface Walk {
  readonly folder: string;
  /** Starts a bot and waits until it is ready; resolves with its log so far, as a function. */
  bot(name: string, env: Readonly<Record<string, string>>): Promise<() => string>;
  /** Runs a command; resolves with what it printed and its exit status. */
  footnote(
    ...args: readonly string[]
  ): Promise<{ readonly stdout: string; readonly stderr: string; readonly status: number }>;
  /** The inbox as JSON. */
  inbox(): Promise<
    readonly {
      readonly id: string;
      readonly asked: number;
      readonly waiting: number;
      readonly state: string;
      readonly why: readonly string[];
    }[]
  >;
}

const listed = z.array(
  z.object({ id: z.string(), asked: z.number(), waiting: z.number(), state: z.string(), why: z.array(z.string()) }),
);

/** A folder of TOPICAL, where what no topic answers is not stated from elsewhere. */
export function startWalk(): Walk {
  const folder = folderWith(TOPICAL);
  writeFileSync(join(folder, "faq.yaml"), `${TOPICAL["faq.yaml"]}elsewhere: leads\n`);
  const env = { PATH: process.env.PATH ?? "", FOOTNOTE_CORPUS: folder, FOOTNOTE_DATA: folderWith({}) };
  const footnote: Walk["footnote"] = (...args) =>
    new Promise((done) => {
      execFile(process.execPath, [MAIN, ...args], { env }, (error, stdout, stderr) => {
        done({ stdout, stderr, status: error === null ? 0 : Number(error.code) });
      });
    });
  return {
    folder,
    footnote,
    async bot(name, variables) {
      const child = spawn(process.execPath, [MAIN, name], { env: { ...env, ...variables } });
      onTestFinished(() => end(child));
      let log = "";
      child.stderr.on("data", (part) => {
        log += String(part);
      });
      await expect.poll(() => log, SEEN).toContain('"ready"');
      return () => log;
    },
    inbox: async () => listed.parse(JSON.parse((await footnote("inbox", "--all", "--json")).stdout)),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
