// Asked cases to the three fitted models: what orders the units, whether the documents answer, whether the first unit does.

import { BLOCK_FEATURES, type RankedUnit } from "../../../src/evidence/block-features.ts";
import { type BlockWeights, oddsBy, rankUnits, type SpeakingModel } from "../../../src/evidence/block-ranker.ts";
import { SPEAKING_FEATURES, type SpeakingFeatures, speakingFeatures } from "../../../src/evidence/speaking.ts";
import { fitChoice, fitLogistic, type Labelled, type Option, scaleOf } from "../fit/linear.ts";
import { type AskedCase, askCase, type Found, type OpenFolder, openFolder, showUnit } from "./ask.ts";
import { type FolderCase, holdsAnswer, isAnswerable } from "./cases.ts";
import { smallFolders } from "./small.ts";

/** L2 on values of equal spread; the speaking models' is stronger still: what differs between folders is not learnt. */
const RANKER_RIDGE = 40;
const SPEAKING_RIDGE = 60;
/** What questions of services with threads count: there are far more of them, and the first lines of a page often answer. */
const FIRST_TURN = 0.5;
const LATER_TURN = 0.2;
/** What made-up negatives count: questions whose answering pages were taken out, and questions of other folders. */
const WITHOUT_PAGES = 0.5;
const FOREIGN = 0.3;
const FOREIGN_EACH = 60;
/** What questions of small folders count: the same ones as those of the whole, a page of a few. */
const SMALL = 0.5;

export type Ranker = BlockWeights["ranker"];

/** A case with what was found, and what it counts in the fits. */
export interface Example extends AskedCase {
  readonly kind: "own" | "small" | "removed" | "foreign";
  readonly count: number;
  readonly found: readonly Found[];
}

const countOf = (folder: OpenFolder, { after }: FolderCase): number =>
  folder.setting !== "service" ? 1 : after.length === 0 ? FIRST_TURN : LATER_TURN;

/** Every case of a folder, the answerable ones once more without their pages, and some of the other folders' questions. */
export async function examplesOf(folder: OpenFolder, all: readonly OpenFolder[]): Promise<Example[]> {
  const examples: Example[] = [];
  for (const asked of folder.cases)
    examples.push({ ...(await askCase(folder, asked)), kind: "own", count: countOf(folder, asked) });
  for (const asked of folder.cases.filter((one) => isAnswerable(one) && one.after.length === 0))
    examples.push({
      ...(await askCase(folder, asked, [], answeringPages(folder, asked))),
      kind: "removed",
      count: WITHOUT_PAGES * countOf(folder, asked),
    });
  const others = all
    .filter((one) => one !== folder)
    .flatMap(({ cases }) => cases.filter(({ after, shape }) => after.length === 0 && shape !== "off-topic"));
  const step = Math.max(1, Math.floor(others.length / FOREIGN_EACH));
  for (const asked of others.filter((_, at) => at % step === 0))
    examples.push({
      ...(await askCase(folder, { ...asked, kind: "unknown", shape: "off-topic" }, [])),
      kind: "foreign",
      count: FOREIGN,
    });
  for (const few of smallFolders(folder, (asked) => answeringPages(folder, asked))) {
    const open = await openFolder(few, folder.lexicon, folder.thesaurus);
    for (const asked of few.cases)
      examples.push({ ...(await askCase(open, asked)), kind: "small", count: SMALL * countOf(folder, asked) });
  }
  return examples;
}

const isAsked = ({ kind }: Example): boolean => kind === "own" || kind === "small";

function answeringPages({ index, sections, documents }: OpenFolder, asked: FolderCase): ReadonlySet<number> {
  const pages = new Set<number>();
  for (const [section, shown] of sections.entries())
    if (holdsAnswer(asked, shown)) pages.add(index.pageOf[section] ?? 0);
  for (const [page, { id, file }] of documents.entries())
    if (asked.sources.includes(id) || asked.sources.includes(file)) pages.add(page);
  return pages;
}

/** Conditional logit over the units found for each answerable case. */
export function fitRanker(examples: readonly Example[]): Ranker {
  const own = examples.filter((one) => isAsked(one) && isAnswerable(one.asked));
  const valuesOf = ({ features }: Found): number[] => BLOCK_FEATURES.map((name) => features[name]);
  const scale = scaleOf(own.flatMap(({ found }) => found.map(valuesOf)));
  const counts = new Map<readonly Option[], number>();
  const lists = own.map(({ found, count }) => {
    const list = found.map((one): Option => ({ values: scale.apply(valuesOf(one)), isRight: one.isRight }));
    counts.set(list, count);
    return list;
  });
  return named(BLOCK_FEATURES, scale.undo(fitChoice(lists, RANKER_RIDGE, (list) => counts.get(list) ?? 1)));
}

// What the names are taken from are the keys of the record.
const named = <Name extends string>(names: readonly Name[], weights: readonly number[]): Record<Name, number> =>
  Object.fromEntries(names.map((name, at) => [name, weights[at] ?? 0])) as Record<Name, number>;

/** A case as it was ranked. */
export interface RankedCase {
  readonly example: Example;
  readonly ranked: readonly (RankedUnit & Found)[];
  readonly features: SpeakingFeatures | null;
  /** Whether what is shown first holds the answer. */
  readonly isRight: boolean;
}

export function rankCase(example: Example, ranker: Ranker): RankedCase {
  const rightUnits = new Set(example.found.filter(({ isRight }) => isRight).map(({ unit }) => unit));
  const ranked = rankUnits(example.found, ranker).map((one) => ({ ...one, isRight: rightUnits.has(one.unit) }));
  const [first] = ranked;
  const isRight =
    first !== undefined &&
    isAsked(example) &&
    isAnswerable(example.asked) &&
    holdsAnswer(example.asked, showUnit(example, first.unit));
  return {
    example,
    ranked,
    features: speakingFeatures(example.concepts, ranked, example.folder.search, example.sentences),
    isRight,
  };
}

type Fitted = Omit<SpeakingModel, "from">;

/** Whether the documents answer at all. Made-up negatives without their pages tell nothing here: siblings may answer. */
export const fitAnswerable = (cases: readonly RankedCase[]): Fitted =>
  fitSpeaking(
    cases.filter(({ example }) => example.kind !== "removed"),
    ({ example }) => isAsked(example) && isAnswerable(example.asked),
  );

/** Whether what is shown first is right. */
export const fitRight = (cases: readonly RankedCase[]): Fitted => fitSpeaking(cases, ({ isRight }) => isRight);

function fitSpeaking(cases: readonly RankedCase[], isPositive: (one: RankedCase) => boolean): Fitted {
  const telling = cases.flatMap((one) => (one.features === null ? [] : [{ one, features: one.features }]));
  const valuesOf = (features: SpeakingFeatures): number[] => SPEAKING_FEATURES.map((name) => features[name]);
  const scale = scaleOf(telling.map(({ features }) => valuesOf(features)));
  const weights = scale.undo(
    fitLogistic(
      telling.map(({ one, features }): Labelled => {
        const values = scale.apply(valuesOf(features));
        return { values, isPositive: isPositive(one), offset: 0, count: one.example.count };
      }),
      SPEAKING_RIDGE,
    ),
  );
  return { weights: named(SPEAKING_FEATURES, weights), bias: weights[SPEAKING_FEATURES.length] ?? 0 };
}

const NOTHING_FOUND = -99;

/** Log-odds by a model; far below all where nothing was found. */
export const oddsOf = ({ features }: RankedCase, model: Fitted): number =>
  features === null ? NOTHING_FOUND : oddsBy({ ...model, from: 0 }, features);
