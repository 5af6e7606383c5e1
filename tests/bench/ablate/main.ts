// `npm run bench -- ablate`: switches off each hand-made rule, alone and in groups, and tells what each set of cases misses.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OperatorError } from "../../../src/errors.ts";
import { applied, faultOf, type Sources } from "./edits.ts";
import { type Kept, openKept } from "./keep.ts";
import type { SetOrder, Told } from "./order.ts";
import { reached, readEngine, savedBy, variantOf, Worker } from "./program.ts";
import { FOUND_BY, REMEMBERING } from "./remembering.ts";
import { type Row, rowsNamed, together } from "./rows.ts";
import { RULES } from "./rules.ts";
import { type Answered, merged, ordersFor } from "./scope.ts";
import { setsIn } from "./sets.ts";
import { draw, type Measured, missedBy, movedBetween } from "./table.ts";

const USAGE = `npm run bench -- ablate [NAME…] [--data DIR] [--most N] [--ids] [--keep FILE]
npm run bench -- ablate --check-rules

  NAME           only the rows of these rules and groups; A+B switches off two in one row
  --data DIR     a folder with eval/dev.jsonl and folders/NAME; tests/bench/README.md tells their format
  --most N       at most so many cases of a set, drawn evenly
  --ids          below each row, which cases are lost and gained
  --keep FILE    writes down each row as it is measured, and takes up from there what was interrupted
  --check-rules  only sees whether each rule is found in the program and can be switched off
`;
const ENGINE = join(import.meta.dirname, "..", "..", "..", "src");
const AT_ONCE = 2;

interface Options {
  readonly names: readonly string[];
  readonly data: string | undefined;
  readonly most: number;
  readonly showsIds: boolean;
  readonly onlyChecks: boolean;
  readonly keptIn: string | null;
}

/** @returns the exit status: 0 when the table is printed, 1 where a rule can't be switched off, 2 for wrong arguments or data */
export async function ablate(args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "footnote-ablate-"));
  const workers = Array.from({ length: AT_ONCE }, () => new Worker(folder));
  try {
    const options = readOptions(args);
    const rows = rowsNamed(options.names);
    const sources = readEngine(ENGINE);
    const faults = await faultsOf(sources, workers);
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    if (options.onlyChecks || faults.length > 0) {
      process.stdout.write(`${RULES.length} rules, ${faults.length} that can't be switched off\n`);
      return faults.length > 0 ? 1 : 0;
    }
    return await measure(rows, options, sources, workers);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  } finally {
    for (const worker of workers) worker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: "string" },
        most: { type: "string", default: "Infinity" },
        ids: { type: "boolean", default: false },
        keep: { type: "string" },
        "check-rules": { type: "boolean", default: false },
      },
    });
    const most = Number(values.most);
    if (!(most >= 1)) throw new Error(`--most ${values.most} is no number of cases`);
    const { data, ids, keep = null, "check-rules": onlyChecks } = values;
    return { names: positionals, data, most, showsIds: ids, onlyChecks, keptIn: keep };
  } catch (error) {
    throw new OperatorError(error instanceof Error ? error.message : String(error), `\n${USAGE}`);
  }
}

/** The rules that can't be switched off, and why: not found exactly once, or not loaded with what takes their place. */
async function faultsOf(sources: Sources, [worker]: readonly Worker[]): Promise<readonly string[]> {
  const edits = [...RULES, { name: "remembering", off: [REMEMBERING] }];
  const faults = edits.flatMap(({ name, off }) =>
    off.flatMap((edit) => {
      const fault = faultOf(edit, sources);
      return fault === null ? [] : [`${name}: ${fault}`];
    }),
  );
  if (faults.length > 0 || worker === undefined) return faults;
  // Each module alone, with the rest as it is: enough to see whether it loads.
  const variants = RULES.map(({ off }, at) => {
    const variant = variantOf(`rule-${at}`, applied(off, sources), sources, ENGINE);
    return { ...variant, affected: variant.changed.map(([url]) => url) };
  });
  const told = await worker.run({ kind: "load", variants });
  return told.flatMap((one) =>
    one.kind === "broken" ? [`${RULES[Number(one.variant.replace("rule-", ""))]?.name}: ${one.why}`] : [],
  );
}

