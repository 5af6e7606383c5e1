// A process of its own that opens the built-in corpus: prints how long that took and the memory it holds then.

const start = performance.now();
const [{ openEngine }, { BUILT_IN }] = await Promise.all([
  import("../../../src/store/open.ts"),
  import("../../../adapters/shared/built-in.ts"),
]);
const imported = performance.now();
const engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
const opened = performance.now();
await engine.answer("How fast does a container start?");
const answered = performance.now();
globalThis.gc?.();
const { rss } = process.memoryUsage();
process.stdout.write(
  JSON.stringify({
    importMs: imported - start,
    openMs: opened - imported,
    firstAnswerMs: answered - opened,
    residentBytes: rss,
  }),
);
