// What a bot remembers with while its store is there, away or can't be opened, and what its log says of it.

import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { createLog } from "../../../../adapters/shared/log.ts";
import { openPostgres } from "../../../../adapters/shared/state/postgres.ts";
import { migrationsFor } from "../../../../adapters/shared/state/schema.ts";
import { openSqlite, STATE_FILE } from "../../../../adapters/shared/state/sqlite.ts";
import { openState, type State, type StateOptions } from "../../../../adapters/shared/state/state.ts";
import { hasPostgres, startPostgres } from "../../../postgres.ts";

const root = mkdtempSync(join(tmpdir(), "footnote-remembering-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => mkdtempSync(join(root, "d-"));
const VOTE = { message: "T1:m", person: "T1:U1", value: "up", topic: null } as const;

interface Opened {
  readonly state: State;
  readonly lines: Record<string, unknown>[];
}

async function open(change: Partial<StateOptions>): Promise<Opened> {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ logLevel: "debug" }, { write: (line) => void lines.push(JSON.parse(line)) });
  const state = await openState({
    ...{ platform: "slack", data: newFolder(), databaseUrl: null, keys: [], keepDays: 30, questionsPerMinute: 2 },
    ...{ log, reopenMs: 100 },
    ...change,
  });
  onTestFinished(() => state.close());
  return { state, lines };
}
const said = (lines: Opened["lines"]): unknown[] => lines.map(({ msg }) => msg);

test("what is remembered is there for the next process", async () => {
  const data = newFolder();
  const { state, lines } = await open({ data });
  await state.memory.threads.remember("T1:C1:1", "one", "T1:U1");
  await state.memory.votes.cast(VOTE);
  for (let times = 0; times < 2; times++) await state.limit.ask("T1:U1");
  await state.close();
  const { state: next } = await open({ data });
  expect(await next.memory.threads.recall("T1:C1:1")).toEqual(["one"]);
  expect(await next.memory.votes.tally("T1:m")).toEqual({ up: 1, down: 0 });
  expect((await next.limit.ask("T1:U1")).ok).toBe(false);
  expect(lines).toEqual([expect.objectContaining({ msg: "remembering", store: join(data, STATE_FILE) })]);
});

test("a damaged file is told once, nothing of it changes, and answering goes on until a whole one stands there", async () => {
  const data = newFolder();
  const file = join(data, STATE_FILE);
  writeFileSync(file, "tea ".repeat(3000));
  const { state, lines } = await open({ data });
  expect(state.store()).toBeNull();
  await state.memory.threads.remember("T1:C1:1", "one", "T1:U1");
  expect(await state.memory.threads.recall("T1:C1:1")).toEqual(["one"]);
  expect([await state.memory.claims.claim("e"), await state.memory.claims.claim("e")]).toEqual([true, false]);
  await expect(state.memory.votes.cast(VOTE)).rejects.toThrow("nothing is kept just now");
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect(lines).toEqual([
    expect.objectContaining({ level: "error", msg: `${file} is damaged`, remedy: expect.stringContaining("restore") }),
  ]);
  renameSync(file, `${file}.broken`);
  await expect.poll(() => state.store(), { timeout: 10_000 }).not.toBeNull();
  await state.memory.votes.cast(VOTE);
  expect(said(lines)).toEqual([`${file} is damaged`, "remembering", "the store can be used again"]);
});

test("a folder that can't be made is told with its remedy, and answering goes on", async () => {
  const data = join(newFolder(), "file");
  writeFileSync(data, "");
  const { state, lines } = await open({ data: join(data, "data") });
  expect(await state.limit.ask("T1:U1")).toEqual({ ok: true });
  expect(lines).toMatchObject([
    { msg: expect.stringMatching(/can't be written$/), remedy: expect.stringContaining("FOOTNOTE_DATA") },
  ]);
});

test.skipIf(process.getuid?.() === 0)("a file that may only be read is told with its remedy", async () => {
  const data = newFolder();
  await (await openSqlite(data)).close();
  chmodSync(join(data, STATE_FILE), 0o400);
  const { lines } = await open({ data });
  expect(lines).toMatchObject([{ msg: expect.stringMatching(/can't be written$/) }]);
});

test("a store that a newer program has changed ends the start", async () => {
  const data = newFolder();
  await (
    await openSqlite(data, { steps: { ...migrationsFor("sqlite"), "999-newer": { up: async () => {} } } })
  ).close();
  await expect(open({ data })).rejects.toThrow(/was changed by a newer version of footnote/);
});

test.runIf(hasPostgres())(
  "while PostgreSQL is away memory takes over, votes say so, and all is as before when it is back",
  async () => {
    const server = await startPostgres();
    onTestFinished(() => server.close());
    const databaseUrl = await server.database();
    const { state, lines } = await open({ databaseUrl });
    await state.memory.threads.remember("T1:C1:1", "one", "T1:U1");
    await state.limit.ask("T1:U2");
    await server.stop();
    expect(await state.memory.threads.recall("T1:C1:1")).toEqual([]);
    expect([await state.memory.claims.claim("e"), await state.memory.claims.claim("e")]).toEqual([true, false]);
    await state.memory.threads.remember("T1:C1:1", "two", "T1:U1");
    const allowed = [await state.limit.ask("T1:U1"), await state.limit.ask("T1:U1"), await state.limit.ask("T1:U1")];
    expect(allowed.map(({ ok }) => ok)).toEqual([true, true, false]);
    await expect(state.memory.votes.cast(VOTE)).rejects.toThrow("can't be reached");
    await server.start();
    await state.memory.votes.cast(VOTE);
    // What it heard meanwhile, it still knows.
    expect(await state.memory.threads.recall("T1:C1:1")).toEqual(["one", "two"]);
    expect(await state.memory.claims.claim("e")).toBe(false);
    expect(said(lines).slice(1)).toEqual([expect.stringMatching(/can't be reached$/), "the store can be used again"]);
    await (await openPostgres(databaseUrl)).close();
  },
);

test.runIf(hasPostgres())("a PostgreSQL that is away at the start is taken up once it is there", async () => {
  const server = await startPostgres();
  onTestFinished(() => server.close());
  const databaseUrl = await server.database();
  await server.stop();
  const { state } = await open({ databaseUrl });
  expect(await state.memory.claims.claim("e")).toBe(true);
  await server.start();
  await expect.poll(() => state.store(), { timeout: 10_000 }).not.toBeNull();
});
