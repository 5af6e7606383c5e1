// Measured rows to where a peer does better than Footnote: told without being asked for.

import { grouped } from "./grouped.ts";
import type { Measured } from "./ledger.ts";
import type { Column, Part } from "./part.ts";

export interface Behind {
  /** Table, group and column. */
  readonly where: string;
  /** Our best figure; empty where we have none and a peer has. */
  readonly ours: string;
  /** Who does better, the best first, with their figures. */
  readonly better: string;
}

const isOurs = ({ row }: Measured): boolean => row.startsWith("Footnote");

/** Every column in which more is better, or less, and a peer has more, or less, as printed. */
export function behind(parts: readonly Part[], rows: readonly Measured[]): Behind[] {
  const tables = parts.flatMap(({ tables: own }) => own);
  return tables.flatMap((table) => {
    const groups = grouped(
      rows.filter((row) => row.table === table.id),
      ({ group }) => group,
    );
    return [...groups].flatMap(([group, list]) =>
      table.columns.flatMap((column) =>
        compare(column, list).map((found) => ({
          where: `${table.title}${group === "" ? "" : `, ${group}`}: ${column.title}`,
          ...found,
        })),
      ),
    );
  });
}

function compare(column: Column, rows: readonly Measured[]): Omit<Behind, "where">[] {
  const { key, print, better } = column;
  if (better === undefined || !rows.some(isOurs)) return [];
  const sign = better === "high" ? 1 : -1;
  const figures = rows.flatMap((row) => {
    const value = row.values[key];
    return typeof value === "number" ? [{ row, value }] : [];
  });
  figures.sort((a, b) => sign * (b.value - a.value));
  const ours = figures.find(({ row }) => isOurs(row));
  const ahead = figures
    .slice(0, ours === undefined ? figures.length : figures.indexOf(ours))
    .filter(({ value }) => ours === undefined || print(value) !== print(ours.value));
  if (ahead.length === 0) return [];
  return [
    {
      ours: ours === undefined ? "" : print(ours.value),
      better: ahead.map(({ row, value }) => `${row.row} ${print(value)}`).join("; "),
    },
  ];
}
