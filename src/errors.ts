// Errors for the person who runs Footnote: what is wrong, where, and what to do about it.

/** An operator's mistake in configuration or arguments; its message is one readable line. */
export class OperatorError extends Error {
  constructor(
    readonly what: string,
    readonly remedy: string,
  ) {
    super(`${what}; ${remedy}`);
    this.name = "OperatorError";
  }
}

/** A parser may quote all of a file. */
const PROBLEM_LENGTH_MAX = 300;

/** Something in the corpus that must be mended before it can answer. */
export class CorpusError extends OperatorError {
  /** @param line 1-based; null where the file as a whole is meant */
  constructor(
    readonly file: string,
    readonly line: number | null,
    readonly problem: string,
    remedy: string,
  ) {
    const shown = problem.length > PROBLEM_LENGTH_MAX ? `${problem.slice(0, PROBLEM_LENGTH_MAX)}…` : problem;
    super(`${file}${line === null ? "" : `:${line}`}: ${shown}`, remedy);
    this.name = "CorpusError";
  }
}
