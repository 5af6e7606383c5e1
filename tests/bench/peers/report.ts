// Measured rows to a Markdown report.

import { arch, cpus, totalmem } from "node:os";
import type { Judged } from "./aims.ts";
import { behind } from "./behind.ts";
import { grouped } from "./grouped.ts";
import type { Measured } from "./ledger.ts";
import type { Column, Part, Table } from "./part.ts";

export interface Heading {
  /** As it would be typed again. */
  readonly command: string;
  readonly isQuick: boolean;
  readonly versions: Readonly<Record<string, string>>;
}

/** The machine, the parts that were measured, and the aims, each as tables. */
export function report(
  parts: readonly Part[],
  rows: readonly Measured[],
  aims: readonly Judged[],
  { command, isQuick, versions }: Heading,
): string {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    "# Footnote and its peers",
    `Written by \`${command}\`; [README.md](README.md) tells how to run it and what the data is.`,
    ...(isQuick ? ["**A quick run: few questions, small sizes. It shows that all runs and proves nothing.**"] : []),
    `Measured on ${machine()}. Peers: ${named.join(", ")}. Times are of this machine in this hour and wander by a few tens of ` +
      "per cent; the other figures come out the same everywhere.",
    ...(aims.length > 0 ? [["## The aims", aimsTable(aims)].join("\n\n")] : []),
    ...(isQuick ? [] : behindSection(parts, rows)),
    ...parts.flatMap((part) => section(part, rows)),
  ]
    .join("\n\n")
    .concat("\n");
}

function machine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cores.length} ${cores.length === 1 ? "core" : "cores"} (${arch()}) with ${memory} GB of memory, Node ${process.versions.node}`;
}

const aimsTable = (aims: readonly Judged[]): string =>
  markdown([
    ["aim", "measured", ""],
    ...aims.map(({ aim, measured, isReached }) => [aim, measured, isReached ? "reached" : "**missed**"]),
  ]);

function behindSection(parts: readonly Part[], rows: readonly Measured[]): string[] {
  const found = behind(parts, rows).map(({ where, ours, better }) => [where, ours, better]);
  if (found.length === 0) return [];
  return ["## Where a peer does better", markdown([["figure", "Footnote", "better"], ...found])];
}

function section(part: Part, rows: readonly Measured[]): string[] {
  const tables = part.tables.flatMap((table) => tableOf(table, rows));
  return tables.length === 0 ? [] : [`## ${part.title}`, ...tables];
}

function tableOf(table: Table, rows: readonly Measured[]): string[] {
  const groups = grouped(
    rows.filter((row) => row.table === table.id),
    ({ group }) => group,
  );
  if (groups.size === 0) return [];
  return [
    `### ${table.title}`,
    table.about,
    ...[...groups].flatMap(([group, list]) => [
      ...(group === "" ? [] : [`**${group}**`]),
      markdown([
        [table.of, ...table.columns.map(({ title }) => title)],
        ...list.map(({ row, values }) => [row, ...table.columns.map((column) => cell(column, values[column.key]))]),
      ]),
    ]),
  ];
}

function cell({ print }: Column, value: number | string | null | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? print(value) : value;
}

/** The first row is the head; all columns but the first and texts stand to the right. */
function markdown([head = [], ...body]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = head.map((_, at) => (at > 0 && body.some((cells) => /^[+−.\d]/.test(cells[at] ?? "")) ? "---:" : "---"));
  return [line(head), line(rule), ...body.map(line)].join("\n");
}
