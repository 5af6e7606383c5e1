// How a question was read to one muted line; "" where nothing was read into it.

import type { Note, Reply } from "../../src/reply.ts";
import { within } from "./blocks.ts";

/** @param names titles and names of the ids of topics and subjects */
export function readingLine({ reading, kind }: Reply, names: ReadonlyMap<string, string>): string {
  const { corrected, fromThread, notes } = reading;
  const said = [
    ...corrected.map(({ from, to }) => `read “${from}” as “${to}”`),
    ...(fromThread.length === 0 ? [] : [`continuing with: ${fromThread.map((id) => names.get(id) ?? id).join(", ")}`]),
    ...notes.map((note) => noteOf(note, kind)),
  ].join(" · ");
  return within(said.charAt(0).toUpperCase() + said.slice(1));
}

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
