// A folder that changes to the engine that answers from it, and what is told of each change.

// @module-tag slow

import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { Desk, type Given } from "../../../adapters/shared/desk.ts";
import { createMemory } from "../../../adapters/shared/memory.ts";
import { perEngine } from "../../../adapters/shared/per-engine.ts";
import {
  askToLook,
  type Change,
  createReloading,
  type Reloading,
  type Reopening,
  reopen,
} from "../../../adapters/shared/reloading.ts";
import { openEngine } from "../../../src/store/open.ts";
import { collectGarbage } from "../../garbage.ts";
import { swap } from "../../swaps.ts";
import { folderWith, TOPICAL } from "../cli/corpora.ts";

const DOCUMENT = "documents/tea.md";
const TEA = TOPICAL[DOCUMENT];
const WITHOUT_FAQ = { [DOCUMENT]: TEA };
const QUESTION = "Where is tea stored?";
const SEEN = { timeout: 20_000, interval: 20 };
/** Longer than a change takes to be noticed. */
const QUIET_MS = 600;

interface Following {
  readonly folder: string;
  readonly changes: Change[];
  readonly reloading: Reloading;
  readonly verdict: () => Promise<string>;
}

/** @param opening by default at once, in this thread */
async function follow(
  files: Readonly<Record<string, string>>,
  opening: (reopening: Reopening) => ReturnType<typeof reopen> = reopen,
): Promise<Following> {
  const folder = folderWith(files);
  const reloading = createReloading(await openEngine(folder), { folder, snapshot: undefined, reopen: opening });
  const changes: Change[] = [];
  reloading.follow((change) => changes.push(change));
  onTestFinished(() => reloading.close());
  const verdict = async (): Promise<string> => {
    const reply = await reloading.engine.answer(QUESTION);
    return reply.kind === "answer" ? reply.verdict.text : reply.kind;
  };
  return { folder, changes, reloading, verdict };
}

const write = (folder: string, path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const kindsOf = (changes: readonly Change[]): string[] => changes.map(({ kind }) => kind);
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, QUIET_MS));

test("a changed document changes the answer, and what is told names the new corpus", async () => {
  const { folder, changes, reloading, verdict } = await follow(WITHOUT_FAQ);
  const { hash } = reloading.engine.corpus;
  write(folder, DOCUMENT, TEA.replace("dark tin", "glass jar"));
  await vi.waitFor(() => expect(changes).toHaveLength(1), SEEN);
  expect(await verdict()).toContain("glass jar");
  expect(changes[0]).toEqual({ kind: "reloaded", corpus: reloading.engine.corpus });
  expect(reloading.engine.corpus.hash).not.toBe(hash);
});

test("a broken corpus is told with file, line and remedy, and the old engine answers until it is mended", async () => {
  const { folder, changes, reloading, verdict } = await follow(TOPICAL);
  const { engine } = reloading;
  write(folder, DOCUMENT, TEA.replace("dark tin", "glass jar"));
  await vi.waitFor(() => expect(changes).toHaveLength(1), SEEN);
  expect(changes).toEqual([{ kind: "kept", problem: expect.stringMatching(/^faq\.yaml:\d+: [^\n]+; [^\n]+$/) }]);
  expect(reloading.engine).toBe(engine);
  expect(await verdict()).toContain("dark tin");

  write(folder, "faq.yaml", TOPICAL["faq.yaml"].replaceAll("dark tin", "glass jar"));
  await vi.waitFor(() => expect(kindsOf(changes)).toEqual(["kept", "reloaded"]), SEEN);
  expect(await verdict()).toContain("glass jar");
});

test("files that are mended to what they were are told too", async () => {
  const { folder, changes, verdict } = await follow(WITHOUT_FAQ);
  rmSync(join(folder, DOCUMENT));
  await vi.waitFor(() => expect(kindsOf(changes)).toEqual(["kept"]), SEEN);
  write(folder, DOCUMENT, TEA);
  await vi.waitFor(() => expect(kindsOf(changes)).toEqual(["kept", "reloaded"]), SEEN);
  expect(await verdict()).toContain("dark tin");
});

