// The store in PostgreSQL: the exam before a real server, and what becomes of it while the server is away.
// @module-tag slow

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openPostgres } from "../../../../adapters/shared/state/postgres.ts";
import { migrationsFor, stepsDone } from "../../../../adapters/shared/state/schema.ts";
import { createStore } from "../../../../adapters/shared/state/sql-store.ts";
import { describeStore } from "../../../contracts/store.ts";
import { hasPostgres, type Server, startPostgres } from "../../../postgres.ts";

const isHere = hasPostgres();
if (!isHere)
  process.stderr.write(
    "\n*** PostgreSQL NOT TESTED: no initdb and postgres here; install the package postgresql ***\n\n",
  );

describe.runIf(isHere)("with a server", () => {
  let running: Server | null = null;
  const server = (): Server => {
    if (running === null) throw new Error("the server runs only while tests do");
    return running;
  };
  beforeAll(async () => {
    running = await startPostgres();
  });
  afterAll(() => running?.close());

  describeStore("PostgreSQL", async () => {
    const url = await server().database();
    return { open: async ({ now, ...options }) => createStore(await openPostgres(url, { now }), options) };
  });

  describe("the schema", () => {
    const steps = migrationsFor("postgres");

    test("is made once by eight starters at once", async () => {
      const url = await server().database();
      const opened = await Promise.all(Array.from({ length: 8 }, () => openPostgres(url)));
      for (const database of opened) expect(await database.run(stepsDone)).toEqual(Object.keys(steps));
      for (const database of opened) await database.close();
    });
    test("of a step that fails half-way is as it was before", async () => {
      const url = await server().database();
      await (await openPostgres(url)).close();
      const broken = {
        ...steps,
        "999-broken": {
          up: async (db: Parameters<(typeof steps)[string]["up"]>[0]) => {
            await db.schema.createTable("half").addColumn("id", "integer").execute();
            throw new Error("the power went");
          },
        },
      };
      await expect(openPostgres(url, { steps: broken })).rejects.toThrow("the power went");
      const database = await openPostgres(url);
      onTestFinished(() => database.close());
      const tables = await database.run((sql) => sql.introspection.getTables());
      expect(tables.map(({ name }) => name)).not.toContain("half");
    });
    test("of a newer program is refused in one line that holds no password", async () => {
      const url = `${await server().database()}&password=hidden-word`;
      await (await openPostgres(url, { steps: { ...steps, "999-newer": { up: async () => {} } } })).close();
      const refused = openPostgres(url);
      await expect(refused).rejects.toThrow(/^the database test_\w+ at \S+ was changed by a newer version/);
      await expect(refused).rejects.not.toThrow(/hidden-word|\n/);
    });
  });

  test("its clock is the database's, whatever the machine's is set to", async () => {
    const database = await openPostgres(await server().database());
    onTestFinished(() => database.close());
    expect(Math.abs(database.now() - Date.now())).toBeLessThan(1000);
    const real = Date.now;
    onTestFinished(() => {
      Date.now = real;
    });
    Date.now = () => 0;
    expect(Math.abs(database.now() - real())).toBeLessThan(1000);
  });

  test("while the server is away everything says so at once, and goes on when it is back", async () => {
    const own = await startPostgres();
    onTestFinished(() => own.close());
    const store = await createStore(await openPostgres(await own.database()), { keys: [], keepDays: 30 });
    onTestFinished(() => store.close());
    await store.claims.claim("before");
    await own.stop();
    for (const call of [() => store.claims.claim("a"), () => store.threads.recall("a"), () => store.outbox.depth()])
      await expect(call()).rejects.toThrow(/can't be reached; see that it runs/);
    await own.start();
    expect(await store.claims.claim("before")).toBe(false);
    expect(await store.claims.claim("a")).toBe(true);
  });
});
