// `npm run mutants`: changes the files that decide in hundreds of small ways, and tells which changes their own tests
// do not notice.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ROOT, runTool } from "./package-of-tools.ts";

const report = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          status: z.string(),
          mutatorName: z.string(),
          replacement: z.string().default(""),
          location: z.object({
            start: z.object({ line: z.number(), column: z.number() }),
            end: z.object({ line: z.number(), column: z.number() }),
          }),
        }),
      ),
    }),
  ),
});
type Mutants = z.infer<typeof report>["files"][string];

const NOTICED = new Set(["Killed", "Timeout"]);
const UNNOTICED = new Set(["Survived", "NoCoverage"]);

process.exitCode = runTool("stryker", ["run", "tests/tools/stryker.json", ...process.argv.slice(2)]);
const { files } = report.parse(JSON.parse(readFileSync(join(ROOT, "dist", "mutants.json"), "utf8")));
for (const [file, { source, mutants }] of Object.entries(files)) draw(file, source, mutants);

function draw(file: string, source: string, mutants: Mutants["mutants"]): void {
  const killed = mutants.filter(({ status }) => NOTICED.has(status)).length;
  const living = mutants.filter(({ status }) => UNNOTICED.has(status));
  const share = ((100 * killed) / Math.max(1, killed + living.length)).toFixed(1);
  process.stdout.write(`\n${file}: ${killed} of ${killed + living.length} noticed, ${share} %\n`);
  const lines = source.split("\n");
  for (const { location, replacement } of living) {
    const { start, end } = location;
    const line = lines[start.line - 1] ?? "";
    const was =
      start.line === end.line ? line.slice(start.column - 1, end.column - 1) : `${line.slice(start.column - 1)} …`;
    process.stdout.write(`  ${start.line}:${start.column}  ${was}  →  ${replacement.replace(/\s+/g, " ")}\n`);
  }
}
