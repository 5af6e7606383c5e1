// Remembers in the data folder that a platform refused these tokens, so that a supervisor's restarts don't try them again at
// once: platforms lock out who does.

import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

export interface Refusal {
  /** How long to wait before the tokens are tried again; 0 where they, or others, may be at once. */
  waitMs(): Promise<number>;
  /** They were refused. */
  note(): Promise<void>;
  /** They were taken. */
  clear(): Promise<void>;
}

const WAIT_MS = 10 * 60 * 1000;

/**
 * None of it throws: where nothing can be written, nothing is waited for.
 * @param data the folder for what is kept
 */
export function createRefusal(
  data: string,
  platform: string,
  tokens: readonly string[],
  now: () => number = Date.now,
): Refusal {
  const file = join(data, `refused-${platform}.json`);
  // Of a secret this long nothing can be told from its hash.
  const mark = createHash("sha256").update(JSON.stringify(tokens)).digest("base64url").slice(0, 16);
  return {
    waitMs: async () => {
      const kept = refused.safeParse(parse(await readFile(file, "utf8").catch(() => "")));
      if (!kept.success || kept.data.mark !== mark) return 0;
      const leftMs = kept.data.at + WAIT_MS - now();
      return leftMs > WAIT_MS ? 0 : Math.max(0, leftMs);
    },
    note: async () => {
      try {
        await mkdir(data, { recursive: true, mode: 0o700 });
        await writeFile(file, JSON.stringify({ at: now(), mark }), { mode: 0o600 });
      } catch {
        // The next start then tries at once.
      }
    },
    clear: () => rm(file, { force: true }).catch(() => {}),
  };
}

const refused = z.object({ at: z.number(), mark: z.string() });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