test("a folder that is moved away and back is followed on", async () => {
  const { folder, changes, verdict } = await follow(WITHOUT_FAQ);
  await rest();
  renameSync(folder, `${folder}-away`);
  await vi.waitFor(() => expect(kindsOf(changes)).toEqual(["kept"]), SEEN);
  expect(await verdict()).toContain("dark tin");
  renameSync(`${folder}-away`, folder);
  await vi.waitFor(() => expect(kindsOf(changes)).toEqual(["kept", "reloaded"]), SEEN);
  write(folder, DOCUMENT, TEA.replace("dark tin", "glass jar"));
  await vi.waitFor(async () => expect(await verdict()).toContain("glass jar"), SEEN);
});

test("a file in a new folder is seen", async () => {
  const { folder, changes, reloading } = await follow(WITHOUT_FAQ);
  await rest();
  write(folder, "documents/hot/deep/coffee.md", "# Coffee\n\nCoffee is ground.\n");
  await vi.waitFor(() => expect(changes).toHaveLength(1), SEEN);
  expect(reloading.engine.corpus.documents.map(({ id }) => id)).toEqual(["hot/deep/coffee", "tea"]);
});

test("whoever makes the index has the documents looked at, and so does whoever asks", async () => {
  const folder = folderWith(WITHOUT_FAQ);
  const data = folderWith({ "index/old.snapshot": "" });
  let looks = 0;
  const looking = (reopening: Reopening): ReturnType<typeof reopen> => {
    looks++;
    return reopen(reopening);
  };
  const options = { folder, snapshot: undefined, reopen: looking, data };
  const reloading = createReloading(await openEngine(folder), options);
  onTestFinished(() => reloading.close());
  reloading.follow(() => {});
  await vi.waitFor(() => expect(looks).toBe(1), SEEN);
  await rest();
  write(data, "index/new.snapshot", "");
  await rest();
  expect(looks).toBe(1);
  askToLook(data);
  await vi.waitFor(() => expect(looks).toBe(2), SEEN);
  reloading.look();
  await vi.waitFor(() => expect(looks).toBe(3), SEEN);
});

test("what is kept within the folder itself is no change of the documents", async () => {
  const folder = folderWith(WITHOUT_FAQ);
  const data = join(folder, "data");
  let looks = 0;
  const looking = (reopening: Reopening): ReturnType<typeof reopen> => {
    looks++;
    return reopen(reopening);
  };
  const reloading = createReloading(await openEngine(folder), { folder, snapshot: undefined, reopen: looking, data });
  onTestFinished(() => reloading.close());
  reloading.follow(() => {});
  await vi.waitFor(() => expect(looks).toBe(1), SEEN);
  await rest();
  write(data, "state.db", "x");
  await rest();
  write(data, "state.db", "xx");
  await rest();
  expect(looks).toBeLessThanOrEqual(2);
});

test("ten new versions under constant questions: each reply is of one version, and none fails", async () => {
  const { swaps, replies, versions, failures, mixed } = await swap(10, reopen);
  expect({ swaps, failures, mixed }).toEqual({ swaps: 10, failures: [], mixed: [] });
  expect(versions).toBe(11);
  expect(replies).toBeGreaterThan(50);
}, 60_000);

