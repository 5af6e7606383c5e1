// Reads who may see a document from what its file says of itself; what is not clear is refused, not shown to everybody.

import { z } from "zod";
import { type AtLeastOne, isAtLeastOne } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { byCodePoint } from "../../structures/order.ts";

/** Longer names are no names. */
const NAME_LENGTH_MAX = 60;
const NAMES_MAX = 50;

/** As pages of the web say that they are for everybody. */
const EVERYBODY = "all";

const written = z.union([z.string(), z.array(z.string())]);

/** Names as they are compared: in small letters, in their order, each once. One text may hold several, parted by commas. */
export const audienceNames = (names: readonly string[]): readonly string[] =>
  [...new Set(names.flatMap((text) => text.split(",")).map(plainName))].filter((name) => name !== "").sort(byCodePoint);

const plainName = (name: string): string => name.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();

/**
 * @param value as it stands in the file: a name or a list of names
 * @param line where it stands
 * @returns undefined for a document that everybody may see
 * @throws CorpusError for anything else: such a document is left out rather than shown to all
 */
export function readAudience(value: unknown, file: string, line: number | null): AtLeastOne<string> | undefined {
  const read = written.safeParse(value);
  const names = read.success ? audienceNames([read.data].flat()) : [];
  if (names.includes(EVERYBODY)) return undefined;
  const isClear = names.length <= NAMES_MAX && names.every(({ length }) => length <= NAME_LENGTH_MAX);
  if (isClear && isAtLeastOne(names)) return names;
  throw new CorpusError(
    file,
    line,
    "audience: names nobody who may see it",
    "write names, such as [hr, managers], or remove the line to show it to everybody",
  );
}
