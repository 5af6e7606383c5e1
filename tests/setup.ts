// Before all tests: one line about what this machine lacks, so that nobody takes what is skipped for what has passed.

import { hasChromium } from "./chromium.ts";
import { hasPostgres } from "./postgres.ts";

/** Called by vitest once. @throws where FOOTNOTE_REQUIRE names what is not here */
export function setup(): void {
  if (!hasPostgres())
    say(
      "NO POSTGRESQL HERE: its tests are skipped; install it (initdb, postgres), or set FOOTNOTE_REQUIRE=postgres to fail",
    );
  if (!hasChromium())
    say(
      "NO CHROMIUM HERE: tests in a browser are skipped; install it (chromium), or set FOOTNOTE_REQUIRE=chromium to fail",
    );
}

const say = (line: string): boolean => process.stderr.write(`\n${line}\n\n`);
