// What each set got with rules switched off to a table of differences, and to lists of what misses which rules.

import type { Outcome, Told } from "./order.ts";
import type { Row } from "./rows.ts";
import type { Answered } from "./scope.ts";

/** A row, and what all sets got. */
export interface Measured extends Row {
  readonly answered: readonly Answered[];
  /** Why it could not be measured. */
  readonly fault: string | null;
}

export interface Report {
  readonly base: readonly Answered[];
  readonly closed: readonly Extract<Told, { kind: "closed" }>[];
  readonly groups: readonly Measured[];
  readonly singles: readonly Measured[];
  readonly showsIds: boolean;
}

/** The whole report. */
export function draw({ base, closed, groups, singles, showsIds }: Report): string {
  const table = (rows: readonly Measured[]): string => drawRows(rows, base, showsIds);
  return [
    HEADER,
    drawBase(base),
    ...closed.map(({ set, why }) => `${set} does not open: ${why}`),
    ...(groups.length > 0 ? [`\nTogether\n${table(groups)}`] : []),
    ...(singles.length > 0 ? [`\nAlone\n${table(singles)}`, drawVerdicts(singles, base)] : []),
  ].join("\n");
}

const HEADER = `Each row: the program with these rules switched off, as differences to the program as it is.
right    replies that are right, silence where there is no answer among them
false    what is stated and not right, questions without an answer included
found    questions with an answer that got it, or were led to it
won, lost  cases that got right or stopped being right, over all sets; changed: replies that differ in anything
Nothing is fitted anew: a feature is switched off by its weight 0, and calibrations stay as they are. Of what is learnt
from documents and examples all is learnt anew. A difference of one or two is noise.`;

interface Counts {
  readonly right: number;
  readonly wrong: number;
  readonly found: number;
}

const countsOf = (outcomes: readonly Outcome[]): Counts => ({
  right: outcomes.filter(({ isRight }) => isRight).length,
  wrong: outcomes.filter(({ isFalse }) => isFalse).length,
  found: outcomes.filter(({ isFound }) => isFound).length,
});

