// Defines the errors for the person who runs Footnote: what is wrong, where, and what to do about it.

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
  /**
   * @param line 1-based; null where the file as a whole is meant
   * @param further what else is wrong, where all of it is looked for at once
   */
  constructor(
    readonly file: string,
    readonly line: number | null,
    readonly problem: string,
    remedy: string,
    readonly further: readonly CorpusError[] = [],
  ) {
    const shown = problem.length > PROBLEM_LENGTH_MAX ? `${problem.slice(0, PROBLEM_LENGTH_MAX)}…` : problem;
    super(`${file}${line === null ? "" : `:${line}`}: ${shown}`, remedy);
    this.name = "CorpusError";
  }
}

/** A file of the corpus that is not read; everything else is answered from. */
export interface LeftOut {
  /** Path below the corpus folder. */
  readonly file: string;
  /** 1-based; null where the file as a whole is meant. */
  readonly line: number | null;
  readonly reason: string;
  readonly remedy: string;
}

/** What was thrown for a file, as the reason to leave it out. */
export const leftOutFor = ({ file, line, problem, remedy }: CorpusError): LeftOut => ({
  file,
  line,
  reason: problem.length > PROBLEM_LENGTH_MAX ? `${problem.slice(0, PROBLEM_LENGTH_MAX)}…` : problem,
  remedy,
});

/** The error that a file is refused with where nothing may be left out. */
export const refusalOf = ({ file, line, reason, remedy }: LeftOut): CorpusError =>
  new CorpusError(file, line, reason, remedy);

/** A search on another machine that failed or took too long; what needs no search goes on answering. */
export class SearchUnavailable extends Error {
  /** @param cause what the client said; it may hold documents or credentials, so only its name is to be logged */
  constructor(
    readonly reason: string,
    override readonly cause?: unknown,
  ) {
    super(`the documents can't be searched: ${reason}`);
    this.name = "SearchUnavailable";
  }
}
