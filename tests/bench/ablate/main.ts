// `npm run bench -- ablate`: switches off each hand-made rule, alone and in groups, and tells what each set of cases misses.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OperatorError } from "../../../src/errors.ts";
import { applied, faultOf, type Sources } from "./edits.ts";
import type { SetOrder, Told } from "./order.ts";
import { byUrl, readEngine, runOrder, savedBy } from "./program.ts";
import { GROUPS, type Rule } from "./rule.ts";
import { RULES, together } from "./rules.ts";
import { type Answered, merged, ordersFor } from "./scope.ts";
import { setsIn } from "./sets.ts";
import { draw, type Measured, missedBy, movedBetween } from "./table.ts";

const USAGE = `npm run bench -- ablate [NAME…] [--data DIR] [--most N] [--ids] [--check-rules]

  NAME           only the rows of these rules and groups; A+B switches off two in one row
  --data DIR     a folder with eval/dev.jsonl and folders/NAME; tests/bench/README.md tells their format
  --most N       at most so many cases of a set, drawn evenly
  --ids          below each row, which cases are lost and gained
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
}

/** A row of the table: rules that are switched off together. */
interface Variant {
  readonly name: string;
  readonly does: string;
  readonly rules: readonly Rule[];
}

/** @returns the exit status: 0 when the table is printed, 1 where a rule can't be switched off, 2 for wrong arguments or data */
export async function ablate(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    const sources = readEngine(ENGINE);
    const faults = await faultsOf(sources);
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    if (options.onlyChecks || faults.length > 0) {
      process.stdout.write(`${RULES.length} rules, ${faults.length} that can't be switched off\n`);
      return faults.length > 0 ? 1 : 0;
    }
    return await measure(options, sources);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
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
        "check-rules": { type: "boolean", default: false },
      },
    });
    const most = Number(values.most);
    if (!(most >= 1)) throw new Error(`--most ${values.most} is no number of cases`);
    const { data, ids, "check-rules": onlyChecks } = values;
    return { names: positionals, data, most, showsIds: ids, onlyChecks };
  } catch (error) {
    throw new OperatorError(error instanceof Error ? error.message : String(error), `\n${USAGE}`);
  }
}

/** The rules that can't be switched off, and why: not found exactly once, or not loaded with what takes its place. */
async function faultsOf(sources: Sources): Promise<readonly string[]> {
  const faults = RULES.flatMap(({ name, off }) =>
    off.flatMap((edit) => {
      const fault = faultOf(edit, sources);
      return fault === null ? [] : [`${name}: ${fault}`];
    }),
  );
  if (faults.length > 0) return faults;
  const changed = RULES.flatMap(({ name, off }) =>
    byUrl(applied(off, sources), ENGINE).map(
      ([url, text]) => [`${url}?off=${encodeURIComponent(name)}`, text] as const,
    ),
  );
  const told = await runOrder({ kind: "load", changed });
  return told.flatMap((one) =>
    one.kind === "broken" ? [`${new URL(one.url).searchParams.get("off")}: ${one.why}`] : [],
  );
}

/** Measures all rows, the rules that no set misses alone once more together. */
async function measure({ names, data, most, showsIds }: Options, sources: Sources): Promise<number> {
  const saved = mkdtempSync(join(tmpdir(), "footnote-ablate-"));
  const dependsOn = savedBy(sources);
  const run = ({ rules }: Variant, sets: readonly SetOrder[]): Promise<readonly Told[]> => {
    const changed = applied(
      together(rules).flatMap(({ off }) => off),
      sources,
    );
    const opensAnew = [...changed.keys()].some((file) => dependsOn.has(file));
    return runOrder({ kind: "answer", changed: byUrl(changed, ENGINE), saved, opensAnew, sets, most });
  };
  try {
    const variants = variantsOf(names);
    const orders = setsIn(data).map((set): SetOrder => ({ set, places: null }));
    tellProgress("the program as it is");
    const told = await run(AS_IT_IS, orders);
    const base = told.flatMap((one) => (one.kind === "answered" ? [one] : []));
    const closed = told.flatMap((one) => (one.kind === "closed" ? [one] : []));
    if (base.length === 0) throw new OperatorError("no folder opens", "see why with footnote check");
    const measureOne = (variant: Variant): Promise<Measured> =>
      measureRow(variant, base, (rules) => run(variant, ordersFor(rules, base, orders)));
    const rows = await eachAtMost(AT_ONCE, variants, measureOne);
    const singles = rows.filter(({ rules }) => rules.length === 1);
    const unmissed = singles.filter((row) => row.fault === null && missedBy(row, base).length === 0);
    const last: Variant = {
      name: "what no set misses alone",
      does: "all of the rows below that no set misses",
      rules: unmissed.flatMap(({ rules }) => rules),
    };
    const groups = rows.filter(({ rules }) => rules.length > 1);
    if (names.length === 0 && unmissed.length > 1) groups.push(await measureOne(last));
    process.stdout.write(draw({ base, closed, groups, singles, showsIds }));
    return [...groups, ...singles].some(({ fault }) => fault !== null) ? 1 : 0;
  } finally {
    rmSync(saved, { recursive: true, force: true });
  }
}

const AS_IT_IS: Variant = { name: "as it is", does: "", rules: [] };

async function measureRow(
  { name, does, rules }: Variant,
  base: readonly Answered[],
  run: (rules: readonly Rule[]) => Promise<readonly Told[]>,
): Promise<Measured> {
  const row = { name, does, rules };
  try {
    const answered = merged(rules, base, await run(rules));
    const { won, lost, changed } = movedBetween(base, answered);
    tellProgress(`${name}: ${won.length} won, ${lost.length} lost, ${changed} changed`);
    return { ...row, answered, fault: null };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    tellProgress(`${name}: ${fault}`);
    return { ...row, answered: base, fault };
  }
}

/**
 * The rows that are asked for; without names each group and each rule.
 * @throws OperatorError naming what is neither
 */
function variantsOf(names: readonly string[]): readonly Variant[] {
  const groups = Object.entries(GROUPS).map(([name, does]): Variant => {
    const rules = RULES.filter((rule) => rule.groups.some((group) => group === name));
    return { name, does, rules };
  });
  const rows = [...groups, ...RULES.map((rule): Variant => ({ name: rule.name, does: rule.does, rules: [rule] }))];
  const named = (name: string): Variant => {
    const row = rows.find((one) => one.name === name);
    if (row === undefined)
      throw new OperatorError(`no rule or group “${name}”`, rows.map((one) => one.name).join(", "));
    return row;
  };
  const joined = (name: string): Variant => {
    const parts = name.split("+").map(named);
    const [first] = parts;
    return parts.length === 1 && first !== undefined
      ? first
      : { name, does: "together", rules: [...new Set(parts.flatMap(({ rules }) => rules))] };
  };
  return names.length > 0 ? names.map(joined) : rows;
}

/** Does all, so many at once, and keeps their order. */
async function eachAtMost<T, U>(count: number, list: readonly T[], does: (one: T) => Promise<U>): Promise<U[]> {
  const done = new Map<number, U>();
  const queue = list.entries();
  const work = async (): Promise<void> => {
    for (const [at, one] of queue) done.set(at, await does(one));
  };
  await Promise.all(Array.from({ length: count }, work));
  return [...done].sort(([a], [b]) => a - b).map(([, one]) => one);
}

const tellProgress = (step: string): void => {
  process.stderr.write(`${step}\n`);
};