const share = (part: number, whole: number): string => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`);

function drawBase(base: readonly Answered[]): string {
  const rows = base.map(({ set, outcomes }) => {
    const count = (...told: readonly string[]): number => outcomes.filter((one) => told.includes(one.told)).length;
    const of = (shape: string): readonly Outcome[] => outcomes.filter((one) => one.shape === shape);
    const { right, wrong, found } = countsOf(outcomes);
    const stated = outcomes.filter((one) => one.isAnswerable && one.isRight).length;
    const answered = (shape: string): string =>
      of(shape).length === 0 ? "–" : `${countsOf(of(shape)).wrong} of ${of(shape).length}`;
    return [
      set,
      `${outcomes.length}`,
      `${right}`,
      `${wrong}`,
      `${found}`,
      `${count("first")}`,
      `${count("later")}`,
      `${count("led")}`,
      share(stated, stated + wrong),
      answered("near-miss"),
      answered("off-topic"),
    ];
  });
  return `\n${aligned([BASE_HEADS, ...rows])}`;
}
const BASE_HEADS = [
  "as it is",
  "cases",
  "right",
  "false",
  "found",
  "first",
  "later",
  "led",
  "precision",
  "near misses answered",
  "off topic answered",
];

/** @param textAt the one column besides the first that holds no numbers */
function aligned(rows: readonly (readonly string[])[], textAt = 0): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? "").length)));
  return rows
    .map((row) =>
      row.map((cell, at) =>
        at === 0 || at === textAt ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      ),
    )
    .map((row) => row.join("  ").trimEnd())
    .join("\n");
}

/** Cases that are right in one of two and not in the other. */
export interface Moved {
  readonly won: readonly string[];
  readonly lost: readonly string[];
  readonly changed: number;
}

/** @param now the same sets in the same order, with the same cases */
export function movedBetween(base: readonly Answered[], now: readonly Answered[]): Moved {
  const pairs = base.flatMap(({ set, outcomes }) => {
    const others = now.find((one) => one.set === set)?.outcomes ?? outcomes;
    return outcomes.map((before, at) => ({ id: `${set}:${before.id}`, before, after: others[at] ?? before }));
  });
  const ids = (list: typeof pairs): string[] => list.map(({ id }) => id);
  return {
    won: ids(pairs.filter(({ before, after }) => !before.isRight && after.isRight)),
    lost: ids(pairs.filter(({ before, after }) => before.isRight && !after.isRight)),
    changed: pairs.filter(({ before, after }) => before.reply !== after.reply).length,
  };
}

function drawRows(rows: readonly Measured[], base: readonly Answered[], showsIds: boolean): string {
  const heads = ["off", ...base.map(({ set }) => set), "won", "lost", "changed", "what it does"];
  const under = ["", ...base.map(() => "right false found"), "", "", "", ""];
  const lines = [heads, under, ...rows.map((row) => cellsOf(row, base))];
  const drawn = aligned(lines, heads.length - 1).split("\n");
  return drawn.flatMap((line, at) => [line, ...(showsIds ? idsOf(rows[at - 2], base) : [])]).join("\n");
}

function cellsOf({ name, does, rules, answered, fault }: Measured, base: readonly Answered[]): string[] {
  if (fault !== null) return [name, ...base.map(() => ""), "", "", "", `NOT MEASURED: ${fault}`];
  const { won, lost, changed } = movedBetween(base, answered);
  const sets = base.map(({ set, outcomes }) => {
    const now = countsOf(answered.find((one) => one.set === set)?.outcomes ?? outcomes);
    const before = countsOf(outcomes);
    const differences = [now.right - before.right, now.wrong - before.wrong, now.found - before.found];
    return differences.every((difference) => difference === 0) ? "·" : differences.map(signed).join(" ");
  });
  const shown = rules.length > 1 ? `${does} (${rules.length})` : does;
  return [name, ...sets, `${won.length}`, `${lost.length}`, `${changed}`, shown];
}

const signed = (value: number): string => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : "0").padStart(5);

function idsOf(row: Measured | undefined, base: readonly Answered[]): string[] {
  if (row === undefined || row.fault !== null) return [];
  const { won, lost } = movedBetween(base, row.answered);
  return [
    ...(lost.length > 0 ? [`    lost ${lost.join(" ")}`] : []),
    ...(won.length > 0 ? [`    won  ${won.join(" ")}`] : []),
  ];
}

/** The sets in which something is worse without these rules: fewer right, fewer found, or more that is false. */
export function missedBy({ answered }: Measured, base: readonly Answered[]): string[] {
  return base.flatMap(({ set, outcomes }) => {
    const now = countsOf(answered.find((one) => one.set === set)?.outcomes ?? outcomes);
    const before = countsOf(outcomes);
    return now.right < before.right || now.found < before.found || now.wrong > before.wrong ? [set] : [];
  });
}

function drawVerdicts(rows: readonly Measured[], base: readonly Answered[]): string {
  const measured = rows.filter(({ fault }) => fault === null);
  const named = (wanted: (row: Measured) => boolean): string =>
    measured
      .filter(wanted)
      .map(({ name }) => name)
      .join(", ") || "none";
  const missing = (row: Measured): number => missedBy(row, base).length;
  const changes = (row: Measured): number => movedBetween(base, row.answered).changed;
  const bySet = base.map(({ set }) => {
    const only = (row: Measured): boolean => missing(row) === 1 && missedBy(row, base)[0] === set;
    return `  only ${set}: ${named(only)}`;
  });
  return [
    "",
    `Changes no reply: ${named((row) => changes(row) === 0)}`,
    `Missed by no set, though replies change: ${named((row) => missing(row) === 0 && changes(row) > 0)}`,
    "Missed by one set",
    ...bySet,
    `Missed by several: ${named((row) => missing(row) > 1)}`,
    "",
  ].join("\n");
}
