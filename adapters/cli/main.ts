#!/usr/bin/env node
// The command `footnote`: runs the program and turns whatever ends it into an exit status.

import { OperatorError } from "../../src/errors.ts";
import { clean } from "../shared/one-line.ts";
import { run } from "./program.ts";

process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
  // Whoever reads stdout has enough, e.g. `| head`.
  if (code === "EPIPE") process.exit(0);
  process.stderr.write(`the output can't be written (${code}); make room there, or send it elsewhere\n`);
  process.exit(2);
});
// What can't be told leaves the exit status.
process.stderr.on("error", () => {});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${clean(error.message)}\n`);
  process.exitCode = 2;
}
