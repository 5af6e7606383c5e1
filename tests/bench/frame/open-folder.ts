// A process of its own that opens a folder: prints how long that took and the memory it holds then.

const [, , folder = "", data = ""] = process.argv;
const { openEngine } = await import("../../../src/store/open.ts");
const before = process.memoryUsage().rss;
const start = performance.now();
const engine = await openEngine(folder, undefined, { data });
const openMs = performance.now() - start;
globalThis.gc?.();
const { rss } = process.memoryUsage();
process.stdout.write(
  JSON.stringify({ openMs, residentBytes: rss - before, documents: engine.corpus.documents.length }),
);
