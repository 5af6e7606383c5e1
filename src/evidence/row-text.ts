// Words a table's row as a sentence: what it is about first, then each cell after what heads it.

import { type Block, cellsOf } from "../document.ts";

/**
 * "Team | 8 euros | 50 GB" under "Plan | Price | Storage" is "Team – Price: 8 euros; Storage: 50 GB". With two columns
 * the first cell says enough: "Probes on a site: 200".
 * @returns the text itself for what is no row
 */
export function wordRow({ kind, header }: Pick<Block, "kind" | "header">, text: string): string {
  if (kind !== "row") return text;
  const [about = "", ...cells] = cellsOf(text);
  const [, ...heads] = cellsOf(header);
  const told = cells
    .map((cell, at) => ({ cell, head: heads.length === cells.length ? (heads[at] ?? "") : "" }))
    .filter(({ cell }) => cell !== "");
  const [only] = told;
  if (about === "" || only === undefined)
    return cellsOf(text)
      .filter((cell) => cell !== "")
      .join(", ");
  if (cells.length === 1) return `${about}: ${only.cell}`;
  return `${about} – ${told.map(({ head, cell }) => (head === "" ? cell : `${head}: ${cell}`)).join("; ")}`;
}
