// What was acknowledged is answered once, and votes are kept, whichever process ends by kill -9, on either database.

// @module-tag slow

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { surviveKills } from "./kills.ts";
import { hasPostgres, startPostgres } from "./postgres.ts";

const KILLS = 3;

async function check(databaseUrl: string | null): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "footnote-kills-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const survived = await surviveKills({ data, databaseUrl, keys: [], keepDays: 30 }, KILLS);
  expect(survived.acknowledged).toBeGreaterThan(4 * KILLS);
  expect(survived).toMatchObject({ lost: [], twice: [], votesLost: [], commandsLost: [], dead: 0 });
  expect(survived.commandsTwice).toBeLessThanOrEqual(KILLS);
}

test("kill -9 of one of two processes, three times, on SQLite", () => check(null), 400_000);

test.runIf(hasPostgres())(
  "the same on PostgreSQL",
  async () => {
    const server = await startPostgres(true);
    onTestFinished(() => server.close());
    await check(await server.database());
  },
  400_000,
);
