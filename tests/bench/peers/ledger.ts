// Rows as they are measured to a file, so that an interrupted run is taken up where it ended.

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const value = z.union([z.number(), z.string(), z.null()]);
const measured = z.object({
  table: z.string(),
  /** What the rows of a table are about: a collection, a size; "" where there is only one. */
  group: z.string(),
  row: z.string(),
  values: z.record(z.string(), value),
});
const header = z.object({ run: z.string() });

export type Values = Readonly<Record<string, number | string | null>>;
export type Measured = z.infer<typeof measured>;
export type Place = Omit<Measured, "values">;

export interface Ledger {
  readonly rows: readonly Measured[];
  /** How many rows an earlier, interrupted run left. */
  readonly resumed: number;
  /** Measures what no row tells yet, and writes it down at once. */
  measure(place: Place, take: () => Values | Promise<Values>): Promise<void>;
  /** Forgets the rows: the run is complete. */
  finish(): void;
}

/** @param run what identifies the run: rows of another program, other data or other options are not taken up */
export function openLedger(file: string, run: string, onMeasure: (place: Place) => void): Ledger {
  const rows = readRows(file, run);
  const resumed = rows.length;
  if (resumed === 0) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ run })}\n`);
  }
  return {
    rows,
    resumed,
    async measure(place, take) {
      if (rows.some((row) => row.table === place.table && row.group === place.group && row.row === place.row)) return;
      onMeasure(place);
      const row = { ...place, values: await take() };
      appendFileSync(file, `${JSON.stringify(row)}\n`);
      rows.push(row);
    },
    finish: () => rmSync(file, { force: true }),
  };
}

/** A last line that was cut off in the middle is left out. */
function readRows(file: string, run: string): Measured[] {
  if (!existsSync(file)) return [];
  const [first, ...rest] = readFileSync(file, "utf8")
    .split("\n")
    .map((line): unknown => {
      try {
        return JSON.parse(line);
      } catch {
        return null;
      }
    });
  if (header.safeParse(first).data?.run !== run) return [];
  return rest.flatMap((line) => measured.safeParse(line).data ?? []);
}