const AS_IT_IS: Row = { name: "as it is", does: "", rules: [] };

/** Measures all rows, and the rules that no set misses alone once more together. */
async function measure(
  rows: readonly Row[],
  { names, data, most, showsIds, keptIn }: Options,
  sources: Sources,
  workers: readonly Worker[],
): Promise<number> {
  const [saving, finding] = [savedBy(sources), reached(sources, FOUND_BY)];
  let count = 0;
  const run = ({ rules }: Row, sets: readonly SetOrder[], worker: Worker): Promise<readonly Told[]> => {
    const off = applied(
      together(rules).flatMap((rule) => rule.off),
      sources,
    );
    const opensAnew = [...off.keys()].some((file) => saving.has(file));
    const findsTheSame = !opensAnew && ![...off.keys()].some((file) => finding.has(file));
    const changed = new Map([...off, ...applied([REMEMBERING], new Map([...sources, ...off]))]);
    const variant = variantOf(`row-${count++}`, changed, sources, ENGINE);
    return worker.run({ kind: "answer", variant, opensAnew, findsTheSame, sets, most });
  };
  const orders = setsIn(data).map((set): SetOrder => ({ set, places: null }));
  tellProgress("the program as it is");
  const told = await onOne(workers, (worker) => run(AS_IT_IS, orders, worker));
  const base = told.flatMap((one) => (one.kind === "answered" ? [one] : []));
  const closed = told.flatMap((one) => (one.kind === "closed" ? [one] : []));
  if (base.length === 0) throw new OperatorError("no folder opens", "see why with footnote check");
  const kept = openKept(keptIn, sources, base);
  const measureOne = (row: Row, worker: Worker): Promise<Measured> =>
    measureRow(row, base, kept, () => run(row, ordersFor(row.rules, base, orders), worker));
  const measured = await onAll(workers, rows, measureOne);
  const singles = measured.filter((row) => row.rules.length === 1);
  const groups = measured.filter((row) => row.rules.length > 1);
  const unmissed = singles.filter((row) => row.fault === null && missedBy(row, base).length === 0);
  const last: Row = {
    name: "what no set misses alone",
    does: "all of the rows below that no set misses",
    rules: unmissed.flatMap((row) => row.rules),
  };
  if (names.length === 0 && unmissed.length > 1)
    groups.push(await onOne(workers, (worker) => measureOne(last, worker)));
  process.stdout.write(draw({ base, closed, groups, singles, showsIds }));
  return [...groups, ...singles].some(({ fault }) => fault !== null) ? 1 : 0;
}

async function measureRow(
  row: Row,
  base: readonly Answered[],
  kept: Kept,
  run: () => Promise<readonly Told[]>,
): Promise<Measured> {
  try {
    const before = kept.of(row);
    const answered = before ?? merged(row.rules, base, await run());
    if (before === undefined) kept.keep(row, answered);
    const { won, lost, changed } = movedBetween(base, answered);
    tellProgress(`${row.name}: ${won.length} won, ${lost.length} lost, ${changed} changed`);
    return { ...row, answered, fault: null };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    tellProgress(`${row.name}: ${fault}`);
    return { ...row, answered: base, fault };
  }
}

function onOne<T>([worker]: readonly Worker[], does: (worker: Worker) => Promise<T>): Promise<T> {
  if (worker === undefined) throw new Error("no worker");
  return does(worker);
}

/** Does all, each worker one at a time, and keeps their order. */
async function onAll<T, U>(
  workers: readonly Worker[],
  list: readonly T[],
  does: (one: T, worker: Worker) => Promise<U>,
): Promise<U[]> {
  const done = new Map<number, U>();
  const queue = list.entries();
  const work = async (worker: Worker): Promise<void> => {
    for (const [at, one] of queue) done.set(at, await does(one, worker));
  };
  await Promise.all(workers.map(work));
  return [...done].sort(([a], [b]) => a - b).map(([, one]) => one);
}

const tellProgress = (step: string): void => {
  process.stderr.write(`${step}\n`);
};
