// The last step of the build: the built-in corpus to the snapshot beside the program, and the program made executable.

import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "../../src/open.ts";
import { saveSnapshot } from "../../src/snapshot.ts";
import { BUILT_IN } from "./built-in.ts";

saveSnapshot(BUILT_IN.snapshot, await compile(BUILT_IN.folder));
// The compiler writes the file anew without the right to be run, which npm gave it when it linked the command.
chmodSync(fileURLToPath(new URL("./main.js", import.meta.url)), 0o755);
