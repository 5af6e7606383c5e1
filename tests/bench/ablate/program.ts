// The compiled engine: its modules as text, which of them what is saved depends on, and what runs it in other processes.

import { fork } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import type { Sources } from "./edits.ts";
import type { Changed, Order, Told } from "./order.ts";

/** What opens a corpus and answers from it. */
const ENGINE = ["store/open.js"];
/** What reads documents, and what computes from them all that is saved. */
const SAVED_BY = ["ingest/library.js", "model.js"];
/** Imported by what saves, and yet only asked. */
const ONLY_ASKED = ["topics/matcher.js"];

/** The modules of the compiled engine; what an earlier build has left beside them is none. */
export function readEngine(folder: string): Sources {
  const all = new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js"))
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
  const own = reached(all, ENGINE);
  return new Map([...all].filter(([file]) => own.has(file)));
}

/** The modules that what is saved of a corpus may depend on. */
export const savedBy = (sources: Sources): ReadonlySet<string> => reached(sources, SAVED_BY, ONLY_ASKED);

/**
 * The modules that these import, and those in turn.
 * @param except modules at which to stop
 * @throws Error where one of the named modules is gone
 */
export function reached(
  sources: Sources,
  from: readonly string[],
  except: readonly string[] = [],
): ReadonlySet<string> {
  const gone = [...from, ...except].find((file) => !sources.has(file));
  if (gone !== undefined) throw new Error(`no module ${gone}: mend tests/bench/ablate/program.ts`);
  const found = new Set<string>();
  const visit = (file: string): void => {
    const text = sources.get(file);
    if (text === undefined || found.has(file) || except.includes(file)) return;
    found.add(file);
    for (const [, path = ""] of text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g))
      visit(normalize(join(dirname(file), path)));
  };
  from.forEach(visit);
  return found;
}

/** @param folder in which the modules stand */
export const byUrl = (changed: ReadonlyMap<string, string>, folder: string): Changed =>
  [...changed].map(([file, text]) => [pathToFileURL(join(folder, file)).href, text]);

/** Room for what is thrown away soon: a tenth less time. */
const NODE_OPTIONS = ["--max-semi-space-size=32"];

/**
 * Runs an order in a process of its own.
 * @throws Error with what it wrote where it fails
 */
export function runOrder(order: Order): Promise<readonly Told[]> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, "child.js"), [], {
      execArgv: NODE_OPTIONS,
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const told: Told[] = [];
    let complaint = "";
    child.stderr?.on("data", (text: Buffer) => {
      complaint += text.toString();
    });
    child.on("message", (message) => told.push(message as Told));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(told);
      else reject(new Error(complaint.trim().split("\n").slice(0, 2).join(" ") || `ended with ${code}`));
    });
    child.send(order);
  });
}
