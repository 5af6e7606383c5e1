// Words how a question was read in one line, empty where nothing was corrected, carried over or noted.

import type { Note, Reply } from "../../src/reply.ts";
import type { Names } from "./names.ts";

/** A line, not a list: a long message may hold dozens of misspelt words. */
const SHOWN_MAX = 5;

/** @param show makes a text of the question safe where the line is shown */
export function readingLine({ reading, kind }: Reply, names: Names, show: (text: string) => string): string {
  const corrected = reading.corrected.map(({ from, to }) => `“${show(from)}” as “${show(to)}”`);
  const carried = reading.fromThread.map((id) => show(names.get(id) ?? id));
  const said = [
    ...(corrected.length === 0 ? [] : [`read ${few(corrected)}`]),
    ...(carried.length === 0 ? [] : [`continuing with: ${few(carried)}`]),
    ...reading.notes.map((note) => noteOf(note, kind)),
  ].join(" · ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

const few = (parts: readonly string[]): string =>
  [...parts.slice(0, SHOWN_MAX), ...(parts.length > SHOWN_MAX ? [`${parts.length - SHOWN_MAX} more`] : [])].join(", ");

function noteOf(note: Note, kind: Reply["kind"]): string {
  switch (note) {
    case "cut":
      return "your message is long: only its beginning was read";
    case "other-language":
      return "your message was not read as English";
    case "one-of-several":
      if (kind === "clarify") return "several questions: this is about one of them";
      return kind === "unknown"
        ? "several questions: the documents answer none of them"
        : "several questions: answered the first that the documents answer";
  }
}
