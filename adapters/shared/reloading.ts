// Keeps an engine that follows the files of its corpus: a change takes the old engine's place once it is whole.

import { realpathSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { createEngine, type Engine } from "../../src/engine.ts";
import { OperatorError } from "../../src/errors.ts";
import type { Corpus } from "../../src/ingest/library.ts";
import { folderHashOf } from "../../src/ingest/library.ts";
import { type Opened, reopenCorpus } from "../../src/store/open.ts";
import type { OpenOptions } from "../../src/store/open-options.ts";

export interface Reloading {
  /** The engine of the last whole corpus. */
  readonly engine: Engine;
  /** Follows the folder from now on; what changed since the first engine was opened counts too. */
  follow(tell: (change: Change) => void): void;
  /** Looks now, whether or not a change was seen; what comes of it is told as any change is. */
  look(): void;
  /** Watches and reads nothing any more; nothing is told from then on. */
  close(): Promise<void>;
}

/** What became of a change of the files. `problem` says what is wrong, where and what to do about it. */
export type Change =
  | { readonly kind: "reloaded"; readonly corpus: Corpus }
  | { readonly kind: "kept"; readonly problem: string };

export interface ReloadingOptions {
  readonly folder: string;
  readonly snapshot: string | undefined;
  readonly reopen: (reopening: Reopening, signal: AbortSignal) => Promise<Reopened>;
  /** The folder of all that Footnote keeps: what changes there is no document, but an index that is made anew. */
  readonly data?: string | undefined;
}

/** Editors write a file in several steps, and several files are saved at once. */
const SETTLE_MS = 150;

/**
 * Watching only says when to look: what has changed is decided by the corpus's hash, so that an event too many costs
 * little and says nothing. While a corpus is opened, the engine before it answers.
 * @param first the engine until the folder changes
 */
export function createReloading(first: Engine, { folder, snapshot, reopen, data }: ReloadingOptions): Reloading {
  const closing = new AbortController();
  let engine = first;
  let watchers: readonly FSWatcher[] = [];
  let told: ((change: Change) => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isKept = false;
  let isOpening = false;
  let isStale = false;

  const accept = async (reopened: Reopened): Promise<Change | null> => {
    if (reopened.kind === "refused") return { kind: "kept", problem: reopened.problem };
    if (reopened.kind === "opened") engine = await succeed(engine, reopened.compiled);
    // Files that are mended to what they were are worth a word too.
    else if (!isKept) return null;
    return { kind: "reloaded", corpus: engine.corpus };
  };
  const reload = async (tell: (change: Change) => void): Promise<void> => {
    isStale = true;
    if (isOpening) return;
    isOpening = true;
    while (isStale && !closing.signal.aborted) {
      isStale = false;
      const change = await reopen({ folder, hash: folderHashOf(engine.corpus), snapshot }, closing.signal)
        .then(accept)
        .catch(keptAfter);
      // What is wrong with files that have changed since is no news.
      if (change === null || closing.signal.aborted || (isStale && change.kind === "kept")) continue;
      isKept = change.kind === "kept";
      tell(change);
    }
    isOpening = false;
  };

  return {
    get engine() {
      return engine;
    },
    follow(tell) {
      told = tell;
      const watched: Watched = {
        onChange: () => {
          clearTimeout(timer);
          timer = setTimeout(() => void reload(tell), SETTLE_MS);
        },
        onBlind: (problem) => tell({ kind: "kept", problem }),
      };
      const kept = data === undefined ? null : resolve(data);
      watchers = [
        watchFolder(folder, watched, (path) => path === kept),
        ...(kept === null ? [] : [watchIndexes(kept, watched)]),
      ];
    },
    look() {
      if (told !== null) void reload(told);
    },
    async close() {
      closing.abort();
      clearTimeout(timer);
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}

/** The next engine. It answers at once, what is kept from somebody now included; views in use are opened ahead of questions. */
async function succeed(last: Engine, { corpus, model, openView }: Opened): Promise<Engine> {
  const next = await createEngine(corpus, model, openView);
  void openAhead(next, last.openViews());
  return next;
}

/** One after another: each takes a thread. What can't be opened is tried again by who asks for it, and told then. */
async function openAhead(engine: Engine, views: Iterable<readonly string[]>): Promise<void> {
  for (const names of views) await engine.viewFor(names).catch(() => {});
}

/** What is to be opened. */
export interface Reopening {
  readonly folder: string;
  /** Of the files that are answered from now. */
  readonly hash: string;
  /** Where the compiled form of the folder is looked for. */
  readonly snapshot: string | undefined;
  readonly options?: OpenOptions;
}

/** What came of it. `problem` says what is wrong, where and what to do about it. */
export type Reopened =
  | { readonly kind: "opened"; readonly compiled: Opened }
  | { readonly kind: "unchanged" }
  | { readonly kind: "refused"; readonly problem: string };

/** Opens a folder where its files are not those of `hash`. */
export async function reopen({ folder, hash, snapshot, options }: Reopening): Promise<Reopened> {
  try {
    const compiled = await reopenCorpus(folder, hash, snapshot, options);
    return compiled === null ? { kind: "unchanged" } : { kind: "opened", compiled };
  } catch (error) {
    if (error instanceof OperatorError) return { kind: "refused", problem: error.message };
    throw error;
  }
}

/**
 * The same, in a thread of its own: questions are answered while it trains.
 * @param signal ends the thread
 * @throws where the thread fails or is ended
 */
export const reopenAside = (reopening: Reopening, signal: AbortSignal): Promise<Reopened> =>
  reopen({ ...reopening, options: { ...reopening.options, apart: true, signal } });

interface Watched {
  /** A file may have changed. */
  readonly onChange: () => void;
  /** Changes are no longer seen; told once. */
  readonly onBlind: (problem: string) => void;
}

/** Sees `footnote index`, also where the documents lie where changes can't be seen. */
function watchIndexes(data: string, { onChange }: Watched): FSWatcher {
  const file = join(data, LOOKED_FILE);
  const watcher = watch(dirname(file), { ignoreInitial: true, followSymlinks: false, depth: 0 });
  watcher.on("all", (_event, path) => {
    if (path === file) onChange();
  });
  // The folder may be nobody's to read; then its changes are not seen, and the documents' own are.
  watcher.on("error", () => {});
  return watcher;
}

/** Written whenever somebody has asked for the index to be made. */
const LOOKED_FILE = join("index", "asked");

/** Has the bots that keep their indexes in this folder look at their documents. */
export function askToLook(data: string): void {
  writeFileSync(join(data, LOOKED_FILE), `${new Date().toISOString()}\n`, { mode: 0o600 });
}

function watchFolder(folder: string, { onChange, onBlind }: Watched, isOwn: (path: string) => boolean): FSWatcher {
  // Links are not followed below the folder, but it may be one itself.
  const root = realpathSync(folder);
  const history = join(root, ".git");
  let isBlind = false;
  const watcher = watch(root, {
    ignored: (path) => path === history || isOwn(path),
    // Whatever stands there already is looked at once, when all of it is watched.
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    atomic: true,
    persistent: true,
  });
  watcher.on("ready", onChange);
  watcher.on("all", (event, path) => {
    // A folder that was moved away or deleted is watched for its return.
    if (event === "unlinkDir" && path === root) watcher.unwatch(root).add(root);
    onChange();
  });
  watcher.on("error", (error) => {
    if (isBlind) return;
    isBlind = true;
    onBlind(
      `${folder} can't be watched (${codeOf(error)}); raise the system's limit of watched files, or set CHOKIDAR_USEPOLLING=1`,
    );
  });
  return watcher;
}

const keptAfter = (error: unknown): Change => ({
  kind: "kept",
  problem: `the corpus can't be opened (${codeOf(error)}); undo the last change`,
});

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return "code" in error ? String(error.code) : error.message;
};
