// What a part of the comparison is: what it measures, and the tables that its rows become.

import type { Data } from "./data.ts";
import type { Ledger } from "./ledger.ts";

export interface Context {
  readonly data: Data;
  /** Fewer questions, fewer draws, small sizes: shows that all runs, proves nothing. */
  readonly isQuick: boolean;
  readonly ledger: Ledger;
}

/** A number or text of a row to what is printed. */
export type Print = (value: number) => string;

export interface Column {
  readonly key: string;
  readonly title: string;
  readonly print: Print;
  /** Which of two figures is the better one, where that can be said. */
  readonly better?: "high" | "low";
}

export interface Table {
  /** As the rows name it. */
  readonly id: string;
  readonly title: string;
  /** What was asked of whom, and how to read the figures. */
  readonly about: string;
  /** Title of the first column. */
  readonly of: string;
  readonly columns: readonly Column[];
}

export interface Part {
  readonly name: string;
  readonly title: string;
  readonly tables: readonly Table[];
  measure(context: Context): Promise<void>;
}

/** .812, as shares are usually written. */
export const asShare: Print = (value) => value.toFixed(3).replace(/^(-?)0\./, "$1.");
export const asCount: Print = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 0 });
export const asMs: Print = (value) => (value < 10 ? value.toFixed(value < 1 ? 3 : 2) : asCount(value));
export const asSeconds: Print = (value) => (value < 10 ? value.toFixed(2) : asCount(value));
/** Two figures for what is small. */
export const asMegabytes: Print = (value) => (value < 10 ? value.toFixed(value < 1 ? 2 : 1) : asCount(value));
export const asPoints: Print = (value) => `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(1)}`;

/** So many when the run is quick. */
export const upTo = <T>(list: readonly T[], isQuick: boolean, quickly: number): readonly T[] => {
  if (!isQuick || list.length <= quickly) return list;
  const step = list.length / quickly;
  return Array.from({ length: quickly }, (_, at) => list[Math.floor(at * step)]).filter((one) => one !== undefined);
};
