// The last step of the build: lists put into the modules that read them, the built-in corpus compiled to the snapshot
// beside the program, what pages load put there too, and the program made executable.

import { createHash } from "node:crypto";
import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "../../src/store/open.ts";
import { PUBLIC, saveSnapshot } from "../../src/store/snapshot.ts";
import { BUILD_FILE, BUILT_IN, PACKAGE } from "../shared/built-in.ts";

const ENGINE = fileURLToPath(new URL("../../src", import.meta.url));

inlineJson(ENGINE);
writeFileSync(BUILD_FILE, digestOf(ENGINE));
saveSnapshot(BUILT_IN.snapshot, await compile(BUILT_IN.folder), "", PUBLIC);
cpSync(join(PACKAGE, "adapters", "web", "assets"), fileURLToPath(new URL("../web/assets", import.meta.url)), {
  recursive: true,
});
// The compiler writes the file anew without the right to be run, which npm gave it when it linked the command.
chmodSync(fileURLToPath(new URL("./main.js", import.meta.url)), 0o755);

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Lists that a module imports as JSON become part of it: a start would spend half a millisecond on each file. */
function inlineJson(folder: string): void {
  for (const file of filesIn(folder).filter((name) => name.endsWith(".js"))) {
    const code = readFileSync(file, "utf8");
    const whole = code.replace(
      /^import (\w+) from "(\.[^"]+\.json)" with \{ type: "json" \};$/gm,
      (_, name: string, path: string) =>
        `const ${name} = ${JSON.stringify(JSON.parse(readFileSync(join(dirname(file), path), "utf8")))};`,
    );
    if (whole !== code) writeFileSync(file, whole);
  }
}

/** What the engine consists of, to one short name. */
function digestOf(folder: string): string {
  const hash = createHash("sha256");
  for (const file of filesIn(folder).sort()) hash.update(`${relative(folder, file)}\0`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}
