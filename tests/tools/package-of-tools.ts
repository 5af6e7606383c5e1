// Runs a program of `tests/tools/package.json`, and installs what its lock file names before the first time.

import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { BUILT_IN } from "../../adapters/shared/built-in.ts";

/** The clone; the compiled tools lie elsewhere. */
export const ROOT = join(BUILT_IN.folder, "..");
const FOLDER = join(ROOT, "tests", "tools");

/** @returns the exit status of the program, which is run in the clone's folder */
export function runTool(name: string, args: readonly string[]): number {
  if (!isInstalled()) install();
  return statusOf(join(FOLDER, "node_modules", ".bin", name), args, ROOT);
}

/** Whether something was installed since the lock file last changed. */
function isInstalled(): boolean {
  const installed = join(FOLDER, "node_modules", ".package-lock.json");
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(FOLDER, "package-lock.json")).mtimeMs;
}

function install(): void {
  process.stderr.write("installing what looks over the code, once, into tests/tools/node_modules …\n");
  const status = statusOf("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], FOLDER);
  if (status !== 0) throw new Error("npm ci in tests/tools failed; mend what it says and run this again");
}

function statusOf(program: string, args: readonly string[], cwd: string): number {
  const { status, error } = spawnSync(program, args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  if (error !== undefined) throw error;
  return status ?? 1;
}
