import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { VERSION } from "../src/version.ts";

const ROOT = join(import.meta.dirname, "..");

/** A folder of the engine imports only folders that stand before it; the files named are rooms of their own. */
const FLOW: readonly string[] = [
  "src/document.ts src/reply.ts src/reply-schema.ts src/errors.ts src/version.ts",
  "src/structures",
  "src/text",
  "src/ingest/formats",
  "src/ingest",
  "src/question",
  "src/retrieval",
  "src/topics",
  "src/evidence",
  "src/model.ts",
  "src/train.ts",
  "src/search.ts",
  "src/answer",
  "src/engine.ts",
  "src/store",
  "src/quality",
];

/** What an adapter's folder may import of the adapters; each may import all of the engine. */
const ADAPTERS: Readonly<Record<string, readonly string[]>> = {
  "adapters/shared": ["adapters/shared"],
  "adapters/shared/state": ["adapters/shared"],
  "adapters/shared/loop": ["adapters/shared"],
  "adapters/slack": ["adapters/slack", "adapters/shared"],
  "adapters/discord": ["adapters/discord", "adapters/shared"],
  "adapters/web": ["adapters/web", "adapters/shared"],
  "adapters/cli": ["adapters/cli", "adapters/shared", "adapters/slack", "adapters/discord", "adapters/web"],
};

interface Module {
  /** Path below the repository. */
  readonly file: string;
  /** Without comments and what stands in quotation marks. */
  readonly code: string;
  /** What it imports, types and dynamic imports included: paths below the repository, or libraries. */
  readonly imports: readonly string[];
}

const MODULES = ["src", "adapters"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readModule(`${folder}/${name}`)),
);
const ENGINE = MODULES.filter(({ file }) => file.startsWith("src/"));

function readModule(file: string): Module {
  const uncommented = textOf(file)
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/\/\*\*[\s\S]*?\*\//g, "");
  const imports = [...uncommented.matchAll(/\bfrom\s+"([^"]+)"|\bimport\s*\(\s*"([^"]+)"|^import\s+"([^"]+)"/gm)]
    .map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? "")
    .map((path) => (path.startsWith(".") ? normalize(join(dirname(file), path)) : path));
  const code = uncommented.replace(/"(?:[^"\\\n]|\\.)*"/g, (literal) => (literal === '"en"' ? literal : '""'));
  return { file, code, imports };
}

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

const isOwn = (path: string): boolean => /^(?:src|adapters|tests)\//.test(path);

/** Its place in the flow; the longest room that holds it counts. */
function floorOf(file: string): number {
  const rooms = FLOW.flatMap((line, floor) => line.split(" ").map((room) => ({ room, floor })));
  const holding = rooms.filter(({ room }) => file === room || file.startsWith(`${room}/`));
  return holding.sort((a, b) => b.room.length - a.room.length)[0]?.floor ?? Number.NaN;
}

test("every file of the engine stands in a room of the flow", () => {
  expect(ENGINE.length).toBeGreaterThan(80);
  expect(ENGINE.map(({ file }) => file).filter((file) => Number.isNaN(floorOf(file)))).toEqual([]);
});

test("no room of the engine imports one that comes after it, or anything but the engine", () => {
  const back = ENGINE.flatMap(({ file, imports }) =>
    imports.filter((path) => isOwn(path) && !(floorOf(path) <= floorOf(file))).map((path) => `${file} → ${path}`),
  );
  expect(back).toEqual([]);
});

test("no platform imports another or the command, and nothing imports tests", () => {
  const wrong = MODULES.filter(({ file }) => !ENGINE.some((one) => one.file === file)).flatMap(({ file, imports }) => {
    const allowed = ["src", ...(ADAPTERS[dirname(file)] ?? [])];
    return imports
      .filter((path) => isOwn(path) && !allowed.some((room) => path.startsWith(`${room}/`)))
      .map((path) => `${file} → ${path}`);
  });
  expect(wrong).toEqual([]);
});

