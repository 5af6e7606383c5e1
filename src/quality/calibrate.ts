// Fits when to speak, on questions that each engine asked was never taught.

import type { Engine } from "../engine.ts";
import { OperatorError } from "../errors.ts";
import type { Calibration } from "../ingest/calibration.ts";
import type { Compiled } from "../store/snapshot.ts";
import { answerability } from "../topics/abstention.ts";
import { defaultCalibration, foreignQuestions } from "../train.ts";
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
  /** The corpus's own questions, asked where their topic was taken away; only where it names few near misses. */
  readonly orphans: { readonly asked: number; readonly passed: number };
}

const FOLDS = 10;
/** A FAQ of fewer topics has too few questions to change the default by. */
export const CALIBRATED_TOPICS_MIN = 10;
/** At most so many foreign questions, and near misses, may pass where near misses are named. */
const FOREIGN_PASSED_MAX = 0.015;
const NEAR_MISSES_PASSED_MAX = 0.12;
/** A corpus question that another topic answered counts half as much against speaking as one that has no answer. */
const WRONG_TOPIC_WEIGHT = 0.5;
/** A FAQ that names fewer questions as outside has near misses made of its own: orphans. */
const NEAR_MISSES_ENOUGH = 60;
/** A topic's questions may be answered by its neighbours: one that was taken away tells half as much. */
const ORPHAN_WEIGHT = 0.5;
const ORPHANS_MAX = 200;
const TOPIC_FOLDS = 5;
const THRESHOLD_STEP = 0.01;
/** However quiet, the gate opens no further than this. */
const THRESHOLD_MIN = -2;

/**
 * Fits the gate on ten folds of all questions the corpus knows of, its own, those it names as outside, foreign ones, and
 * its own without their topic, starting from the default gate, which few questions change little; then takes the lowest
 * threshold that keeps every kind of silence. Judged on each fold by a gate that was fitted on the others. Deterministic.
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
  const namedOutside = compiled.corpus.faq.outside.reduce((sum, { examples }) => sum + examples.length, 0);
  const orphans = namedOutside < NEAR_MISSES_ENOUGH ? await orphanAnswers(compiled) : [];
  const folds = (await heldOutAnswers(compiled, onProgress)).map((held, fold) => [
    ...held,
    ...orphans.filter((_, place) => place % FOLDS === fold),
  ]);
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
  readonly kind: (typeof KINDS)[number];
}
const KINDS = ["own", "near-miss", "foreign", "orphan"] as const;

/** Each question as an engine that was not taught it understands it. */
async function heldOutAnswers(compiled: Compiled, onProgress?: OnProgress): Promise<HeldOut[][]> {
  const questions = await questionsOf(compiled);
  const folds: HeldOut[][] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const heldOut = questions.filter((_, place) => place % FOLDS === fold);
    const engine = await engineWithout(new Set(heldOut.map(({ text }) => text)), compiled);
    folds.push(await inTurn(heldOut, (one) => sampleOf(one, engine)));
    onProgress?.(fold + 1, FOLDS);
  }
  return folds;
}

/** Questions of topics that were taken away, a fifth of the topics at a time, drawn evenly. */
async function orphanAnswers(compiled: Compiled): Promise<HeldOut[]> {
  const { faq } = compiled.corpus;
  const samples: HeldOut[] = [];
  for (let fold = 0; fold < TOPIC_FOLDS; fold++) {
    const taken = faq.topics.filter((_, place) => place % TOPIC_FOLDS === fold);
    const topics = faq.topics.filter((topic) => !taken.includes(topic));
    const engine = await engineWithout(new Set(), {
      ...compiled,
      corpus: { ...compiled.corpus, faq: { ...faq, topics } },
    });
    const questions = taken.flatMap(({ statements }) => statements.flatMap(({ examples }) => examples));
    const step = Math.max(1, questions.length / (ORPHANS_MAX / TOPIC_FOLDS));
    const drawn = questions.filter((_, place) => Math.floor(place / step) !== Math.floor((place - 1) / step));
    const asked = drawn.map(({ question }) => ({ text: question, kind: "orphan" as const, topic: null }));
    samples.push(...(await inTurn(asked, (one) => sampleOf(one, engine))));
  }
  return samples;
}

