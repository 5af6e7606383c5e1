import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { VERSION } from "../src/version.ts";

const ROOT = join(import.meta.dirname, "..");
const FILES = readdirSync(join(ROOT, "src")).filter((name) => name.endsWith(".ts"));

interface Module {
  readonly name: string;
  /** Without comments and what stands in quotation marks. */
  readonly code: string;
  /** What it imports, types and dynamic imports included. */
  readonly imports: readonly string[];
}

const MODULES = FILES.map((name): Module => {
  const source = readFileSync(join(ROOT, "src", name), "utf8");
  const uncommented = source.replace(/^\s*\/\/.*$/gm, "").replace(/\/\*\*[\s\S]*?\*\//g, "");
  const imports = [...uncommented.matchAll(/\bfrom\s+"([^"]+)"|\bimport\s*\(\s*"([^"]+)"|^import\s+"([^"]+)"/gm)];
  return {
    name,
    code: uncommented.replace(/"(?:[^"\\\n]|\\.)*"/g, (literal) => (literal === '"en"' ? literal : '""')),
    imports: imports.map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? ""),
  };
});

const modulesThat = (is: (module: Module) => boolean): string[] => MODULES.filter(is).map(({ name }) => name);

/** Chat platforms' and terminals' libraries: those of the adapters. */
const OF_ADAPTERS =
  /^(?:@slack\/|@discordjs\/|discord|slack|commander$|cli-table|picocolors$|chalk$|string-width$|wrap-ansi$)/;
const PACKAGE = z
  .object({
    version: z.string(),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
const declares = (library: string): boolean =>
  library in PACKAGE.dependencies || `@types/${library}` in PACKAGE.devDependencies;
const READS_FILES = new Set(["files.ts", "snapshot.ts", "snapshots.ts", "source.ts"]);
const PURE_BUILTINS = new Set(["node:buffer", "node:crypto", "node:path", "node:v8", "node:zlib"]);
const THREADS = new Set(["worker.ts", "worker-main.ts"]);
const OF_THREADS = new Set(["node:worker_threads", "node:events"]);

test("src is found", () => {
  expect(FILES).toContain("engine.ts");
  expect(MODULES.find(({ name }) => name === "engine.ts")?.imports).toContain("./library.ts");
});

describe.each(MODULES)("$name", ({ imports }) => {
  test("imports its neighbours, and no adapter", () => {
    for (const path of imports.filter((one) => one.startsWith(".")))
      expect(path).toMatch(/^\.\/[a-z0-9-]+\.(?:ts|json)$/);
  });

  test("imports declared libraries, and no chat platform's", () => {
    const libraries = imports.filter((one) => !one.startsWith(".") && !isBuiltin(one));
    expect(libraries.filter((one) => OF_ADAPTERS.test(one) || !declares(one))).toEqual([]);
  });
});

test("only the library and the snapshot store read or write files", () => {
  const touching = modulesThat(({ name, imports }) =>
    imports.some((one) => isBuiltin(one) && !PURE_BUILTINS.has(one) && !(THREADS.has(name) && OF_THREADS.has(one))),
  );
  expect(touching.filter((name) => !READS_FILES.has(name))).toEqual([]);
});

const FORBIDDEN: Record<string, RegExp> = {
  "a clock":
    /\bDate\b(?!Time)|\bperformance\b(?=\s*\.\s*(?:now|mark|timeOrigin))|\bhrtime\b|\bset(?:Timeout|Interval|Immediate)\b|\bTemporal\b/,
  randomness: /\bMath\s*\.\s*random\b|\brandom(?:UUID|Bytes|Int)\b|\bgetRandomValues\b/,
  "the machine's locale": /\blocaleCompare\b|\btoLocale\w+\b|\bnew Intl\b(?!\s*\.\s*\w+\s*\(\s*"en")/,
  "the environment": /\bprocess\s*\.\s*(?:env|argv|cwd|exit|platform|stdout|stderr)\b/,
  "a terminal": /\bconsole\b/,
  "the network": /\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b/,
  "an open type": /\bas any\b|:\s*any\b|<any>/,
  "a default export": /\bexport default\b/,
};

describe("src knows no", () => {
  test.each(Object.entries(FORBIDDEN))("%s", (_, pattern) => {
    const found = MODULES.flatMap(({ name, code }) =>
      (code.match(pattern) ?? []).slice(0, 1).map((text) => `${name}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});

test("the rules catch what they forbid", () => {
  const CAUGHT: Record<string, string> = {
    "a clock": "new Date()",
    randomness: "Math.random()",
    "the machine's locale": "new Intl.Collator()",
    "the environment": "process.env.HOME",
    "a terminal": "console.log()",
    "the network": "fetch(url)",
    "an open type": "x as any",
    "a default export": "export default x",
  };
  for (const [name, code] of Object.entries(CAUGHT)) expect(code).toMatch(FORBIDDEN[name] ?? /^$/);
  expect('new Intl.Segmenter("en", {})').not.toMatch(FORBIDDEN["the machine's locale"] ?? /./);
});

test("imports form no cycle", () => {
  const importsOf = new Map(MODULES.map(({ name, imports }) => [name, imports.map((path) => normalize(path))]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      cycles.push([...path.slice(path.indexOf(name)), name].join(" → "));
      return;
    }
    if (finished.has(name)) return;
    for (const next of importsOf.get(name) ?? []) if (importsOf.has(next)) visit(next, [...path, name]);
    finished.add(name);
  };
  for (const name of FILES) visit(name, []);
  expect(cycles).toEqual([]);
});

test("every file opens with a sentence that says what it does", () => {
  const without = FILES.filter(
    (name) => !/^\/\/ \S.+(?:\n\/\/ .+)*\.\n\n/.test(readFileSync(join(ROOT, "src", name), "utf8")),
  );
  expect(without).toEqual([]);
});

test("the version is that of package.json", () => {
  expect(VERSION).toBe(PACKAGE.version);
});
