// Where the package keeps its own corpus and the snapshot made of it.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function packageRoot(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : packageRoot(dirname(folder));
}

const root = packageRoot(dirname(fileURLToPath(import.meta.url)));

export const BUILT_IN = { folder: join(root, "corpus"), snapshot: join(root, "dist", "corpus.snapshot") };
