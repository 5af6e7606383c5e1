// Names of rules and groups to the rows of the table.

import { OperatorError } from "../../../src/errors.ts";
import { GROUPS, type Rule } from "./rule.ts";
import { RULES } from "./rules.ts";

/** Rules that are switched off together. */
export interface Row {
  readonly name: string;
  readonly does: string;
  readonly rules: readonly Rule[];
}

/** Each group, then each rule. */
const ALL: readonly Row[] = [
  ...Object.entries(GROUPS).map(
    ([name, does]): Row => ({ name, does, rules: RULES.filter(({ groups }) => groups.some((one) => one === name)) }),
  ),
  ...RULES.map((rule): Row => ({ name: rule.name, does: rule.does, rules: [rule] })),
];

/**
 * The rows that are asked for, or without names all of them. "A+B" is one row.
 * @throws OperatorError naming what is neither rule nor group
 */
export const rowsNamed = (names: readonly string[]): readonly Row[] =>
  names.length === 0
    ? ALL
    : names.map((name): Row => {
        const [first, ...rest] = name.split("+").map(rowNamed);
        if (first === undefined || rest.length === 0) return first ?? rowNamed(name);
        return { name, does: "together", rules: [...new Set([first, ...rest].flatMap(({ rules }) => rules))] };
      });

function rowNamed(name: string): Row {
  const row = ALL.find((one) => one.name === name);
  if (row !== undefined) return row;
  throw new OperatorError(`no rule or group “${name}”`, `there are: ${ALL.map((one) => one.name).join(", ")}`);
}

/** Rules to switch off together: a part of a wider one among them goes with that. */
export function together(rules: readonly Rule[]): readonly Rule[] {
  const names = new Set(rules.map(({ name }) => name));
  const isWithin = ({ partOf }: Rule): boolean => {
    if (partOf === undefined) return false;
    const wider = RULES.find(({ name }) => name === partOf);
    return names.has(partOf) || (wider !== undefined && isWithin(wider));
  };
  return rules.filter((rule) => !isWithin(rule));
}
