#!/usr/bin/env node
// The command `footnote`: runs the program and turns whatever ends it into an exit status.

import { OperatorError } from "../../src/errors.ts";
import { clean } from "../clean.ts";
import { run } from "./program.ts";

// Whoever reads stdout has enough, e.g. `| head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${clean(error.message)}\n`);
  process.exitCode = 2;
}
