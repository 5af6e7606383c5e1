// The compiled engine: its modules as text, which of them what is saved depends on, and what runs it in other processes.

import { fork } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import type { Sources } from "./edits.ts";
import type { Changed, Order, Told } from "./order.ts";

/** The modules of a folder and those below, by their path in it. */
export const readSources = (folder: string, ending: string): Sources =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );

/** What reads documents, and what computes from them all that is saved. */
const SAVED_BY = ["ingest/library.js", "model.js"];
/** Imported by what saves, and yet only asked. */
const ONLY_ASKED = new Set(["topics/matcher.js"]);

/**
 * The modules that what is saved of a corpus may depend on.
 * @throws Error where a module is gone from which they are found
 */
export function savedBy(sources: Sources): ReadonlySet<string> {
  const gone = [...SAVED_BY, ...ONLY_ASKED].find((file) => !sources.has(file));
  if (gone !== undefined) throw new Error(`no module ${gone}: mend tests/bench/ablate/program.ts`);
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file) || ONLY_ASKED.has(file) || !sources.has(file)) return;
    found.add(file);
    for (const [, path = ""] of (sources.get(file) ?? "").matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g))
      visit(normalize(join(dirname(file), path)));
  };
  SAVED_BY.forEach(visit);
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
