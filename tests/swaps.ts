// Documents that change again and again while questions are asked all the time: whether each reply is of one version.

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Desk, type Given } from "../adapters/shared/desk.ts";
import { createMemory } from "../adapters/shared/memory.ts";
import { type Change, createReloading, type Reopened, type Reopening } from "../adapters/shared/reloading.ts";
import { openEngine } from "../src/store/open.ts";
import { collectGarbage } from "./garbage.ts";

export interface Swapped {
  readonly swaps: number;
  readonly replies: number;
  /** Versions that a question was answered from. */
  readonly versions: number;
  readonly failures: readonly string[];
  /** Replies that name one version and say another's words, or were shown with another one's names. */
  readonly mixed: readonly string[];
  readonly slowestMs: number;
  /** What the process holds more after the last swap than after the fifth, each time after garbage was collected. */
  readonly grownBytes: number;
}

const QUESTION = "In how many minutes is green tea brewed?";
const SEEN_MS_MAX = 120_000;

/** @param reopen here, or in a thread of its own */
export async function swap(
  count: number,
  reopen: (reopening: Reopening, signal: AbortSignal) => Promise<Reopened>,
  onStep: (step: string) => void = () => {},
): Promise<Swapped> {
  const folder = mkdtempSync(join(tmpdir(), "footnote-swaps-"));
  mkdirSync(join(folder, "documents"));
  write(folder, 0);
  const reloading = createReloading(await openEngine(folder), { folder, snapshot: undefined, reopen });
  const versionOf = new Map([[reloading.engine.corpus.hash, 0]]);
  const changes: Seen[] = [];
  reloading.follow((change) => changes.push(seenOf(change)));
  const asking = ask(() => reloading.engine);
  const memory: number[] = [];
  try {
    for (let version = 1; version <= count; version++) {
      onStep(`${version} of ${count} swaps`);
      write(folder, version);
      const { hash } = await changed(changes, version);
      versionOf.set(hash, version);
      await asking.answeredFrom(hash);
      await collectGarbage();
      memory.push(process.memoryUsage().rss);
    }
  } finally {
    await asking.end();
    await reloading.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { swaps: changes.length, ...asking.judge(versionOf), grownBytes: (memory.at(-1) ?? 0) - (memory[4] ?? 0) };
}

/** Asks from now on, one question after the other. */
function ask(engine: () => Given["engine"]) {
  /** Without their engines, which must be able to go. */
  const given: { readonly corpus: string; readonly shownWith: string; readonly said: string }[] = [];
  const failures: string[] = [];
  const outlet = {
    post: async ({ reply, engine: by }: Given) => {
      const said = reply.kind === "answer" ? reply.verdict.text : reply.kind;
      given.push({ corpus: reply.corpus, shownWith: by.corpus.hash, said });
      return null;
    },
    holdOff: async () => {},
  };
  const none = { recalls: null, remembers: [], begins: null };
  const memory = createMemory(() => 0);
  const desk = new Desk({ engine, memory, limit: null, journal: null, now: () => 0, isRefusal: () => false });
  let isOver = false;
  let slowestMs = 0;
  const going = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      await desk
        .answer({
          ...{ entry: "swap", claims: [], person: "U1", isQuiet: false, keys: none, outlet },
          wish: { kind: "ask", question: QUESTION },
        })
        .catch((error: unknown) => failures.push(String(error)));
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
      // The thread that reads the next version needs a core too.
      await sleep(1);
    }
  })();
  return {
    /** Resolves once a version has answered: on a busy machine it may be replaced before. */
    async answeredFrom(hash: string) {
      for (const deadline = performance.now() + SEEN_MS_MAX; given.at(-1)?.corpus !== hash; await sleep(1))
        if (performance.now() > deadline) throw new Error(`nothing was answered from ${hash}`);
    },
    async end() {
      isOver = true;
      await going;
    },
    judge(versionOf: ReadonlyMap<string, number>) {
      const seen = new Set(given.map(({ corpus }) => corpus));
      const mixed = given.flatMap(({ corpus, shownWith, said }) => {
        const own = `${minutes(versionOf.get(corpus) ?? -1)} minutes`;
        return shownWith === corpus && said.includes(own) ? [] : [said];
      });
      return { replies: given.length, versions: seen.size, failures, mixed, slowestMs };
    },
  };
}

const minutes = (version: number): number => 100 + version;

/** Whole, as whoever deploys documents puts them in place. */
function write(folder: string, version: number): void {
  const draft = join(folder, `draft-${version}`);
  writeFileSync(draft, `# Tea\n\nGreen tea is brewed for ${minutes(version)} minutes.\n\nBlack tea is not.\n`);
  renameSync(draft, join(folder, "documents", "tea.md"));
}

/** A change without its corpus, which must be able to go. */
type Seen = { readonly hash: string } | { readonly problem: string };
const seenOf = (change: Change): Seen =>
  change.kind === "reloaded" ? { hash: change.corpus.hash } : { problem: change.problem };

async function changed(changes: readonly Seen[], count: number): Promise<{ readonly hash: string }> {
  for (const deadline = performance.now() + SEEN_MS_MAX; changes.length < count; await sleep(5))
    if (performance.now() > deadline) throw new Error(`change ${count} was not seen`);
  const change = changes[count - 1];
  if (change === undefined || "problem" in change)
    throw new Error(`change ${count} was refused: ${change?.problem ?? "nobody knows why"}`);
  return change;
}
