// A disk that is full and a folder that may not be written, as a process meets them: what it says, and that it goes on.

import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { telling } from "../../../../adapters/shared/state/database.ts";
import { openSqlite } from "../../../../adapters/shared/state/sqlite.ts";

const DIST = pathToFileURL(resolve(import.meta.dirname, "../../../../dist/adapters/shared")).href;
const root = mkdtempSync(join(tmpdir(), "footnote-unusable-"));
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Opens the state of a folder, fills it until that fails, and prints what still works, and the log. */
const SCRIPT = `
  const { createLog } = await import("${DIST}/log.js");
  const { openState } = await import("${DIST}/state/state.js");
  const lines = [];
  const log = createLog({ logLevel: "info" }, { write: (line) => lines.push(JSON.parse(line)) });
  const state = await openState({
    platform: "slack", data: process.env.FOLDER, databaseUrl: null, keys: [], keepDays: 30, questionsPerMinute: 0, log,
  });
  let vote = "kept";
  for (let at = 0; vote === "kept" && at < 3000; at++) {
    await state.memory.threads.remember("T1:" + at, "x".repeat(2000), "T1:U1");
    vote = await state.memory.votes.cast({ message: "T1:" + at, person: "T1:U1", value: "up", topic: null })
      .then(() => "kept", (error) => error.message);
  }
  await state.memory.threads.remember("T1:after", "y".repeat(9000), "T1:U1");
  const recalled = (await state.memory.threads.recall("T1:after")).map(({ length }) => length);
  console.log(JSON.stringify({ vote, recalled, told: lines.map(({ msg, remedy }) => [msg, remedy]) }));
  process.exit();
`;
const outcome = z.object({
  vote: z.string(),
  recalled: z.array(z.number()),
  told: z.array(z.tuple([z.string(), z.string().nullish()])),
});

/** @param lead words before the command that runs Node */
async function run(folder: string, lead: readonly string[], as: object = {}): Promise<z.infer<typeof outcome>> {
  const [program = "", ...args] = [...lead, process.execPath, "--input-type=module", "-e", SCRIPT];
  const child = spawn(program, args, {
    ...as,
    env: { ...process.env, FOLDER: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (stdout === "") throw new Error(stderr);
  return outcome.parse(JSON.parse(stdout));
}

/** A file system of its own, of two megabytes, seen by this command alone. */
const SMALL_DISK = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=2m small "$FOLDER" && exec "$@"', "sh"];
const canMount = spawnSync("unshare", ["-rm", "sh", "-c", "mount -t tmpfs -o size=1m small /mnt"]).status === 0;

test.runIf(canMount)(
  "on a full disk votes say so, threads live on in memory, and the log names the remedy once",
  async () => {
    const { vote, recalled, told } = await run(mkdtempSync(join(root, "d-")), SMALL_DISK);
    expect(vote).toMatch(/state\.db can't grow: the disk is full; make room there$/);
    expect(recalled).toEqual([9000]);
    expect(told).toEqual([[expect.stringMatching(/can't grow: the disk is full$/), "make room there"]]);
  },
);

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)(
  "where another user's file may only be read, that is told with its remedy, and answering goes on",
  async () => {
    const folder = mkdtempSync(join(root, "d-"));
    await (await openSqlite(folder)).close();
    chmodSync(folder, 0o555);
    chmodSync(join(folder, "state.db"), 0o444);
    const { vote, recalled, told } = await run(folder, [], { uid: NOBODY, gid: NOBODY });
    expect(vote).toMatch(/^nothing is kept just now/);
    expect(recalled).toEqual([9000]);
    expect(told).toEqual([
      [expect.stringMatching(/state\.db can't be written$/), expect.stringContaining("FOOTNOTE_DATA")],
    ]);
  },
);

test.each([
  [1544, "read-only"],
  [522, "read-only"],
  [779, "corrupt"],
  [261, "busy"],
])("what libsql has no name for is told by its primary code: %d", async (code, trouble) => {
  const failing = telling("the database", async () => {
    throw Object.assign(new Error("a text of SQLite's"), { code: `UNKNOWN_SQLITE_ERROR_${code}` });
  });
  await expect(failing).rejects.toMatchObject({ trouble });
});

test.runIf(isRoot)("the same where the folder itself may not be written", async () => {
  const folder = mkdtempSync(join(root, "d-"));
  chownSync(folder, 0, 0);
  chmodSync(folder, 0o555);
  const { recalled, told } = await run(join(folder, "data"), [], { uid: NOBODY, gid: NOBODY });
  expect(recalled).toEqual([9000]);
  expect(told).toEqual([[expect.stringMatching(/can't be written$/), expect.stringContaining("FOOTNOTE_DATA")]]);
});
