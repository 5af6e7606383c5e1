// Lists what was not read of a corpus's folder, as data and as lines.

import type { Corpus } from "../../src/ingest/library.ts";
import { clean } from "./one-line.ts";
import { leftOutLine } from "./opening-lines.ts";
import { count } from "./wording.ts";

/** What `--json` has of it. */
export const unreadOf = ({ leftOut, passedOver, notes }: Corpus): Pick<Corpus, "leftOut" | "passedOver" | "notes"> => ({
  leftOut,
  passedOver,
  notes,
});

/** How many files there are of the kinds that are not read; null where there are none. */
export function passedOverLine({ passedOver }: Pick<Corpus, "passedOver">): string | null {
  const kinds = Object.entries(passedOver).map(([kind, files]) => `${files.toLocaleString("en")} ${clean(kind)}`);
  return kinds.length === 0 ? null : `Passed over, since files of these kinds are not read: ${kinds.join(", ")}.`;
}

/** A list of lines for each kind of thing that there is to say; none for what there is not. */
export function unreadLines({ leftOut, passedOver, notes }: Corpus): readonly (readonly string[])[] {
  const passed = passedOverLine({ passedOver });
  return [
    leftOut.length === 0 ? [] : [`${count(leftOut.length, "document")} left out:`, ...leftOut.map(indented)],
    passed === null ? [] : [passed],
    notes.map(({ file, note, remedy }) => `${clean(file)} ${clean(note)}; ${remedy}.`),
  ];
}

const indented = (one: Corpus["leftOut"][number]): string => `  ${leftOutLine(one)}`;
