// Tells what the output can show (its width, whether it takes colour) and prints there.

import type { Corpus } from "../../src/ingest/library.ts";
import { type Names, namesOf } from "../shared/names.ts";

/** How a result is to be drawn. */
export interface View {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  readonly names: Names;
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

/** Writes a result; says whether there is room for more at once. */
export const print = (text: string): boolean => process.stdout.write(`${text}\n`);

export const printJson = (value: unknown): boolean => print(JSON.stringify(value, null, 2));

const BAR_WIDTH = 30;
/** Nothing is shown of what is done as soon as it is begun. */
const TOLD_FROM = 5_000;

/** How far an index has been made, as a bar on stderr when that is a terminal. */
export function tellIndexed(done: number, total: number): void {
  if (!process.stderr.isTTY || total < TOLD_FROM) return;
  const full = Math.round((BAR_WIDTH * done) / total);
  const bar = `${"█".repeat(full)}${"░".repeat(BAR_WIDTH - full)}`;
  process.stderr.write(`\rIndexing ${bar} ${Math.floor((100 * done) / total)} %${done >= total ? "\n" : ""}`);
}

/** How many known questions have been asked again, on stderr when that is a terminal. */
export function tellAsked(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rAsked ${done} of ${total}${done === total ? "\n" : ""}`);
}

/** How far long work has come, on stderr when that is a terminal. */
export function tellProgress(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\rHeld out ${done} of ${total}${done === total ? "\n" : ""}`);
}
