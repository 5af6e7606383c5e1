// Defines what can be asked for when a corpus is opened, and what its operator may want to know.

import type { LeftOut } from "../errors.ts";
import type { TrainOptions } from "../train.ts";

export interface OpenOptions extends TrainOptions {
  /** Folder in which snapshots are kept; none are where it is left out. */
  readonly data?: string;
  /** What identifies the program beside its version, so that no other build's snapshot is used. */
  readonly build?: string;
  /** Who is to see what is opened, by the names that documents are kept for; left out, somebody who sees all. */
  readonly audience?: readonly string[] | undefined;
  /** True where nothing else on this thread may wait, as where an engine answers while the next one is made. */
  readonly apart?: boolean;
  /** Ends what goes on apart. */
  readonly signal?: AbortSignal | undefined;
  /** True where a document that would be left out is a reason to refuse the folder. */
  readonly isStrict?: boolean;
  readonly onEvent?: (event: OpenEvent) => void;
}

/** What the operator may want to know. */
export type OpenEvent =
  | { readonly kind: "left-out"; readonly leftOut: readonly LeftOut[] }
  | {
      readonly kind: "loaded";
      readonly index: "minisearch" | "compact";
      readonly passages: number;
      readonly file: string;
    }
  | { readonly kind: "damaged"; readonly file: string }
  | { readonly kind: "unwritable"; readonly file: string; readonly reason: string }
  | {
      readonly kind: "built";
      readonly index: "minisearch" | "compact";
      readonly passages: number;
      /** Null where none was written. */
      readonly file: string | null;
      readonly bytes: number;
    };
