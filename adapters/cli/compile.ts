// The last step of the build: the built-in corpus to the snapshot beside the program, and the program made executable.

import { createHash } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "../../src/store/open.ts";
import { saveSnapshot } from "../../src/store/snapshot.ts";
import { BUILD_FILE, BUILT_IN } from "../shared/built-in.ts";

writeFileSync(BUILD_FILE, digestOf(fileURLToPath(new URL("../../src", import.meta.url))));
saveSnapshot(BUILT_IN.snapshot, await compile(BUILT_IN.folder));
// The compiler writes the file anew without the right to be run, which npm gave it when it linked the command.
chmodSync(fileURLToPath(new URL("./main.js", import.meta.url)), 0o755);

/** What the engine consists of, to one short name. */
function digestOf(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files.sort()) hash.update(`${relative(folder, file)}\0`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}
