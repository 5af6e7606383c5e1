// A changed corpus folder to what it compiles to, in a thread of its own: questions are answered while it trains.

import { OperatorError } from "../../src/errors.ts";
import { reopenCorpus } from "../../src/store/open.ts";
import type { OpenOptions } from "../../src/store/open-options.ts";
import type { Compiled } from "../../src/store/snapshot.ts";

/** What is to be opened. */
export interface Reopening {
  readonly folder: string;
  /** Of the corpus that answers now. */
  readonly hash: string;
  /** Where the compiled form of the folder is looked for. */
  readonly snapshot: string | undefined;
  readonly options?: OpenOptions;
}

/** What came of it. `problem` says what is wrong, where and what to do about it. */
export type Reopened =
  | { readonly kind: "opened"; readonly compiled: Compiled }
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
 * The same, in a thread.
 * @param signal ends the thread
 * @throws where the thread fails or is ended
 */
export const reopenAside = (reopening: Reopening, signal: AbortSignal): Promise<Reopened> =>
  reopen({ ...reopening, options: { ...reopening.options, apart: true, signal } });
