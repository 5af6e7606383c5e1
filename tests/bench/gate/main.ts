// `npm run bench -- fit-gate --data DIR`: fits when to speak on many FAQs, and tells how well that does on those left out.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { OperatorError } from "../../../src/errors.ts";
import type { Calibration } from "../../../src/ingest/calibration.ts";
import { fitGate, type GateWeights, rounded, type Sample } from "../../../src/quality/gate-fit.ts";
import { ABSTENTION_FEATURES, answerability } from "../../../src/topics/abstention.ts";
import { readData } from "../peers/data.ts";
import { grouped } from "../peers/grouped.ts";
import { auroc, mean, share } from "../peers/metrics.ts";
import { type Gathered, gather, type Seen } from "./gather.ts";

const USAGE = `npm run bench -- fit-gate --data DIR [--write]

  --data DIR   sets of labelled questions; tests/bench/README.md tells their format
  --write      puts the fitted gate into src/topics/calibration.json; build anew after that
`;

/** Where the gate that ships stands; the compiled bench lies elsewhere. */
const CALIBRATION = join(BUILT_IN.folder, "..", "src", "topics", "calibration.json");
/** Each collection counts as so many questions. */
const COLLECTION_WEIGHT = 2000;
/** A question that went to another topic counts half against speaking: it had an answer. */
const WRONG_TOPIC_WEIGHT = 0.5;
/** Of questions of other sets, so many may be answered on the mean of all collections. Taste: one in thirty. */
const FOREIGN_ANSWERED_MAX = 0.03;
const THRESHOLD_STEP = 0.05;
const THRESHOLDS = { from: -2.5, to: 2.5 } as const;

/** @returns the exit status: 0 when the gate is printed, 2 when the arguments or the data are wrong */
export async function fitTheGate(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    const gathered = await gather(readData(options.folder), (line) => process.stderr.write(`${line}\n`));
    const calibration = fitOn(gathered);
    tellSigns(gathered);
    const leftOut = judgeLeftOut(gathered);
    tellGate(calibration, leftOut);
    if (options.isWritten) write(calibration, gathered, leftOut);
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function readOptions(args: readonly string[]): { folder: string; isWritten: boolean } | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: "string" }, write: { type: "boolean", default: false } },
    });
    return values.data === undefined ? null : { folder: values.data, isWritten: values.write };
  } catch {
    return null;
  }
}

/** What those that are fitted on make of the gate. */
function fitOn(gathered: readonly Gathered[]): Calibration {
  const fitted = gathered.filter(({ isFitted }) => isFitted);
  const weights = fitGate(fitted.flatMap(samplesOf));
  return { ...weights, answerFrom: lowestThreshold(fitted, weights) };
}

/** Its questions, each of its FAQs counting alike. */
function samplesOf({ seen }: Gathered): Sample[] {
  const faqs = grouped(seen, ({ faq }) => faq);
  return [...faqs.values()].flatMap((list) =>
    list.flatMap((one): Sample[] => {
      if (one.signals === null) return [];
      const weight = COLLECTION_WEIGHT / faqs.size / list.length;
      const isWrong = one.kind === "own" && !isRight(one);
      return [{ signals: one.signals, isRight: isRight(one), weight: isWrong ? WRONG_TOPIC_WEIGHT * weight : weight }];
    }),
  );
}

const isRight = ({ kind, topic, found }: Seen): boolean => kind === "own" && topic === found;

function lowestThreshold(gathered: readonly Gathered[], weights: GateWeights): number {
  for (
    let threshold: number = THRESHOLDS.from;
    threshold < THRESHOLDS.to;
    threshold = rounded(threshold + THRESHOLD_STEP)
  ) {
    const shares = gathered.map(({ seen }) => figuresOf(seen, { ...weights, answerFrom: threshold }).foreign);
    if (mean(shares) <= FOREIGN_ANSWERED_MAX) return threshold;
  }
  return THRESHOLDS.to;
}

/** Shares of the questions of each kind; null where there are none. */
interface Figures {
  readonly asked: number;
  readonly right: number;
  readonly wrong: number;
  readonly named: number | null;
  readonly sibling: number | null;
  readonly foreign: number;
  /** How well right ones are told from all that have no answer. */
  readonly auroc: number;
}

