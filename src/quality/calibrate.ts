// A compiled corpus to the calibration of its gate: fitted on questions that each engine asked was never taught.

import { OperatorError } from "../errors.ts";
import type { Calibration } from "../ingest/calibration.ts";
import { defaultCalibration, foreignQuestions } from "../model.ts";
import type { Compiled } from "../store/snapshot.ts";
import { answerability } from "../topics/abstention.ts";
import { fitGate, rounded, type Sample } from "./gate-fit.ts";
import { engineWithout, type OnProgress } from "./leave-one-out.ts";

export interface CalibrationReport {
  readonly calibration: Calibration;
  /** Of held-out questions, which the gate that judged them was not fitted on either. */
  readonly figures: GateFigures;
  /** The same questions by the gate that holds where a corpus has none of its own. */
  readonly byDefault: GateFigures;
  /** Whether it treats more of them rightly, each of the three kinds counting alike. */
  readonly isBetter: boolean;
}

/** Shares of questions that a gate lets pass, 0 to 1, and how many of each were asked. */
export interface GateFigures {
  readonly own: { readonly asked: number; readonly passed: number; readonly right: number };
  readonly nearMisses: { readonly asked: number; readonly passed: number };
  readonly foreign: { readonly asked: number; readonly passed: number };
}

const FOLDS = 10;
/** A FAQ of fewer topics has too few questions to change the default by. */
export const CALIBRATED_TOPICS_MIN = 10;
/** At most so many foreign questions, and near misses, may pass. */
const FOREIGN_PASSED_MAX = 0.015;
const NEAR_MISSES_PASSED_MAX = 0.12;
/** A question of the corpus that went to another topic counts half against speaking: it had an answer. */
const WRONG_TOPIC_WEIGHT = 0.5;
const THRESHOLD_STEP = 0.01;
/** However quiet, the gate opens no further than this. */
const THRESHOLD_MIN = -2;

/**
 * Fits the gate on ten folds of all questions the corpus knows of, its own, those it names as outside, and foreign
 * ones, starting from the default gate, which few questions change little; then takes the lowest threshold that keeps
 * both kinds of silence. Judged on each fold by a gate that was fitted on the others. Deterministic.
 * @throws OperatorError when there are too few topics to learn from
 */
export async function calibrate(compiled: Compiled, onProgress?: OnProgress): Promise<CalibrationReport> {
  const { topics } = compiled.corpus.faq;
  if (topics.length < CALIBRATED_TOPICS_MIN)
    throw new OperatorError(
      `${topics.length} ${topics.length === 1 ? "topic is" : "topics are"} too few to calibrate on`,
      `write at least ${CALIBRATED_TOPICS_MIN}, or keep the calibration that Footnote brings`,
    );
  const standard = await defaultCalibration();
  const folds = await heldOutAnswers(compiled, onProgress);
  const judged = folds.map((held, fold) => {
    const fitted = fitOn(
      folds.flatMap((others, other) => (other === fold ? [] : others)),
      standard,
    );
    return held.map((one) => ({ ...one, passes: passes(one, fitted), passesByDefault: passes(one, standard) }));
  });
  const figures = figuresOf(judged.flat(), ({ passes }) => passes);
  const byDefault = figuresOf(judged.flat(), ({ passesByDefault }) => passesByDefault);
  return {
    calibration: fitOn(folds.flat(), standard),
    figures,
    byDefault,
    isBetter: treatedRightly(figures) > treatedRightly(byDefault),
  };
}

interface HeldOut extends Sample {
  readonly kind: "own" | "near-miss" | "foreign";
}

/** Each question as an engine that was not taught it understands it. */
async function heldOutAnswers(compiled: Compiled, onProgress?: OnProgress): Promise<HeldOut[][]> {
  const questions = await questionsOf(compiled);
  const folds: HeldOut[][] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const heldOut = questions.filter((_, place) => place % FOLDS === fold);
    const engine = await engineWithout(new Set(heldOut.map(({ text }) => text)), compiled);
    const samples: HeldOut[] = [];
    for (const { text, kind, topic } of heldOut) {
      const resolution = (await engine.explain(text)).resolutions[0];
      const match = resolution?.match;
      // What is refused or recognised without the gate says nothing about it.
      if (match === undefined || match === null || resolution?.odds === null) continue;
      const isRight = kind === "own" && match.topics[0]?.topic.id === topic;
      samples.push({
        kind,
        isRight,
        signals: match.signals,
        weight: kind === "own" && !isRight ? WRONG_TOPIC_WEIGHT : 1,
      });
    }
    folds.push(samples);
    onProgress?.(fold + 1, FOLDS);
  }
  return folds;
}

function fitOn(samples: readonly HeldOut[], standard: Calibration): Calibration {
  const fitted = fitGate(samples, standard);
  return { ...fitted, answerFrom: lowestThreshold(samples, { ...fitted, answerFrom: 0 }) };
}

const passes = ({ signals }: Sample, calibration: Calibration): boolean =>
  answerability(signals, calibration) >= calibration.answerFrom;

function figuresOf<T extends HeldOut>(samples: readonly T[], passes: (sample: T) => boolean): GateFigures {
  const figure = (kind: HeldOut["kind"]): { asked: number; passed: number } => {
    const asked = samples.filter((sample) => sample.kind === kind);
    return { asked: asked.length, passed: share(asked, passes) };
  };
  const right = share(
    samples.filter(({ kind }) => kind === "own"),
    (sample) => passes(sample) && sample.isRight,
  );
  return { own: { ...figure("own"), right }, nearMisses: figure("near-miss"), foreign: figure("foreign") };
}

/** Mean over the kinds of question that there are. */
function treatedRightly({ own, nearMisses, foreign }: GateFigures): number {
  const kinds = [
    { asked: own.asked, right: own.right },
    { asked: nearMisses.asked, right: 1 - nearMisses.passed },
    { asked: foreign.asked, right: 1 - foreign.passed },
  ].filter(({ asked }) => asked > 0);
  return kinds.reduce((sum, { right }) => sum + right, 0) / Math.max(1, kinds.length);
}

async function questionsOf({
  corpus: { faq },
}: Compiled): Promise<{ text: string; kind: HeldOut["kind"]; topic: string | null }[]> {
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

function lowestThreshold(samples: readonly HeldOut[], fitted: Calibration): number {
  const odds = samples.map(({ kind, signals }) => ({ kind, odds: answerability(signals, fitted) }));
  const passed = (kind: HeldOut["kind"], threshold: number): number =>
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
