// Holds a report against a list of the cases that were right before: what was lost, and what the list should learn.

import { readFileSync } from "node:fs";
import { OperatorError } from "../../src/errors.ts";
import type { EvalCase } from "../../src/quality/cases.ts";
import type { EvalReport } from "../../src/quality/evaluate.ts";
import { clean } from "../shared/one-line.ts";
import { hang, type Ink } from "./layout.ts";

/** How a report stands beside a list of ids; all empty where both agree. */
export interface Expectation {
  /** Listed and not right, in the order of the list. */
  readonly lost: readonly string[];
  /** Listed, but no case has this id. */
  readonly strangers: readonly string[];
  /** Right and not listed yet, in the order of the cases. */
  readonly gained: readonly string[];
}

/**
 * Reads one id a line; what follows a `#` says why a line is there, or why another one is gone.
 * @throws OperatorError when the file can't be read, or holds no id: nothing could be lost then
 */
export function readIds(file: string): string[] {
  const ids = idsIn(textOf(file));
  if (ids.length > 0) return ids;
  throw new OperatorError(`${file} lists no id`, "write one id of a case a line");
}

export const idsIn = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((id) => id !== "");

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new OperatorError(`${file || '""'} can't be read (${code})`, "name a file of ids, one a line");
  }
}

export function holdAgainst(
  ids: readonly string[],
  cases: readonly EvalCase[],
  report: Pick<EvalReport, "misses">,
): Expectation {
  // A miss without a reason is a right reply with a citation fault, which the report counts by itself.
  const wrong = new Set(report.misses.filter(({ reasons }) => reasons.length > 0).map(({ id }) => id));
  const known = new Set(cases.map(({ id }) => id));
  const listed = new Set(ids);
  return {
    lost: ids.filter((id) => wrong.has(id)),
    strangers: ids.filter((id) => !known.has(id)),
    gained: [...known].filter((id) => !wrong.has(id) && !listed.has(id)),
  };
}

/** Whether every listed case is there and right. */
export const isKept = ({ lost, strangers }: Expectation): boolean => lost.length === 0 && strangers.length === 0;

export function drawExpectation({ lost, strangers, gained }: Expectation, ink: Ink, width: number): string[] {
  const list = (heading: string, ids: readonly string[]): string[] =>
    ids.length === 0
      ? []
      : [ink.heading(`${heading} (${ids.length})`), ...ids.flatMap((id) => hang("    ", clean(id), width))];
  return [
    ...list("Listed as right, and not right now", lost),
    ...list("Listed, but not among the cases", strangers),
    ...list("Right, and not listed yet", gained),
  ];
}
