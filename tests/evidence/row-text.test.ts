import { expect, test } from "vitest";
import type { Block } from "../../src/document.ts";
import { wordRow } from "../../src/evidence/row-text.ts";

const CASES: readonly {
  readonly header: string;
  readonly text: string;
  readonly worded: string;
  readonly kind?: Block["kind"];
}[] = [
  { header: "Plan | Price | Storage", text: "Team | 8 euros | 50 GB", worded: "Team – Price: 8 euros; Storage: 50 GB" },
  { header: "Limit | Value", text: "Probes on a site | 200", worded: "Probes on a site: 200" },
  { header: "Plan | Price | Storage", text: "Free | | 1 GB", worded: "Free – Storage: 1 GB" },
  { header: "", text: "Harbour | The gateway that we sell.", worded: "Harbour: The gateway that we sell." },
  { header: "Plan", text: "Team | 8 euros | 50 GB", worded: "Team – 8 euros; 50 GB" },
  { header: "Plan | Price", text: "Team |", worded: "Team" },
  { header: "| Price", text: "| 8 euros", worded: "8 euros" },
  { header: "Plan | Price", text: "Either | or is fine.", worded: "Either | or is fine.", kind: "paragraph" },
];

test.each(CASES)("“$text” under “$header” is worded “$worded”", ({ header, text, worded, kind = "row" }) => {
  expect(wordRow({ kind, header }, text)).toBe(worded);
});
