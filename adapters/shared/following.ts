// The corpus that a bot is to answer from, and its next versions: read beside the one that answers, and swapped when whole.

import type { Engine } from "../../src/engine.ts";
import { type CorpusOptions, folderOf, open, openOptions, snapshotOf, strictness } from "./corpus.ts";
import { type Log, logOpening, type Platform } from "./log.ts";
import { type Change, createReloading, reopenAside } from "./reloading.ts";

/** The documents as they are now. */
export interface Following {
  /** Of the last whole corpus. */
  engine(): Engine;
  /** Its hash, and when it began to answer, in milliseconds since 1970. */
  corpus(): { readonly hash: string; readonly openedAt: number };
  /** Reads and watches nothing any more. */
  close(): Promise<void>;
}

/** A corpus to open, or one that is followed already: what else answers in this process. */
export interface FollowingOptions extends CorpusOptions {
  readonly following?: Following;
}

/**
 * Opens the corpus and follows its folder; SIGHUP has it looked at too. What becomes of a change is told in the log.
 * @throws OperatorError, CorpusError when the folder or the environment can't be used
 */
export async function openFollowing(options: FollowingOptions, log: Log, platform: Platform): Promise<Following> {
  // Whoever opened it closes it.
  if (options.following !== undefined) return { ...options.following, close: async () => {} };
  const onEvent = logOpening(log, platform);
  const first = await open(options, onEvent);
  const opening = { ...(await openOptions(onEvent)), ...strictness(options, onEvent), onProgress: () => {} };
  const folder = folderOf(options);
  const reloading = createReloading(first, {
    ...{ folder, snapshot: snapshotOf(folder), data: opening.data },
    reopen: (reopening, signal) => reopenAside({ ...reopening, options: opening }, signal),
  });
  let openedAt = Date.now();
  const tell = (change: Change): void => {
    if (change.kind === "kept") {
      const { hash } = reloading.engine.corpus;
      log.error({ platform, corpus: hash, problem: change.problem }, "new documents refused, answering as before");
      return;
    }
    openedAt = Date.now();
    const { hash, documents } = change.corpus;
    log.info({ platform, corpus: hash, documents: documents.length }, "answering from new documents");
  };
  const look = (): void => {
    log.debug({ platform }, "asked to look at the documents");
    reloading.look();
  };
  reloading.follow(tell);
  process.on("SIGHUP", look);
  return {
    engine: () => reloading.engine,
    corpus: () => ({ hash: reloading.engine.corpus.hash, openedAt }),
    close: async () => {
      process.off("SIGHUP", look);
      await reloading.close();
    },
  };
}
