// How a question was read to one line of words; "" where nothing was corrected, carried over or noted.

import type { Note, Reply } from "../src/reply.ts";

/**
 * @param names titles and names of the ids of topics and subjects
 * @param show makes a text of the question safe where the line is shown
 */
export function readingLine(
  { reading, kind }: Reply,
  names: ReadonlyMap<string, string>,
  show: (text: string) => string,
): string {
  const { corrected, fromThread, notes } = reading;
  const said = [
    ...corrected.map(({ from, to }) => `read “${show(from)}” as “${show(to)}”`),
    ...(fromThread.length === 0
      ? []
      : [`continuing with: ${fromThread.map((id) => show(names.get(id) ?? id)).join(", ")}`]),
    ...notes.map((note) => noteOf(note, kind)),
  ].join(" · ");
  return said.charAt(0).toUpperCase() + said.slice(1);
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
