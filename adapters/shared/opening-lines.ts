// Words what happened while a corpus was opened for its operator, each thing once.

import type { LeftOut } from "../../src/errors.ts";
import type { OpenEvent } from "../../src/store/open-options.ts";
import { clean } from "./one-line.ts";
import { count } from "./wording.ts";

export interface OpeningLine {
  readonly level: "debug" | "info" | "warn";
  readonly text: string;
}

/** @param tell called with each line the first time it comes up */
export function tellOpening(tell: (line: OpeningLine) => void): (event: OpenEvent) => void {
  const said = new Set<string>();
  return (event) => {
    for (const line of linesOf(event)) {
      if (said.has(line.text)) continue;
      said.add(line.text);
      tell(line);
    }
  };
}

/** So many of the documents that are left out are named; the rest are counted. */
const NAMED_MAX = 10;

function linesOf(event: OpenEvent): readonly OpeningLine[] {
  switch (event.kind) {
    case "left-out":
      return leftOutLines(event.leftOut).map((text) => ({ level: "warn", text }));
    case "damaged":
      return [{ level: "warn", text: `the index ${event.file} is damaged and is made anew` }];
    case "unwritable":
      return [
        {
          level: "warn",
          text: `the index ${event.file} can't be written (${event.reason}), so every start makes it anew; set FOOTNOTE_DATA to a folder that can be written`,
        },
      ];
    case "loaded":
    case "built": {
      const text = `${event.index} index of ${count(event.passages, "passage")} ${event.kind === "built" ? "made" : "read"}`;
      // The small index is the rule and worth no word.
      return [{ level: event.index === "compact" ? "info" : "debug", text }];
    }
  }
}

function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const more = leftOut.length - NAMED_MAX;
  const rest = more > 0 ? `, ${more.toLocaleString("en")} of them not named here` : "";
  return [
    ...leftOut.slice(0, NAMED_MAX).map((one) => `left out: ${leftOutLine(one)}`),
    `${count(leftOut.length, "document")} left out${rest}; footnote sources lists what was not read`,
  ];
}

/** "a.md:3: what is wrong with it; what to do about it". */
export const leftOutLine = ({ file, line, reason, remedy }: LeftOut): string =>
  `${clean(file)}${line === null ? "" : `:${line}`}: ${clean(reason)}; ${clean(remedy)}`;
