// Before all tests: one line about what this machine lacks, so that nobody takes what is skipped for what has passed.

import { hasPostgres } from "./postgres.ts";

/** Called by vitest once. @throws where FOOTNOTE_REQUIRE names what is not here */
export function setup(): void {
  if (hasPostgres()) return;
  process.stderr.write(
    "\nNO POSTGRESQL HERE: its tests are skipped; install it (initdb, postgres), or set FOOTNOTE_REQUIRE=postgres to fail\n\n",
  );
}
