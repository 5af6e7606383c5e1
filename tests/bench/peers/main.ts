// `npm run bench -- peers --data DIR`: measures Footnote beside what people would pick instead, and writes a report.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OperatorError } from "../../../src/errors.ts";
import { abstaining } from "./abstaining.ts";
import { judge } from "./aims.ts";
import { type Data, readData } from "./data.ts";
import { openLedger } from "./ledger.ts";
import { matching } from "./matching.ts";
import { installPeers, PEERS_FOLDER, peerVersions } from "./packages.ts";
import type { Part } from "./part.ts";
import { ranking } from "./ranking.ts";
import { report } from "./report.ts";
import { sentence } from "./sentence.ts";
import { shipped } from "./shipped.ts";
import { speed } from "./speed.ts";

const PARTS: readonly Part[] = [ranking, sentence, abstaining, matching, shipped, speed];

const USAGE = `npm run bench -- peers --data DIR [--quick] [--out FILE] [--part NAME]…

  --data DIR   the collections and labelled questions; tests/bench/README.md tells their format
  --quick      few questions and small sizes: shows in two minutes that all runs
  --out FILE   where the report goes, instead of to the terminal
  --part NAME  only this part, again for further ones: ${PARTS.map(({ name }) => name).join(", ")}
`;

/** @returns the exit status: 0 when the report is written, 2 when the arguments or the data are wrong */
export async function comparePeers(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === null) {
      process.stderr.write(USAGE);
      return 2;
    }
    const data = options.parts.every(({ name }) => name === "speed") ? NO_DATA : readData(options.folder);
    installPeers((line) => process.stderr.write(`${line}\n`));
    await measure(options, data);
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

interface Options {
  readonly folder: string;
  readonly isQuick: boolean;
  readonly out: string | null;
  readonly parts: readonly Part[];
}

const NO_DATA: Data = { collections: [], intents: [] };

function readOptions(args: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        quick: { type: "boolean", default: false },
        out: { type: "string" },
        part: { type: "string", multiple: true },
      },
    });
    const parts = PARTS.filter(({ name }) => values.part === undefined || values.part.includes(name));
    const isKnown = (values.part ?? []).every((name) => PARTS.some((part) => part.name === name));
    const needsData = parts.some(({ name }) => name !== "speed");
    if (!isKnown || (needsData && values.data === undefined)) return null;
    return { folder: values.data ?? "", isQuick: values.quick, out: values.out ?? null, parts };
  } catch {
    return null;
  }
}

async function measure({ folder, isQuick, out, parts }: Options, data: Data): Promise<void> {
  const file = join(PEERS_FOLDER, "data", isQuick ? "quick.jsonl" : "rows.jsonl");
  const started = performance.now();
  const ledger = openLedger(file, runOf(folder, parts), ({ table, group, row }) => {
    const minutes = ((performance.now() - started) / 60_000).toFixed(1);
    process.stderr.write(`${minutes} min  ${table}${group === "" ? "" : `, ${group}`}: ${row}\n`);
  });
  if (ledger.resumed > 0)
    process.stderr.write(`taking up an interrupted run: ${ledger.resumed} rows are measured already\n`);
  for (const part of parts) await part.measure({ data, isQuick, ledger });
  const only = parts.length === PARTS.length ? "" : parts.map(({ name }) => ` --part ${name}`).join("");
  const command = `npm run bench -- peers --data DIR${isQuick ? " --quick" : ""}${only}`;
  const aims = isQuick ? [] : judge(ledger.rows);
  const text = report(parts, ledger.rows, aims, { command, isQuick, versions: peerVersions() });
  if (out === null) process.stdout.write(text);
  else writeFileSync(out, text);
  ledger.finish();
}

/** What a run is made of: the compiled engine and bench, the data's files with their sizes, and the parts. */
function runOf(folder: string, parts: readonly Part[]): string {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([process.versions.node, peerVersions(), parts.map(({ name }) => name)]));
  const source = join(import.meta.dirname, "..", "..", "..", "src");
  for (const [root, ending, isRead] of [
    [source, ".js", true],
    [import.meta.dirname, ".js", true],
    [folder, ".jsonl", false],
  ] as const) {
    if (root === "") continue;
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(ending));
    for (const name of files.sort())
      hash.update(name).update(isRead ? readFileSync(join(root, name)) : String(statSync(join(root, name)).size));
  }
  return hash.digest("hex").slice(0, 16);
}
