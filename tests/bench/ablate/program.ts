// The compiled engine: its modules as text, which of them what is saved depends on, and what runs it in other processes.

import { type ChildProcess, fork } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import type { Sources } from "./edits.ts";
import type { Order, Told, Variant } from "./order.ts";

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

/** The modules that import one of these, and those that import them in turn; these among them. */
export function importersOf(changed: Iterable<string>, sources: Sources): ReadonlySet<string> {
  const wanted = [...changed];
  return new Set(
    [...sources.keys()].filter((file) => {
      const below = reached(sources, [file]);
      return wanted.some((one) => below.has(one));
    }),
  );
}

/**
 * The engine with these modules changed.
 * @param folder in which the modules stand
 */
export function variantOf(id: string, changed: ReadonlyMap<string, string>, sources: Sources, folder: string): Variant {
  const urlOf = (file: string): string => pathToFileURL(join(folder, file)).href;
  return {
    id,
    changed: [...changed].map(([file, text]) => [urlOf(file), text]),
    affected: [...importersOf(changed.keys(), sources)].map(urlOf),
  };
}

/** Room for what is thrown away soon: a tenth less time. */
const NODE_OPTIONS = ["--max-semi-space-size=32"];

/** A process that obeys one order at a time. */
export class Worker {
  private child: ChildProcess | null = null;

  /** @param folder for what the process reads and keeps */
  constructor(private readonly folder: string) {}

  /** @throws Error with what the process wrote where it fails; the next order gets a new one */
  run(order: Order): Promise<readonly Told[]> {
    for (const variant of order.kind === "load" ? order.variants : [order.variant])
      writeFileSync(join(this.folder, `${variant.id}.json`), JSON.stringify(variant));
    const child = this.child ?? this.start();
    return new Promise((resolve, reject) => {
      const told: Told[] = [];
      let complaint = "";
      const read = (text: Buffer): void => {
        complaint += text.toString();
      };
      const hear = (message: Told): void => {
        if (message.kind !== "done") told.push(message);
        else finish(() => resolve(told));
      };
      const fail = (code: number | null): void => {
        this.child = null;
        const why = complaint.trim().split("\n").slice(0, 2).join(" ");
        finish(() => reject(new Error(why || `the process ended with ${code}`)));
      };
      const finish = (settle: () => void): void => {
        child.stderr?.off("data", read);
        child.off("message", hear).off("close", fail);
        settle();
      };
      child.stderr?.on("data", read);
      child.on("message", hear).on("close", fail);
      child.send(order);
    });
  }

  stop(): void {
    this.child?.kill();
    this.child = null;
  }

  private start(): ChildProcess {
    this.child = fork(join(import.meta.dirname, "child.js"), [this.folder], {
      execArgv: NODE_OPTIONS,
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    return this.child;
  }
}
