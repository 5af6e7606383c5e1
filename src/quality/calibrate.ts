// Fits when to speak, on questions that each engine asked was never taught.

import { OperatorError } from "../errors.ts";
import type { Calibration } from "../ingest/calibration.ts";
import type { Compiled } from "../store/snapshot.ts";
import { type AbstentionFeatures, answerability } from "../topics/abstention.ts";
import { foreignQuestions } from "../train.ts";
import { engineWithout, type OnProgress } from "./leave-one-out.ts";

export interface CalibrationReport {
  readonly calibration: Calibration;
  /** Shares of held-out questions that the gate lets pass, 0 to 1, and how many of each were asked. */
  readonly figures: {
    readonly own: { readonly asked: number; readonly passed: number; readonly right: number };
    readonly nearMisses: { readonly asked: number; readonly passed: number };
    readonly foreign: { readonly asked: number; readonly passed: number };
  };
}

/** What the gate is fitted on; the others told nothing beside these. */
const FITTED = [
  "decision",
  "outside",
  "topic",
  "unknownMass",
  "topicCovered",
  "subject",
  "strangeNumbers",
] as const satisfies readonly (keyof AbstentionFeatures)[];
const FOLDS = 10;
/** Fewer questions fit their own quirks. */
const ENOUGH: Partial<Record<Sample["kind"], number>> = { own: 150, "near-miss": 60 };
/** At most so many foreign questions, and near misses, may pass. */
const FOREIGN_PASSED_MAX = 0.015;
const NEAR_MISSES_PASSED_MAX = 0.12;
/** A corpus question that another topic answered counts half as much against speaking as one that has no answer. */
const WRONG_TOPIC_WEIGHT = 0.5;
const STEPS = 600;
const RATE = 2;
const SHRINKAGE = 0.0005;
/** A signal that varies less is the same for every question. */
const VARIANCE_MIN = 1e-9;
const THRESHOLD_STEP = 0.05;
/** However quiet, the gate opens no further than this. */
const THRESHOLD_MIN = -2;

/**
 * Fits the gate by logistic regression on ten folds of all questions the corpus knows of, its own, those it names as
 * outside, and foreign ones; then takes the lowest threshold that keeps both kinds of silence. Deterministic.
 * @throws OperatorError when there are too few questions to learn from
 */
export async function calibrate(compiled: Compiled, onProgress?: OnProgress): Promise<CalibrationReport> {
  const samples: Sample[] = [];
  const questions = await questionsOf(compiled);
  for (const [kind, enough] of Object.entries(ENOUGH)) {
    const count = questions.filter((question) => question.kind === kind).length;
    if (count < enough)
      throw new OperatorError(
        `${count} questions of the kind "${kind}" are too few to calibrate on`,
        `write at least ${enough}, or keep the calibration that Footnote brings`,
      );
  }
  for (let fold = 0; fold < FOLDS; fold++) {
    const heldOut = questions.filter((_, place) => place % FOLDS === fold);
    const engine = await engineWithout(new Set(heldOut.map(({ text }) => text)), compiled);
    for (const { text, kind, topic } of heldOut) {
      const resolution = (await engine.explain(text)).resolutions[0];
      const match = resolution?.match;
      // What is refused or recognised without the gate says nothing about it.
      if (match === undefined || match === null || resolution?.odds === null) continue;
      const isRight = kind === "own" && match.topics[0]?.topic.id === topic;
      samples.push({ kind, isRight, signals: match.signals });
    }
    onProgress?.(fold + 1, FOLDS);
  }
  const fitted = regress(samples);
  const calibration = { ...fitted, answerFrom: lowestThreshold(samples, fitted) };
  const passes = ({ signals }: Sample): boolean => answerability(signals, calibration) >= calibration.answerFrom;
  const figure = (kind: Sample["kind"]): { asked: number; passed: number } => {
    const asked = samples.filter((sample) => sample.kind === kind);
    return { asked: asked.length, passed: share(asked, passes) };
  };
  const own = samples.filter(({ kind }) => kind === "own");
  const right = share(own, (sample) => passes(sample) && sample.isRight);
  return {
    calibration,
    figures: { own: { ...figure("own"), right }, nearMisses: figure("near-miss"), foreign: figure("foreign") },
  };
}