/** None where the gate was not asked: what is refused or recognised without it says nothing about it. */
async function sampleOf({ text, kind, topic }: HeldOutQuestion, engine: Engine): Promise<HeldOut[]> {
  const [resolution] = (await engine.explain(text)).resolutions;
  const match = resolution?.match ?? null;
  if (match === null || resolution?.odds === null) return [];
  const isRight = kind === "own" && match.topics[0]?.topic.id === topic;
  const isWrongTopic = kind === "own" && !isRight;
  const weight = isWrongTopic ? WRONG_TOPIC_WEIGHT : kind === "orphan" ? ORPHAN_WEIGHT : 1;
  return [{ kind, isRight, signals: match.signals, weight }];
}

async function inTurn<T, U>(list: readonly T[], make: (one: T) => Promise<readonly U[]>): Promise<U[]> {
  const made: U[] = [];
  for (const one of list) made.push(...(await make(one)));
  return made;
}

function fitOn(samples: readonly HeldOut[], standard: Calibration): Calibration {
  const fitted = fitGate(samples, standard);
  return { ...fitted, answerFrom: lowestThreshold(samples, { ...fitted, answerFrom: 0 }, mostOf(samples, standard)) };
}

type Most = Readonly<Partial<Record<HeldOut["kind"], number>>>;

/**
 * Shares that may pass: with near misses enough, fixed ones; else those that pass by default, so that what is won is won
 * at the same silence.
 */
function mostOf(samples: readonly HeldOut[], standard: Calibration): Most {
  const orphans = samples.filter(({ kind }) => kind === "orphan");
  if (orphans.length === 0) return { foreign: FOREIGN_PASSED_MAX, "near-miss": NEAR_MISSES_PASSED_MAX };
  const byDefault = (kind: HeldOut["kind"]): number =>
    share(
      samples.filter((sample) => sample.kind === kind),
      (sample) => passes(sample, standard),
    );
  return { foreign: Math.max(FOREIGN_PASSED_MAX, byDefault("foreign")), orphan: byDefault("orphan") };
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
  return {
    own: { ...figure("own"), right },
    nearMisses: figure("near-miss"),
    foreign: figure("foreign"),
    orphans: figure("orphan"),
  };
}

/** Mean over the kinds of question that there are. */
function treatedRightly({ own, ...unanswerable }: GateFigures): number {
  const kinds = [
    { asked: own.asked, right: own.right },
    ...Object.values(unanswerable).map(({ asked, passed }) => ({ asked, right: 1 - passed })),
  ].filter(({ asked }) => asked > 0);
  return kinds.reduce((sum, { right }) => sum + right, 0) / Math.max(1, kinds.length);
}

interface HeldOutQuestion extends Pick<HeldOut, "kind"> {
  readonly text: string;
  readonly topic: string | null;
}

async function questionsOf({ corpus: { faq } }: Compiled): Promise<HeldOutQuestion[]> {
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

function lowestThreshold(samples: readonly HeldOut[], fitted: Calibration, most: Most): number {
  const odds = samples.map(({ kind, signals }) => ({ kind, odds: answerability(signals, fitted) }));
  const passed = (kind: HeldOut["kind"], threshold: number): number =>
    share(
      odds.filter((one) => one.kind === kind),
      (one) => one.odds >= threshold,
    );
  let threshold = Math.ceil(Math.max(0, ...odds.map((one) => one.odds)));
  for (;;) {
    const lower = rounded(threshold - THRESHOLD_STEP);
    const isQuiet = KINDS.every((kind) => passed(kind, lower) <= (most[kind] ?? 1));
    if (!isQuiet || lower < THRESHOLD_MIN) return threshold;
    threshold = lower;
  }
}

const share = <T>(list: readonly T[], holds: (entry: T) => boolean): number =>
  list.length === 0 ? 0 : list.filter(holds).length / list.length;
