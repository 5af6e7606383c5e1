// A real browser for tests: this machine's Chromium, driven by playwright-core, which brings none of its own.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** As Debian, Ubuntu and others call it. */
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** The path of the program; null where there is none. */
function chromiumProgram(): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  return found ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether tests with a browser can run.
 * @throws where they must and can't
 */
export function hasChromium(): boolean {
  if (chromiumProgram() !== null) return true;
  if ((process.env.FOOTNOTE_REQUIRE ?? "").split(",").includes("chromium"))
    throw new Error("FOOTNOTE_REQUIRE names chromium, and none was found on the PATH");
  return false;
}

export async function startChromium(): Promise<Browser> {
  const executablePath = chromiumProgram();
  if (executablePath === null) throw new Error("there is no Chromium here");
  // Its sandbox refuses to be root's; in a container shared memory may be small.
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
