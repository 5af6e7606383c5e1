// What the output can show: its width, whether it takes colour, and text that is safe to print on it.

import { stripVTControlCharacters } from "node:util";
import type { Corpus } from "../../src/library.ts";

/** How a result is to be drawn. */
export interface View {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  /** Titles and names of the ids of topics and subjects. */
  readonly names?: ReadonlyMap<string, string>;
  /** Whether a number typed next picks a suggestion. */
  readonly isPickable?: boolean;
}

type Output = Pick<NodeJS.WriteStream, "isTTY" | "columns">;
type Environment = Readonly<Record<string, string | undefined>>;

const WIDTH_OF_A_PIPE = 80;
const WIDTH_MIN = 24;
export const PROSE_WIDTH_MAX = 100;

/** The view on stdout as it is now. */
export const viewOf = (corpus: Corpus | null = null): View => ({
  width: widthOf(process.stdout),
  colour: takesColour(process.env, process.stdout),
  names: corpus === null ? new Map() : namesOf(corpus),
});

/** Columns of a terminal; 80 for a file or a pipe. */
export const widthOf = (output: Output): number =>
  output.isTTY ? Math.max(WIDTH_MIN, output.columns || WIDTH_OF_A_PIPE) : WIDTH_OF_A_PIPE;

/** https://no-color.org and https://force-color.org; picocolors decides at import, before .env is read, and colours in CI. */
export function takesColour(environment: Environment, output: Output): boolean {
  if (environment.NO_COLOR) return false;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return output.isTTY === true && environment.TERM !== "dumb";
}

/** One line of text that can't steer the terminal: no escape sequences, control or bidirectional characters. */
export const clean = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "")
    .trim();

/** Writes a result; says whether there is room for more at once. */
export const print = (text: string): boolean => process.stdout.write(`${text}\n`);

export const printJson = (value: unknown): boolean => print(JSON.stringify(value, null, 2));

/** How far long work has come, on stderr when that is a terminal. */
export function tellProgress(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rHeld out ${done} of ${total}${done === total ? "\n" : ""}`);
}

function namesOf({ faq }: Corpus): ReadonlyMap<string, string> {
  const subjects = faq.subjects.map(({ id, name }) => [id, name] as const);
  return new Map([...subjects, ...faq.topics.map(({ id, title }) => [id, title] as const)]);
}
