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

/** Something in the corpus that must be mended before it can answer. */
export class CorpusError extends OperatorError {
  /** @param line 1-based; null where the file as a whole is meant */
  constructor(
    readonly file: string,
    readonly line: number | null,
    readonly problem: string,
    remedy: string,
  ) {
    super(`${file}${line === null ? "" : `:${line}`}: ${problem}`, remedy);
    this.name = "CorpusError";
  }
}
