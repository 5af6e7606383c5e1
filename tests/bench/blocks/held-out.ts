// Folders to what is reached on each of them by models that were fitted on the others alone.

import { LEAD_BOUNDS } from "../../../src/answer/passage.ts";
import type { BlockWeights } from "../../../src/evidence/block-ranker.ts";
import { LEADS_MAX } from "../../../src/reply.ts";
import { type OpenFolder, showUnit } from "./ask.ts";
import { holdsAnswer, isAnswerable, type Shown } from "./cases.ts";
import {
  type Example,
  examplesOf,
  fitAnswerable,
  fitRanker,
  fitRight,
  oddsOf,
  type RankedCase,
  rankCase,
} from "./models.ts";

/** A case as models that have not seen its folder judge it. */
export interface Judged extends RankedCase {
  /** Log-odds that what is shown first is right, and that the documents answer. */
  readonly right: number;
  readonly answerable: number;
  /** What models fitted without its folder speak from, and lead from. */
  readonly rightFrom: number;
  readonly answerableFrom: number;
  /** Whether each of the passages that would be led to holds the answer. */
  readonly leads: readonly boolean[];
}

export interface HeldOut {
  /** The folders' own cases, by folder. */
  readonly judged: ReadonlyMap<OpenFolder, readonly Judged[]>;
  /** Those of the small folders made of them. */
  readonly small: readonly Judged[];
  /** What is fitted on all. */
  readonly weights: BlockWeights;
}

/**
 * What is said must be right this often on folders not seen, with room for what the others' threshold costs; and so
 * many of the questions on something else may be led somewhere.
 */
const PRECISION = 0.76;
const FOREIGN_LED = 0.12;

/** @param onStep told which folder is left out */
export async function holdOut(folders: readonly OpenFolder[], onStep: (step: string) => void): Promise<HeldOut> {
  const examples = new Map<OpenFolder, readonly Example[]>();
  for (const folder of folders) examples.set(folder, await examplesOf(folder, folders));
  const without = <T>(lists: ReadonlyMap<OpenFolder, readonly T[]>, left: OpenFolder | null): T[] =>
    [...lists].flatMap(([folder, list]) => (folder === left ? [] : list));
  const ranked = new Map<OpenFolder, readonly RankedCase[]>();
  for (const folder of folders) {
    onStep(folder.name);
    const ranker = fitRanker(without(examples, folder));
    ranked.set(
      folder,
      (examples.get(folder) ?? []).map((example: Example) => rankCase(example, ranker)),
    );
  }
  const odds = new Map<OpenFolder, readonly Weighed[]>();
  for (const folder of folders) {
    const others = without(ranked, folder);
    const [right, answerable] = [fitRight(others), fitAnswerable(others)];
    odds.set(
      folder,
      (ranked.get(folder) ?? []).map((one) => ({
        one,
        right: oddsOf(one, right),
        answerable: oddsOf(one, answerable),
      })),
    );
  }
  const judged = new Map<OpenFolder, readonly Judged[]>();
  const small: Judged[] = [];
  for (const folder of folders) {
    const from = thresholdsOf(without(odds, folder));
    const judge = (kind: Example["kind"]): Judged[] =>
      (odds.get(folder) ?? [])
        .filter(({ one }) => one.example.kind === kind)
        .map(({ one, right, answerable }) => ({ ...one, right, answerable, ...from, leads: leadsOf(one) }));
    judged.set(folder, judge("own"));
    if (folder.setting !== "service") small.push(...judge("small"));
  }
  const all = without(ranked, null);
  const { rightFrom, answerableFrom } = thresholdsOf(without(odds, null));
  const weights = {
    ranker: fitRanker(without(examples, null)),
    answerable: { ...fitAnswerable(all), from: answerableFrom },
    right: { ...fitRight(all), from: rightFrom },
  };
  return { judged, small, weights };
}

interface Weighed {
  readonly one: RankedCase;
  readonly right: number;
  readonly answerable: number;
}

/** The lowest odds from which what is said is right often enough, and the odds that enough of the foreign stay under. */
function thresholdsOf(cases: readonly Weighed[]): Pick<Judged, "rightFrom" | "answerableFrom"> {
  const own = cases.filter(({ one }) => one.example.kind === "own" && one.example.folder.setting !== "service");
  const sorted = own.toSorted((a, b) => b.right - a.right);
  let rightFrom = Number.POSITIVE_INFINITY;
  let right = 0;
  for (const [at, one] of sorted.entries()) {
    if (one.one.isRight) right++;
    if (right >= PRECISION * (at + 1)) rightFrom = one.right;
  }
  const foreign = own
    .filter(({ one }) => one.example.asked.shape === "off-topic")
    .map(({ answerable }) => answerable)
    .sort((a, b) => b - a);
  return { rightFrom, answerableFrom: foreign[Math.floor(FOREIGN_LED * foreign.length)] ?? 0 };
}

/** The first passages that don't show the same lines. */
function leadsOf({ example, ranked }: RankedCase): boolean[] {
  if (!isAnswerable(example.asked)) return [];
  const { firstLines, lastLines } = example.folder.index;
  const leads: Shown[] = [];
  for (const { unit } of ranked) {
    if (leads.length === LEADS_MAX) break;
    const shown = showUnit(example, unit, LEAD_BOUNDS);
    const [place] = shown.places;
    const isShown = leads.some(
      ({ places: [known] }) =>
        known !== undefined &&
        place !== undefined &&
        known.file === place.file &&
        (firstLines[unit] ?? 0) <= known.lines.end &&
        known.lines.start <= (lastLines[unit] ?? 0),
    );
    if (place !== undefined && !isShown) leads.push(shown);
  }
  return leads.map((shown) => holdsAnswer(example.asked, shown));
}
