// Fits when to speak on the corpus's own questions, prints what came of it, and writes it where asked to.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../../src/errors.ts";
import { CALIBRATION_FILE } from "../../src/ingest/files.ts";
import { type CalibrationReport, calibrate, type GateFigures } from "../../src/quality/calibrate.ts";
import { acceptLeftOut, compile } from "../../src/store/open.ts";
import { type CorpusOptions, folderOf, strictness } from "../shared/corpus.ts";
import { print, printJson, tellProgress } from "../shared/terminal.ts";

export interface CalibrateOptions extends CorpusOptions {
  /** True where no file is named. */
  readonly write?: string | true;
}

/** @throws OperatorError when the corpus can't be used, has no topics, or the file can't be written */
export async function calibrateCorpus(options: CalibrateOptions): Promise<void> {
  const folder = folderOf(options);
  const compiled = await compile(folder);
  acceptLeftOut(compiled.corpus, strictness(options));
  if (compiled.corpus.faq.topics.length === 0)
    throw new OperatorError(
      `${folder} has no topics to calibrate on`,
      "add a faq.yaml with topics and their questions",
    );
  const report = await calibrate(compiled, tellProgress);
  const isWritten = options.write !== undefined && report.isBetter;
  if (isWritten) {
    const file = options.write === true ? join(folder, CALIBRATION_FILE) : options.write;
    const measured = { on: new Date().toISOString().slice(0, 10), ...report.figures };
    save(file, `${JSON.stringify({ ...report.calibration, measured }, null, 2)}\n`);
  }
  if (options.json) printJson(report);
  else print(told(report).join("\n"));
  if (options.write !== undefined && !isWritten)
    throw new OperatorError("nothing was written: the default treats more questions rightly", "keep the default");
}

function told({ calibration, figures, byDefault, isBetter }: CalibrationReport): string[] {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(7);
  const row = (name: string, asked: number, shareOf: (of: GateFigures) => number): string =>
    `  ${name.padEnd(38)}${String(asked).padStart(6)}${percent(shareOf(figures)).padStart(11)}${percent(shareOf(byDefault)).padStart(11)}`;
  const { own, nearMisses, foreign, orphans } = figures;
  return [
    `Held-out questions answered${"asked".padStart(19)}${"fitted".padStart(11)}${"default".padStart(11)}`,
    row("the corpus's own", own.asked, (of) => of.own.passed),
    row("  from the right topic", own.asked, (of) => of.own.right),
    row("near misses", nearMisses.asked, (of) => of.nearMisses.passed),
    row("foreign", foreign.asked, (of) => of.foreign.passed),
    ...(orphans.asked === 0 ? [] : [row("its own, their topic taken away", orphans.asked, (of) => of.orphans.passed)]),
    isBetter
      ? `Better than the default. Speaks from log-odds of ${calibration.answerFrom}.`
      : "No better than the default: keep that.",
  ];
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new OperatorError(`${file} can't be written (${code})`, "name another file with --write FILE");
  }
}