/** Chat platforms' and terminals' libraries: those of the adapters. */
const OF_ADAPTERS =
  /^(?:@slack\/|@discordjs\/|discord|slack|commander$|cli-table|picocolors$|chalk$|string-width$|wrap-ansi$|rate-limiter)/;
const PACKAGE = z
  .object({
    version: z.string(),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(textOf("package.json")));
/** A module of a package is declared by the package. */
function declares(module: string): boolean {
  const [library = ""] = /^(?:@[^/]+\/)?[^/]+/.exec(module) ?? [];
  return library in PACKAGE.dependencies || `@types/${library}` in PACKAGE.devDependencies;
}

test("the engine imports declared libraries, and no chat platform's", () => {
  const libraries = ENGINE.flatMap(({ imports }) => imports.filter((one) => !isOwn(one) && !isBuiltin(one)));
  expect(libraries.filter((one) => OF_ADAPTERS.test(one) || !declares(one))).toEqual([]);
});

const READS_FILES = new Set([
  "src/ingest/files.ts",
  "src/store/snapshot.ts",
  "src/store/snapshot-folder.ts",
  "src/store/source.ts",
]);
const PURE_BUILTINS = new Set(["node:buffer", "node:crypto", "node:path", "node:v8", "node:zlib"]);
const THREADS = new Set(["src/store/worker.ts", "src/store/worker-main.ts"]);
const OF_THREADS = new Set(["node:worker_threads", "node:events"]);

test("only the library and the snapshot store read or write files", () => {
  const touching = ENGINE.filter(({ file, imports }) =>
    imports.some((one) => isBuiltin(one) && !PURE_BUILTINS.has(one) && !(THREADS.has(file) && OF_THREADS.has(one))),
  );
  expect(touching.map(({ file }) => file).filter((file) => !READS_FILES.has(file))).toEqual([]);
});

const FORBIDDEN: Record<string, RegExp> = {
  "a clock":
    /\bDate\b(?!Time)|\bperformance\b(?=\s*\.\s*(?:now|mark|timeOrigin))|\bhrtime\b|\bset(?:Timeout|Interval|Immediate)\b|\bTemporal\b/,
  randomness: /\bMath\s*\.\s*random\b|\brandom(?:UUID|Bytes|Int)\b|\bgetRandomValues\b/,
  "the machine's locale": /\blocaleCompare\b|\btoLocale\w+\b|\bnew Intl\b(?!\s*\.\s*\w+\s*\(\s*"en")/,
  "the environment": /\bprocess\s*\.\s*(?:env|argv|cwd|exit|platform|stdout|stderr)\b/,
  "a terminal": /\bconsole\s*\./,
  "the network": /\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b/,
  "an open type": /\bas any\b|:\s*any\b|<any>/,
  "a default export": /\bexport default\b/,
};

describe("src knows no", () => {
  test.each(Object.entries(FORBIDDEN))("%s", (_, pattern) => {
    const found = ENGINE.flatMap(({ file, code }) =>
      (code.match(pattern) ?? []).slice(0, 1).map((text) => `${file}: ${text}`),
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
  expect(floorOf("src/ingest/formats/html.ts")).toBeLessThan(floorOf("src/ingest/faq.ts"));
  expect(floorOf("src/nowhere/room.ts")).toBeNaN();
});

test("imports form no cycle", () => {
  const importsOf = new Map(MODULES.map(({ file, imports }) => [file, imports.filter(isOwn)]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    if (finished.has(file)) return;
    for (const next of importsOf.get(file) ?? []) if (importsOf.has(next)) visit(next, [...path, file]);
    finished.add(file);
  };
  for (const { file } of MODULES) visit(file, []);
  expect(cycles).toEqual([]);
});

test("every file opens with a sentence that says what it does", () => {
  const without = MODULES.map(({ file }) => file).filter(
    (file) => !/^(?:#!.*\n)?\/\/ \S.+(?:\n\/\/.*)*\n\n/.test(textOf(file)),
  );
  expect(without).toEqual([]);
});

test("the version is that of package.json", () => {
  expect(VERSION).toBe(PACKAGE.version);
});
