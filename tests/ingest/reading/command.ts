// A corpus folder to what the command says of it. Needs `npm run build`.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "vitest";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");
if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing; npm run build makes it`);

export interface Ended {
  /** Null where it had to be ended. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** However busy the machine is, reading a folder ends within this time. */
export const ENDS_WITHIN_MS = 20_000;

/** @param uid who runs the command, if somebody else */
export function askFolder(folder: string, uid?: number): Promise<Ended> {
  const options = { timeout: ENDS_WITHIN_MS, env: { PATH: process.env.PATH ?? "" }, cwd: "/", ...(uid && { uid }) };
  return new Promise((done) => {
    execFile(process.execPath, [MAIN, "ask", "--corpus", folder, "Is tea hot?"], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      done({ status, stdout, stderr });
    }).stdin?.end();
  });
}

/** Expects one line on stderr, nothing on stdout and status 2. */
export function expectRefusal({ status, stdout, stderr }: Ended, message: RegExp): void {
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^\S.*; .+\n$/);
}
