// Fits when to speak on the corpus's own questions, prints what came of it, and writes it where asked to.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../../src/errors.ts";
import { CALIBRATION_FILE } from "../../src/ingest/files.ts";
import { calibrate } from "../../src/quality/calibrate.ts";
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
  if (options.write !== undefined) {
    const file = options.write === true ? join(folder, CALIBRATION_FILE) : options.write;
    const measured = { on: new Date().toISOString().slice(0, 10), ...report.figures };
    save(file, `${JSON.stringify({ ...report.calibration, measured }, null, 2)}\n`);
  }
  if (options.json) {
    printJson(report);
    return;
  }
  const { own, nearMisses, foreign } = report.figures;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  print(
    [
      "Held-out questions that would be answered:",
      `  the corpus's own  ${percent(own.passed)} of ${own.asked}, from the right topic ${percent(own.right)}`,
      `  near misses       ${percent(nearMisses.passed)} of ${nearMisses.asked}`,
      `  foreign           ${percent(foreign.passed)} of ${foreign.asked}`,
      `Speaks from log-odds of ${report.calibration.answerFrom}.`,
    ].join("\n"),
  );
}

function save(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new OperatorError(`${file} can't be written (${code})`, "name another file with --write FILE");
  }
}
