// `npm run bench -- folders` and `fit-blocks`: how well blocks answer strangers' questions on folders left out of the fit.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { OperatorError } from "../../../src/errors.ts";
import { everydayLexicon, everydayThesaurus } from "../../../src/question/everyday.ts";
import { type OpenFolder, openFolder } from "./ask.ts";
import { readCaseFolders } from "./cases.ts";
import { curve, orderFigures, shippedFigures } from "./figures.ts";
import { holdOut, type Judged } from "./held-out.ts";

const usage = (command: string): string => `npm run bench -- ${command} --data DIR

  --data DIR   documents with questions; tests/bench/README.md tells their format
`;

/**
 * Prints the figures; `fit-blocks` also writes what is fitted on all folders.
 * @returns the exit status: 0 when it could measure, 2 when the arguments or the data are wrong
 */
export async function measureFolders(command: "folders" | "fit-blocks", args: readonly string[]): Promise<number> {
  const data = readData(args);
  if (data === null) {
    process.stderr.write(usage(command));
    return 2;
  }
  try {
    await measure(data, command === "fit-blocks");
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function readData(args: readonly string[]): string | null {
  try {
    return parseArgs({ args: [...args], options: { data: { type: "string" } } }).values.data ?? null;
  } catch {
    return null;
  }
}

const WEIGHTS = join("src", "evidence", "block-weights.json");
/** Decimals that weights are kept with. */
const PRECISION = 4;

async function measure(data: string, writes: boolean): Promise<void> {
  const lexicon = everydayLexicon({ names: [], synonyms: [] });
  const thesaurus = everydayThesaurus(lexicon);
  const folders: OpenFolder[] = [];
  for (const folder of await readCaseFolders(data)) folders.push(await openFolder(folder, lexicon, thesaurus));
  const { judged, small, weights } = await holdOut(folders, (step) => process.stderr.write(`without ${step} …\n`));
  const lines: string[] = [];
  const add = (name: string, cases: readonly Judged[]): void => {
    lines.push(`${name}`, `  ${orderFigures(cases)}`, `  ${shippedFigures(cases)}`);
  };
  const near: Judged[] = [];
  for (const [{ name, setting }, cases] of judged) {
    if (setting === "team") near.push(...cases);
    if (setting !== "service") {
      add(name, cases);
    } else {
      const isLater = ({ example }: Judged): boolean => example.asked.after.length > 0;
      add(
        `${name}, first turns`,
        cases.filter((one) => !isLater(one)),
      );
      add(`${name}, later turns`, cases.filter(isLater));
    }
  }
  add("all teams' folders", near);
  lines.push(...curve(near).map((line) => `  ${line}`));
  add("small folders made of them", small);
  lines.push(...curve(small).map((line) => `  ${line}`));
  for (const line of lines) process.stdout.write(`${line}\n`);
  if (!writes) return;
  const source = {
    command: "npm run bench -- fit-blocks --data DIR",
    date: new Date().toISOString().slice(0, 10),
    data: [...judged].map(([{ name }, cases]) => `${name}: ${cases.length} questions`),
    heldOut: [orderFigures(near), shippedFigures(near), ...curve(near)],
  };
  const file = join(BUILT_IN.folder, "..", WEIGHTS);
  const rounded = JSON.stringify(
    { source, ...weights },
    (_, value) => (typeof value === "number" ? Number(value.toFixed(PRECISION)) : value),
    2,
  );
  writeFileSync(file, `${rounded}\n`);
}