test("a version that was replaced can go, with all that was made of it", async () => {
  const folder = folderWith(WITHOUT_FAQ);
  const reloading = createReloading(await openEngine(folder), { folder, snapshot: undefined, reopen });
  onTestFinished(() => reloading.close());
  let changes = 0;
  reloading.follow(() => changes++);
  const madeOf = perEngine((engine) => ({ engine, titles: engine.corpus.documents.map(({ title }) => title) }));
  const memory = createMemory(Date.now);
  const alone = { memory, limit: null, journal: null, now: Date.now, isRefusal: () => false };
  const desk = new Desk({ ...alone, engine: () => reloading.engine });
  const keys = { recalls: "a", remembers: ["a"], begins: null };
  const post = async ({ engine }: Given): Promise<string> => String(madeOf(engine).titles);
  /** Apart, since a function that waits holds on to what it has named. */
  const askOnce = async (version: number): Promise<WeakRef<object>[]> => {
    await desk.answer({
      ...{ entry: "test", claims: [`${version}`], person: "U1", wish: { kind: "ask", question: QUESTION } },
      ...{ isQuiet: false, keys, outlet: { post, holdOff: async () => {} } },
    });
    const { engine } = reloading;
    return [new WeakRef(engine), new WeakRef(engine.corpus), new WeakRef(madeOf(engine))];
  };
  const replaced: WeakRef<object>[] = [];
  for (let version = 1; version <= 3; version++) {
    replaced.push(...(await askOnce(version)));
    write(folder, DOCUMENT, TEA.replace("dark tin", `tin of number ${version}`));
    await vi.waitFor(() => expect(changes).toBe(version), SEEN);
  }
  await collectGarbage();
  expect(replaced.map((one) => one.deref() === undefined)).toEqual(replaced.map(() => true));
});

test("what changed before the folder was watched counts", async () => {
  const folder = folderWith(WITHOUT_FAQ);
  const first = await openEngine(folder);
  write(folder, DOCUMENT, TEA.replace("dark tin", "glass jar"));
  const changes: Change[] = [];
  const reloading = createReloading(first, { folder, snapshot: undefined, reopen });
  onTestFinished(() => reloading.close());
  reloading.follow((change) => changes.push(change));
  await vi.waitFor(() => expect(kindsOf(changes)).toEqual(["reloaded"]), SEEN);
});

test("a file that is saved as it was, or that is no document, is not worth a word", async () => {
  const { folder, changes } = await follow(WITHOUT_FAQ);
  await rest();
  write(folder, DOCUMENT, TEA);
  write(folder, "documents/.tea.md.swp", "x");
  await rest();
  expect(changes).toEqual([]);
});

test("the old engine answers while a change is opened, and a change meanwhile is not lost", async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let openings = 0;
  const { folder, changes, verdict } = await follow(WITHOUT_FAQ, async (reopening) => {
    const reopened = await reopen(reopening);
    if (reopened.kind !== "opened") return reopened;
    openings += 1;
    await gate;
    return reopened;
  });
  write(folder, DOCUMENT, TEA.replace("dark tin", "glass jar"));
  await vi.waitFor(() => expect(openings).toBe(1), SEEN);
  expect(await verdict()).toContain("dark tin");
  write(folder, DOCUMENT, TEA.replace("dark tin", "tin box"));
  await rest();
  expect({ openings, verdict: await verdict() }).toEqual({ openings: 1, verdict: expect.stringContaining("dark tin") });
  release();
  await vi.waitFor(async () => expect(await verdict()).toContain("tin box"), SEEN);
  expect(kindsOf(changes)).toEqual(["reloaded", "reloaded"]);
});

test("where opening fails unexpectedly, the old engine answers on", async () => {
  const { changes, verdict } = await follow(WITHOUT_FAQ, async () => {
    throw new RangeError("Maximum call stack size exceeded");
  });
  await vi.waitFor(() => expect(changes).toHaveLength(1), SEEN);
  expect(changes).toEqual([{ kind: "kept", problem: expect.stringMatching(/can't be opened \(Maximum call.*\); /) }]);
  expect(await verdict()).toContain("dark tin");
});

test("nothing is told after the end", async () => {
  const { folder, changes, reloading } = await follow(WITHOUT_FAQ);
  await rest();
  write(folder, DOCUMENT, TEA.replace("dark tin", "glass jar"));
  await reloading.close();
  await rest();
  expect(changes).toEqual([]);
});
