// `footnote backup`, `restore` and `privacy` as an operator runs them, and that `ask` loads nothing of what they need.

// @module-tag slow

import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { createStore } from "../../../adapters/shared/state/sql-store.ts";
import { openSqlite } from "../../../adapters/shared/state/sqlite.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");
const root = mkdtempSync(join(tmpdir(), "footnote-care-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => mkdtempSync(join(root, "d-"));

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}
const footnote = (args: readonly string[], env: Record<string, string>): Promise<Ran> =>
  new Promise((done) => {
    const options = { env: { PATH: process.env.PATH ?? "", ...env }, cwd: root };
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) =>
      done({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

/** A data folder where two people have asked and voted. */
async function filled(): Promise<string> {
  const folder = newFolder();
  const store = await createStore(await openSqlite(folder), { keys: [], keepDays: 30 });
  for (const person of ["T1:U1", "T1:U2"]) {
    await store.threads.remember("T1:C1:1", `a question of ${person}`, person);
    await store.votes.cast({ message: "T1:m", person, value: "up", topic: null });
  }
  await store.close();
  return folder;
}

test("a backup restored elsewhere tells of a person what was kept, until that is deleted", async () => {
  const file = join(newFolder(), "backup.db");
  const from = { FOOTNOTE_DATA: await filled() };
  const to = { FOOTNOTE_DATA: newFolder() };
  const backedUp = await footnote(["backup", file], from);
  expect(backedUp).toEqual({ status: 0, stdout: expect.stringContaining("2 questions, 2 votes"), stderr: "" });
  expect((await footnote(["restore", file], to)).status).toBe(0);
  const told = await footnote(["privacy", "export", "slack:T1:U1"], to);
  expect(JSON.parse(told.stdout)).toMatchObject({
    questions: [{ thread: "T1:C1:1", question: "a question of T1:U1" }],
    votes: [{ message: "T1:m", value: "up" }],
  });
  const deleted = await footnote(["privacy", "delete", "slack:T1:U1"], to);
  expect(deleted.stdout).toBe("Deleted 2 entries about slack:T1:U1.\n");
  expect(JSON.parse((await footnote(["privacy", "export", "slack:T1:U1"], to)).stdout).questions).toEqual([]);
  expect(JSON.parse((await footnote(["privacy", "export", "slack:T1:U2"], to)).stdout).questions).toHaveLength(1);
  const left = await footnote(["privacy", "delete", "slack:T1"], to);
  expect(left.stdout).toMatch(/^Deleted [1-9]\d* entr(?:y|ies) about slack:T1\.\n$/);
  expect(JSON.parse((await footnote(["privacy", "export", "slack:T1:U2"], to)).stdout).questions).toEqual([]);
});

test("what would be replaced, and what names nobody, is refused in one line", async () => {
  const file = join(newFolder(), "backup.db");
  const data = { FOOTNOTE_DATA: await filled() };
  await footnote(["backup", file], data);
  const notes = join(root, "notes.txt");
  writeFileSync(notes, "tea ".repeat(5000));
  const WRONG: readonly [args: readonly string[], told: RegExp][] = [
    [["backup", file], /backup\.db exists already; name a new file/],
    [["restore", file], /state\.db holds 4 entries; add --replace/],
    [["restore", join(root, "nowhere.db")], /nowhere\.db is not there; name a file/],
    [["restore", notes, "--replace"], /notes\.txt is no whole backup; name another file/],
    [["restore", root, "--replace"], /is no whole backup; name another file/],
    [["privacy"], /^usage: footnote privacy .*; see footnote privacy --help/],
    [["privacy", "export", "ada"], /^ada names no person; write slack:WORKSPACE:USER or discord:USER/],
  ];
  for (const [args, told] of WRONG) {
    const { status, stdout, stderr } = await footnote(args, data);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(told);
    expect(stderr.trim()).not.toContain("\n");
  }
  expect((await footnote(["restore", file, "--replace"], data)).status).toBe(0);
});

test("a folder where no bot has kept anything is taken for a mistake, and stays as it is", async () => {
  const data = newFolder();
  for (const args of [
    ["backup", join(root, "of-nothing.db")],
    ["privacy", "export", "slack:T1:U1"],
    ["privacy", "delete", "slack:T1"],
  ]) {
    const { status, stdout, stderr } = await footnote(args, { FOOTNOTE_DATA: data });
    expect([status, stdout, stderr]).toEqual([
      2,
      "",
      expect.stringMatching(/^no bot has kept anything in [^\n]+; set /),
    ]);
  }
  expect(readdirSync(data)).toEqual([]);
});

test("`ask` opens no database and loads none of what would", async () => {
  const loaded = newFolder();
  const data = newFolder();
  const { status } = await footnote(["ask", "Is Docker secure?"], { FOOTNOTE_DATA: data, NODE_V8_COVERAGE: loaded });
  expect(status).toBe(0);
  expect(readdirSync(data)).toEqual([]);
  const coverage = z.object({ result: z.array(z.object({ url: z.string() })) });
  const scripts = readdirSync(loaded).flatMap((file) =>
    coverage.parse(JSON.parse(readFileSync(join(loaded, file), "utf8"))).result.map(({ url }) => url),
  );
  expect(scripts.some((url) => url.endsWith("dist/adapters/cli/ask.js"))).toBe(true);
  const KEEPING =
    /adapters\/shared\/(?:state\/|metrics)|node_modules\/(?:kysely|libsql|@libsql|pg|pg-[a-z]+|prom-client)\//;
  expect(scripts.filter((url) => KEEPING.test(url))).toEqual([]);
});
