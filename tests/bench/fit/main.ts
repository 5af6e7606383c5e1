// `npm run bench -- fit --data DIR`: fits the weights of src/weights.ts anew and tells how well they do on articles left out.

import { parseArgs } from "node:util";
import { OperatorError } from "../../../src/errors.ts";
import type { SentenceFeatures } from "../../../src/evidence/sentence-features.ts";
import { GATE, namesOf, RANKER } from "../../../src/evidence/sentence-ranker.ts";
import { answerableOf, readData } from "../peers/data.ts";
import { auroc, passedAt, share } from "../peers/metrics.ts";
import { randomFrom } from "../peers/random.ts";
import { type Asked, askSmall, askWhole, askWithout, type Candidate } from "./candidates.ts";
import { dot, fitChoice, fitLogistic, type Labelled } from "./linear.ts";
import { createWordings } from "./wordings.ts";

const USAGE = `npm run bench -- fit --data DIR

  --data DIR   a collection with answers and sets of labelled questions; tests/bench/README.md tells their format
`;
const SEED = 20_261_121;
/** Log-odds of a question for which nothing is found. */
const NOTHING = -99;
const PASSING = [0.9, 0.95] as const;

/** @returns the exit status: 0 when weights are printed, 2 when the arguments or the data are wrong */
export async function fitEvidence(args: readonly string[]): Promise<number> {
  const folder = readFolder(args);
  if (folder === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    await fitAnew(folder);
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function readFolder(args: readonly string[]): string | null {
  try {
    return parseArgs({ args: [...args], options: { data: { type: "string" } } }).values.data ?? null;
  } catch {
    return null;
  }
}

async function fitAnew(folder: string): Promise<void> {
  const data = readData(folder);
  const collection = data.collections.find((one) => answerableOf(one).length > 0);
  if (collection === undefined) throw new OperatorError(`no collection with answers in ${folder}`, "see the README");
  const reword = await createWordings();
  const whole = await askWhole(collection, reword);
  const rankers = fitRankers(whole.filter(({ kind }) => kind === "own"));
  const small = await askSmall(collection, data, reword, randomFrom(SEED));
  fitGate(small, whole, await askWithout(collection), rankers);
}

/** Weights that were fitted without one article, or on all. */
interface Fitted {
  readonly all: readonly number[];
  without(article: string): readonly number[];
}

function leaveOut(asked: readonly Asked[], fitOn: (asked: readonly Asked[]) => readonly number[]): Fitted {
  const articles = [...new Set(asked.map(({ article }) => article))];
  const folds = new Map(articles.map((left) => [left, fitOn(asked.filter(({ article }) => article !== left))]));
  const all = fitOn(asked);
  return { all, without: (article) => folds.get(article) ?? all };
}

const RANKED_BY = namesOf(RANKER);
const JUDGED_BY = namesOf(GATE);
const pick = (features: SentenceFeatures, names: typeof RANKED_BY): number[] => names.map((name) => features[name]);

function best(found: readonly Candidate[], weights: readonly number[]): Candidate | undefined {
  const scores = found.map(({ features }) => dot(weights, pick(features, RANKED_BY)));
  return found[scores.indexOf(Math.max(...scores))];
}

function fitRankers(asked: readonly Asked[]): Fitted {
  const fitted = leaveOut(asked, (some) =>
    fitChoice(
      some.map(({ found }) => found.map(({ features, isRight }) => ({ values: pick(features, RANKED_BY), isRight }))),
    ),
  );
  const isFound = ({ found, article }: Asked): boolean => best(found, fitted.without(article))?.isRight ?? false;
  const [plain, reworded] = [false, true].map((wanted) => asked.filter(({ isReworded }) => isReworded === wanted));
  tell("RANKER", RANKED_BY, fitted.all);
  say(`right sentence first of ${plain?.length}: ${percent(share(plain ?? [], isFound))}`);
  say(`of ${reworded?.length} in other words: ${percent(share(reworded ?? [], isFound))}`);
  say(`among all that are ranked: ${percent(share(plain ?? [], ({ found }) => found.some(({ isRight }) => isRight)))}`);
  return fitted;
}

function fitGate(small: readonly Asked[], whole: readonly Asked[], without: readonly Asked[], rankers: Fitted): void {
  const example = (one: Asked): Labelled | null => {
    const first = best(one.found, rankers.without(one.article));
    return first === undefined
      ? null
      : {
          values: pick(first.features, JUDGED_BY),
          isPositive: one.kind === "own",
          offset: first.byHand,
        };
  };
  const learnt = small.filter(({ kind }) => kind !== "near");
  const fitted = leaveOut(learnt, (some) => fitLogistic(some.flatMap((one) => example(one) ?? [])));
  const oddsOf = (one: Asked): number => {
    const known = example(one);
    return known === null ? NOTHING : known.offset + dot(fitted.without(one.article), [...known.values, 1]);
  };
  const odds = (asked: readonly Asked[], kinds: readonly Asked["kind"][], isReworded: boolean): number[] =>
    asked.filter((one) => kinds.includes(one.kind) && one.isReworded === isReworded).map(oddsOf);
  tell("GATE", [...JUDGED_BY, "GATE_BIAS"], fitted.all);
  const own = odds(small, ["own"], false);
  const foreign = odds(small, ["other", "intent"], false);
  for (const passing of PASSING)
    say(`threshold that ${percent(passing)} of the answerable pass: ${thresholdOf(own, passing).toFixed(2)}`);
  say("\nOne article each:");
  compare("questions on other articles and of the labelled sets", own, foreign);
  compare("questions on other articles", own, odds(small, ["other"], false));
  compare("questions of the labelled sets", own, odds(small, ["intent"], false));
  compare("all of them in other words", odds(small, ["own"], true), odds(small, ["other", "intent"], true));
  compare("near misses", own, odds(small, ["near"], false));
  say("\nAll articles:");
  const all = odds(whole, ["own"], false);
  compare("the same questions without their article", all, odds(without, ["other"], false));
  compare("near misses", all, odds(whole, ["near"], false));
}

function compare(name: string, own: readonly number[], others: readonly number[]): void {
  const passed = PASSING.map((passing) => `${percent(passedAt(own, others, passing))} where ${percent(passing)} pass`);
  say(`  ${name}, ${others.length}: AUROC ${auroc(own, others).toFixed(4)}; answered: ${passed.join(", ")}`);
}

function thresholdOf(scores: readonly number[], passing: number): number {
  const sorted = [...scores].sort((a, b) => b - a);
  return sorted[Math.max(0, Math.ceil(passing * sorted.length) - 1)] ?? 0;
}

function tell(name: string, features: readonly string[], weights: readonly number[]): void {
  say(`\n${name}`);
  for (const [at, feature] of features.entries()) say(`  ${feature}: ${(weights[at] ?? 0).toFixed(2)},`);
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