function figuresOf(seen: readonly Seen[], gate: Calibration): Figures {
  const oddsOf = ({ signals }: Seen): number =>
    signals === null ? Number.NEGATIVE_INFINITY : answerability(signals, gate);
  const isAnswered = (one: Seen): boolean => oddsOf(one) >= gate.answerFrom;
  const own = seen.filter(({ kind }) => kind === "own");
  const answered = (kind: Seen["kind"]): number | null => {
    const list = seen.filter((one) => one.kind === kind);
    return list.length === 0 ? null : rounded(share(list, isAnswered));
  };
  return {
    asked: own.length,
    right: rounded(share(own, (one) => isRight(one) && isAnswered(one))),
    wrong: rounded(share(own, (one) => !isRight(one) && isAnswered(one))),
    named: answered("named"),
    sibling: answered("sibling"),
    foreign: answered("foreign") ?? 0,
    auroc: rounded(auroc(own.filter(isRight).map(oddsOf), seen.filter(({ kind }) => kind !== "own").map(oddsOf))),
  };
}

/** Each collection by the gate that all others make, its threshold included. */
function judgeLeftOut(gathered: readonly Gathered[]): Readonly<Record<string, Figures>> {
  return Object.fromEntries(
    gathered.map((one) => [one.name, figuresOf(one.seen, fitOn(gathered.filter((other) => other !== one)))]),
  );
}

/** The weight of each feature, standardised, as each collection alone would have it. */
function tellSigns(gathered: readonly Gathered[]): void {
  const fits = gathered.map((one) => {
    const samples = samplesOf(one);
    const { weights } = fitGate(samples);
    return ABSTENTION_FEATURES.map((name) => (weights[name] ?? 0) * deviationOf(samples, name));
  });
  say(`Weights by the deviation of their feature, fitted on each collection alone`);
  say(
    row(
      "",
      gathered.map(({ name }) => name.slice(0, COLUMN - 1)),
    ),
  );
  for (const [at, name] of ABSTENTION_FEATURES.entries()) {
    const values = fits.map((fit) => fit[at] ?? 0);
    const turns = values.some((value) => value > 0) && values.some((value) => value < 0);
    say(
      `${row(
        name,
        values.map((value) => value.toFixed(2)),
      )}${turns ? "  TURNS" : ""}`,
    );
  }
}

function deviationOf(samples: readonly Sample[], name: (typeof ABSTENTION_FEATURES)[number]): number {
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  const middle = samples.reduce((sum, { signals, weight }) => sum + weight * signals[name], 0) / total;
  return Math.sqrt(
    samples.reduce((sum, { signals, weight }) => sum + weight * (signals[name] - middle) ** 2, 0) / total,
  );
}

function tellGate(calibration: Calibration, leftOut: Readonly<Record<string, Figures>>): void {
  say("\nEach collection by the gate that the others make");
  say(row("", ["asked", "right", "wrong", "named", "sibling", "foreign", "auroc"]));
  for (const [name, { asked, right, wrong, named, sibling, foreign, auroc: area }] of Object.entries(leftOut))
    say(
      row(name, [
        String(asked),
        ...[right, wrong, named, sibling, foreign, area].map((value) => (value === null ? "-" : value.toFixed(3))),
      ]),
    );
  say(`\n${JSON.stringify(calibration, null, 2)}`);
}

function write(
  calibration: Calibration,
  gathered: readonly Gathered[],
  leftOut: Readonly<Record<string, Figures>>,
): void {
  const fittedOn = gathered
    .filter(({ isFitted }) => isFitted)
    .map(({ name, seen }) => `${name}, ${new Set(seen.map(({ faq }) => faq)).size} FAQs, ${seen.length} questions`);
  const measured = { by: "npm run bench -- fit-gate --data DIR --write", fittedOn, leftOut };
  writeFileSync(CALIBRATION, `${JSON.stringify({ ...calibration, measured }, null, 2)}\n`);
}

const COLUMN = 12;
const row = (name: string, cells: readonly string[]): string =>
  name.padEnd(16) + cells.map((cell) => cell.padStart(COLUMN)).join("");
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
