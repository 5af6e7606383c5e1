// Prints what is wrong with a corpus, one finding a line, for `footnote check`.

import type { LineRange } from "../../src/document.ts";
import type { Engine } from "../../src/engine.ts";
import { CorpusError } from "../../src/errors.ts";
import { type CheckReport, type CorpusProblem, checkCorpus } from "../../src/quality/check.ts";
import { rangeOf } from "../shared/citation-text.ts";
import { type CorpusOptions, open, withoutLeftOut } from "../shared/corpus.ts";
import { clean } from "../shared/one-line.ts";
import { print, printJson, type View, viewOf } from "../shared/terminal.ts";
import { passedOverLine, unreadOf } from "../shared/unread.ts";
import { count } from "../shared/wording.ts";
import { hang, inkOf, stack } from "./layout.ts";

export interface CheckOptions extends CorpusOptions {
  readonly restated?: boolean;
}

/**
 * @returns the exit status: 1 where a finding is an error, 2 where several things keep the corpus from being loaded, which
 * are told of on stderr
 * @throws OperatorError, CorpusError when one thing does: the rest can't be looked at before that is mended
 */
export async function check(options: CheckOptions): Promise<number> {
  const engine = await openOrTell(options);
  if (engine === null) return 2;
  const report = await checkCorpus(engine.corpus, engine);
  if (options.json) printJson({ ...report, ...unreadOf(engine.corpus) });
  else {
    const passed = passedOverLine(engine.corpus);
    print(stack([[renderCheck(report, options.restated === true, viewOf())], passed === null ? [] : [passed]]));
  }
  return report.findings.some(({ level }) => level === "error") ? 1 : 0;
}

/** Null where it was told of more than one reason not to. */
async function openOrTell(options: CheckOptions): Promise<Engine | null> {
  try {
    return await open(options, withoutLeftOut);
  } catch (error) {
    if (!(error instanceof CorpusError) || error.further.length === 0) throw error;
    for (const { message } of [error, ...error.further]) process.stderr.write(`${clean(message)}\n`);
    return null;
  }
}

export function renderCheck({ findings, restated, counts }: CheckReport, showsRestated: boolean, view: View): string {
  const ink = inkOf(view.colour);
  const restatements = [...new Set(restated.map(({ document }) => document))].map((id) => [
    ink.heading(clean(id)),
    ...restated
      .filter(({ document }) => document === id)
      .flatMap(({ lines, section, restates }) =>
        hang(linesOf(lines), `restates ${clean(restates)}  ${ink.muted(clean(section))}`, view.width),
      ),
  ]);
  const draw = ({ level, file, line, problem, remedy }: CorpusProblem): string => {
    const mark = level === "error" ? ink.bad("error") : ink.warning("warning");
    return `${clean(file)}${line === null ? "" : `:${line}`}: ${mark}: ${clean(problem)}; ${clean(remedy)}`;
  };
  const errors = findings.filter(({ level }) => level === "error").length;
  const found = `${count(errors, "error")}, ${count(findings.length - errors, "warning")}`;
  const { documents, topics, statements, quotes, questions } = counts;
  const looked = `Checked ${count(documents, "document")}, ${count(topics, "topic")}, ${count(statements, "statement")}, ${count(quotes, "quote")} and ${count(questions, "example question")}.`;
  return stack([
    ...(showsRestated ? restatements : []),
    findings.map(draw),
    [`${errors > 0 ? ink.bad(found) : ink.good(found)}. ${looked}`],
  ]);
}

const linesOf = (lines: LineRange): string => `  ${rangeOf(lines)}`.padEnd(12);
