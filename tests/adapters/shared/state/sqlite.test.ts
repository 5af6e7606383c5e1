// The store in a file of SQLite: the exam, what becomes of the file, and what an operator reads when it can't be used.

import { execFile } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { migrationsFor, stepsDone } from "../../../../adapters/shared/state/schema.ts";
import { createStore } from "../../../../adapters/shared/state/sql-store.ts";
import { openSqlite, STATE_FILE } from "../../../../adapters/shared/state/sqlite.ts";
import { describeStore } from "../../../contracts/store.ts";

const root = mkdtempSync(join(tmpdir(), "footnote-state-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => mkdtempSync(join(root, "d-"));

describeStore("SQLite", async () => {
  const folder = newFolder();
  return {
    open: async ({ now, ...options }) =>
      createStore(await openSqlite(folder, now === undefined ? {} : { now }), options),
  };
});

/** A folder whose state holds a few thousand claims. */
async function filled(): Promise<string> {
  const folder = newFolder();
  const store = await createStore(await openSqlite(folder), { keys: [], keepDays: 30 });
  for (let at = 0; at < 2000; at++) await store.claims.claim(`claim ${at}`);
  await store.close();
  return folder;
}
const messageOf = (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => "it opened",
    (error: unknown) => (error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error)),
  );

describe("the file", () => {
  test("and its folder are their owner's alone", async () => {
    const folder = join(newFolder(), "data");
    const database = await openSqlite(folder);
    onTestFinished(() => database.close());
    await createStore(database, { keys: [], keepDays: 30 });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const files = readdirSync(folder);
    expect(files.sort()).toEqual([STATE_FILE, `${STATE_FILE}-shm`, `${STATE_FILE}-wal`]);
    for (const file of files) expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600]);
  });

  const BROKEN: readonly [name: string, breakIt: (file: string) => void, told: RegExp][] = [
    [
      "that is damaged",
      (file) => overwrite(file, 4096, 9000),
      /^StoreError: .*state\.db is damaged; move it away with its -wal and -shm, if any, and run footnote restore/,
    ],
    [
      "that is something else",
      (file) => writeFileSync(file, "tea ".repeat(5000)),
      /^StoreError: .*state\.db is damaged; /,
    ],
    ["that lost its end", (file) => truncateSync(file, 20_000), /^StoreError: .*state\.db is damaged; /],
    ["that lost everything", (file) => truncateSync(file, 0), /^StoreError: .*state\.db is cut off; move it away/],
  ];
  for (const [name, breakIt, told] of BROKEN)
    test(`${name} is told in one line with its remedy and stays as it is`, async () => {
      const folder = await filled();
      const file = join(folder, STATE_FILE);
      breakIt(file);
      const before = readFileSync(file);
      const message = await messageOf(openSqlite(folder));
      expect(message).toMatch(told);
      expect(message).not.toContain("\n");
      expect(readFileSync(file).equals(before)).toBe(true);
    });
});

test("what a killed process left beside a file that was moved away is not played back into a new one", async () => {
  const folder = newFolder();
  const file = join(folder, STATE_FILE);
  const module = pathToFileURL(resolve(import.meta.dirname, "../../../../dist/adapters/shared/state/state.js")).href;
  const script = `const { openStore } = await import(${JSON.stringify(module)});
    const store = await openStore({ data: ${JSON.stringify(folder)}, databaseUrl: null, keys: [], keepDays: 30 });
    for (let at = 0; at < 50; at++) await store.claims.claim("claim " + at);
    process.kill(process.pid, "SIGKILL");`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]).catch(() => {});
  renameSync(file, `${file}.old`);
  const left = readFileSync(`${file}-wal`);
  expect(await messageOf(openSqlite(folder))).toMatch(
    /^StoreError: \S+state\.db is gone, and its -wal or -journal is still there; put it back, or move these/,
  );
  expect(readFileSync(`${file}-wal`).equals(left)).toBe(true);
  renameSync(`${file}.old`, file);
  const store = await createStore(await openSqlite(folder), { keys: [], keepDays: 30 });
  onTestFinished(() => store.close());
  expect(await store.claims.claim("claim 49")).toBe(false);
});

function overwrite(file: string, from: number, to: number): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x5a, from, to));
}

describe("the schema", () => {
  const steps = migrationsFor("sqlite");
  const broken = {
    ...steps,
    "999-broken": {
      up: async (db: Parameters<(typeof steps)[string]["up"]>[0]) => {
        await db.schema.createTable("half").addColumn("id", "integer").execute();
        throw new Error("the power went");
      },
    },
  };

  test("is made once by three processes that start at once", async () => {
    const folder = newFolder();
    const module = pathToFileURL(resolve(import.meta.dirname, "../../../../dist/adapters/shared/state/sqlite.js")).href;
    const script = `const { openSqlite } = await import(${JSON.stringify(module)});
      await (await openSqlite(${JSON.stringify(folder)})).close();`;
    const run = promisify(execFile);
    await Promise.all([1, 2, 3].map(() => run(process.execPath, ["--input-type=module", "-e", script])));
    const database = await openSqlite(folder);
    expect(await database.run(stepsDone)).toEqual(Object.keys(steps));
    await database.close();
    // Who closes while others do may leave the log beside the file, and nothing else.
    expect(readdirSync(folder).map((name) => name.replace(/-(?:wal|shm)$/, ""))).toContain(STATE_FILE);
    expect(readdirSync(folder).filter((name) => !name.startsWith(STATE_FILE))).toEqual([]);
  });
  test("of a step that fails half-way is as it was before, and nothing is lost", async () => {
    const folder = await filled();
    await expect(openSqlite(folder, { steps: broken })).rejects.toThrow("the power went");
    const database = await openSqlite(folder);
    onTestFinished(() => database.close());
    const tables = await database.run((sql) => sql.introspection.getTables());
    expect(tables.map(({ name }) => name)).not.toContain("half");
    const store = await createStore(database, { keys: [], keepDays: 30 });
    expect(await store.claims.claim("claim 7")).toBe(false);
  });
  test("of a newer program is refused in one line, and stays as it is", async () => {
    const folder = newFolder();
    const newer = { ...steps, "999-newer": { up: async () => {} } };
    await (await openSqlite(folder, { steps: newer })).close();
    expect(await messageOf(openSqlite(folder))).toMatch(
      /^StoreError: \S+state\.db was changed by a newer version of footnote \(999-newer\); run that version[^\n]*$/,
    );
    const database = await openSqlite(folder, { steps: newer });
    expect(await database.run(stepsDone)).toEqual([...Object.keys(steps), "999-newer"]);
    await database.close();
  });
});
