// `npm run bench`: runs every suite of this folder, or those named (a suite is a file with one `suite`), or one that takes data: `peers`, `fit` …

import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isSuite, type Row } from "./frame/suite.ts";

const folder = import.meta.dirname;

const known = readdirSync(folder)
  .filter((file) => file.endsWith(".js") && file !== "main.js")
  .map((file) => basename(file, ".js"))
  .sort();
const wanted = process.argv.slice(2);
const [first, ...rest] = wanted;
const strangers = wanted.filter((name) => !known.includes(name));
if (first === "peers") {
  const { comparePeers } = await import("./peers/main.ts");
  process.exitCode = await comparePeers(rest);
} else if (first === "fit") {
  const { fitEvidence } = await import("./fit/main.ts");
  process.exitCode = await fitEvidence(rest);
} else if (first === "fit-gate") {
  const { fitTheGate } = await import("./gate/main.ts");
  process.exitCode = await fitTheGate(rest);
} else if (first === "shipped") {
  const { comparePeers } = await import("./peers/main.ts");
  process.exitCode = await comparePeers(["--part", "shipped", ...rest]);
} else if (first === "ablate") {
  const { ablate } = await import("./ablate/main.ts");
  process.exitCode = await ablate(rest);
} else if (first === "falsehoods") {
  const { scoreFalsehoods } = await import("./proof/falsehoods.ts");
  process.exitCode = await scoreFalsehoods(rest);
} else if (first === "folders" || first === "fit-blocks") {
  const { measureFolders } = await import("./blocks/main.ts");
  process.exitCode = await measureFolders(first, rest);
} else if (first === "fit-unasked") {
  const { fitUnasked } = await import("./unasked/fit.ts");
  process.exitCode = await fitUnasked();
} else if (strangers.length > 0) {
  process.stderr.write(
    `no suite ${strangers.join(", ")}; there are: ${known.join(", ")}, peers, fit, fit-gate, shipped, fit-blocks, folders, fit-unasked, ablate and falsehoods\n`,
  );
  process.exitCode = 2;
} else {
  const cores = availableParallelism();
  process.stdout.write(
    `Node ${process.versions.node} on ${cores} ${cores === 1 ? "core" : "cores"}, ${process.arch}\n`,
  );
  for (const name of wanted.length > 0 ? wanted : known) await run(name);
}

async function run(name: string): Promise<void> {
  const { suite }: { suite?: unknown } = await import(pathToFileURL(join(folder, `${name}.js`)).href);
  if (!isSuite(suite)) throw new Error(`${name}.ts exports no suite`);
  const rows = await suite.run(showProgress);
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  process.stdout.write(`\n${suite.title}\n${table(rows)}\n`);
}

/** One line that is overwritten, and only where somebody watches. */
function showProgress(step: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${step} …`);
}

function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, aim, note = "" }) => ({ name, value, judged: judge(aim), note }));
  const width = (key: "name" | "value" | "judged"): number => Math.max(...cells.map((cell) => cell[key].length));
  const [names, values, judged] = [width("name"), width("value"), width("judged")];
  return cells
    .map(
      (cell) =>
        `  ${cell.name.padEnd(names)}  ${cell.value.padStart(values)}  ${cell.judged.padEnd(judged)}  ${cell.note}`,
    )
    .map((line) => line.trimEnd())
    .join("\n");
}

function judge(aim: Row["aim"]): string {
  return aim === undefined ? "" : `${aim.text}: ${aim.isReached ? "reached" : "MISSED"}`;
}
