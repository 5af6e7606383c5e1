// Judges the replies to a file of cases for `footnote eval`: how many are right, which are not, and why.

import { readFileSync } from "node:fs";
import Table from "cli-table3";
import { createEngine } from "../../src/engine.ts";
import { OperatorError } from "../../src/errors.ts";
import { type EvalCase, parseCase } from "../../src/quality/cases.ts";
import { type EvalReport, evaluate, type KindRow, type Miss } from "../../src/quality/evaluate.ts";
import { type LeaveOneOutReport, leaveOneOut } from "../../src/quality/leave-one-out.ts";
import { type CorpusOptions, openCompiled } from "../shared/corpus.ts";
import { clean } from "../shared/one-line.ts";
import { print, printJson, tellProgress, type View, viewOf } from "../shared/terminal.ts";
import { count } from "../shared/wording.ts";
import { drawExpectation, type Expectation, holdAgainst, isKept, readIds } from "./expected.ts";
import { hang, inkOf, stack } from "./layout.ts";

export interface EvalOptions extends CorpusOptions {
  readonly min?: string;
  readonly expect?: string;
  readonly leaveOneOut?: boolean;
}

/**
 * @returns the exit status: 1 where a smaller share than `--min` is right, or a case that `--expect` lists is not
 * @throws OperatorError when a file or a case can't be read
 */
export async function evaluateFile(file: string, options: EvalOptions): Promise<number> {
  const min = shareOf(options.min);
  const ids = options.expect === undefined ? null : readIds(options.expect);
  const cases = readCases(file);
  const compiled = await openCompiled(options);
  const report = await evaluate(cases, await createEngine(compiled.corpus, compiled.model));
  const heldOut = options.leaveOneOut ? await leaveOneOut(compiled, tellProgress) : null;
  const expectation = ids === null ? null : holdAgainst(ids, cases, report);
  if (options.json)
    printJson({
      ...report,
      ...(heldOut === null ? {} : { leaveOneOut: heldOut }),
      ...(expectation === null ? {} : { expected: expectation }),
    });
  else print(drawAll(report, heldOut, expectation, viewOf()));
  const isBelow = min !== null && report.rightShare < min;
  return isBelow || (expectation !== null && !isKept(expectation)) ? 1 : 0;
}

function drawAll(
  report: EvalReport,
  heldOut: LeaveOneOutReport | null,
  expectation: Expectation | null,
  view: View,
): string {
  return stack([
    [renderEval(report, view)],
    heldOut === null ? [] : drawHeldOut(heldOut, view),
    expectation === null ? [] : drawExpectation(expectation, inkOf(view.colour), view.width),
  ]);
}

function shareOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const share = text.trim() === "" ? Number.NaN : Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new OperatorError(`--min ${text} is no share`, "write a number from 0 to 1, e.g. --min 0.9");
}

/** @throws OperatorError where the file or one of its lines can't be read, or there is none */
export function readCases(file: string): EvalCase[] {
  const cases: EvalCase[] = [];
  for (const [at, line] of readText(file).split("\n").entries()) {
    if (line.trim() === "") continue;
    cases.push(parseLine(line, `${file}:${at + 1}`));
  }
  if (cases.length === 0) throw new OperatorError(`${file} holds no case`, "write one JSON object a line");
  return cases;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new OperatorError(`${file || '""'} can't be read (${code})`, "name a file of cases, one JSON object a line");
  }
}

function parseLine(line: string, place: string): EvalCase {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new OperatorError(`${place}: not JSON`, "write one object a line");
  }
  try {
    return parseCase(value);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    throw new OperatorError(error.message, `it stands at ${place}`);
  }
}

/** On a terminal only: a log should not hold it. */
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const shareIn = (right: number, total: number): string => (total === 0 ? "–" : percent(right / total));

export function renderEval(report: EvalReport, view: View): string {
  const ink = inkOf(view.colour);
  const { misses, confusions } = report;
  return stack([
    drawKinds(report),
    [
      `Wrong claims ${report.wrongClaims} · false answers ${report.falseAnswers} · replies with a citation fault ${report.citationFaults}`,
      `All facts in the first sentence of ${report.headlineShare === null ? "–" : percent(report.headlineShare)} of what has an answer`,
      `Led to the answer ${report.led.answerable} · led where the documents do not answer ${report.led.unknown}`,
    ],
    confusions.length === 0
      ? []
      : [ink.heading("Taken for another topic"), ...confusions.flatMap((one) => drawConfusion(one, view))],
    misses.length === 0
      ? []
      : [ink.heading(`Misses (${misses.length})`), ...misses.flatMap((miss) => drawMiss(miss, view))],
    [`${report.right} of ${count(report.total, "case")} right, ${ink.strong(percent(report.rightShare))}`],
  ]);
}

function drawKinds({ rows, right, total, rightShare, directShare }: EvalReport): string[] {
  const table = new Table({
    chars: FRAMELESS,
    colAligns: ["left", "right", "right", "right", "right"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  table.push(["kind", "cases", "right", "share", "facts at the head"]);
  for (const row of rows) table.push([row.kind, row.total, row.right, shareIn(row.right, row.total), drawDirect(row)]);
  table.push(["all", total, right, percent(rightShare), directShare === null ? "–" : percent(directShare)]);
  return table.toString().split("\n");
}

const drawDirect = ({ direct }: KindRow): string =>
  direct === null ? "–" : `${shareIn(direct.right, direct.total)} of ${direct.total}`;

const drawConfusion = ({ expected, given, ids }: EvalReport["confusions"][number], view: View): string[] =>
  hang(
    `  ${`${ids.length}`.padStart(3)}  `,
    `${expected} → ${given ?? "no topic"}: ${ids.map(clean).join(", ")}`,
    view.width,
  );

function drawMiss({ id, kind, question, reasons, faults }: Miss, view: View): string[] {
  const ink = inkOf(view.colour);
  return [
    ...hang("  ", `${ink.strong(clean(id))} (${kind}) ${clean(question)}`, view.width),
    ...[...reasons, ...faults].flatMap((reason) => hang("    – ", ink.muted(clean(reason)), view.width)),
  ];
}

function drawHeldOut(
  { asked, rightShare, wrongShare, unansweredShare, confusions, unanswered }: LeaveOneOutReport,
  view: View,
): string[] {
  const ink = inkOf(view.colour);
  const list = (heading: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [ink.heading(heading), ...lines.flatMap((line) => hang("    ", clean(line), view.width))];
  return [
    `${count(asked, "example question")}, each held out: ${ink.strong(percent(rightShare))} right, ${percent(wrongShare)} from another topic, ${percent(unansweredShare)} unanswered`,
    ...list(
      "  From another topic",
      confusions.map(({ question, expected, given }) => `${question}  ${expected} → ${given}`),
    ),
    ...list(
      "  Unanswered",
      unanswered.map(({ question, expected }) => `${question}  ${expected}`),
    ),
  ];
}

export const FRAMELESS = {
  ...{
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    mid: "",
    "mid-mid": "",
    "left-mid": "",
    "right-mid": "",
  },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "", left: "", right: "", middle: "" },
};
