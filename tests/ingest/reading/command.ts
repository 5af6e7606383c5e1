// A corpus folder to what the command says of it. Needs `npm run build`.

import { execFile } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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

/** Whatever is kept of a folder is kept here. */
const DATA = mkdtempSync(join(tmpdir(), "footnote-data-"));

export const askFolder = (folder: string, who: Who = {}): Promise<Ended> =>
  run(["ask", "--corpus", folder, "Is tea hot?"], who);

/** Who runs the command, if somebody else. */
interface Who {
  readonly uid?: number | undefined;
}

/** Runs the command, in no folder of its own. */
export function run(args: readonly string[], { uid }: Who = {}): Promise<Ended> {
  const env = { PATH: process.env.PATH ?? "", FOOTNOTE_DATA: uid === undefined ? DATA : join(DATA, String(uid)) };
  if (uid !== undefined) {
    chmodSync(DATA, 0o711);
    mkdirSync(env.FOOTNOTE_DATA, { recursive: true });
    chownSync(env.FOOTNOTE_DATA, uid, -1);
  }
  const options = { timeout: ENDS_WITHIN_MS, env, cwd: "/", ...(uid === undefined ? {} : { uid }) };
  return new Promise((done) => {
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
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
