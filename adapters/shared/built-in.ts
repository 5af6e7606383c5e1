// Says where the package keeps its own corpus and the snapshot made of it.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function packageRoot(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : packageRoot(dirname(folder));
}

/** The package's own folder. */
export const PACKAGE = packageRoot(dirname(fileURLToPath(import.meta.url)));

/** Written by the build: what identifies this very program, since a snapshot of another one must not be used. */
export const BUILD_FILE = join(PACKAGE, "dist", "build.txt");
export const buildId = (): string => (existsSync(BUILD_FILE) ? readFileSync(BUILD_FILE, "utf8") : "");

export const BUILT_IN = { folder: join(PACKAGE, "corpus"), snapshot: join(PACKAGE, "dist", "corpus.snapshot") };
