// What happened while a corpus was opened to lines for its operator, each said once.

import type { OpenEvent } from "../../src/store/open-options.ts";
import { count } from "./wording.ts";

export interface OpeningLine {
  readonly level: "debug" | "info" | "warn";
  readonly text: string;
}

/** @param tell called with each line the first time it comes up */
export function tellOpening(tell: (line: OpeningLine) => void): (event: OpenEvent) => void {
  const said = new Set<string>();
  return (event) => {
    const line = lineOf(event);
    if (said.has(line.text)) return;
    said.add(line.text);
    tell(line);
  };
}

function lineOf(event: OpenEvent): OpeningLine {
  switch (event.kind) {
    case "damaged":
      return { level: "warn", text: `the index ${event.file} is damaged and is made anew` };
    case "unwritable":
      return {
        level: "warn",
        text: `the index ${event.file} can't be written (${event.reason}), so every start makes it anew; set FOOTNOTE_DATA to a folder that can be written`,
      };
    case "loaded":
    case "built": {
      const text = `${event.index} index of ${count(event.passages, "passage")} ${event.kind === "built" ? "made" : "read"}`;
      // The small index is the rule and worth no word.
      return { level: event.index === "compact" ? "info" : "debug", text };
    }
  }
}