interface Sample {
  readonly kind: "own" | "near-miss" | "foreign";
  readonly isRight: boolean;
  readonly signals: AbstentionFeatures;
}

async function questionsOf({
  corpus: { faq },
}: Compiled): Promise<{ text: string; kind: Sample["kind"]; topic: string | null }[]> {
  const own = faq.topics.flatMap(({ id, statements }) =>
    statements.flatMap(({ examples }) =>
      examples.map(({ question }) => ({ text: question, kind: "own" as const, topic: id })),
    ),
  );
  const outside = faq.outside.flatMap(({ examples }) => examples);
  const foreign = await foreignQuestions();
  return [
    ...own,
    ...outside.map((text) => ({ text, kind: "near-miss" as const, topic: null })),
    ...foreign.map((text) => ({ text, kind: "foreign" as const, topic: null })),
  ];
}

/** Logistic regression by gradient descent on standardised signals. */
function regress(samples: readonly Sample[]): Pick<Calibration, "weights" | "bias"> {
  const columns = FITTED.map((name) => standardize(samples.map(({ signals }) => signals[name])));
  const weights = FITTED.map(() => 0);
  let bias = 0;
  const importance = samples.map(({ kind, isRight }) => (kind === "own" && !isRight ? WRONG_TOPIC_WEIGHT : 1));
  for (let step = 0; step < STEPS; step++) {
    const gradient = FITTED.map(() => 0);
    let biasGradient = 0;
    for (const [at, { isRight }] of samples.entries()) {
      const odds = columns.reduce((sum, { values }, column) => sum + (weights[column] ?? 0) * (values[at] ?? 0), bias);
      const error = (importance[at] ?? 1) * ((isRight ? 1 : 0) - 1 / (1 + Math.exp(-odds)));
      biasGradient += error;
      for (const [column, { values }] of columns.entries())
        gradient[column] = (gradient[column] ?? 0) + error * (values[at] ?? 0);
    }
    bias += (RATE * biasGradient) / samples.length;
    for (const column of weights.keys()) {
      const weight = weights[column] ?? 0;
      weights[column] = weight + RATE * ((gradient[column] ?? 0) / samples.length - SHRINKAGE * weight);
    }
  }
  const raw = columns.map(({ deviation }, column) => (weights[column] ?? 0) / deviation);
  const shift = columns.reduce((sum, { mean }, column) => sum + (raw[column] ?? 0) * mean, 0);
  const named = Object.fromEntries(FITTED.map((name, column) => [name, rounded(raw[column] ?? 0)]));
  return { weights: named, bias: rounded(bias - shift) };
}

function standardize(values: readonly number[]): { values: number[]; mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  const deviation = variance > VARIANCE_MIN ? Math.sqrt(variance) : 1;
  return { values: values.map((value) => (value - mean) / deviation), mean, deviation };
}

function lowestThreshold(samples: readonly Sample[], fitted: Pick<Calibration, "weights" | "bias">): number {
  const odds = samples.map(({ kind, signals }) => ({
    kind,
    odds: answerability(signals, { ...fitted, answerFrom: 0 }),
  }));
  const passed = (kind: Sample["kind"], threshold: number): number =>
    share(
      odds.filter((one) => one.kind === kind),
      (one) => one.odds >= threshold,
    );
  let threshold = Math.ceil(Math.max(0, ...odds.map((one) => one.odds)));
  for (;;) {
    const lower = rounded(threshold - THRESHOLD_STEP);
    const isQuiet =
      passed("foreign", lower) <= FOREIGN_PASSED_MAX && passed("near-miss", lower) <= NEAR_MISSES_PASSED_MAX;
    if (!isQuiet || lower < THRESHOLD_MIN) return threshold;
    threshold = lower;
  }
}

const share = <T>(list: readonly T[], holds: (entry: T) => boolean): number =>
  list.length === 0 ? 0 : list.filter(holds).length / list.length;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
