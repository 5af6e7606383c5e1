// Reads a file, or bytes in memory, stretch by stretch.

import { closeSync, fstatSync, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import type { Bytes } from "../structures/ranges.ts";

export interface Source extends Bytes {
  readonly length: number;
  /** Fills `into` with what starts there, as far as there is so much, while other work goes on. */
  read(into: Uint8Array, from: number): Promise<void>;
}

const readLater = promisify(read);

/** Closes a file when nothing refers to its source any more: engines are replaced without being told to end. */
const unused = new FinalizationRegistry<number>((handle) => closeSync(handle));

/**
 * A file that stays open as long as its source is referred to.
 * @throws Error when it can't be opened, or, on reading, has become shorter
 */
export function openSource(file: string): Source {
  const handle = openSync(file, "r");
  const source: Source = {
    length: fstatSync(handle).size,
    subarray(from, to) {
      const into = new Uint8Array(Math.max(0, to - from));
      for (let at = 0; at < into.length; ) {
        const got = readSync(handle, into, at, into.length - at, from + at);
        if (got === 0) throw new Error(`${file} has become shorter while it was read`);
        at += got;
      }
      return into;
    },
    async read(into, from) {
      for (let at = 0; at < into.length; ) {
        const { bytesRead } = await readLater(handle, into, at, into.length - at, from + at);
        if (bytesRead === 0) return;
        at += bytesRead;
      }
    },
  };
  unused.register(source, handle);
  return source;
}

export const sourceOf = (bytes: Uint8Array): Source => ({
  length: bytes.length,
  subarray: (from, to) => bytes.subarray(from, to),
  read: async (into, from) => into.set(bytes.subarray(from, from + into.length)),
});
