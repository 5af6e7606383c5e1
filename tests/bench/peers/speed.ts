// Engines and sizes to how long they take and what they hold, each in a process of its own that is stopped at a bound.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBounded } from "./bounded.ts";
import type { SearchEngine } from "./engine.ts";
import { FTS5_STOPPED, PEERS } from "./engines.ts";
import type { Values } from "./ledger.ts";
import { FOOTNOTE_INDEXES } from "./ours.ts";
import { asMegabytes, asMs, asSeconds, type Context, type Part } from "./part.ts";
import { measureWhole, WHOLE } from "./whole.ts";
import { readBuilt, readLoaded, SIZES, type Size } from "./workload.ts";

/** For both processes of a row together. */
const TIME_MAX_MS = 4 * 60_000;
const MEMORY_MAX_BYTES = 4 * 2 ** 30;
const QUICK_SIZES: readonly Size[] = ["built-in", "1k"];
/** A million passages are for engines that are made for it: the others take minutes and gigabytes at a fifth of that. */
const LARGEST: Size = "1M";

export const speed: Part = {
  name: "speed",
  title: "Speed and size",
  tables: [
    {
      id: "speed",
      title: "Passages",
      about:
        "Each engine at each size in two processes of its own: one builds and saves, one loads what was saved and answers " +
        "200 questions. Time per question in milliseconds; memory is what the process holds: at its peak while building, " +
        "and after loading and answering. Questions are asked for two seconds before any is timed; “p99” of 200 is the " +
        "second slowest. A row is stopped after 4 minutes, or at 4 GB. The passages' text is part of an index only where the " +
        "engine cannot do without (Orama, FTS5).",
      of: "engine",
      columns: [
        { key: "buildSeconds", title: "build s", print: asSeconds, better: "low" },
        { key: "buildMegabytes", title: "peak MB", print: asMegabytes, better: "low" },
        { key: "savedMegabytes", title: "saved MB", print: asMegabytes, better: "low" },
        { key: "loadSeconds", title: "load s", print: asSeconds, better: "low" },
        { key: "loadedMegabytes", title: "resident MB", print: asMegabytes, better: "low" },
        { key: "baseMegabytes", title: "of it before loading", print: asMegabytes },
        { key: "p50", title: "p50 ms", print: asMs, better: "low" },
        { key: "p99", title: "p99 ms", print: asMs, better: "low" },
        { key: "stopped", title: "", print: String },
      ],
    },
    WHOLE,
  ],
  async measure({ isQuick, ledger }: Context) {
    for (const size of isQuick ? QUICK_SIZES : SIZES)
      for (const engine of enginesFor(size))
        await ledger.measure({ table: "speed", group: size, row: engine.name }, () => measureOne(engine, size));
    await measureWhole(isQuick, ledger);
  },
};

/** Every engine that a worker can be asked for. */
export const ENGINES: readonly SearchEngine[] = [...FOOTNOTE_INDEXES, ...PEERS];

const enginesFor = (size: Size): readonly SearchEngine[] =>
  size === LARGEST ? [...FOOTNOTE_INDEXES, FTS5_STOPPED] : ENGINES;

async function measureOne(engine: SearchEngine, size: Size): Promise<Values> {
  const folder = mkdtempSync(join(tmpdir(), "footnote-bench-"));
  try {
    const worker = join(import.meta.dirname, "speed-worker.js");
    const run = (step: "build" | "load", timeMaxMs: number): ReturnType<typeof runBounded> =>
      runBounded([worker, step, engine.name, size, join(folder, "index")], {
        timeMaxMs,
        timeInWords: "4 minutes",
        memoryMaxBytes: MEMORY_MAX_BYTES,
      });
    const start = performance.now();
    const building = await run("build", TIME_MAX_MS);
    if (building.stopped !== null) return { stopped: `stopped at ${building.stopped} while building` };
    const { notSaved, ...built } = readBuilt(building.output);
    if (notSaved !== null) return { ...built, stopped: `not saved: ${notSaved}` };
    const loading = await run("load", TIME_MAX_MS - (performance.now() - start));
    if (loading.stopped !== null) return { ...built, stopped: `stopped at ${loading.stopped} while answering` };
    return { ...built, ...readLoaded(loading.output) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
